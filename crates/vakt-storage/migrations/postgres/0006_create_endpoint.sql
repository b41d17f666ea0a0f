CREATE TABLE machines (
  tenant_id        TEXT NOT NULL,
  id               TEXT COLLATE "C" NOT NULL,
  name_folded      TEXT COLLATE "C" NOT NULL,
  first_seen_at    BIGINT NOT NULL,
  last_seen_at     BIGINT NOT NULL,
  platform_folded  TEXT COLLATE "C",
  release_folded   TEXT COLLATE "C",
  health           TEXT COLLATE "C" NOT NULL,
  onboarding       TEXT COLLATE "C",
  risk             TEXT COLLATE "C",
  exposure         TEXT COLLATE "C",
  value            TEXT COLLATE "C" NOT NULL,
  directory_id     TEXT COLLATE "C",
  address          TEXT COLLATE "C",
  external_address TEXT COLLATE "C",
  group_folded     TEXT COLLATE "C",
  group_id         BIGINT,
  document         TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX machines_by_name ON machines (tenant_id, name_folded, id);
CREATE INDEX machines_by_sight ON machines (tenant_id, last_seen_at, id);

CREATE TABLE machine_tags (
  tenant_id  TEXT NOT NULL,
  tag_folded TEXT COLLATE "C" NOT NULL,
  machine_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, tag_folded, machine_id),
  FOREIGN KEY (tenant_id, machine_id) REFERENCES machines (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX machine_tags_by_machine ON machine_tags (tenant_id, machine_id);

CREATE TABLE machine_actions (
  tenant_id        TEXT NOT NULL,
  id               TEXT COLLATE "C" NOT NULL,
  machine_id       TEXT COLLATE "C" NOT NULL,
  kind             TEXT COLLATE "C" NOT NULL,
  status           TEXT COLLATE "C" NOT NULL,
  requestor_folded TEXT COLLATE "C" NOT NULL,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL,
  document         TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
-- One action of a kind at a time on a machine.
CREATE UNIQUE INDEX machine_actions_active ON machine_actions (tenant_id, machine_id, kind)
  WHERE status IN ('pending', 'in_progress');
CREATE INDEX machine_actions_by_creation ON machine_actions (tenant_id, created_at, id);
CREATE INDEX machine_actions_by_machine ON machine_actions (tenant_id, machine_id, created_at, id);
CREATE INDEX machine_actions_by_status ON machine_actions (tenant_id, status, created_at, id);

CREATE TABLE indicators (
  tenant_id          TEXT NOT NULL,
  id                 BIGINT NOT NULL,
  kind               TEXT COLLATE "C" NOT NULL,
  value              TEXT COLLATE "C" NOT NULL,
  value_folded       TEXT COLLATE "C" NOT NULL,
  response           TEXT COLLATE "C" NOT NULL,
  severity           TEXT COLLATE "C" NOT NULL,
  title_folded       TEXT COLLATE "C" NOT NULL,
  application_folded TEXT COLLATE "C",
  created_at         BIGINT NOT NULL,
  updated_at         BIGINT NOT NULL,
  expires_at         BIGINT,
  made_by            TEXT COLLATE "C" NOT NULL,
  made_by_folded     TEXT COLLATE "C" NOT NULL,
  wants_alert        TEXT COLLATE "C" NOT NULL,
  external_id_folded TEXT COLLATE "C",
  document           TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX indicators_by_value ON indicators (tenant_id, kind, value);
CREATE INDEX indicators_by_folded_value ON indicators (tenant_id, value_folded, id);
CREATE INDEX indicators_by_creation ON indicators (tenant_id, created_at, id);
CREATE INDEX indicators_by_end ON indicators (tenant_id, expires_at, id);
CREATE INDEX indicators_by_maker ON indicators (tenant_id, made_by, id);

-- The last number that was given away, and how many indicators there are.
CREATE TABLE indicator_counts (
  tenant_id   TEXT NOT NULL PRIMARY KEY,
  last_number BIGINT NOT NULL,
  held        BIGINT NOT NULL
);

CREATE TABLE machines (
  tenant_id        TEXT NOT NULL,
  id               TEXT NOT NULL,
  name_folded      TEXT NOT NULL,
  first_seen_at    INTEGER NOT NULL,
  last_seen_at     INTEGER NOT NULL,
  platform_folded  TEXT,
  release_folded   TEXT,
  health           TEXT NOT NULL,
  onboarding       TEXT,
  risk             TEXT,
  exposure         TEXT,
  value            TEXT NOT NULL,
  directory_id     TEXT,
  address          TEXT,
  external_address TEXT,
  group_folded     TEXT,
  group_id         INTEGER,
  document         TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX machines_by_name ON machines (tenant_id, name_folded, id);
CREATE INDEX machines_by_sight ON machines (tenant_id, last_seen_at, id);

CREATE TABLE machine_tags (
  tenant_id  TEXT NOT NULL,
  tag_folded TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, tag_folded, machine_id),
  FOREIGN KEY (tenant_id, machine_id) REFERENCES machines (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX machine_tags_by_machine ON machine_tags (tenant_id, machine_id);

CREATE TABLE machine_actions (
  tenant_id        TEXT NOT NULL,
  id               TEXT NOT NULL,
  machine_id       TEXT NOT NULL,
  kind             TEXT NOT NULL,
  status           TEXT NOT NULL,
  requestor_folded TEXT NOT NULL,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  document         TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
-- One action of a kind at a time on a machine.
CREATE UNIQUE INDEX machine_actions_active ON machine_actions (tenant_id, machine_id, kind)
  WHERE status IN ('pending', 'in_progress');
CREATE INDEX machine_actions_by_creation ON machine_actions (tenant_id, created_at, id);
CREATE INDEX machine_actions_by_machine ON machine_actions (tenant_id, machine_id, created_at, id);
CREATE INDEX machine_actions_by_status ON machine_actions (tenant_id, status, created_at, id);

CREATE TABLE indicators (
  tenant_id          TEXT NOT NULL,
  id                 INTEGER NOT NULL,
  kind               TEXT NOT NULL,
  value              TEXT NOT NULL,
  value_folded       TEXT NOT NULL,
  response           TEXT NOT NULL,
  severity           TEXT NOT NULL,
  title_folded       TEXT NOT NULL,
  application_folded TEXT,
  created_at         INTEGER NOT NULL,
  updated_at         INTEGER NOT NULL,
  expires_at         INTEGER,
  made_by            TEXT NOT NULL,
  made_by_folded     TEXT NOT NULL,
  wants_alert        TEXT NOT NULL,
  external_id_folded TEXT,
  document           TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX indicators_by_value ON indicators (tenant_id, kind, value);
CREATE INDEX indicators_by_folded_value ON indicators (tenant_id, value_folded, id);
CREATE INDEX indicators_by_creation ON indicators (tenant_id, created_at, id);
CREATE INDEX indicators_by_end ON indicators (tenant_id, expires_at, id);
CREATE INDEX indicators_by_maker ON indicators (tenant_id, made_by, id);

-- The last number that was given away, and how many indicators there are.
CREATE TABLE indicator_counts (
  tenant_id   TEXT NOT NULL PRIMARY KEY,
  last_number INTEGER NOT NULL,
  held        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

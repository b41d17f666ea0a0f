CREATE TABLE incidents (
  tenant_id      TEXT NOT NULL,
  id             BIGINT NOT NULL,
  name           TEXT NOT NULL,
  name_folded    TEXT COLLATE "C" NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  assigned_to    TEXT,
  owner_folded   TEXT COLLATE "C",
  status         TEXT COLLATE "C" NOT NULL,
  severity       TEXT COLLATE "C" NOT NULL,
  classification TEXT COLLATE "C" NOT NULL,
  determination  TEXT COLLATE "C" NOT NULL,
  document       TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX incidents_by_creation ON incidents (tenant_id, created_at, id);
CREATE INDEX incidents_by_update ON incidents (tenant_id, updated_at, id);
CREATE INDEX incidents_by_status ON incidents (tenant_id, status, created_at, id);
CREATE INDEX incidents_by_owner ON incidents (tenant_id, owner_folded, created_at, id);

CREATE TABLE alerts (
  tenant_id   TEXT NOT NULL,
  id          TEXT COLLATE "C" NOT NULL,
  incident_id BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX alerts_by_incident ON alerts (tenant_id, incident_id, created_at, id);

CREATE TABLE incidents (
  tenant_id      TEXT NOT NULL,
  id             INTEGER NOT NULL,
  name           TEXT NOT NULL COLLATE NOCASE,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  assigned_to    TEXT COLLATE NOCASE,
  status         TEXT NOT NULL,
  severity       TEXT NOT NULL,
  classification TEXT NOT NULL,
  determination  TEXT NOT NULL,
  document       TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_creation ON incidents (tenant_id, created_at, id);
CREATE INDEX incidents_by_update ON incidents (tenant_id, updated_at, id);
CREATE INDEX incidents_by_status ON incidents (tenant_id, status, created_at, id);
CREATE INDEX incidents_by_owner ON incidents (tenant_id, assigned_to, created_at, id);

CREATE TABLE alerts (
  tenant_id   TEXT NOT NULL,
  id          TEXT NOT NULL,
  incident_id INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alerts_by_incident ON alerts (tenant_id, incident_id, created_at, id);

-- Incidents and alerts can be asked for by every property: each has a column, each property that
-- Microsoft documents for filters has an index. Rows have a number of their own, which the tables
-- beside them refer to. The program brings the alerts over when it opens the file.
CREATE TABLE alerts_to_index (
  seq         INTEGER PRIMARY KEY,
  tenant_id   TEXT NOT NULL,
  incident_id INTEGER NOT NULL,
  document    TEXT NOT NULL
) STRICT;
INSERT INTO alerts_to_index (tenant_id, incident_id, document)
  SELECT tenant_id, incident_id, document FROM alerts ORDER BY tenant_id, updated_at, id;
DROP TABLE alerts;

CREATE TABLE incident_counters (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  change    INTEGER NOT NULL,
  stamp     INTEGER NOT NULL,
  incident  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents_anew (
  seq            INTEGER PRIMARY KEY,
  tenant_id      TEXT NOT NULL,
  id             INTEGER NOT NULL,
  change         INTEGER NOT NULL,
  name           TEXT NOT NULL,
  name_folded    TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  updated_by     TEXT,
  updated_by_folded TEXT,
  assigned_to    TEXT,
  owner_folded   TEXT,
  status         TEXT NOT NULL,
  severity       INTEGER NOT NULL,
  classification TEXT NOT NULL,
  determination  TEXT NOT NULL,
  redirect       INTEGER,
  priority       INTEGER,
  document       TEXT NOT NULL,
  UNIQUE (tenant_id, id)
) STRICT;
INSERT INTO incidents_anew (tenant_id, id, change, name, name_folded, created_at, updated_at,
    assigned_to, owner_folded, status, severity, classification, determination, redirect, document)
  SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY updated_at, id), name,
    name_folded, created_at, updated_at, assigned_to, owner_folded, status,
    CASE severity WHEN 'informational' THEN 1 WHEN 'low' THEN 2 WHEN 'medium' THEN 3
      WHEN 'high' THEN 4 ELSE 0 END,
    classification, determination, json_extract(document, '$.redirect'), document
  FROM incidents ORDER BY tenant_id, updated_at, id;
DROP TABLE incidents;
ALTER TABLE incidents_anew RENAME TO incidents;
CREATE INDEX incidents_by_creation ON incidents (tenant_id, created_at, id);
CREATE INDEX incidents_by_update ON incidents (tenant_id, updated_at, id);
CREATE INDEX incidents_by_change ON incidents (tenant_id, change, id);
CREATE INDEX incidents_by_status ON incidents (tenant_id, status, created_at, id);
CREATE INDEX incidents_by_severity ON incidents (tenant_id, severity, created_at, id);
CREATE INDEX incidents_by_owner ON incidents (tenant_id, owner_folded, created_at, id);
CREATE INDEX incidents_by_classification ON incidents (tenant_id, classification, created_at, id);
CREATE INDEX incidents_by_determination ON incidents (tenant_id, determination, created_at, id);
INSERT INTO incident_counters (tenant_id, change, stamp, incident)
  SELECT tenant_id, MAX(change), 0, MAX(id) FROM incidents GROUP BY tenant_id;

CREATE TABLE alerts (
  seq                        INTEGER PRIMARY KEY,
  tenant_id                  TEXT NOT NULL,
  id                         TEXT NOT NULL,
  incident_id                INTEGER NOT NULL,
  change                     INTEGER NOT NULL,
  created_at                 INTEGER NOT NULL,
  updated_at                 INTEGER NOT NULL,
  resolved_at                INTEGER,
  first_activity_at          INTEGER NOT NULL,
  last_activity_at           INTEGER NOT NULL,
  status                     TEXT NOT NULL,
  severity                   INTEGER NOT NULL,
  classification             TEXT NOT NULL,
  determination              TEXT NOT NULL,
  title_folded               TEXT NOT NULL,
  service_folded             TEXT,
  detector_folded            TEXT,
  detector_id_folded         TEXT,
  product_folded             TEXT,
  policy_id_folded           TEXT,
  category_folded            TEXT,
  owner_folded               TEXT,
  investigation_state_folded TEXT,
  actor_folded               TEXT,
  threat_name_folded         TEXT,
  threat_family_folded       TEXT,
  reason                     TEXT NOT NULL,
  document                   TEXT NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX alerts_by_incident ON alerts (tenant_id, incident_id, created_at, id);
CREATE INDEX alerts_by_creation ON alerts (tenant_id, created_at, id);
CREATE INDEX alerts_by_update ON alerts (tenant_id, updated_at, id);
CREATE INDEX alerts_by_change ON alerts (tenant_id, change, id);
CREATE INDEX alerts_by_status ON alerts (tenant_id, status, created_at, id);
CREATE INDEX alerts_by_severity ON alerts (tenant_id, severity, created_at, id);
CREATE INDEX alerts_by_service ON alerts (tenant_id, service_folded, created_at, id);
CREATE INDEX alerts_by_owner ON alerts (tenant_id, owner_folded, created_at, id)
  WHERE owner_folded IS NOT NULL;
CREATE INDEX alerts_by_classification ON alerts (tenant_id, classification, created_at, id)
  WHERE classification <> 'unknown';
CREATE INDEX alerts_by_determination ON alerts (tenant_id, determination, created_at, id)
  WHERE determination <> 'not_available';

CREATE TABLE evidence (
  alert_seq             INTEGER NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  item                  INTEGER NOT NULL,
  kind                  TEXT NOT NULL,
  added_at              INTEGER,
  verdict               TEXT,
  remediation           TEXT,
  device_id             TEXT,
  device_directory_id   TEXT,
  device_name           TEXT,
  account_name          TEXT,
  account_domain        TEXT,
  account_sid           TEXT,
  account_directory_id  TEXT,
  principal_name        TEXT,
  ip_address            TEXT,
  url                   TEXT,
  sha1                  TEXT,
  sha256                TEXT,
  file_name             TEXT,
  file_path             TEXT,
  process_id            INTEGER,
  command_line          TEXT,
  mailbox_address       TEXT,
  sender                TEXT,
  recipient             TEXT,
  subject               TEXT,
  registry_key          TEXT,
  registry_value_name   TEXT,
  PRIMARY KEY (alert_seq, item)
) STRICT, WITHOUT ROWID;

-- What ties alerts together, and leads from an entity to its incidents.
CREATE TABLE alert_ties (
  tenant_id TEXT NOT NULL,
  kind      TEXT NOT NULL,
  key       TEXT NOT NULL,
  alert_seq INTEGER NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, kind, key, alert_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_ties_by_alert ON alert_ties (alert_seq);

-- Words of lists: techniques and categories of alerts, tags of incidents.
CREATE TABLE alert_labels (
  tenant_id TEXT NOT NULL,
  label     TEXT NOT NULL,
  word      TEXT NOT NULL,
  alert_seq INTEGER NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, label, word, alert_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_labels_by_alert ON alert_labels (alert_seq);
CREATE TABLE incident_labels (
  tenant_id    TEXT NOT NULL,
  label        TEXT NOT NULL,
  word         TEXT NOT NULL,
  incident_seq INTEGER NOT NULL REFERENCES incidents (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, label, word, incident_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_labels_by_incident ON incident_labels (incident_seq);

CREATE TABLE incident_history (
  tenant_id   TEXT NOT NULL,
  incident_id INTEGER NOT NULL,
  change      INTEGER NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant_id, incident_id, change),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What the planner is told of the indexes: a million rows of one tenant, few statuses, many owners.
-- Measuring would take time, and a plan that changes with what was measured last surprises people.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('incidents', 'sqlite_autoindex_incidents_1', '1000000 1000000 1'),
  ('incidents', 'incidents_by_creation', '1000000 1000000 10 1'),
  ('incidents', 'incidents_by_update', '1000000 1000000 10 1'),
  ('incidents', 'incidents_by_change', '1000000 1000000 1 1'),
  ('incidents', 'incidents_by_status', '1000000 1000000 300000 10 1'),
  ('incidents', 'incidents_by_severity', '1000000 1000000 250000 10 1'),
  ('incidents', 'incidents_by_owner', '1000000 1000000 1000 2 1'),
  ('incidents', 'incidents_by_classification', '1000000 1000000 300000 10 1'),
  ('incidents', 'incidents_by_determination', '1000000 1000000 100000 10 1'),
  ('alerts', 'sqlite_autoindex_alerts_1', '2000000 2000000 1'),
  ('alerts', 'alerts_by_incident', '2000000 2000000 2 1 1'),
  ('alerts', 'alerts_by_creation', '2000000 2000000 10 1'),
  ('alerts', 'alerts_by_update', '2000000 2000000 10 1'),
  ('alerts', 'alerts_by_change', '2000000 2000000 2 1'),
  ('alerts', 'alerts_by_status', '2000000 2000000 600000 10 1'),
  ('alerts', 'alerts_by_severity', '2000000 2000000 500000 10 1'),
  ('alerts', 'alerts_by_service', '2000000 2000000 400000 10 1'),
  ('alerts', 'alerts_by_owner', '1000000 1000000 1000 2 1'),
  ('alerts', 'alerts_by_classification', '1000000 1000000 300000 10 1'),
  ('alerts', 'alerts_by_determination', '1000000 1000000 100000 10 1');

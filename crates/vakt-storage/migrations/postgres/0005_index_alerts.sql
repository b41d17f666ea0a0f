-- Incidents and alerts can be asked for by every property: each has a column, each property that
-- Microsoft documents for filters has an index. Rows have a number of their own, which the tables
-- beside them refer to. The program brings the alerts over when it opens the database.
CREATE TABLE alerts_to_index (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   TEXT NOT NULL,
  incident_id BIGINT NOT NULL,
  document    TEXT NOT NULL
);
INSERT INTO alerts_to_index (tenant_id, incident_id, document)
  SELECT tenant_id, incident_id, document FROM alerts ORDER BY tenant_id, updated_at, id;
DROP TABLE alerts;

CREATE TABLE incident_counters (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  change    BIGINT NOT NULL,
  stamp     BIGINT NOT NULL,
  incident  BIGINT NOT NULL
);

CREATE TABLE incidents_anew (
  seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id      TEXT COLLATE "C" NOT NULL,
  id             BIGINT NOT NULL,
  change         BIGINT NOT NULL,
  name           TEXT NOT NULL,
  name_folded    TEXT COLLATE "C" NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  updated_by     TEXT,
  updated_by_folded TEXT COLLATE "C",
  assigned_to    TEXT,
  owner_folded   TEXT COLLATE "C",
  status         TEXT COLLATE "C" NOT NULL,
  severity       BIGINT NOT NULL,
  classification TEXT COLLATE "C" NOT NULL,
  determination  TEXT COLLATE "C" NOT NULL,
  redirect       BIGINT,
  priority       BIGINT,
  document       TEXT NOT NULL
);
INSERT INTO incidents_anew (tenant_id, id, change, name, name_folded, created_at, updated_at,
    assigned_to, owner_folded, status, severity, classification, determination, redirect, document)
  SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY updated_at, id), name,
    name_folded, created_at, updated_at, assigned_to, owner_folded, status,
    CASE severity WHEN 'informational' THEN 1 WHEN 'low' THEN 2 WHEN 'medium' THEN 3
      WHEN 'high' THEN 4 ELSE 0 END,
    classification, determination, (document::json->>'redirect')::BIGINT, document
  FROM incidents ORDER BY tenant_id, updated_at, id;
DROP TABLE incidents;
ALTER TABLE incidents_anew RENAME TO incidents;
ALTER TABLE incidents ADD CONSTRAINT incidents_have_ids UNIQUE (tenant_id, id);
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
  seq                        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id                  TEXT COLLATE "C" NOT NULL,
  id                         TEXT COLLATE "C" NOT NULL,
  incident_id                BIGINT NOT NULL,
  change                     BIGINT NOT NULL,
  created_at                 BIGINT NOT NULL,
  updated_at                 BIGINT NOT NULL,
  resolved_at                BIGINT,
  first_activity_at          BIGINT NOT NULL,
  last_activity_at           BIGINT NOT NULL,
  status                     TEXT COLLATE "C" NOT NULL,
  severity                   BIGINT NOT NULL,
  classification             TEXT COLLATE "C" NOT NULL,
  determination              TEXT COLLATE "C" NOT NULL,
  title_folded               TEXT COLLATE "C" NOT NULL,
  service_folded             TEXT COLLATE "C",
  detector_folded            TEXT COLLATE "C",
  detector_id_folded         TEXT COLLATE "C",
  product_folded             TEXT COLLATE "C",
  policy_id_folded           TEXT COLLATE "C",
  category_folded            TEXT COLLATE "C",
  owner_folded               TEXT COLLATE "C",
  investigation_state_folded TEXT COLLATE "C",
  actor_folded               TEXT COLLATE "C",
  threat_name_folded         TEXT COLLATE "C",
  threat_family_folded       TEXT COLLATE "C",
  reason                     TEXT NOT NULL,
  document                   TEXT NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
);
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
  alert_seq             BIGINT NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  item                  BIGINT NOT NULL,
  kind                  TEXT COLLATE "C" NOT NULL,
  added_at              BIGINT,
  verdict               TEXT COLLATE "C",
  remediation           TEXT COLLATE "C",
  device_id             TEXT COLLATE "C",
  device_directory_id   TEXT COLLATE "C",
  device_name           TEXT COLLATE "C",
  account_name          TEXT COLLATE "C",
  account_domain        TEXT COLLATE "C",
  account_sid           TEXT COLLATE "C",
  account_directory_id  TEXT COLLATE "C",
  principal_name        TEXT COLLATE "C",
  ip_address            TEXT COLLATE "C",
  url                   TEXT COLLATE "C",
  sha1                  TEXT COLLATE "C",
  sha256                TEXT COLLATE "C",
  file_name             TEXT COLLATE "C",
  file_path             TEXT COLLATE "C",
  process_id            BIGINT,
  command_line          TEXT COLLATE "C",
  mailbox_address       TEXT COLLATE "C",
  sender                TEXT COLLATE "C",
  recipient             TEXT COLLATE "C",
  subject               TEXT COLLATE "C",
  registry_key          TEXT COLLATE "C",
  registry_value_name   TEXT COLLATE "C",
  PRIMARY KEY (alert_seq, item)
);

-- What ties alerts together, and leads from an entity to its incidents.
CREATE TABLE alert_ties (
  tenant_id TEXT COLLATE "C" NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  key       TEXT COLLATE "C" NOT NULL,
  alert_seq BIGINT NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, kind, key, alert_seq)
);
CREATE INDEX alert_ties_by_alert ON alert_ties (alert_seq);

-- Words of lists: techniques and categories of alerts, tags of incidents.
CREATE TABLE alert_labels (
  tenant_id TEXT COLLATE "C" NOT NULL,
  label     TEXT COLLATE "C" NOT NULL,
  word      TEXT COLLATE "C" NOT NULL,
  alert_seq BIGINT NOT NULL REFERENCES alerts (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, label, word, alert_seq)
);
CREATE INDEX alert_labels_by_alert ON alert_labels (alert_seq);
CREATE TABLE incident_labels (
  tenant_id    TEXT COLLATE "C" NOT NULL,
  label        TEXT COLLATE "C" NOT NULL,
  word         TEXT COLLATE "C" NOT NULL,
  incident_seq BIGINT NOT NULL REFERENCES incidents (seq) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, label, word, incident_seq)
);
CREATE INDEX incident_labels_by_incident ON incident_labels (incident_seq);

CREATE TABLE incident_history (
  tenant_id   TEXT COLLATE "C" NOT NULL,
  incident_id BIGINT NOT NULL,
  change      BIGINT NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant_id, incident_id, change),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents (tenant_id, id) ON DELETE CASCADE
);

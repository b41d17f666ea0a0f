-- A tenant's 36 characters stood in two dozen index entries of each incident: a number stands there
-- now. Incidents are kept in the order of their numbers, evidence beside its alert, and what is
-- removed with an alert is known from its document, so that one index for each question is enough.
CREATE TABLE tenant_numbers (
  number    INTEGER PRIMARY KEY,
  tenant_id TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO tenant_numbers (tenant_id)
  SELECT tenant_id FROM incident_counters UNION SELECT tenant_id FROM incidents
  UNION SELECT tenant_id FROM alerts_to_index ORDER BY 1;
-- Alerts are numbered by tenant from now on, beyond every number that was given out before.
ALTER TABLE incident_counters ADD COLUMN alert INTEGER NOT NULL DEFAULT 0;

CREATE TABLE incidents_anew (
  tenant         INTEGER NOT NULL,
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
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
INSERT INTO incidents_anew
  SELECT n.number, i.id, i.change, i.name, i.name_folded, i.created_at, i.updated_at, i.updated_by,
    i.updated_by_folded, i.assigned_to, i.owner_folded, i.status, i.severity, i.classification,
    i.determination, i.redirect, i.priority, i.document
  FROM incidents i JOIN tenant_numbers n ON n.tenant_id = i.tenant_id ORDER BY n.number, i.id;

CREATE TABLE incident_labels_anew (
  tenant      INTEGER NOT NULL,
  label       TEXT NOT NULL,
  word        TEXT NOT NULL,
  incident_id INTEGER NOT NULL,
  PRIMARY KEY (tenant, label, word, incident_id)
) STRICT, WITHOUT ROWID;
INSERT INTO incident_labels_anew
  SELECT n.number, l.label, l.word, i.id
  FROM incident_labels l JOIN incidents i ON i.seq = l.incident_seq
  JOIN tenant_numbers n ON n.tenant_id = l.tenant_id;

CREATE TABLE incident_history_anew (
  tenant      INTEGER NOT NULL,
  incident_id INTEGER NOT NULL,
  change      INTEGER NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant, incident_id, change)
) STRICT, WITHOUT ROWID;
INSERT INTO incident_history_anew
  SELECT n.number, h.incident_id, h.change, h.document
  FROM incident_history h JOIN tenant_numbers n ON n.tenant_id = h.tenant_id;

CREATE TABLE alerts_anew (
  seq                        INTEGER PRIMARY KEY,
  tenant                     INTEGER NOT NULL,
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
  -- An array of what is asked of evidence, folded; what is not known is left out.
  evidence                   TEXT NOT NULL,
  document                   TEXT NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
INSERT INTO alerts_anew
  SELECT a.seq, n.number, a.id, a.incident_id, a.change, a.created_at, a.updated_at,
    a.resolved_at, a.first_activity_at, a.last_activity_at, a.status, a.severity,
    a.classification, a.determination, a.title_folded, a.service_folded, a.detector_folded,
    a.detector_id_folded, a.product_folded, a.policy_id_folded, a.category_folded, a.owner_folded,
    a.investigation_state_folded, a.actor_folded, a.threat_name_folded, a.threat_family_folded,
    a.reason,
    (SELECT json_group_array(json_patch('{}', json_object('kind', e.kind, 'added_at', e.added_at,
        'verdict', e.verdict, 'remediation', e.remediation, 'device_id', e.device_id,
        'device_directory_id', e.device_directory_id, 'device_name', e.device_name,
        'account_name', e.account_name, 'account_domain', e.account_domain,
        'account_sid', e.account_sid, 'account_directory_id', e.account_directory_id,
        'principal_name', e.principal_name, 'ip_address', e.ip_address, 'url', e.url,
        'sha1', e.sha1, 'sha256', e.sha256, 'file_name', e.file_name, 'file_path', e.file_path,
        'process_id', e.process_id, 'command_line', e.command_line,
        'mailbox_address', e.mailbox_address, 'sender', e.sender, 'recipient', e.recipient,
        'subject', e.subject, 'registry_key', e.registry_key,
        'registry_value_name', e.registry_value_name)))
      FROM evidence e WHERE e.alert_seq = a.seq),
    a.document
  FROM alerts a JOIN tenant_numbers n ON n.tenant_id = a.tenant_id ORDER BY a.seq;

-- What ties alerts together, and leads from an entity to its incidents.
CREATE TABLE alert_ties_anew (
  tenant    INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  key       TEXT NOT NULL,
  alert_seq INTEGER NOT NULL,
  PRIMARY KEY (tenant, kind, key, alert_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO alert_ties_anew
  SELECT n.number, t.kind, t.key, t.alert_seq
  FROM alert_ties t JOIN tenant_numbers n ON n.tenant_id = t.tenant_id;

CREATE TABLE alert_labels_anew (
  tenant    INTEGER NOT NULL,
  label     TEXT NOT NULL,
  word      TEXT NOT NULL,
  alert_seq INTEGER NOT NULL,
  PRIMARY KEY (tenant, label, word, alert_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO alert_labels_anew
  SELECT n.number, l.label, l.word, l.alert_seq
  FROM alert_labels l JOIN tenant_numbers n ON n.tenant_id = l.tenant_id;

DROP TABLE evidence;
DROP TABLE alert_ties;
DROP TABLE alert_labels;
DROP TABLE alerts;
DROP TABLE incident_labels;
DROP TABLE incident_history;
DROP TABLE incidents;
ALTER TABLE incidents_anew RENAME TO incidents;
ALTER TABLE incident_labels_anew RENAME TO incident_labels;
ALTER TABLE incident_history_anew RENAME TO incident_history;
ALTER TABLE alerts_anew RENAME TO alerts;
ALTER TABLE alert_ties_anew RENAME TO alert_ties;
ALTER TABLE alert_labels_anew RENAME TO alert_labels;

CREATE INDEX incidents_by_creation ON incidents (tenant, created_at, id);
CREATE INDEX incidents_by_update ON incidents (tenant, updated_at, id);
CREATE INDEX incidents_by_change ON incidents (tenant, change, id);
CREATE INDEX incidents_by_status ON incidents (tenant, status, created_at, id);
CREATE INDEX incidents_by_severity ON incidents (tenant, severity, created_at, id);
CREATE INDEX incidents_by_owner ON incidents (tenant, owner_folded, created_at, id);
CREATE INDEX incidents_by_classification ON incidents (tenant, classification, created_at, id);
CREATE INDEX incidents_by_determination ON incidents (tenant, determination, created_at, id);
CREATE INDEX incident_labels_by_incident ON incident_labels (tenant, incident_id);
CREATE INDEX alerts_by_incident ON alerts (tenant, incident_id);
CREATE INDEX alerts_by_creation ON alerts (tenant, created_at, id);
CREATE INDEX alerts_by_update ON alerts (tenant, updated_at, id);
CREATE INDEX alerts_by_change ON alerts (tenant, change, id);
CREATE INDEX alerts_by_status ON alerts (tenant, status, created_at, id);
CREATE INDEX alerts_by_severity ON alerts (tenant, severity, created_at, id);
CREATE INDEX alerts_by_service ON alerts (tenant, service_folded, created_at, id);
CREATE INDEX alerts_by_owner ON alerts (tenant, owner_folded, created_at, id)
  WHERE owner_folded IS NOT NULL;
CREATE INDEX alerts_by_classification ON alerts (tenant, classification, created_at, id)
  WHERE classification <> 'unknown';
CREATE INDEX alerts_by_determination ON alerts (tenant, determination, created_at, id)
  WHERE determination <> 'not_available';

-- What the planner is told of the indexes, as before: a million rows of one tenant.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('incidents', 'incidents', '1000000 1000000 1'),
  ('incidents', 'incidents_by_creation', '1000000 1000000 10 1'),
  ('incidents', 'incidents_by_update', '1000000 1000000 10 1'),
  ('incidents', 'incidents_by_change', '1000000 1000000 1 1'),
  ('incidents', 'incidents_by_status', '1000000 1000000 300000 10 1'),
  ('incidents', 'incidents_by_severity', '1000000 1000000 250000 10 1'),
  ('incidents', 'incidents_by_owner', '1000000 1000000 1000 2 1'),
  ('incidents', 'incidents_by_classification', '1000000 1000000 300000 10 1'),
  ('incidents', 'incidents_by_determination', '1000000 1000000 100000 10 1'),
  ('alerts', 'sqlite_autoindex_alerts_1', '2000000 2000000 1'),
  ('alerts', 'alerts_by_incident', '2000000 2000000 2'),
  ('alerts', 'alerts_by_creation', '2000000 2000000 10 1'),
  ('alerts', 'alerts_by_update', '2000000 2000000 10 1'),
  ('alerts', 'alerts_by_change', '2000000 2000000 2 1'),
  ('alerts', 'alerts_by_status', '2000000 2000000 600000 10 1'),
  ('alerts', 'alerts_by_severity', '2000000 2000000 500000 10 1'),
  ('alerts', 'alerts_by_service', '2000000 2000000 400000 10 1'),
  ('alerts', 'alerts_by_owner', '1000000 1000000 1000 2 1'),
  ('alerts', 'alerts_by_classification', '1000000 1000000 300000 10 1'),
  ('alerts', 'alerts_by_determination', '1000000 1000000 100000 10 1');

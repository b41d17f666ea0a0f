-- A tenant's 36 characters stood in two dozen index entries of each incident: a number stands there
-- now. Incidents are kept in the order of their numbers, evidence beside its alert, and what is
-- removed with an alert is known from its document, so that one index for each question is enough.
CREATE TABLE tenant_numbers (
  number    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id TEXT COLLATE "C" NOT NULL UNIQUE
);
INSERT INTO tenant_numbers (tenant_id)
  SELECT tenant_id FROM incident_counters UNION SELECT tenant_id FROM incidents
  UNION SELECT tenant_id FROM alerts_to_index ORDER BY 1;
-- Alerts are numbered by tenant from now on, beyond every number that was given out before.
ALTER TABLE incident_counters ADD COLUMN alert BIGINT NOT NULL DEFAULT 0;

CREATE TABLE incidents_anew (
  tenant         BIGINT NOT NULL,
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
  document       TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);
INSERT INTO incidents_anew
  SELECT n.number, i.id, i.change, i.name, i.name_folded, i.created_at, i.updated_at, i.updated_by,
    i.updated_by_folded, i.assigned_to, i.owner_folded, i.status, i.severity, i.classification,
    i.determination, i.redirect, i.priority, i.document
  FROM incidents i JOIN tenant_numbers n ON n.tenant_id = i.tenant_id ORDER BY n.number, i.id;

CREATE TABLE incident_labels_anew (
  tenant      BIGINT NOT NULL,
  label       TEXT COLLATE "C" NOT NULL,
  word        TEXT COLLATE "C" NOT NULL,
  incident_id BIGINT NOT NULL,
  PRIMARY KEY (tenant, label, word, incident_id)
);
INSERT INTO incident_labels_anew
  SELECT n.number, l.label, l.word, i.id
  FROM incident_labels l JOIN incidents i ON i.seq = l.incident_seq
  JOIN tenant_numbers n ON n.tenant_id = l.tenant_id;

CREATE TABLE incident_history_anew (
  tenant      BIGINT NOT NULL,
  incident_id BIGINT NOT NULL,
  change      BIGINT NOT NULL,
  document    TEXT NOT NULL,
  PRIMARY KEY (tenant, incident_id, change)
);
INSERT INTO incident_history_anew
  SELECT n.number, h.incident_id, h.change, h.document
  FROM incident_history h JOIN tenant_numbers n ON n.tenant_id = h.tenant_id;

CREATE TABLE alerts_anew (
  seq                        BIGINT PRIMARY KEY,
  tenant                     BIGINT NOT NULL,
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
  -- An array of what is asked of evidence, folded; what is not known is left out.
  evidence                   TEXT NOT NULL,
  document                   TEXT NOT NULL,
  UNIQUE (tenant, id)
);
INSERT INTO alerts_anew
  SELECT a.seq, n.number, a.id, a.incident_id, a.change, a.created_at, a.updated_at,
    a.resolved_at, a.first_activity_at, a.last_activity_at, a.status, a.severity,
    a.classification, a.determination, a.title_folded, a.service_folded, a.detector_folded,
    a.detector_id_folded, a.product_folded, a.policy_id_folded, a.category_folded, a.owner_folded,
    a.investigation_state_folded, a.actor_folded, a.threat_name_folded, a.threat_family_folded,
    a.reason,
    (SELECT COALESCE(json_agg(json_strip_nulls(json_build_object('kind', e.kind, 'added_at', e.added_at,
        'verdict', e.verdict, 'remediation', e.remediation, 'device_id', e.device_id,
        'device_directory_id', e.device_directory_id, 'device_name', e.device_name,
        'account_name', e.account_name, 'account_domain', e.account_domain,
        'account_sid', e.account_sid, 'account_directory_id', e.account_directory_id,
        'principal_name', e.principal_name, 'ip_address', e.ip_address, 'url', e.url,
        'sha1', e.sha1, 'sha256', e.sha256, 'file_name', e.file_name, 'file_path', e.file_path,
        'process_id', e.process_id, 'command_line', e.command_line,
        'mailbox_address', e.mailbox_address, 'sender', e.sender, 'recipient', e.recipient,
        'subject', e.subject, 'registry_key', e.registry_key,
        'registry_value_name', e.registry_value_name)))::text, '[]')
      FROM evidence e WHERE e.alert_seq = a.seq),
    a.document
  FROM alerts a JOIN tenant_numbers n ON n.tenant_id = a.tenant_id ORDER BY a.seq;

-- What ties alerts together, and leads from an entity to its incidents.
CREATE TABLE alert_ties_anew (
  tenant    BIGINT NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  key       TEXT COLLATE "C" NOT NULL,
  alert_seq BIGINT NOT NULL,
  PRIMARY KEY (tenant, kind, key, alert_seq)
);
INSERT INTO alert_ties_anew
  SELECT n.number, t.kind, t.key, t.alert_seq
  FROM alert_ties t JOIN tenant_numbers n ON n.tenant_id = t.tenant_id;

CREATE TABLE alert_labels_anew (
  tenant    BIGINT NOT NULL,
  label     TEXT COLLATE "C" NOT NULL,
  word      TEXT COLLATE "C" NOT NULL,
  alert_seq BIGINT NOT NULL,
  PRIMARY KEY (tenant, label, word, alert_seq)
);
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

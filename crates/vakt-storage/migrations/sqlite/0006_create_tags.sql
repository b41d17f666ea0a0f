-- Tags are asked for, so they get rows; they compare by their bytes.
CREATE TABLE application_tags (
  tenant_id TEXT NOT NULL,
  tag       TEXT NOT NULL,
  object_id TEXT NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, tag, object_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_tags_by_object ON application_tags (object_id);
INSERT OR IGNORE INTO application_tags (tenant_id, tag, object_id)
  SELECT tenant_id, t.value, object_id FROM applications, json_each(document, '$.tags') t;

CREATE TABLE service_principal_tags (
  tenant_id TEXT NOT NULL,
  tag       TEXT NOT NULL,
  object_id TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, tag, object_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_principal_tags_by_object ON service_principal_tags (object_id);
INSERT OR IGNORE INTO service_principal_tags (tenant_id, tag, object_id)
  SELECT tenant_id, t.value, object_id FROM service_principals, json_each(document, '$.tags') t;

CREATE INDEX applications_by_time ON applications (tenant_id, created_at, seq);
CREATE INDEX service_principals_by_time ON service_principals (tenant_id, created_at, seq);

CREATE TABLE permission_grants (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  tenant_id   TEXT NOT NULL,
  client_id   TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  resource_id TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  scope       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  UNIQUE (client_id, resource_id)
) STRICT;
CREATE INDEX permission_grants_by_tenant ON permission_grants (tenant_id, seq);
CREATE INDEX permission_grants_by_resource ON permission_grants (resource_id, seq);

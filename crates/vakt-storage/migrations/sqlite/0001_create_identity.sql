CREATE TABLE tenants (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tenant_domains (
  name       TEXT NOT NULL PRIMARY KEY,
  tenant_id  TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  is_default INTEGER NOT NULL
) STRICT;
CREATE INDEX tenant_domains_by_tenant ON tenant_domains (tenant_id, position);

CREATE TABLE applications (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  object_id    TEXT NOT NULL UNIQUE,
  app_id       TEXT NOT NULL UNIQUE,
  tenant_id    TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  display_name TEXT NOT NULL COLLATE NOCASE,
  document     TEXT NOT NULL,
  created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX applications_by_name ON applications (tenant_id, display_name, seq);
CREATE INDEX applications_by_creation ON applications (tenant_id, seq);

CREATE TABLE application_names (
  tenant_id TEXT NOT NULL,
  folded    TEXT NOT NULL,
  object_id TEXT NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_names_by_object ON application_names (object_id);

CREATE TABLE application_secrets (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id      TEXT NOT NULL,
  object_id   TEXT NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  description TEXT,
  hint        TEXT NOT NULL,
  starts_at   INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  salt        BLOB NOT NULL,
  hash        BLOB NOT NULL,
  UNIQUE (object_id, key_id)
) STRICT;

CREATE TABLE service_principals (
  seq                 INTEGER PRIMARY KEY AUTOINCREMENT,
  object_id           TEXT NOT NULL UNIQUE,
  tenant_id           TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  app_id              TEXT NOT NULL,
  owner_id            TEXT NOT NULL,
  display_name        TEXT NOT NULL COLLATE NOCASE,
  is_enabled          INTEGER NOT NULL,
  assignment_required INTEGER NOT NULL,
  document            TEXT NOT NULL,
  created_at          INTEGER NOT NULL,
  UNIQUE (tenant_id, app_id)
) STRICT;
CREATE INDEX service_principals_by_name ON service_principals (tenant_id, display_name, seq);
CREATE INDEX service_principals_by_creation ON service_principals (tenant_id, seq);
CREATE INDEX service_principals_by_app ON service_principals (app_id);

CREATE TABLE service_principal_names (
  tenant_id TEXT NOT NULL,
  folded    TEXT NOT NULL,
  object_id TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_principal_names_by_object ON service_principal_names (object_id);

CREATE TABLE role_assignments (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  tenant_id      TEXT NOT NULL,
  principal_id   TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  principal_name TEXT NOT NULL,
  resource_id    TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  resource_name  TEXT NOT NULL,
  role_id        TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  UNIQUE (principal_id, resource_id, role_id)
) STRICT;
CREATE INDEX role_assignments_by_resource ON role_assignments (resource_id, seq);

CREATE TABLE signing_keys (
  kid         TEXT NOT NULL PRIMARY KEY,
  sealed      BLOB NOT NULL,
  certificate BLOB NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;

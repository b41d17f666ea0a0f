-- Texts that are ordered or searched by their beginning are COLLATE "C": they compare by their
-- bytes, as SQLite does, whatever the database's own locale is.

-- One row, counted up by every change of the directory.
CREATE TABLE identity_generation (
  only_row   BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
  generation BIGINT NOT NULL
) WITH (fillfactor = 10);
INSERT INTO identity_generation (generation) VALUES (0);

CREATE TABLE tenants (
  seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE tenant_domains (
  name       TEXT NOT NULL PRIMARY KEY,
  tenant_id  TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  is_default BOOLEAN NOT NULL
);
CREATE INDEX tenant_domains_by_tenant ON tenant_domains (tenant_id, position);

CREATE TABLE applications (
  seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object_id    TEXT COLLATE "C" NOT NULL UNIQUE,
  app_id       TEXT COLLATE "C" NOT NULL UNIQUE,
  tenant_id    TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  display_name TEXT NOT NULL,
  name_folded  TEXT COLLATE "C" NOT NULL,
  document     TEXT NOT NULL,
  created_at   BIGINT NOT NULL
);
CREATE INDEX applications_by_name ON applications (tenant_id, name_folded, seq);
CREATE INDEX applications_by_creation ON applications (tenant_id, seq);

CREATE TABLE application_names (
  tenant_id TEXT NOT NULL,
  folded    TEXT COLLATE "C" NOT NULL,
  object_id TEXT NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, folded)
);
CREATE INDEX application_names_by_object ON application_names (object_id);

CREATE TABLE application_secrets (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_id      TEXT NOT NULL,
  object_id   TEXT NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  description TEXT,
  hint        TEXT NOT NULL,
  starts_at   BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  salt        BYTEA NOT NULL,
  hash        BYTEA NOT NULL,
  UNIQUE (object_id, key_id)
);

CREATE TABLE service_principals (
  seq                 BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object_id           TEXT COLLATE "C" NOT NULL UNIQUE,
  tenant_id           TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  app_id              TEXT COLLATE "C" NOT NULL,
  owner_id            TEXT NOT NULL,
  display_name        TEXT NOT NULL,
  name_folded         TEXT COLLATE "C" NOT NULL,
  is_enabled          BOOLEAN NOT NULL,
  assignment_required BOOLEAN NOT NULL,
  document            TEXT NOT NULL,
  created_at          BIGINT NOT NULL,
  UNIQUE (tenant_id, app_id)
);
CREATE INDEX service_principals_by_name ON service_principals (tenant_id, name_folded, seq);
CREATE INDEX service_principals_by_creation ON service_principals (tenant_id, seq);
CREATE INDEX service_principals_by_app ON service_principals (app_id);

CREATE TABLE service_principal_names (
  tenant_id TEXT NOT NULL,
  folded    TEXT COLLATE "C" NOT NULL,
  object_id TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, folded)
);
CREATE INDEX service_principal_names_by_object ON service_principal_names (object_id);

CREATE TABLE role_assignments (
  seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  tenant_id      TEXT NOT NULL,
  principal_id   TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  principal_name TEXT NOT NULL,
  resource_id    TEXT NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  resource_name  TEXT NOT NULL,
  role_id        TEXT NOT NULL,
  created_at     BIGINT NOT NULL,
  UNIQUE (principal_id, resource_id, role_id)
);
CREATE INDEX role_assignments_by_resource ON role_assignments (resource_id, seq);

-- A key signs from its own time on; a retired one has an empty private half.
CREATE TABLE signing_keys (
  kid         TEXT NOT NULL PRIMARY KEY,
  sealed      BYTEA NOT NULL,
  certificate BYTEA NOT NULL,
  created_at  BIGINT NOT NULL,
  signs_from  BIGINT NOT NULL,
  retired_at  BIGINT
);

-- A value sealed on the database's first day tells whether a sealing key is the right one.
CREATE TABLE sealing (
  only_row BOOLEAN PRIMARY KEY CHECK (only_row),
  sealed   BYTEA NOT NULL
);

CREATE TABLE deleted_objects (
  seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object_id    TEXT COLLATE "C" NOT NULL UNIQUE,
  tenant_id    TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind         TEXT NOT NULL,
  app_id       TEXT COLLATE "C" NOT NULL,
  name_folded  TEXT COLLATE "C" NOT NULL,
  deleted_at   BIGINT NOT NULL,
  deleted_with TEXT,
  document     TEXT NOT NULL
);
CREATE INDEX deleted_objects_by_kind ON deleted_objects (tenant_id, kind, seq);
CREATE INDEX deleted_objects_by_company ON deleted_objects (deleted_with);
CREATE INDEX deleted_objects_by_age ON deleted_objects (deleted_at);

CREATE TABLE people (
  object_id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant_id            TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  user_name            TEXT COLLATE "C" NOT NULL UNIQUE,
  display_name         TEXT NOT NULL,
  role                 TEXT NOT NULL,
  is_enabled           BOOLEAN NOT NULL,
  password             TEXT NOT NULL,
  must_change_password BOOLEAN NOT NULL,
  totp_sealed          BYTEA,
  totp_last_step       BIGINT,
  failures             BIGINT NOT NULL,
  last_failure_at      BIGINT,
  created_at           BIGINT NOT NULL,
  password_set_at      BIGINT NOT NULL
);
CREATE INDEX people_by_name ON people (tenant_id, user_name);

CREATE TABLE sessions (
  hash         BYTEA NOT NULL PRIMARY KEY,
  tenant_id    TEXT NOT NULL,
  person_id    TEXT NOT NULL REFERENCES people (object_id) ON DELETE CASCADE,
  signed_in_at BIGINT NOT NULL,
  seen_at      BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- A value sealed on the database's first day tells whether a sealing key is the right one.
CREATE TABLE sealing (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  sealed   BLOB NOT NULL
) STRICT;

-- A key signs from its own time on; a retired one has an empty private half.
ALTER TABLE signing_keys ADD COLUMN signs_from INTEGER NOT NULL DEFAULT 0;
UPDATE signing_keys SET signs_from = created_at;
ALTER TABLE signing_keys ADD COLUMN retired_at INTEGER;

-- Service principals copy audience and reply addresses of their applications from now on.
UPDATE service_principals SET document = json_set(
    service_principals.document,
    '$.version', '2',
    '$.any_tenant', json(iif(json_extract(a.document, '$.any_tenant'), 'true', 'false')),
    '$.reply_urls', json(json_extract(a.document, '$.redirect_uris')))
  FROM applications a WHERE a.app_id = service_principals.app_id;

CREATE TABLE deleted_objects (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  object_id    TEXT NOT NULL UNIQUE,
  tenant_id    TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind         TEXT NOT NULL,
  app_id       TEXT NOT NULL,
  name_folded  TEXT NOT NULL,
  deleted_at   INTEGER NOT NULL,
  deleted_with TEXT,
  document     TEXT NOT NULL
) STRICT;
CREATE INDEX deleted_objects_by_kind ON deleted_objects (tenant_id, kind, seq);
CREATE INDEX deleted_objects_by_company ON deleted_objects (deleted_with);
CREATE INDEX deleted_objects_by_age ON deleted_objects (deleted_at);

CREATE TABLE people (
  object_id            TEXT NOT NULL PRIMARY KEY,
  tenant_id            TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  user_name            TEXT NOT NULL UNIQUE,
  display_name         TEXT NOT NULL,
  role                 TEXT NOT NULL,
  is_enabled           INTEGER NOT NULL,
  password             TEXT NOT NULL,
  must_change_password INTEGER NOT NULL,
  totp_sealed          BLOB,
  totp_last_step       INTEGER,
  failures             INTEGER NOT NULL,
  last_failure_at      INTEGER,
  created_at           INTEGER NOT NULL,
  password_set_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_name ON people (tenant_id, user_name);

CREATE TABLE sessions (
  hash         BLOB NOT NULL PRIMARY KEY,
  tenant_id    TEXT NOT NULL,
  person_id    TEXT NOT NULL REFERENCES people (object_id) ON DELETE CASCADE,
  signed_in_at INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

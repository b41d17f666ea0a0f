-- Numbers grow in the order of recording and are never used again. (Each index ends with the
-- number, as every index of SQLite's does.)
CREATE TABLE directory_events (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id   TEXT,
  at          INTEGER NOT NULL,
  activity    TEXT NOT NULL,
  succeeded   INTEGER NOT NULL,
  correlation TEXT NOT NULL,
  document    TEXT NOT NULL
) STRICT;
CREATE INDEX directory_events_by_tenant ON directory_events (tenant_id);
CREATE INDEX directory_events_by_time ON directory_events (at);
CREATE INDEX directory_events_by_correlation ON directory_events (correlation);

-- The applications that made a change or that it is about.
CREATE TABLE event_apps (
  app_id TEXT NOT NULL,
  number INTEGER NOT NULL REFERENCES directory_events (number) ON DELETE CASCADE,
  PRIMARY KEY (app_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_apps_by_event ON event_apps (number);

CREATE TABLE sign_ins (
  number                INTEGER PRIMARY KEY AUTOINCREMENT,
  at                    INTEGER NOT NULL,
  tenant_id             TEXT,
  app_id                TEXT,
  app_name              TEXT NOT NULL,
  principal_id          TEXT,
  resource_app_id       TEXT,
  resource_principal_id TEXT,
  resource_name         TEXT NOT NULL,
  address               TEXT,
  user_agent            TEXT NOT NULL,
  error_code            INTEGER NOT NULL,
  correlation           TEXT NOT NULL,
  request_id            TEXT NOT NULL,
  token_id              TEXT NOT NULL,
  credential            TEXT NOT NULL,
  key_id                TEXT,
  times                 INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_by_tenant ON sign_ins (tenant_id);
CREATE INDEX sign_ins_by_app ON sign_ins (tenant_id, app_id);
CREATE INDEX sign_ins_by_time ON sign_ins (at);
CREATE INDEX sign_ins_by_correlation ON sign_ins (correlation);

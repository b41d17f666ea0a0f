-- Numbers grow in the order of recording: who appends to a log holds its lock until it commits.
CREATE TABLE directory_events (
  number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id   TEXT,
  at          BIGINT NOT NULL,
  activity    TEXT NOT NULL,
  succeeded   BOOLEAN NOT NULL,
  correlation TEXT NOT NULL,
  document    TEXT NOT NULL
);
CREATE INDEX directory_events_by_tenant ON directory_events (tenant_id, number);
CREATE INDEX directory_events_by_time ON directory_events (at);
CREATE INDEX directory_events_by_correlation ON directory_events (correlation);

-- The applications that made a change or that it is about.
CREATE TABLE event_apps (
  app_id TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL REFERENCES directory_events (number) ON DELETE CASCADE,
  PRIMARY KEY (app_id, number)
);
CREATE INDEX event_apps_by_event ON event_apps (number);

CREATE TABLE sign_ins (
  number                BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at                    BIGINT NOT NULL,
  tenant_id             TEXT,
  app_id                TEXT COLLATE "C",
  app_name              TEXT NOT NULL,
  principal_id          TEXT,
  resource_app_id       TEXT COLLATE "C",
  resource_principal_id TEXT,
  resource_name         TEXT NOT NULL,
  address               TEXT,
  user_agent            TEXT NOT NULL,
  error_code            BIGINT NOT NULL,
  correlation           TEXT NOT NULL,
  request_id            TEXT NOT NULL,
  token_id              TEXT NOT NULL,
  credential            TEXT NOT NULL,
  key_id                TEXT,
  times                 BIGINT NOT NULL
);
CREATE INDEX sign_ins_by_tenant ON sign_ins (tenant_id, number);
CREATE INDEX sign_ins_by_app ON sign_ins (tenant_id, app_id, number);
CREATE INDEX sign_ins_by_time ON sign_ins (at);
CREATE INDEX sign_ins_by_correlation ON sign_ins (correlation);

-- How many incidents and alerts a tenant received in a minute (counted since 1970).
CREATE TABLE incident_arrivals (
  tenant    INTEGER NOT NULL,
  minute    INTEGER NOT NULL,
  incidents INTEGER NOT NULL,
  alerts    INTEGER NOT NULL,
  PRIMARY KEY (tenant, minute)
) STRICT, WITHOUT ROWID;

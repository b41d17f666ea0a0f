-- How many incidents and alerts a tenant received in a minute (counted since 1970).
CREATE TABLE incident_arrivals (
  tenant    BIGINT NOT NULL,
  minute    BIGINT NOT NULL,
  incidents BIGINT NOT NULL,
  alerts    BIGINT NOT NULL,
  PRIMARY KEY (tenant, minute)
);

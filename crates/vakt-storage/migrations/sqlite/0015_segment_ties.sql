-- Devices, accounts and files come in no order, so that each new tie wrote a page of its own somewhere
-- among all of a tenant's. Ties of 16,384 alerts that arrived one after the other stand together now;
-- who looks for one looks into each such segment, or only into those whose alerts were active then.
CREATE TABLE alert_ties_anew (
  tenant    INTEGER NOT NULL,
  -- The alert's number within its tenant, without its last 14 bits.
  segment   INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  key       TEXT NOT NULL,
  alert_seq INTEGER NOT NULL,
  PRIMARY KEY (tenant, segment, kind, key, alert_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO alert_ties_anew
  SELECT tenant, (alert_seq & ((1 << 40) - 1)) >> 14, kind, key, alert_seq FROM alert_ties
  ORDER BY 1, 2, 3, 4, 5;

-- When the alerts of a segment's ties were active, or more.
CREATE TABLE tie_segments (
  tenant            INTEGER NOT NULL,
  segment           INTEGER NOT NULL,
  first_activity_at INTEGER NOT NULL,
  last_activity_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant, segment)
) STRICT, WITHOUT ROWID;
INSERT INTO tie_segments
  SELECT t.tenant, t.segment, MIN(a.first_activity_at), MAX(a.last_activity_at)
  FROM alert_ties_anew t JOIN alerts a ON a.seq = t.alert_seq GROUP BY 1, 2;

DROP TABLE alert_ties;
ALTER TABLE alert_ties_anew RENAME TO alert_ties;

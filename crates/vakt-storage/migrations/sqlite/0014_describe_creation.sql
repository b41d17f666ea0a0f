-- What was told of this index went with the one that migration 10 put it in the place of. Untold, the
-- planner takes it before the index of owners, each of whom has few incidents. It is told fewer rows
-- than there are: they are read from the index alone, which by other indexes takes a look at each row.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('incidents', 'incidents_by_creation', '1000000 20000 10 1 1 1 1 1 1 1');

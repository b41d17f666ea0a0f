-- A value sealed on the database's first day tells whether a sealing key is the right one.
CREATE TABLE sealing (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  sealed   BLOB NOT NULL
) STRICT;

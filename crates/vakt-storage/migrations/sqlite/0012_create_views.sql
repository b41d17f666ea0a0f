-- Views of the queue of incidents that people saved. A person's names differ by more than case.
CREATE TABLE saved_views (
  id          TEXT NOT NULL PRIMARY KEY,
  tenant_id   TEXT NOT NULL,
  person_id   TEXT NOT NULL REFERENCES people (object_id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  document    TEXT NOT NULL,
  UNIQUE (person_id, name_folded)
) STRICT, WITHOUT ROWID;

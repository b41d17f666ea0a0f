-- Views of the queue of incidents that people saved. A person's names differ by more than case.
CREATE TABLE saved_views (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant_id   TEXT NOT NULL,
  person_id   TEXT COLLATE "C" NOT NULL REFERENCES people (object_id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  document    TEXT NOT NULL,
  UNIQUE (person_id, name_folded)
);

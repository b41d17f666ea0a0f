-- Names that compare without regard to case get a folded column, as PostgreSQL has it too. SQLite
-- folds only ASCII; the program folds the texts listed here, when it opens the file.
CREATE TABLE names_to_fold (
  name   TEXT NOT NULL PRIMARY KEY,
  folded TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO names_to_fold (name)
  SELECT display_name FROM applications WHERE display_name GLOB '*[^ -~]*'
  UNION ALL SELECT display_name FROM service_principals WHERE display_name GLOB '*[^ -~]*'
  UNION ALL SELECT name FROM incidents WHERE name GLOB '*[^ -~]*'
  UNION ALL SELECT assigned_to FROM incidents WHERE assigned_to GLOB '*[^ -~]*';

ALTER TABLE applications ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
UPDATE applications SET name_folded = lower(display_name);
DROP INDEX applications_by_name;
CREATE INDEX applications_by_name ON applications (tenant_id, name_folded, seq);

ALTER TABLE service_principals ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
UPDATE service_principals SET name_folded = lower(display_name);
DROP INDEX service_principals_by_name;
CREATE INDEX service_principals_by_name ON service_principals (tenant_id, name_folded, seq);

ALTER TABLE incidents ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN owner_folded TEXT;
UPDATE incidents SET name_folded = lower(name), owner_folded = lower(assigned_to);
DROP INDEX incidents_by_owner;
CREATE INDEX incidents_by_owner ON incidents (tenant_id, owner_folded, created_at, id);

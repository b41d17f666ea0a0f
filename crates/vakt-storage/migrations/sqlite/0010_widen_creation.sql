-- What an analyst filters the queue by stands in the index that the queue is read by: whatever
-- filters leave over, rows themselves, with their documents, are read of one page only.
DROP INDEX incidents_by_creation;
CREATE INDEX incidents_by_creation ON incidents
  (tenant, created_at, id, updated_at, status, severity, classification, owner_folded, name_folded);
UPDATE sqlite_stat1 SET stat = '1000000 1000000 10 1 1 1 1 1 1 1'
  WHERE tbl = 'incidents' AND idx = 'incidents_by_creation';

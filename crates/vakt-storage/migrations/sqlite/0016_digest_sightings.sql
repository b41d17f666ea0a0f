-- What the last sighting of a machine said but for the time, as the first half of its SHA-256: if the
-- next one says the same, the time is all that is new, and the document need not be read. Whatever
-- else changes the machine takes it away.
ALTER TABLE machines ADD COLUMN seen_digest BLOB;

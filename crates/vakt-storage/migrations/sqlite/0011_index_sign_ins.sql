-- An index over random values makes each new line write a page of its own somewhere. Within a
-- segment of 4,096 lines (number >> 12) the pages are few and shared by the lines of a batch; who
-- searches looks into each segment.
DROP INDEX sign_ins_by_app;
DROP INDEX sign_ins_by_correlation;
CREATE INDEX sign_ins_by_app ON sign_ins (number >> 12, substr(app_id, 1, 8));
CREATE INDEX sign_ins_by_correlation ON sign_ins (number >> 12, substr(correlation, 1, 8));

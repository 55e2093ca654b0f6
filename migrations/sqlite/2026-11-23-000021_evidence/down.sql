DROP TABLE monday_looks;
ALTER TABLE work_notes DROP COLUMN dropped;
DROP TABLE champions;
DROP TABLE expertise_denied;
DROP TABLE ring_spans;

ALTER TABLE revisions DROP COLUMN unpublished;
DROP INDEX inbox_group;
ALTER TABLE inbox DROP COLUMN group_key;
ALTER TABLE inbox DROP COLUMN times;
DROP TABLE follows;

ALTER TABLE revisions DROP COLUMN kept_back;
DROP INDEX inbox_group;
ALTER TABLE inbox DROP COLUMN group_key;
ALTER TABLE inbox DROP COLUMN times;
DROP TABLE follows;

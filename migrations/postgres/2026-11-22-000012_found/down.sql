ALTER TABLE accounts DROP COLUMN findable;

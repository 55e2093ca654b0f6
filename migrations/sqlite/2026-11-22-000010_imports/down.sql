DROP TABLE old_addresses;
ALTER TABLE topics DROP COLUMN imported_views;
ALTER TABLE posts DROP COLUMN imported_thanks;

ALTER TABLE search_gaps DROP COLUMN widest;
DROP TABLE post_files;
DROP TABLE files;

DROP TABLE preview_wishes;
ALTER TABLE posts DROP COLUMN previews;

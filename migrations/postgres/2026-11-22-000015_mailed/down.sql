DROP TABLE arrivals;
DROP TABLE mail_keys;
ALTER TABLE letters DROP COLUMN answers;
ALTER TABLE posts DROP COLUMN trimmed;

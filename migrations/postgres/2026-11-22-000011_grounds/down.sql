ALTER TABLE topics DROP COLUMN held_until;
ALTER TABLE reviews DROP COLUMN reach;

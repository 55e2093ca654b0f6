DROP INDEX reviews_escalated;
DROP INDEX reviews_claimed;
ALTER TABLE topics DROP COLUMN held_until;
ALTER TABLE reviews DROP COLUMN reach;

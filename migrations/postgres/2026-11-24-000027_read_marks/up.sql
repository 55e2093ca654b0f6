-- When somebody read something is needed for nothing; which topics on which day only for whoever asked for suggestions;
-- and that somebody searched without who.
ALTER TABLE readings DROP COLUMN read_at;
DELETE FROM day_reads
WHERE account_id NOT IN (SELECT account_id FROM list_choices WHERE suggestions_at IS NOT NULL);
UPDATE events SET actor_id = NULL, actor_kind = 'system', department_id = NULL, role = 'none' WHERE verb = 'searched';

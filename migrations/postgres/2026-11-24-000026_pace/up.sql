-- How long a topic rests until another person takes it up. What began in the last 18 weeks is folded again for it.
ALTER TABLE topic_states ADD COLUMN gap BIGINT;
UPDATE figure_progress
SET folded_until = CASE WHEN folded_until > 10886400000000 THEN folded_until - 10886400000000 ELSE folded_until END;

ALTER TABLE topic_states DROP COLUMN gap;

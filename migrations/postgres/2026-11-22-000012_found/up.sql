-- Log twelve: people are found by what they wrote, when they agreed to it.
ALTER TABLE accounts ADD COLUMN findable BOOLEAN NOT NULL DEFAULT FALSE;

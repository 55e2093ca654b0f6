-- Since when somebody is named as the sponsor of a space: silence does not begin before. Unknown of those who were
-- named before this was written down.
ALTER TABLE space_plans ADD COLUMN sponsor_since BIGINT;
-- Under which numbers of the list an item was made: what was drawn under others is not pooled with it.
ALTER TABLE work_items ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

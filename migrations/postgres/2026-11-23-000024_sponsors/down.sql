ALTER TABLE work_items DROP COLUMN version;
ALTER TABLE space_plans DROP COLUMN sponsor_since;

DROP TABLE list_choices;
DROP TABLE work_lots;
DROP TABLE work_notes;
DROP TABLE work_items;
ALTER TABLE sealed_weeks DROP COLUMN most_share;
ALTER TABLE sealed_weeks DROP COLUMN least_contributors;
ALTER TABLE sealed_weeks DROP COLUMN least_people;

DROP TABLE list_choices;
DROP TABLE work_lots;
DROP TABLE work_notes;
DROP TABLE work_items;

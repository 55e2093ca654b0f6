DROP TABLE scheduled_exports;

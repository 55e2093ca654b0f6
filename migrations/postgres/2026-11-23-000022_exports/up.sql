-- Weeks whose figures were written where they are expected, by the schedule.
CREATE TABLE scheduled_exports (
    week BIGINT NOT NULL PRIMARY KEY,
    written_at BIGINT NOT NULL
);

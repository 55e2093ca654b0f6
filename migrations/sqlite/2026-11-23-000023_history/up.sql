-- What came of counting what was brought in: as of which event, under which rules, and of which events (a hash), so
-- that nothing is counted twice that did not change. Space 0 is the whole forum. `whole`: no four weeks of it were
-- still running.
CREATE TABLE histories (
    space_id BIGINT NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL,
    rules TEXT NOT NULL,
    facts TEXT NOT NULL,
    whole BOOLEAN NOT NULL
);
CREATE INDEX events_brought_in ON events (id) WHERE verb IN ('reply_brought_in', 'topic_brought_in');

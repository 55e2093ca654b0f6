-- What is worth doing today in a space: one row for each thing, made when it is found and kept for a year, so that
-- what was done can be compared with what was not.
CREATE TABLE work_items (
    id INTEGER PRIMARY KEY,
    space_id BIGINT NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- What makes it the same thing when it is found again.
    subject TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    topic_id BIGINT REFERENCES topics (id) ON DELETE CASCADE,
    board_id BIGINT REFERENCES boards (id) ON DELETE CASCADE,
    -- Drawn by lot when it is made: on the list or held back, or whom it proposes first.
    arm TEXT NOT NULL,
    -- Numbers of the sentence that says why.
    facts TEXT NOT NULL,
    since BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_how TEXT NOT NULL DEFAULT '',
    ended_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    reason TEXT NOT NULL DEFAULT '',
    -- When it is looked whether it came out well, and what was seen.
    judge_at BIGINT,
    came_well BOOLEAN,
    UNIQUE (space_id, kind, subject)
);
CREATE INDEX work_items_open ON work_items (space_id) WHERE ended_at IS NULL;
CREATE INDEX work_items_account ON work_items (account_id);
CREATE INDEX work_items_topic ON work_items (topic_id);
CREATE INDEX work_items_judge ON work_items (judge_at) WHERE came_well IS NULL;

-- What a community manager wrote to somebody because of it.
CREATE TABLE work_notes (
    id INTEGER PRIMARY KEY,
    item_id BIGINT NOT NULL REFERENCES work_items (id) ON DELETE CASCADE,
    from_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    to_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- As it was written, with {name} where a name belongs.
    body TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    -- Nothing leaves in the night or at the weekend.
    leaves_at BIGINT NOT NULL,
    left_at BIGINT
);
CREATE INDEX work_notes_due ON work_notes (leaves_at) WHERE left_at IS NULL;
CREATE INDEX work_notes_to ON work_notes (to_id, written_at);
CREATE INDEX work_notes_from ON work_notes (from_id, kind, written_at);

-- By what the lots are drawn: made once, never changed.
CREATE TABLE work_lots (
    id BIGINT NOT NULL PRIMARY KEY,
    salt TEXT NOT NULL
);

-- What each chose about lists on which they may stand. Nobody is on one because of a missing row, or off one.
CREATE TABLE list_choices (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    paused_until BIGINT,
    objected_at BIGINT,
    suggestions_at BIGINT
);

-- Under which thresholds a week was sealed: whoever counts again counts under the same.
ALTER TABLE sealed_weeks ADD COLUMN least_people BIGINT NOT NULL DEFAULT 10;
ALTER TABLE sealed_weeks ADD COLUMN least_contributors BIGINT NOT NULL DEFAULT 5;
ALTER TABLE sealed_weeks ADD COLUMN most_share BIGINT NOT NULL DEFAULT 50;

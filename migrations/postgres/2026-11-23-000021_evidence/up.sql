-- In which ring somebody was in a space (0: the forum) from which week on, until the next row: for themself.
CREATE TABLE ring_spans (
    space_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    from_week BIGINT NOT NULL,
    -- The first week in which it was another; none while it is this.
    until_week BIGINT,
    ring TEXT NOT NULL,
    PRIMARY KEY (space_id, account_id, from_week)
);
CREATE INDEX ring_spans_now ON ring_spans (space_id) WHERE until_week IS NULL;
CREATE INDEX ring_spans_account ON ring_spans (account_id);

-- What somebody is not to be taken for: a board that they seem to know about, and say they do not.
CREATE TABLE expertise_denied (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    board_id BIGINT NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, board_id)
);
CREATE INDEX expertise_denied_board ON expertise_denied (board_id);

-- Who lets the managers of a space see what makes them a champion, until when.
CREATE TABLE champions (
    space_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (space_id, account_id),
    FOREIGN KEY (space_id, account_id) REFERENCES memberships (space_id, account_id) ON DELETE CASCADE
);

-- Why a note never left: it was not wanted or needed any more when its hour came.
ALTER TABLE work_notes ADD COLUMN dropped BOOLEAN NOT NULL DEFAULT FALSE;

-- For whom the list of which Monday was looked at, whatever came of it.
CREATE TABLE monday_looks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    week BIGINT NOT NULL,
    PRIMARY KEY (account_id, week)
);

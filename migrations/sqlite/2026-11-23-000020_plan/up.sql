-- Who stands behind a space, and what share of its audience it means to reach by when.
CREATE TABLE space_plans (
    space_id BIGINT NOT NULL PRIMARY KEY REFERENCES spaces (id) ON DELETE CASCADE,
    sponsor_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    -- From 0 to 1, and a day since 1970; both or neither.
    target_share DOUBLE PRECISION,
    target_day BIGINT
);
CREATE INDEX space_plans_sponsor ON space_plans (sponsor_id);

-- What is planned on which day: something to talk about, or a moment at which more people are invited.
CREATE TABLE plan_lines (
    id INTEGER PRIMARY KEY,
    space_id BIGINT NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    sort TEXT NOT NULL,
    what TEXT NOT NULL,
    -- Which conversation it should start.
    starts TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    -- What came of it.
    topic_id BIGINT REFERENCES topics (id) ON DELETE SET NULL
);
CREATE INDEX plan_lines_space ON plan_lines (space_id, day);
CREATE INDEX plan_lines_account ON plan_lines (account_id);
CREATE INDEX plan_lines_topic ON plan_lines (topic_id);

-- Who is to follow whom in a role of a space. It goes when one of the two leaves it.
CREATE TABLE successions (
    space_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    successor_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (space_id, account_id),
    FOREIGN KEY (space_id, account_id) REFERENCES memberships (space_id, account_id) ON DELETE CASCADE,
    FOREIGN KEY (space_id, successor_id) REFERENCES memberships (space_id, account_id) ON DELETE CASCADE
);
CREATE INDEX successions_successor ON successions (space_id, successor_id);

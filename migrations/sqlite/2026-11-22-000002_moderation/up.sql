-- Log two: moderation. Whatever moderators must decide, and each of their direct acts, is a review.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    topic_id BIGINT REFERENCES topics (id),
    post_id BIGINT REFERENCES posts (id),
    about_id BIGINT REFERENCES accounts (id),
    opened_by BIGINT REFERENCES accounts (id),
    reason TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    weight BIGINT NOT NULL DEFAULT 0,
    rank BIGINT NOT NULL DEFAULT 0,
    claimed_by BIGINT REFERENCES accounts (id),
    claimed_at BIGINT,
    escalated_at BIGINT,
    decided_at BIGINT,
    decided_by BIGINT REFERENCES accounts (id),
    decided_role TEXT,
    decision TEXT,
    rule TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    appeal_of BIGINT REFERENCES reviews (id),
    undone_at BIGINT,
    undone_by BIGINT REFERENCES accounts (id),
    changes TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX reviews_queue ON reviews (rank) WHERE decided_at IS NULL;
CREATE INDEX reviews_space ON reviews (space_id, decided_at);
CREATE INDEX reviews_post ON reviews (post_id);
CREATE INDEX reviews_about ON reviews (about_id, space_id);
CREATE INDEX reviews_appeal ON reviews (appeal_of);

-- Members' flags: several may stand behind one review.
CREATE TABLE flags (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    flagged_at BIGINT NOT NULL,
    upheld BOOLEAN
);
CREATE UNIQUE INDEX flags_once ON flags (review_id, account_id);
CREATE INDEX flags_account ON flags (account_id, upheld);

-- What happened to a review, and what moderators said to each other.
CREATE TABLE review_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    at BIGINT NOT NULL,
    actor_id BIGINT REFERENCES accounts (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX review_lines_review ON review_lines (review_id, id);

-- Warnings and sanctions; without a space, for the whole forum.
CREATE TABLE sanctions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT REFERENCES spaces (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    review_id BIGINT REFERENCES reviews (id),
    given_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sanctions_account ON sanctions (account_id, until);

-- What is held back before publication: for a space, a board of it, or one topic.
CREATE TABLE hold_rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    board_id BIGINT REFERENCES boards (id),
    topic_id BIGINT REFERENCES topics (id),
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL DEFAULT 0,
    until BIGINT,
    made_at BIGINT NOT NULL
);
CREATE INDEX hold_rules_space ON hold_rules (space_id);

-- Phrases that are watched: in one space, or without one in all.
CREATE TABLE watched_phrases (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT REFERENCES spaces (id),
    phrase TEXT NOT NULL,
    expression BOOLEAN NOT NULL DEFAULT FALSE,
    act TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

-- What the spam classifier was taught, one row for each word of each side.
CREATE TABLE spam_words (
    word TEXT NOT NULL PRIMARY KEY,
    spam BIGINT NOT NULL,
    ordinary BIGINT NOT NULL
);

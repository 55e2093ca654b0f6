-- Log thirteen: what members do together. Posts that all of them may edit, and polls. Of a secret poll it is kept who
-- voted and what was voted, and nothing that joins the two.
ALTER TABLE posts ADD COLUMN wiki BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN polls BIGINT NOT NULL DEFAULT 0;

CREATE TABLE polls (
    id INTEGER PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    secret BOOLEAN NOT NULL,
    ends_at BIGINT,
    ended_at BIGINT,
    removed_at BIGINT,
    made_by BIGINT NOT NULL REFERENCES accounts (id),
    made_at BIGINT NOT NULL,
    result TEXT NOT NULL DEFAULT ''
);
CREATE INDEX polls_post ON polls (post_id);

CREATE TABLE poll_choices (
    id INTEGER PRIMARY KEY,
    poll_id BIGINT NOT NULL REFERENCES polls (id),
    words TEXT NOT NULL
);
CREATE INDEX poll_choices_poll ON poll_choices (poll_id);

CREATE TABLE poll_voters (
    poll_id BIGINT NOT NULL REFERENCES polls (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (poll_id, account_id)
) WITHOUT ROWID;

-- The key of a ballot is random, so that the order in which they came is not the order in which they lie.
CREATE TABLE poll_ballots (
    id TEXT NOT NULL PRIMARY KEY,
    poll_id BIGINT NOT NULL REFERENCES polls (id),
    account_id BIGINT REFERENCES accounts (id),
    choices TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX poll_ballots_poll ON poll_ballots (poll_id);

-- Replies and topics by mail.

-- What somebody's mail program put below their words: shown on request, where the post is seen.
ALTER TABLE posts ADD COLUMN trimmed TEXT;

-- To which address a letter is answered: the part that says who answers what.
ALTER TABLE letters ADD COLUMN answers TEXT NOT NULL DEFAULT '';

-- With what the addresses of somebody are proven; made anew, all old ones are void.
CREATE TABLE mail_keys (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

-- What came in and what became of it, so that a letter that comes twice is taken once; never what it said.
CREATE TABLE arrivals (
    key TEXT NOT NULL PRIMARY KEY,
    came_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    post_id BIGINT REFERENCES posts (id) ON DELETE SET NULL
);

CREATE INDEX arrivals_by_moment ON arrivals (came_at);

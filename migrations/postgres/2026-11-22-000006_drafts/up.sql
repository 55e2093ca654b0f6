-- Log six: drafts. What somebody is writing and has not posted, by place, so that it is there on every device.
CREATE TABLE reply_drafts (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    post_id BIGINT NOT NULL REFERENCES posts (id),
    body TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, post_id)
);
CREATE TABLE topic_drafts (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    board_id BIGINT NOT NULL REFERENCES boards (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    tags TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, board_id)
);

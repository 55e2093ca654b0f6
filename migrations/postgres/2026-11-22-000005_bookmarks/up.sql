-- Log five: bookmarks. Posts that somebody wants to find again, with a note to themselves, and perhaps a
-- moment at which to be reminded.
CREATE TABLE bookmarks (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    post_id BIGINT NOT NULL REFERENCES posts (id),
    note TEXT NOT NULL,
    remind_at BIGINT,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, post_id)
);
CREATE INDEX bookmarks_due ON bookmarks (remind_at) WHERE remind_at IS NOT NULL;

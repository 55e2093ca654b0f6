-- Log four: following. What somebody is told about, at which level and why; and lines of the inbox that
-- say the same of several posts.
CREATE TABLE follows (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    level TEXT NOT NULL,
    why TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, subject_id)
);
CREATE INDEX follows_subject ON follows (kind, subject_id);

ALTER TABLE inbox ADD COLUMN times BIGINT NOT NULL DEFAULT 1;
ALTER TABLE inbox ADD COLUMN group_key TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_group ON inbox (group_key, account_id);

-- What was never published, and what a moderator took out of a text, is its author's and the moderators'.
ALTER TABLE revisions ADD COLUMN kept_back BOOLEAN NOT NULL DEFAULT FALSE;

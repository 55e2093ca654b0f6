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

-- Letters about what one follows: by kind at once, in the digest, or not at all; when the digest comes; and
-- what of the inbox still waits for a letter.
ALTER TABLE inbox ADD COLUMN letter TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_letter ON inbox (letter, account_id) WHERE letter <> '';
CREATE TABLE letter_wishes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (account_id, kind)
);
CREATE TABLE letter_rhythms (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    rhythm TEXT NOT NULL,
    hour BIGINT NOT NULL,
    stop_key TEXT NOT NULL UNIQUE,
    digest_at BIGINT NOT NULL
);
-- To which conversation a letter belongs, how one stops such letters, and what it tells of.
ALTER TABLE letters ADD COLUMN thread TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN list TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN stop TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN from_name TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN lines TEXT NOT NULL DEFAULT '';

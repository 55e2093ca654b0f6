-- Log three: moderation in the open. Guidelines with versions, texts that a space words itself, kinds of
-- flags, entering a space by giving a reason, addresses of feeds, and accounts that wait.
ALTER TABLE spaces ADD COLUMN guidelines_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spaces ADD COLUMN reminders TEXT NOT NULL DEFAULT 'old row share twin';
ALTER TABLE spaces ADD COLUMN admits_visitors BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE tickets ADD COLUMN subject BIGINT;

-- Each version as it was, so that a decision can be read beside the rules of its day.
CREATE TABLE guidelines (
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    body_html TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by BIGINT REFERENCES accounts (id),
    PRIMARY KEY (space_id, version)
);
INSERT INTO guidelines (space_id, version, body, body_html, made_at)
SELECT id, 1, guidelines, guidelines_html, created_at FROM spaces WHERE guidelines <> '';
UPDATE spaces SET guidelines_version = 1 WHERE guidelines <> '';

-- Who has read and accepted which version; only the latest counts.
CREATE TABLE guidelines_accepted (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    version BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, space_id)
);

CREATE INDEX reviews_decider ON reviews (decided_by, decided_at);

-- Reasons to begin with, in the words of a space, one for each case and language.
CREATE TABLE canned_texts (
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    about TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (space_id, about, language)
);

-- The kinds of flags that this forum added or took off its list.
CREATE TABLE flag_kinds (
    word TEXT NOT NULL PRIMARY KEY,
    names TEXT NOT NULL,
    urgent BOOLEAN NOT NULL DEFAULT FALSE,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);

-- Entering a space that one does not belong to, with a reason, for a while.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    left_at BIGINT,
    swept BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX entries_account ON entries (account_id, until);
CREATE INDEX entries_space ON entries (space_id, id);

-- The secret part of somebody's feed addresses: it opens feeds and nothing else.
CREATE TABLE feed_keys (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    key TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL
);

-- What somebody said who asked for an account on a public space.
CREATE TABLE applications (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    words TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT
);

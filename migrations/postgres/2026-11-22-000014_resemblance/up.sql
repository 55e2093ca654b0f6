-- The classifier of suspected spam learns from decisions and from posts that stood: they are the lessons, and
-- what it learned is one row that can be made again from them.
DROP TABLE spam_words;

CREATE TABLE spam_model (
    id BIGINT NOT NULL PRIMARY KEY,
    weights BYTEA NOT NULL,
    -- Ordinary posts that it learned.
    stood BIGINT NOT NULL,
    -- Moment of the last decision that it knows, and the newest post that had stood.
    decided BIGINT NOT NULL,
    newest BIGINT NOT NULL
);

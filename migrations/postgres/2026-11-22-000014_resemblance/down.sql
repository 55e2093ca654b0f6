DROP TABLE spam_model;

CREATE TABLE spam_words (
    word TEXT NOT NULL PRIMARY KEY,
    spam BIGINT NOT NULL,
    ordinary BIGINT NOT NULL
);

-- Log eight: files and pictures in posts. The bytes lie beside the database, under the hash of what they say; a file
-- is seen where a post that carries it is seen. Of searches that failed: by how many people on one day.
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL,
    small_hash TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    unused_since BIGINT
);
CREATE INDEX files_unused ON files (unused_since);
CREATE INDEX files_account ON files (account_id, created_at);
CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_small_hash ON files (small_hash);

CREATE TABLE post_files (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    file_id BIGINT NOT NULL REFERENCES files (id),
    PRIMARY KEY (post_id, file_id)
);
CREATE INDEX post_files_file ON post_files (file_id);

ALTER TABLE search_gaps ADD COLUMN widest BIGINT NOT NULL DEFAULT 0;

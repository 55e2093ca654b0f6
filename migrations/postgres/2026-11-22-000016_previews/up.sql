-- What posts show about the pages to which they lead, where admins want that.
ALTER TABLE posts ADD COLUMN previews TEXT;

-- Posts whose links wait to be asked for.
CREATE TABLE preview_wishes (
    post_id BIGINT NOT NULL PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    asked_at BIGINT NOT NULL
);

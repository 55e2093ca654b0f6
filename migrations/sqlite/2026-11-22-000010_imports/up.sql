-- Log ten: other forums come in. What nobody in particular liked there, how often a topic was looked at, and
-- where each post was found.
ALTER TABLE posts ADD COLUMN imported_thanks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN imported_views BIGINT NOT NULL DEFAULT 0;

CREATE TABLE old_addresses (
    address TEXT NOT NULL,
    import_id BIGINT NOT NULL REFERENCES imports (id),
    post_id BIGINT NOT NULL REFERENCES posts (id),
    PRIMARY KEY (address, import_id)
);
CREATE INDEX old_addresses_post ON old_addresses (post_id);

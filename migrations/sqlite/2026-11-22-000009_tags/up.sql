-- Log nine: tags are looked after. What one stands for, and other words that are taken for it.
ALTER TABLE tags ADD COLUMN description TEXT NOT NULL DEFAULT '';

CREATE TABLE tag_synonyms (
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    tag_id BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (space_id, name_key)
);
CREATE INDEX tag_synonyms_tag ON tag_synonyms (tag_id);

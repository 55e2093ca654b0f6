-- Log seven: what was looked for and not found. How often, in which space if the search named one, and never by
-- whom.
CREATE TABLE search_gaps (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT REFERENCES spaces (id),
    term TEXT NOT NULL,
    missed BIGINT NOT NULL,
    refined BIGINT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL
);
CREATE INDEX search_gaps_term ON search_gaps (term);

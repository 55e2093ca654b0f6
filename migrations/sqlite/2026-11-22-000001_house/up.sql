-- The house: everything that the first forum needs, and the logs that nothing can be added to later.
-- Times are microseconds since 1970 UTC. Enumerations are words, checked in Rust. See docs/architecture.md.

CREATE TABLE write_gate (
    id INTEGER PRIMARY KEY NOT NULL
);

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- One row. `access` moves whenever somebody's rights may have changed, `people` whenever a name may have.
CREATE TABLE epochs (
    id INTEGER PRIMARY KEY NOT NULL,
    access BIGINT NOT NULL,
    people BIGINT NOT NULL
);
INSERT INTO epochs (id, access, people) VALUES (1, 1, 1);

CREATE TABLE departments (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    starts_on BIGINT,
    ends_on BIGINT
);

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, name)
);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL,
    forum_role TEXT NOT NULL,
    forum_role_until BIGINT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    mail TEXT,
    mail_key TEXT UNIQUE,
    password_hash TEXT,
    department_id BIGINT REFERENCES departments (id),
    location TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',
    about_html TEXT NOT NULL DEFAULT '',
    ask_me TEXT NOT NULL DEFAULT '',
    picture TEXT,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    view TEXT NOT NULL DEFAULT 'tree',
    sponsor_id BIGINT REFERENCES accounts (id),
    organisation TEXT NOT NULL DEFAULT '',
    ends_at BIGINT,
    import_id BIGINT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    read_before BIGINT NOT NULL,
    seen_inbox_at BIGINT NOT NULL DEFAULT 0,
    deactivated_at BIGINT
);
CREATE INDEX accounts_display_name ON accounts (display_name);

CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    mail TEXT NOT NULL,
    mail_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    department_id BIGINT REFERENCES departments (id),
    location TEXT NOT NULL DEFAULT '',
    starts_on BIGINT,
    ends_on BIGINT,
    account_id BIGINT REFERENCES accounts (id)
);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- One-time links: first set-up, password reset, a new mail address.
CREATE TABLE tickets (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT REFERENCES accounts (id),
    mail TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX tickets_account ON tickets (account_id, purpose);

CREATE TABLE sign_in_attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    whom TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_whom ON sign_in_attempts (whom, at);

CREATE TABLE spaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    visibility TEXT NOT NULL,
    joining TEXT NOT NULL,
    concept_for TEXT NOT NULL,
    concept_about TEXT NOT NULL,
    concept_gain TEXT NOT NULL,
    guidelines TEXT NOT NULL DEFAULT '',
    guidelines_html TEXT NOT NULL DEFAULT '',
    names_actors BOOLEAN NOT NULL DEFAULT FALSE,
    audience_size BIGINT,
    audience_on BIGINT,
    position BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    archived_at BIGINT,
    review_hours BIGINT NOT NULL DEFAULT 24
);

CREATE TABLE memberships (
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    role_since BIGINT,
    role_until BIGINT,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (space_id, account_id)
);
CREATE INDEX memberships_account ON memberships (account_id);

CREATE TABLE join_requests (
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    words TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (space_id, account_id)
);

CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_by BIGINT NOT NULL REFERENCES accounts (id),
    space_id BIGINT REFERENCES spaces (id),
    note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    uses_max BIGINT NOT NULL,
    uses BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT
);

CREATE TABLE boards (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0,
    kinds TEXT NOT NULL,
    who_starts TEXT NOT NULL,
    topic_count BIGINT NOT NULL DEFAULT 0,
    post_count BIGINT NOT NULL DEFAULT 0,
    last_post_id BIGINT,
    last_posted_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    archived_at BIGINT
);
CREATE INDEX boards_space ON boards (space_id, position);

CREATE TABLE board_templates (
    board_id BIGINT NOT NULL REFERENCES boards (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (board_id, kind)
);

CREATE TABLE topics (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    board_id BIGINT NOT NULL REFERENCES boards (id),
    author_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    first_post_id BIGINT,
    last_post_id BIGINT,
    last_posted_at BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    post_count BIGINT NOT NULL,
    answer_id BIGINT,
    pinned_at BIGINT,
    closed_at BIGINT,
    closed_by BIGINT,
    closed_reason TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    imported BOOLEAN NOT NULL DEFAULT FALSE,
    held_count BIGINT NOT NULL DEFAULT 0,
    merged_into BIGINT,
    split_from BIGINT,
    slow_minutes BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX topics_board ON topics (board_id, last_posted_at);
CREATE INDEX topics_space ON topics (space_id, last_posted_at);
CREATE INDEX topics_pinned ON topics (pinned_at);
CREATE INDEX topics_last ON topics (last_posted_at);
CREATE INDEX topics_author ON topics (author_id, last_posted_at);
CREATE INDEX topics_split ON topics (split_from);
CREATE INDEX topics_waiting ON topics (post_count, last_posted_at);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (space_id, name_key)
);

CREATE TABLE topic_tags (
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    tag_id BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (topic_id, tag_id)
);
CREATE INDEX topic_tags_tag ON topic_tags (tag_id);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    space_id BIGINT NOT NULL REFERENCES spaces (id),
    board_id BIGINT NOT NULL REFERENCES boards (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    author_id BIGINT NOT NULL REFERENCES accounts (id),
    parent_id BIGINT REFERENCES posts (id),
    path TEXT NOT NULL,
    depth BIGINT NOT NULL,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    format TEXT NOT NULL,
    body_html TEXT NOT NULL,
    render_version BIGINT NOT NULL,
    language TEXT NOT NULL,
    words BIGINT NOT NULL,
    state TEXT NOT NULL,
    state_at BIGINT,
    state_by BIGINT,
    state_reason TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    edited_by BIGINT,
    edits BIGINT NOT NULL DEFAULT 0,
    thanks BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    imported BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX posts_tree ON posts (topic_id, path, number);
CREATE UNIQUE INDEX posts_flat ON posts (topic_id, number);
CREATE INDEX posts_author ON posts (author_id, created_at);
CREATE INDEX posts_parent ON posts (parent_id);
CREATE INDEX posts_state ON posts (state, state_at);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    edited_by BIGINT NOT NULL REFERENCES accounts (id),
    title TEXT,
    body TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL
);
CREATE INDEX revisions_post ON revisions (post_id, id);

-- A key that a form carries: the same key makes one post, however often it is sent.
CREATE TABLE posting_keys (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    key TEXT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    text_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, key)
);

CREATE TABLE thanks (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX thanks_account ON thanks (account_id, created_at);

-- What was read, as ranges of post numbers. `through`: everything up to this number is read.
CREATE TABLE readings (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    ranges TEXT NOT NULL,
    through BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, topic_id)
);
CREATE INDEX readings_topic ON readings (topic_id);

CREATE TABLE board_readings (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    board_id BIGINT NOT NULL REFERENCES boards (id),
    read_before BIGINT NOT NULL,
    PRIMARY KEY (account_id, board_id)
);

CREATE TABLE visits (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    day BIGINT NOT NULL,
    PRIMARY KEY (account_id, day)
);

-- Who read which topic on which day; kept 28 days, see docs/events.md.
CREATE TABLE day_reads (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    day BIGINT NOT NULL,
    PRIMARY KEY (account_id, topic_id, day)
);
CREATE INDEX day_reads_day ON day_reads (day);

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    space_id BIGINT REFERENCES spaces (id),
    topic_id BIGINT REFERENCES topics (id),
    post_id BIGINT REFERENCES posts (id),
    actor_id BIGINT REFERENCES accounts (id),
    words TEXT NOT NULL DEFAULT '',
    review_id BIGINT,
    event_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (account_id, event_id, kind)
);
CREATE INDEX inbox_account ON inbox (account_id, created_at);

CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    to_mail TEXT NOT NULL,
    to_name TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    failed_at BIGINT,
    problem TEXT NOT NULL DEFAULT '',
    UNIQUE (to_mail, kind, subject_key)
);
CREATE INDEX letters_due ON letters (sent_at, failed_at, due_at);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    stuck_at BIGINT,
    problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_due ON jobs (kind, stuck_at, due_at);

-- Log one: what happened, the source of every figure. docs/events.md has the vocabulary.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at BIGINT NOT NULL,
    verb TEXT NOT NULL,
    actor_id BIGINT,
    actor_kind TEXT NOT NULL,
    department_id BIGINT,
    role TEXT NOT NULL,
    space_id BIGINT,
    board_id BIGINT,
    topic_id BIGINT,
    post_id BIGINT,
    parent_id BIGINT,
    about_id BIGINT,
    particulars TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX events_at ON events (at);
CREATE INDEX events_actor ON events (actor_id, at);
CREATE INDEX events_space ON events (space_id, at);

-- Log three: for auditors, append-only. `particulars` may be erased; `salted_hash` and the chain stay true.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at BIGINT NOT NULL,
    verb TEXT NOT NULL,
    actor_id BIGINT,
    about_id BIGINT,
    space_id BIGINT,
    particulars TEXT NOT NULL,
    salt TEXT NOT NULL,
    salted_hash TEXT NOT NULL,
    chain TEXT,
    place BIGINT
);
CREATE UNIQUE INDEX audit_place ON audit (place);

CREATE TABLE import_items (
    board_id BIGINT NOT NULL REFERENCES boards (id),
    key TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    subject_key TEXT NOT NULL,
    PRIMARY KEY (board_id, key, text_hash)
);
CREATE INDEX import_items_post ON import_items (post_id);

-- The people of one import: the same address or name is one placeholder.
CREATE TABLE import_people (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    key TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (import_id, key)
);

-- What is read out of the log of events, and what is published of it. Everything here but `figures` of the
-- series `published`, and `sealed_weeks`, can be made again from the log.

-- On which days somebody read in a space; kept for 13 weeks.
CREATE TABLE space_days (
    space_id BIGINT NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    PRIMARY KEY (account_id, space_id, day)
);
CREATE INDEX space_days_day ON space_days (day);
CREATE INDEX visits_day ON visits (day);

-- What each did in a week, in a space and (space 0) in the whole forum; kept for 13 months. Days are bits.
CREATE TABLE member_weeks (
    space_id BIGINT NOT NULL,
    week BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    contributions BIGINT NOT NULL,
    topics BIGINT NOT NULL,
    replies BIGINT NOT NULL,
    light BIGINT NOT NULL,
    team_contributions BIGINT NOT NULL,
    days BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    first_at BIGINT,
    department_id BIGINT,
    guest BOOLEAN NOT NULL,
    team BOOLEAN NOT NULL,
    PRIMARY KEY (week, space_id, account_id)
);
CREATE INDEX member_weeks_account ON member_weeks (account_id, space_id, week);

-- Who replied to whom in a week, or wrote an answer for them; kept for 13 months.
CREATE TABLE dyad_weeks (
    space_id BIGINT NOT NULL,
    week BIGINT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (week, space_id, from_id, to_id)
);
CREATE INDEX dyad_weeks_from ON dyad_weeks (from_id);
CREATE INDEX dyad_weeks_to ON dyad_weeks (to_id);

-- The first contribution of each in a space and in the whole forum.
CREATE TABLE member_firsts (
    space_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (space_id, account_id)
);

-- What became of each topic.
CREATE TABLE topic_states (
    topic_id BIGINT NOT NULL PRIMARY KEY,
    space_id BIGINT NOT NULL,
    board_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    starter_id BIGINT NOT NULL,
    starter_department_id BIGINT,
    team BOOLEAN NOT NULL,
    started_at BIGINT NOT NULL,
    first_reply_at BIGINT,
    first_reply_by BIGINT,
    first_reply_team BOOLEAN NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT,
    answered_team BOOLEAN NOT NULL,
    ended_at BIGINT,
    posts BIGINT NOT NULL,
    people BIGINT NOT NULL,
    replies BIGINT NOT NULL,
    light BIGINT NOT NULL,
    light_people BIGINT NOT NULL
);
CREATE INDEX topic_states_space ON topic_states (space_id, started_at);
CREATE INDEX topic_states_started ON topic_states (started_at);

-- One row for each figure: a metric, or a part of one, at the end of a week. Space 0 is the whole forum.
-- Series: running (the week is not sealed), published, restated (what is known since differs).
CREATE TABLE figures (
    space_id BIGINT NOT NULL,
    metric TEXT NOT NULL,
    week BIGINT NOT NULL,
    part TEXT NOT NULL,
    series TEXT NOT NULL,
    numerator BIGINT,
    denominator BIGINT,
    value DOUBLE PRECISION,
    people BIGINT NOT NULL,
    suppressed BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (space_id, metric, week, part, series)
);
CREATE INDEX figures_week ON figures (space_id, week, series);

CREATE TABLE sealed_weeks (
    space_id BIGINT NOT NULL,
    week BIGINT NOT NULL,
    sealed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (space_id, week)
);

-- How far the log was read: its moment, and the last correction that was taken in.
CREATE TABLE figure_progress (
    id BIGINT NOT NULL PRIMARY KEY,
    folded_until BIGINT NOT NULL,
    corrected_until BIGINT NOT NULL
);
INSERT INTO figure_progress (id, folded_until, corrected_until) VALUES (1, 0, 0);

-- The few events by which people come and go and by which others are put right, and those of a topic.
CREATE INDEX events_rare ON events (verb, at) WHERE verb IN ('account_created', 'account_deactivated', 'account_reactivated', 'audience_counted', 'joined', 'left', 'post_removed', 'post_restored', 'role_ended', 'role_given', 'thank_withdrawn', 'topic_moved');
CREATE INDEX events_topic ON events (topic_id, at) WHERE topic_id IS NOT NULL;

-- What was brought in before it was recorded one by one.
INSERT INTO events (at, verb, actor_id, actor_kind, department_id, role, space_id, board_id, topic_id, post_id, parent_id, about_id, particulars, source)
SELECT created_at, CASE WHEN parent_id IS NULL THEN 'topic_brought_in' ELSE 'reply_brought_in' END, NULL, 'system', NULL, 'none', space_id, board_id, topic_id, id, parent_id, author_id, '{}', 'import'
FROM posts WHERE imported ORDER BY id;

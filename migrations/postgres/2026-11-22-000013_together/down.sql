DROP TABLE poll_ballots;
DROP TABLE poll_voters;
DROP TABLE poll_choices;
DROP TABLE polls;
ALTER TABLE topics DROP COLUMN polls;
ALTER TABLE posts DROP COLUMN wiki;

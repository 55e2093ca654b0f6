-- Log eleven: a queue that explains itself. How far a review reached when it was opened, in hundredths of a point; and
-- until when every new post of a heated topic waits.
ALTER TABLE reviews ADD COLUMN reach BIGINT NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN held_until BIGINT;

-- Log eleven: a queue that explains itself. How far a review reached when it was opened, in hundredths of a point; and
-- until when every new post of a heated topic waits.
ALTER TABLE reviews ADD COLUMN reach BIGINT NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN held_until BIGINT;

-- Who has what of the queue, and what was brought before the admins: a few among many.
CREATE INDEX reviews_claimed ON reviews (claimed_at) WHERE decided_at IS NULL AND claimed_at IS NOT NULL;
CREATE INDEX reviews_escalated ON reviews (space_id) WHERE decided_at IS NULL AND escalated_at IS NOT NULL;

//! Whether the rows agree with each other: counters with what they count, and copies with what they
//! were copied from. Asked by `aquarium check` and by the tests after every storm. It mends nothing.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::Conn;

/// Rows that contradict others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    pub rule: &'static str,
    /// How many rows, and the number of one of them.
    pub rows: i64,
    pub example: i64,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    example: Option<i64>,
}

/// Each rule with a query for the numbers of the rows that break it.
const RULES: &[(&str, &str)] = &[
    (
        "a topic counts its published posts",
        "SELECT t.id FROM topics t \
         LEFT JOIN (SELECT topic_id, COUNT(*) AS n FROM posts WHERE state = 'published' GROUP BY topic_id) p \
         ON p.topic_id = t.id WHERE t.post_count <> COALESCE(p.n, 0)",
    ),
    (
        "no post has a higher number than its topic says",
        "SELECT t.id FROM topics t JOIN posts p ON p.topic_id = t.id WHERE p.number > t.last_number",
    ),
    (
        "a topic's last post is the last that stands",
        "SELECT t.id FROM topics t LEFT JOIN posts l ON l.id = t.last_post_id \
         JOIN (SELECT topic_id, MAX(created_at) AS at FROM posts WHERE state = 'published' GROUP BY topic_id) p \
         ON p.topic_id = t.id WHERE l.id IS NULL OR l.topic_id <> t.id OR l.state <> 'published' \
         OR l.created_at <> p.at OR t.last_posted_at <> p.at",
    ),
    (
        "a topic is in the state of its first post",
        "SELECT t.id FROM topics t JOIN posts p ON p.id = t.first_post_id WHERE p.state <> t.state",
    ),
    (
        "a board counts its published topics",
        "SELECT b.id FROM boards b \
         LEFT JOIN (SELECT board_id, COUNT(*) AS n FROM topics WHERE state = 'published' GROUP BY board_id) t \
         ON t.board_id = b.id WHERE b.topic_count <> COALESCE(t.n, 0)",
    ),
    (
        "a board counts its published posts",
        "SELECT b.id FROM boards b \
         LEFT JOIN (SELECT board_id, COUNT(*) AS n FROM posts WHERE state = 'published' GROUP BY board_id) p \
         ON p.board_id = b.id WHERE b.post_count <> COALESCE(p.n, 0)",
    ),
    (
        "a post is where its topic is",
        "SELECT p.id FROM posts p JOIN topics t ON t.id = p.topic_id \
         WHERE p.space_id <> t.space_id OR p.board_id <> t.board_id",
    ),
    (
        "a topic is where its board is",
        "SELECT t.id FROM topics t JOIN boards b ON b.id = t.board_id WHERE t.space_id <> b.space_id",
    ),
    (
        "a reply stands below its parent, in the same topic",
        "SELECT c.id FROM posts c JOIN posts p ON p.id = c.parent_id \
         WHERE c.topic_id <> p.topic_id OR c.depth <> p.depth + 1",
    ),
    (
        "a post counts its thanks",
        "SELECT p.id FROM posts p \
         LEFT JOIN (SELECT post_id, COUNT(*) AS n FROM thanks GROUP BY post_id) t ON t.post_id = p.id \
         WHERE p.thanks <> COALESCE(t.n, 0) + p.imported_thanks",
    ),
    (
        "an answer is a published post of its topic",
        "SELECT t.id FROM topics t LEFT JOIN posts p ON p.id = t.answer_id WHERE t.answer_id IS NOT NULL \
         AND (p.id IS NULL OR p.topic_id <> t.id OR p.state <> 'published')",
    ),
    (
        "a topic counts its held posts",
        "SELECT t.id FROM topics t \
         LEFT JOIN (SELECT topic_id, COUNT(*) AS n FROM posts WHERE state = 'held' GROUP BY topic_id) p \
         ON p.topic_id = t.id WHERE t.held_count <> COALESCE(p.n, 0)",
    ),
    (
        "a held post waits for somebody's decision",
        "SELECT p.id FROM posts p WHERE p.state = 'held' AND NOT EXISTS \
         (SELECT 1 FROM reviews r WHERE r.post_id = p.id AND r.decided_at IS NULL)",
    ),
    (
        "a post or topic has one open review",
        "SELECT MIN(r.id) AS id FROM reviews r WHERE r.decided_at IS NULL AND r.kind <> 'appeal' \
         AND r.topic_id IS NOT NULL GROUP BY r.topic_id, r.post_id HAVING COUNT(*) > 1",
    ),
    (
        "a decided review says who decided what",
        "SELECT r.id FROM reviews r WHERE (r.decided_at IS NULL) <> (r.decision IS NULL) \
         OR (r.decided_at IS NULL) <> (r.decided_by IS NULL)",
    ),
    (
        "a review is where its topic is",
        "SELECT r.id FROM reviews r JOIN topics t ON t.id = r.topic_id WHERE r.space_id <> t.space_id",
    ),
];

/// All contradictions; none in a sound database.
pub(crate) fn contradictions(conn: &mut Conn) -> QueryResult<Vec<Contradiction>> {
    let mut all = Vec::new();
    for (rule, broken) in RULES {
        let found: Found = diesel::sql_query(format!("SELECT COUNT(*) AS n, MIN(x.id) AS example FROM ({broken}) x"))
            .get_result(conn)?;
        if let Some(example) = found.example {
            all.push(Contradiction {
                rule,
                rows: found.n,
                example,
            });
        }
    }
    Ok(all)
}

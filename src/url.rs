//! Every address of the forum, by function. The number decides; the words behind it may change.

use crate::ids::{AccountId, BoardId, PostId, ReviewId, SpaceId, TopicId};
use crate::text::slug::slug;

fn with_words(kind: &str, id: i64, words: &str) -> String {
    let words = slug(words);
    if words.is_empty() {
        format!("/{kind}/{id}")
    } else {
        format!("/{kind}/{id}-{words}")
    }
}

pub fn topic(id: TopicId, title: &str) -> String {
    with_words("topics", id.0, title)
}

pub fn space(id: SpaceId, name: &str) -> String {
    with_words("spaces", id.0, name)
}

pub fn board(id: BoardId, name: &str) -> String {
    with_words("boards", id.0, name)
}

pub fn person(id: AccountId, name: &str) -> String {
    with_words("people", id.0, name)
}

pub fn post(id: PostId) -> String {
    format!("/posts/{id}")
}

/// The search page with these words in it.
pub fn search(words: &str) -> String {
    format!("/search?{}", query("q", words))
}

/// One name and its value, as they stand in an address.
pub fn query(name: &str, value: &str) -> String {
    serde_html_form::to_string([(name, value)]).expect("two texts always become a query")
}

pub fn review(id: ReviewId) -> String {
    format!("/reviews/{id}")
}

/// What its author sees of a decision.
pub fn decision(id: ReviewId) -> String {
    format!("/decisions/{id}")
}

/// Something about a thing: `about("posts", 4, "reply")` is `/posts/4/reply`.
pub fn about(kind: &str, id: i64, what: &str) -> String {
    format!("/{kind}/{id}/{what}")
}

/// The number at the front of `123-words`.
pub fn number(segment: &str) -> Option<i64> {
    let digits = segment.split('-').next()?;
    if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Where to go after signing in: a path on this forum and nothing else.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_decides() {
        assert_eq!(topic(TopicId(7), "What? Now!"), "/topics/7-what-now");
        assert_eq!(number("7-what-now"), Some(7));
        assert_eq!(number("7"), Some(7));
        for bad in ["", "-7", "x", "7x", "99999999999999999999"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn returning_stays_here() {
        assert!(is_local("/topics/1?from=2#post-2"));
        for bad in [
            "//evil.example",
            "/\\evil",
            "https://evil.example",
            "",
            "/a\tb",
            "javascript:x",
        ] {
            assert!(!is_local(bad), "{bad}");
        }
    }
}

//! Where posts were found in forums that were brought in, so that links to them lead on. Who may not read a post
//! learns nothing here: to them the address leads nowhere.

use diesel::prelude::*;

use crate::access::Cx;
use crate::db::schema::old_addresses;
use crate::forum::posts;
use crate::ids::PostId;
use crate::refusal::{Refusal, Result};

/// Imports that are asked for one address.
const ASKED: i64 = 10;

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is kept of an address: of a forum whose addresses carry numbers only these, since the words beside them
/// changed; of any other the whole way. None for what is no way.
pub fn key(path: &str) -> Option<String> {
    let way = path.trim_matches('/');
    if way.is_empty() || way.len() > 500 {
        return None;
    }
    let parts: Vec<&str> = way.split('/').collect();
    let topic = |rest: &[&str]| match rest {
        [topic] if is_number(topic) => Some(format!("t/{topic}")),
        [topic, post] if is_number(topic) && is_number(post) => Some(format!("t/{topic}/{post}")),
        _ => None,
    };
    let found = match parts.as_slice() {
        ["t", rest @ ..] => topic(rest).or_else(|| topic(rest.get(1..).unwrap_or_default())),
        ["p", post] if is_number(post) => Some(format!("p/{post}")),
        ["questions", _, _, answer] if is_number(answer) => Some(format!("a/{answer}")),
        ["questions" | "q", question, ..] if is_number(question) => Some(format!("q/{question}")),
        ["a", answer, ..] if is_number(answer) => Some(format!("a/{answer}")),
        _ => None,
    };
    Some(found.unwrap_or_else(|| way.to_owned()))
}

/// The post that was found under an address, as far as the viewer reads it.
pub fn find(cx: &mut Cx<'_>, path: &str) -> Result<PostId> {
    let key = key(path).ok_or(Refusal::NotFound)?;
    let candidates: Vec<PostId> = old_addresses::table
        .filter(old_addresses::address.eq(key))
        .order(old_addresses::import_id)
        .select(old_addresses::post_id)
        .limit(ASKED)
        .load(cx.conn())?;
    for candidate in candidates {
        match posts::find(cx, candidate) {
            Ok(_) => return Ok(candidate),
            Err(Refusal::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Err(Refusal::NotFound)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn numbers_count_and_words_do_not() {
        for same in ["/t/a-slug/12", "/t/12", "/t/12/", "/t/other/12"] {
            assert_eq!(key(same).as_deref(), Some("t/12"), "{same}");
        }
        assert_eq!(key("/t/a-slug/12/3").as_deref(), Some("t/12/3"));
        // A slug may look like a number.
        assert_eq!(key("/t/2018/12/3").as_deref(), Some("t/12/3"));
        assert_eq!(key("/questions/5/some-words").as_deref(), Some("q/5"));
        assert_eq!(key("/questions/5/some-words/9").as_deref(), Some("a/9"));
        assert_eq!(key("/viewtopic/77").as_deref(), Some("viewtopic/77"));
        assert_eq!(key("/"), None);
    }
}

//! Reporting a post to the moderators of its space.

use diesel::prelude::*;

use super::find::{InTopic, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::reviews;
use crate::event::Event;
use crate::kinds::Report;
use crate::refusal::{Problems, Result};

/// Sent twice by the same person, it is one report.
pub fn report(tx: &mut Tx<'_>, post: May<deed::Report, InTopic>, reason: Report, words: &str) -> Result<()> {
    let words = words.trim();
    let mut problems = Problems::default();
    if words.chars().count() > 1000 {
        problems.add("words", "problem-too-long");
    }
    if reason == Report::Other && words.is_empty() {
        problems.add("words", "problem-report-words");
    }
    problems.check()?;
    let (now, me) = (tx.now(), tx.me()?.id);
    crate::db::dialect::hold(tx.conn(), "posts", post.post.id.0)?;
    let present: i64 = reviews::table
        .filter(reviews::post_id.eq(post.post.id))
        .filter(reviews::opened_by.eq(me))
        .filter(reviews::kind.eq("flag"))
        .filter(reviews::decided_at.is_null())
        .count()
        .get_result(tx.conn())?;
    if present > 0 {
        return Ok(());
    }
    diesel::insert_into(reviews::table)
        .values((
            reviews::space_id.eq(post.space.id),
            reviews::kind.eq("flag"),
            reviews::topic_id.eq(post.topic.id),
            reviews::post_id.eq(post.post.id),
            reviews::about_id.eq(post.post.author_id),
            reviews::opened_by.eq(me),
            reviews::reason.eq(reason.word()),
            reviews::words.eq(words),
            reviews::opened_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::PostReported {
        at: at(&post.post),
        reason: reason.word(),
    })?;
    Ok(())
}

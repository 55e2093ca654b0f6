//! Reporting a post to the moderators of its space.

use super::find::{InTopic, at};
use crate::access::{May, Tx, deed};
use crate::event::Event;
use crate::forum::moderation;
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
    if !moderation::flag(tx, &post.space, &post.topic, &post.post, reason, words)? {
        return Ok(());
    }
    tx.record(&Event::PostReported {
        at: at(&post.post),
        reason: reason.word(),
    })?;
    Ok(())
}

//! Reporting a post to the moderators of its space.

use super::find::{InTopic, at};
use crate::access::{May, Tx, deed};
use crate::event::Event;
use crate::forum::moderation::{self, flag_kinds};
use crate::kinds::Report;
use crate::refusal::{Problems, Result};

/// Flags a post, under a kind that this forum has. Sent twice by the same person, it is one report.
pub fn report(tx: &mut Tx<'_>, post: May<deed::Report, InTopic>, kind: &str, words: &str) -> Result<()> {
    let words = words.trim();
    let kind = flag_kinds::read(tx.conn())?
        .into_iter()
        .find(|known| known.word == kind && !known.ended)
        .ok_or_else(|| Problems::one("why", "problem-choose"))?;
    let mut problems = Problems::default();
    if words.chars().count() > 1000 {
        problems.add("words", "problem-too-long");
    }
    if kind.word == Report::Other.word() && words.is_empty() {
        problems.add("words", "problem-report-words");
    }
    problems.check()?;
    if !moderation::flag(tx, &post.space, &post.topic, &post.post, &kind, words)? {
        return Ok(());
    }
    tx.record(&Event::PostReported {
        at: at(&post.post),
        reason: kind.word,
    })?;
    Ok(())
}

//! An appeal: once, in words, by the one a decision is about; to somebody who did not decide it.

use diesel::prelude::*;

use super::find::{InReview, find_decision};
use super::open::{New, anybody_else, escalate, line_by, open};
use super::undo;
use crate::access::{Cx, May, Tx, deed};
use crate::db::dialect;
use crate::db::schema::reviews;
use crate::event::Event;
use crate::forum::people;
use crate::ids::{ReviewId, TopicId};
use crate::kinds::{LineKind, ReviewKind, ReviewSource};
use crate::refusal::{Problems, Reason, Refusal, Result};

/// Asks to look again. When nobody else moderates the space, the appeal goes to the forum's admins.
pub fn appeal(tx: &mut Tx<'_>, id: ReviewId, words: &str) -> Result<ReviewId> {
    hold(tx, id)?;
    let decision: May<deed::SeeDecision, InReview> = find_decision(tx, id)?.may()?;
    lodge(tx, &decision, words)
}

/// The decision that a link in a letter opens, for somebody who is kept out of the forum.
pub fn find_by_link(cx: &mut Cx<'_>, token: &str) -> Result<super::Review> {
    let (account, id) = people::appeal_by(cx, token)?;
    let decision = find_decision(cx, id)?;
    if decision.review.about_id != Some(account) {
        return Err(Refusal::NotFound);
    }
    Ok(decision)
}

/// The same as [`appeal`], by such a link; the forum itself is looking, for whoever holds the link.
pub fn appeal_by_link(tx: &mut Tx<'_>, token: &str, words: &str) -> Result<ReviewId> {
    let (_, id) = people::appeal_by(tx, token)?;
    hold(tx, id)?;
    let decision: May<deed::SeeDecision, InReview> = find_by_link(tx, token)?.may()?;
    lodge(tx, &decision, words)
}

fn hold(tx: &mut Tx<'_>, id: ReviewId) -> Result<()> {
    // In the order of every deed: the topic, then the review.
    let topic: Option<Option<TopicId>> = reviews::table
        .find(id)
        .select(reviews::topic_id)
        .first(tx.conn())
        .optional()?;
    if let Some(Some(topic)) = topic {
        dialect::hold(tx.conn(), "topics", topic.0)?;
    }
    dialect::hold(tx.conn(), "reviews", id.0)?;
    Ok(())
}

fn lodge(tx: &mut Tx<'_>, decision: &InReview, words: &str) -> Result<ReviewId> {
    let id = decision.review.id;
    if !possible(tx, decision)? {
        return Err(Refusal::Denied(Reason::AppealedAlready));
    }
    let words = words.trim();
    let mut problems = Problems::default();
    if words.is_empty() {
        problems.add("words", "problem-appeal-empty");
    }
    if words.chars().count() > 2000 {
        problems.add("words", "problem-too-long");
    }
    problems.check()?;
    let row = &decision.review;
    let appeal = open(
        tx,
        row.space_id,
        decision.space.review_hours,
        &New {
            kind: ReviewKind::Appeal,
            source: ReviewSource::Author,
            topic: row.topic_id,
            post: row.post_id,
            about: row.about_id,
            reason: "appeal",
            words,
            appeal_of: Some(id),
        },
    )?;
    line_by(tx, id, row.about_id, LineKind::Appealed, "")?;
    if !anybody_else(tx, row.space_id, &[row.about_id, row.decided_by])? {
        escalate(tx, appeal)?;
    }
    tx.record(&Event::Appealed {
        space: row.space_id,
        review: appeal,
    })?;
    Ok(appeal)
}

/// Whether a decision can be appealed against: by those it took something from, once.
pub fn possible(cx: &mut Cx<'_>, decision: &InReview) -> Result<bool> {
    let row = &decision.review;
    let gives = matches!(
        row.decision.as_deref(),
        None | Some("keep" | "approve" | "overturn" | "uphold" | "restore" | "reopen")
    );
    let took = undo::takes(row, gives)?;
    if !took || row.undone_at.is_some() || row.kind == ReviewKind::Appeal {
        return Ok(false);
    }
    let appeals: i64 = reviews::table
        .filter(reviews::appeal_of.eq(row.id))
        .count()
        .get_result(cx.conn())?;
    Ok(appeals == 0)
}

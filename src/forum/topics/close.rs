//! Closing a topic, so that it takes no more replies, and reopening it.

use diesel::prelude::*;

use super::find::{InBoard, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation::{self, Changes};
use crate::ids::{AccountId, TopicId};
use crate::refusal::{Problems, Reason, Refusal, Result};

pub fn close(tx: &mut Tx<'_>, topic: May<deed::Close, InBoard>, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.chars().count() > 300 {
        return Err(Problems::one("reason", "problem-too-long"));
    }
    if topic.topic.closed_at.is_some() {
        return Ok(());
    }
    let (now, me) = (tx.now(), tx.me()?.id);
    let mut changes = Changes::default();
    changes.change_topic(tx, topic.topic.id, |tx| {
        set_closed(tx, topic.topic.id, Some((now, me)), reason)
    })?;
    tx.record(&Event::TopicClosed { at: at(&topic.topic) })?;
    moderation::log_act(tx, &topic.topic, None, "close", reason, &changes)?;
    Ok(())
}

pub fn reopen(tx: &mut Tx<'_>, topic: May<deed::Close, InBoard>) -> Result<()> {
    if topic.topic.closed_at.is_none() {
        return Ok(());
    }
    // Nobody undoes what a colleague decided about them.
    let me = tx.me()?.id;
    if topic.topic.author_id == me && topic.topic.closed_by.is_some_and(|by| by != me) {
        return Err(Refusal::Denied(Reason::OwnCase));
    }
    let mut changes = Changes::default();
    changes.change_topic(tx, topic.topic.id, |tx| set_closed(tx, topic.topic.id, None, ""))?;
    tx.record(&Event::TopicReopened { at: at(&topic.topic) })?;
    moderation::log_act(tx, &topic.topic, None, "reopen", "", &changes)?;
    Ok(())
}

/// Minutes that a slow topic may ask for between two posts of a person: at most a day, zero ends it.
pub(crate) fn check_slow(minutes: i64) -> Result<()> {
    if (0..=1440).contains(&minutes) {
        Ok(())
    } else {
        Err(Problems::one("minutes", "problem-slow-minutes"))
    }
}

/// Slows a topic down, or lets it go again with zero minutes.
pub fn slow(tx: &mut Tx<'_>, topic: May<deed::Close, InBoard>, minutes: i64, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.chars().count() > 300 {
        return Err(Problems::one("reason", "problem-too-long"));
    }
    check_slow(minutes)?;
    if topic.topic.slow_minutes == minutes {
        return Ok(());
    }
    let mut changes = Changes::default();
    changes.change_topic(tx, topic.topic.id, |tx| set_slow(tx, topic.topic.id, minutes))?;
    tx.record(&Event::TopicSlowed {
        at: at(&topic.topic),
        minutes,
    })?;
    let act = if minutes == 0 { "let_go" } else { "slow" };
    moderation::log_act(tx, &topic.topic, None, act, reason, &changes)
}

pub(crate) fn set_slow(tx: &mut Tx<'_>, topic: TopicId, minutes: i64) -> Result<()> {
    diesel::update(topics::table.find(topic))
        .set((
            topics::slow_minutes.eq(minutes),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn set_closed(
    tx: &mut Tx<'_>,
    topic: TopicId,
    closed: Option<(Moment, AccountId)>,
    reason: &str,
) -> Result<()> {
    diesel::update(topics::table.find(topic))
        .set((
            topics::closed_at.eq(closed.map(|(at, _)| at)),
            topics::closed_by.eq(closed.map(|(_, by)| by)),
            topics::closed_reason.eq(reason),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

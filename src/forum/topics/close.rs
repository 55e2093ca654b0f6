//! Closing a topic, so that it takes no more replies, and reopening it.

use diesel::prelude::*;

use super::find::{InBoard, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::AccountId;
use crate::refusal::{Problems, Result};

pub fn close(tx: &mut Tx<'_>, topic: May<deed::Close, InBoard>, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.chars().count() > 300 {
        return Err(Problems::one("reason", "problem-too-long"));
    }
    if topic.topic.closed_at.is_some() {
        return Ok(());
    }
    let (now, me) = (tx.now(), tx.me()?.id);
    diesel::update(topics::table.find(topic.topic.id))
        .set((
            topics::closed_at.eq(now),
            topics::closed_by.eq(me),
            topics::closed_reason.eq(reason),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::TopicClosed { at: at(&topic.topic) })?;
    crate::forum::moderation::log_act(tx, &topic.topic, None, "close", reason)?;
    Ok(())
}

pub fn reopen(tx: &mut Tx<'_>, topic: May<deed::Close, InBoard>) -> Result<()> {
    if topic.topic.closed_at.is_none() {
        return Ok(());
    }
    diesel::update(topics::table.find(topic.topic.id))
        .set((
            topics::closed_at.eq(None::<Moment>),
            topics::closed_by.eq(None::<AccountId>),
            topics::closed_reason.eq(""),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::TopicReopened { at: at(&topic.topic) })?;
    crate::forum::moderation::log_act(tx, &topic.topic, None, "reopen", "")?;
    Ok(())
}

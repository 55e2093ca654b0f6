//! Pinning a topic to the top of its board.

use diesel::prelude::*;

use super::find::{InBoard, TopicRow, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation::{self, Changes};
use crate::refusal::Result;

pub fn pin(tx: &mut Tx<'_>, topic: May<deed::Pin, InBoard>) -> Result<()> {
    if topic.topic.pinned_at.is_some() {
        return Ok(());
    }
    let now = tx.now();
    set(tx, &topic.topic, Some(now), "pin")?;
    tx.record(&Event::TopicPinned { at: at(&topic.topic) })?;
    Ok(())
}

pub fn unpin(tx: &mut Tx<'_>, topic: May<deed::Pin, InBoard>) -> Result<()> {
    if topic.topic.pinned_at.is_none() {
        return Ok(());
    }
    set(tx, &topic.topic, None, "unpin")?;
    tx.record(&Event::TopicUnpinned { at: at(&topic.topic) })?;
    Ok(())
}

fn set(tx: &mut Tx<'_>, topic: &TopicRow, pinned_at: Option<Moment>, act: &str) -> Result<()> {
    let mut changes = Changes::default();
    changes.change_topic(tx, topic.id, |tx| {
        diesel::update(topics::table.find(topic.id))
            .set((topics::pinned_at.eq(pinned_at), topics::version.eq(topics::version + 1)))
            .execute(tx.conn())?;
        Ok(())
    })?;
    moderation::log_act(tx, topic, None, act, "", &changes)
}

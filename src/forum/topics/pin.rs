//! Pinning a topic to the top of its board.

use diesel::prelude::*;

use super::find::{InBoard, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::db::types::Moment;
use crate::event::Event;
use crate::refusal::Result;

pub fn pin(tx: &mut Tx<'_>, topic: May<deed::Pin, InBoard>) -> Result<()> {
    let now = tx.now();
    diesel::update(topics::table.find(topic.topic.id))
        .set((topics::pinned_at.eq(now), topics::version.eq(topics::version + 1)))
        .execute(tx.conn())?;
    tx.record(&Event::TopicPinned { at: at(&topic.topic) })?;
    Ok(())
}

pub fn unpin(tx: &mut Tx<'_>, topic: May<deed::Pin, InBoard>) -> Result<()> {
    diesel::update(topics::table.find(topic.topic.id))
        .set((
            topics::pinned_at.eq(None::<Moment>),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::TopicUnpinned { at: at(&topic.topic) })?;
    Ok(())
}

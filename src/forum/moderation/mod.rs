//! Moderation: what moderators must decide and what they did. The whole queue comes with its own
//! work; here are the reports that members make, and the log of direct acts, so that nothing that is
//! done before then is missing from it.

use diesel::prelude::*;

use crate::access::{Cx, Seen, Tx, Verb, deed};
use crate::db::schema::{accounts, reviews, topics};
use crate::db::types::Moment;
use crate::forum::posts::PostRow;
use crate::forum::spaces::SpaceRow;
use crate::forum::topics::TopicRow;
use crate::ids::{AccountId, PostId, TopicId};
use crate::refusal::{Refusal, Result};

/// Each direct act of a moderator is a review that is decided already.
pub(crate) fn log_act(
    tx: &mut Tx<'_>,
    topic: &TopicRow,
    post: Option<&PostRow>,
    act: &str,
    reason: &str,
) -> Result<()> {
    let (now, me) = (tx.now(), tx.me()?.id);
    diesel::insert_into(reviews::table)
        .values((
            reviews::space_id.eq(topic.space_id),
            reviews::kind.eq("act"),
            reviews::topic_id.eq(topic.id),
            reviews::post_id.eq(post.map(|post| post.id)),
            reviews::about_id.eq(post.map_or(topic.author_id, |post| post.author_id)),
            reviews::opened_by.eq(me),
            reviews::reason.eq(act),
            reviews::words.eq(reason),
            reviews::opened_at.eq(now),
            reviews::decided_at.eq(now),
            reviews::decided_by.eq(me),
            reviews::decision.eq(act),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// An open report.
#[derive(Debug, Clone, Queryable)]
pub struct Reported {
    pub id: i64,
    pub post: Option<PostId>,
    pub topic: Option<TopicId>,
    pub title: Option<String>,
    pub reason: String,
    pub words: String,
    pub by: Option<String>,
    pub at: Moment,
}

/// The open reports of a space, oldest first, for those who decide about them.
pub fn reports(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Reported>> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    Ok(reviews::table
        .left_join(topics::table.on(topics::id.nullable().eq(reviews::topic_id)))
        .left_join(accounts::table.on(accounts::id.nullable().eq(reviews::opened_by)))
        .filter(reviews::space_id.eq(space.id))
        .filter(reviews::kind.eq("flag"))
        .filter(reviews::decided_at.is_null())
        .order(reviews::id)
        .select((
            reviews::id,
            reviews::post_id,
            reviews::topic_id,
            topics::title.nullable(),
            reviews::reason,
            reviews::words,
            accounts::display_name.nullable(),
            reviews::opened_at,
        ))
        .limit(100)
        .load(cx.conn())?)
}

/// Decides a report: whoever reported does not decide, nor whom it is about.
pub fn settle(tx: &mut Tx<'_>, space: crate::access::May<deed::Moderate, SpaceRow>, id: i64) -> Result<()> {
    let (now, me) = (tx.now(), tx.me()?.id);
    let row: Option<(Option<AccountId>, Option<AccountId>)> = reviews::table
        .find(id)
        .filter(reviews::space_id.eq(space.id))
        .filter(reviews::decided_at.is_null())
        .select((reviews::opened_by, reviews::about_id))
        .first(tx.conn())
        .optional()?;
    let (opened_by, about) = row.ok_or(Refusal::NotFound)?;
    if opened_by == Some(me) || about == Some(me) {
        return Err(Refusal::Denied(crate::refusal::Reason::OwnPost));
    }
    diesel::update(reviews::table.find(id))
        .set((
            reviews::decided_at.eq(now),
            reviews::decided_by.eq(me),
            reviews::decision.eq("settled"),
        ))
        .execute(tx.conn())?;
    Ok(())
}

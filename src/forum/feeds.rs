//! The key of somebody's feeds: feed readers cannot sign in, so an address carries who is reading. It
//! opens feeds and nothing else, and can be exchanged or taken away at any time. The key is kept as it
//! is, because its owner copies the addresses again and again.

use diesel::prelude::*;

use crate::access::{Cx, Tx, scope};
use crate::db::Backend;
use crate::db::schema::{accounts, feed_keys, posts, topic_tags, topics};
use crate::db::types::Moment;
use crate::forum::people::fresh_token;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TagId, TopicId};
use crate::kinds::PostState;
use crate::refusal::{Refusal, Result};

/// My key, if I have one.
pub fn mine(cx: &mut Cx<'_>) -> Result<Option<String>> {
    let me = cx.me()?.id;
    Ok(feed_keys::table
        .find(me)
        .select(feed_keys::key)
        .first(cx.conn())
        .optional()?)
}

/// Makes a key; an earlier one opens nothing any more.
pub fn make(tx: &mut Tx<'_>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    crate::db::dialect::hold(tx.conn(), "accounts", me.0)?;
    end(tx)?;
    diesel::insert_into(feed_keys::table)
        .values((
            feed_keys::account_id.eq(me),
            feed_keys::key.eq(fresh_token()),
            feed_keys::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes my key away.
pub fn end(tx: &mut Tx<'_>) -> Result<()> {
    let me = tx.me()?.id;
    diesel::delete(feed_keys::table.find(me)).execute(tx.conn())?;
    Ok(())
}

/// Whose key this is; for the door, before anybody is looking.
pub(crate) fn owner(cx: &mut Cx<'_>, key: &str) -> Result<AccountId> {
    feed_keys::table
        .filter(feed_keys::key.eq(key))
        .select(feed_keys::account_id)
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}

/// What a feed is of.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Space(SpaceId),
    Board(BoardId),
    Tag(TagId),
    /// Every post of one topic; of the others, each topic's first.
    Topic(TopicId),
}

/// An entry of a feed.
#[derive(Debug, Clone)]
pub struct Item {
    pub post: PostId,
    pub title: String,
    pub author: String,
    pub html: String,
    pub at: Moment,
}

/// As many as a feed holds.
const ITEMS: i64 = 30;

/// The newest published posts of what the viewer may read, and what the whole is called.
pub fn items(cx: &mut Cx<'_>, of: Of) -> Result<(String, Vec<Item>)> {
    let title = match of {
        Of::Space(id) => crate::forum::spaces::find(cx, id)?.name.clone(),
        Of::Board(id) => crate::forum::boards::find(cx, id)?.board.name.clone(),
        Of::Tag(id) => crate::forum::reading::follow::tag_name(cx, id)?,
        Of::Topic(id) => {
            let topic = crate::forum::topics::find(cx, id)?;
            // The title of what was removed is gone with it.
            if topic.topic.state != PostState::Published {
                return Err(Refusal::NotFound);
            }
            topic.topic.title.clone()
        }
    };
    // The newest topics by their own table; then their posts, once more by the rule.
    let condition = scope::topics(cx);
    let newest = topics::table
        .filter(condition)
        .filter(topics::state.eq(PostState::Published))
        .order((topics::created_at.desc(), topics::id.desc()))
        .select(topics::first_post_id)
        .limit(ITEMS)
        .into_boxed::<Backend>();
    let first: Vec<Option<PostId>> = match of {
        Of::Topic(_) => Vec::new(),
        Of::Space(id) => newest.filter(topics::space_id.eq(id)).load(cx.conn())?,
        Of::Board(id) => newest.filter(topics::board_id.eq(id)).load(cx.conn())?,
        Of::Tag(id) => {
            let tagged = topic_tags::table
                .filter(topic_tags::tag_id.eq(id))
                .select(topic_tags::topic_id);
            newest.filter(topics::id.eq_any(tagged)).load(cx.conn())?
        }
    };
    let condition = scope::posts(cx);
    let mut query = posts::table
        .inner_join(topics::table)
        .inner_join(accounts::table)
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .order((posts::created_at.desc(), posts::id.desc()))
        .select((
            posts::id,
            topics::title,
            accounts::display_name,
            posts::body_html,
            posts::created_at,
        ))
        .limit(ITEMS)
        .into_boxed::<Backend>();
    query = match of {
        Of::Topic(id) => query.filter(posts::topic_id.eq(id)),
        _ => query.filter(posts::id.eq_any(first.into_iter().flatten().collect::<Vec<PostId>>())),
    };
    let rows: Vec<(PostId, String, String, String, Moment)> = query.load(cx.conn())?;
    Ok((
        title,
        rows.into_iter()
            .map(|(post, title, author, html, at)| Item {
                post,
                title,
                author,
                html,
                at,
            })
            .collect(),
    ))
}

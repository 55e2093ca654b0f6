//! Drafts: what somebody is writing and has not posted, kept by place so that it is there on every device.
//! No posts: nobody but their author reads them, and nothing judges, counts, mails or finds them.

use diesel::prelude::*;

use crate::access::{Cx, Tx, scope};
use crate::config::Limits;
use crate::db::dialect;
use crate::db::schema::{boards, posts, reply_drafts, spaces, topic_drafts, topics};
use crate::db::types::Moment;
use crate::forum::boards::Board;
use crate::forum::posts::{Post, write};
use crate::ids::{AccountId, BoardId, PostId};
use crate::kinds::PostState;
use crate::refusal::{Problems, Result};

/// Characters of a title and of the tags together, far above what may be posted.
const LONGEST_LINE: usize = 2000;

/// A topic that is being written.
#[derive(Debug, Clone, Default, Queryable)]
pub struct Draft {
    pub kind: String,
    pub title: String,
    pub tags: String,
    pub body: String,
}

/// A reply of mine that waits, for the page that lists them.
#[derive(Debug, Clone, Queryable)]
pub struct WaitingReply {
    pub post: PostId,
    pub topic: String,
    pub body: String,
    pub saved_at: Moment,
}

/// A topic of mine that waits.
#[derive(Debug, Clone, Queryable)]
pub struct WaitingTopic {
    pub board: BoardId,
    pub board_name: String,
    pub title: String,
    pub body: String,
    pub saved_at: Moment,
}

/// What I began to reply to a post.
pub fn of_reply(cx: &mut Cx<'_>, post: PostId) -> Result<Option<String>> {
    let me = cx.me()?.id;
    Ok(reply_drafts::table
        .find((me, post))
        .select(reply_drafts::body)
        .first(cx.conn())
        .optional()?)
}

/// What these people are writing, for what must not go while they do.
pub(crate) fn bodies_of(tx: &mut Tx<'_>, people: &[AccountId]) -> Result<Vec<String>> {
    let mut bodies: Vec<String> = reply_drafts::table
        .filter(reply_drafts::account_id.eq_any(people.to_vec()))
        .select(reply_drafts::body)
        .load(tx.conn())?;
    let topics: Vec<String> = topic_drafts::table
        .filter(topic_drafts::account_id.eq_any(people.to_vec()))
        .select(topic_drafts::body)
        .load(tx.conn())?;
    bodies.extend(topics);
    Ok(bodies)
}

/// The topic that I began on a board.
pub fn of_topic(cx: &mut Cx<'_>, board: BoardId) -> Result<Option<Draft>> {
    let me = cx.me()?.id;
    Ok(topic_drafts::table
        .find((me, board))
        .select((
            topic_drafts::kind,
            topic_drafts::title,
            topic_drafts::tags,
            topic_drafts::body,
        ))
        .first(cx.conn())
        .optional()?)
}

fn check(line: &str, body: &str, limits: &Limits) -> Result<()> {
    let mut problems = Problems::default();
    if line.chars().count() > LONGEST_LINE {
        problems.add("title", "problem-too-long");
    }
    if !body.trim().is_empty() {
        write::check_body(&mut problems, body, limits);
    }
    problems.check()
}

/// Keeps a reply that is being written, instead of what was kept before; an empty one takes that away. What
/// comes late, after the form `key` was posted, is no draft any more.
pub fn keep_reply(tx: &mut Tx<'_>, post: &Post, body: &str, key: &str, limits: &Limits) -> Result<()> {
    check("", body, limits)?;
    let (me, now) = (tx.me()?.id, tx.now());
    dialect::hold(tx.conn(), "accounts", me.0)?;
    if write::is_used(tx, key)? {
        return Ok(());
    }
    if body.trim().is_empty() {
        remove_reply(tx, post.post.id)?;
        return Ok(());
    }
    let changed = diesel::update(reply_drafts::table.find((me, post.post.id)))
        .set((reply_drafts::body.eq(body), reply_drafts::saved_at.eq(now)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(reply_drafts::table)
            .values((
                reply_drafts::account_id.eq(me),
                reply_drafts::post_id.eq(post.post.id),
                reply_drafts::body.eq(body),
                reply_drafts::saved_at.eq(now),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Keeps a topic that is being written; as [`keep_reply`].
pub fn keep_topic(tx: &mut Tx<'_>, board: &Board, draft: &Draft, key: &str, limits: &Limits) -> Result<()> {
    check(&format!("{}{}", draft.title, draft.tags), &draft.body, limits)?;
    let (me, now, id) = (tx.me()?.id, tx.now(), board.board.id);
    dialect::hold(tx.conn(), "accounts", me.0)?;
    if write::is_used(tx, key)? {
        return Ok(());
    }
    if draft.title.trim().is_empty() && draft.body.trim().is_empty() {
        remove_topic(tx, id)?;
        return Ok(());
    }
    let text = (
        topic_drafts::kind.eq(&draft.kind),
        topic_drafts::title.eq(&draft.title),
        topic_drafts::tags.eq(&draft.tags),
        topic_drafts::body.eq(&draft.body),
        topic_drafts::saved_at.eq(now),
    );
    let changed = diesel::update(topic_drafts::table.find((me, id)))
        .set(text)
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(topic_drafts::table)
            .values((topic_drafts::account_id.eq(me), topic_drafts::board_id.eq(id), text))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Takes away what I began to reply to a post; whether there was anything.
pub fn remove_reply(tx: &mut Tx<'_>, post: PostId) -> Result<bool> {
    let me = tx.me()?.id;
    let gone = diesel::delete(reply_drafts::table.find((me, post))).execute(tx.conn())?;
    Ok(gone > 0)
}

/// Takes away the topic that I began on a board; whether there was one.
pub fn remove_topic(tx: &mut Tx<'_>, board: BoardId) -> Result<bool> {
    let me = tx.me()?.id;
    let gone = diesel::delete(topic_drafts::table.find((me, board))).execute(tx.conn())?;
    Ok(gone > 0)
}

/// How many of each the page shows.
const MOST: i64 = 100;

/// What I have begun where I still read, the latest first: replies, topics.
pub fn mine(cx: &mut Cx<'_>) -> Result<(Vec<WaitingReply>, Vec<WaitingTopic>)> {
    let me = cx.me()?.id;
    let condition = scope::posts(cx);
    let replies = posts::table
        .inner_join(reply_drafts::table.on(reply_drafts::post_id.eq(posts::id)))
        .inner_join(topics::table)
        .filter(condition)
        .filter(reply_drafts::account_id.eq(me))
        // What was taken away tells no title; the draft stays, and comes back with it.
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .order((reply_drafts::saved_at.desc(), posts::id.desc()))
        .select((posts::id, topics::title, reply_drafts::body, reply_drafts::saved_at))
        .limit(MOST)
        .load(cx.conn())?;
    let condition = scope::spaces(cx);
    let begun = boards::table
        .inner_join(spaces::table)
        .inner_join(topic_drafts::table.on(topic_drafts::board_id.eq(boards::id)))
        .filter(condition)
        .filter(topic_drafts::account_id.eq(me))
        .order((topic_drafts::saved_at.desc(), boards::id.desc()))
        .select((
            boards::id,
            boards::name,
            topic_drafts::title,
            topic_drafts::body,
            topic_drafts::saved_at,
        ))
        .limit(MOST)
        .load(cx.conn())?;
    Ok((replies, begun))
}

//! Bookmarks: posts that somebody wants to find again, with a note to themselves, and perhaps a day on
//! which to be reminded. They are nobody else's business.

use diesel::prelude::*;

use crate::access::{Cx, Tx, scope};
use crate::db::dialect;
use crate::db::schema::{accounts, bookmarks, posts, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::posts::{self as forum_posts, Post};
use crate::ids::{AccountId, PostId};
use crate::kinds::PostState;
use crate::refusal::{Problems, Refusal, Result};

/// Characters of a note.
const LONGEST: usize = 500;

/// What I noted at a post, and when I am reminded of it.
#[derive(Debug, Clone, Queryable)]
pub struct Mark {
    pub note: String,
    pub remind_at: Option<Moment>,
}

/// A bookmark of mine, for the page that lists them.
#[derive(Debug, Clone, Queryable)]
pub struct Mine {
    pub post: PostId,
    pub title: String,
    pub author: String,
    pub html: String,
    pub note: String,
    pub remind_at: Option<Moment>,
    pub made_at: Moment,
}

/// My bookmark at a post, if there is one.
pub fn at(cx: &mut Cx<'_>, post: &Post) -> Result<Option<Mark>> {
    let me = cx.me()?.id;
    Ok(bookmarks::table
        .find((me, post.post.id))
        .select((bookmarks::note, bookmarks::remind_at))
        .first(cx.conn())
        .optional()?)
}

/// Whether a post can be bookmarked: it and its topic stand.
pub fn can_keep(post: &Post) -> bool {
    post.post.state == PostState::Published && post.topic.state == PostState::Published
}

/// Keeps a bookmark, or changes the one that is there.
pub fn keep(tx: &mut Tx<'_>, post: &Post, note: &str, remind_at: Option<Moment>) -> Result<()> {
    if !can_keep(post) {
        return Err(Refusal::NotFound);
    }
    let (me, now, note) = (tx.me()?.id, tx.now(), note.trim());
    let mut problems = Problems::default();
    if note.chars().count() > LONGEST {
        problems.add("note", "problem-too-long");
    }
    if remind_at.is_some_and(|at| at <= now) {
        problems.add("remind", "problem-bookmark-past");
    }
    problems.check()?;
    dialect::hold(tx.conn(), "accounts", me.0)?;
    let changed = diesel::update(bookmarks::table.find((me, post.post.id)))
        .set((bookmarks::note.eq(note), bookmarks::remind_at.eq(remind_at)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(bookmarks::table)
            .values((
                bookmarks::account_id.eq(me),
                bookmarks::post_id.eq(post.post.id),
                bookmarks::note.eq(note),
                bookmarks::remind_at.eq(remind_at),
                bookmarks::made_at.eq(now),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Takes a bookmark away; of a post that one does not see any more as well.
pub fn remove(tx: &mut Tx<'_>, post: PostId) -> Result<()> {
    let me = tx.me()?.id;
    let gone = diesel::delete(bookmarks::table.find((me, post))).execute(tx.conn())?;
    if gone == 0 {
        forum_posts::find(tx, post)?;
    }
    Ok(())
}

/// How many are on a page.
const A_PAGE: i64 = 30;

/// My bookmarks of what I still see, the newest first; and whether there is more.
pub fn mine(cx: &mut Cx<'_>, page: i64) -> Result<(Vec<Mine>, bool)> {
    let me = cx.me()?.id;
    let condition = scope::posts(cx);
    let mut rows: Vec<Mine> = posts::table
        .inner_join(bookmarks::table.on(bookmarks::post_id.eq(posts::id)))
        .inner_join(topics::table)
        .inner_join(accounts::table)
        .filter(condition)
        .filter(bookmarks::account_id.eq(me))
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .order((bookmarks::made_at.desc(), posts::id.desc()))
        .select((
            posts::id,
            topics::title,
            accounts::display_name,
            posts::body_html,
            bookmarks::note,
            bookmarks::remind_at,
            bookmarks::made_at,
        ))
        .limit(A_PAGE + 1)
        .offset((page.max(1) - 1) * A_PAGE)
        .load(cx.conn())?;
    let most = usize::try_from(A_PAGE).unwrap_or(30);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok((rows, more))
}

/// Whether anybody is to be reminded now: mostly nobody is.
pub(crate) fn any_due(cx: &mut Cx<'_>) -> Result<bool> {
    let now = cx.now();
    let first: Option<PostId> = bookmarks::table
        .filter(bookmarks::remind_at.le(now).assume_not_null())
        .select(bookmarks::post_id)
        .first(cx.conn())
        .optional()?;
    Ok(first.is_some())
}

/// Reminds those whose moment has come, once each; what they see of it is decided when they are told.
pub(crate) fn remind(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    let due: Vec<(AccountId, PostId)> = bookmarks::table
        .filter(bookmarks::remind_at.le(now).assume_not_null())
        .select((bookmarks::account_id, bookmarks::post_id))
        .limit(200)
        .load(tx.conn())?;
    for (account, post) in due {
        let mine = diesel::update(
            bookmarks::table
                .find((account, post))
                .filter(bookmarks::remind_at.is_not_null()),
        )
        .set(bookmarks::remind_at.eq(None::<Moment>))
        .execute(tx.conn())?;
        if mine == 1 {
            let row: forum_posts::PostRow = posts::table
                .find(post)
                .select(forum_posts::PostRow::as_select())
                .first(tx.conn())?;
            tx.record(&Event::Reminded {
                at: forum_posts::at(&row),
                account,
            })?;
        }
    }
    Ok(())
}

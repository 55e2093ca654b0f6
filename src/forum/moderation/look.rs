//! One review with all that a decision needs: the post among its neighbours, what its author did in this
//! space before, the flags, the notes and the timeline.

use diesel::prelude::*;

use super::find::{InReview, Review, ReviewRow};
use super::open;
use super::queue::{Entry, dress};
use crate::access::Cx;
use crate::db::schema::{accounts, posts, review_lines, reviews, sanctions, spaces};
use crate::db::types::Moment;
use crate::ids::{AccountId, PostId, ReviewId};
use crate::kinds::{LineKind, PostState, ReviewKind, SanctionKind};
use crate::refusal::{Refusal, Result};

/// A post near the one in question.
#[derive(Debug, Clone)]
pub struct Near {
    pub id: PostId,
    pub author: String,
    pub at: Moment,
    /// Empty when it was removed.
    pub html: String,
    pub this: bool,
}

/// What the author did in this space before.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Published posts.
    pub posts: i64,
    pub reviews: Vec<Before>,
    /// Each with its beginning and its end, and whether it was ended before.
    pub sanctions: Vec<(SanctionKind, Moment, Moment, bool)>,
}

#[derive(Debug, Clone)]
pub struct Before {
    pub id: ReviewId,
    pub kind: ReviewKind,
    pub reason: String,
    pub decision: String,
    pub at: Moment,
    pub undone: bool,
}

#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub at: Moment,
    pub kind: LineKind,
    pub words: String,
    pub actor: Option<String>,
}

/// Why it stands where it stands, in hundredths of a point.
#[derive(Debug, Clone, Copy)]
pub struct Urgency {
    pub kind: i64,
    pub flags: i64,
    pub reach: i64,
    /// One point for each hour past the space's target; less than nothing before it.
    pub lateness: i64,
}

#[derive(Debug, Clone)]
pub struct Whole {
    pub entry: Entry,
    pub near: Vec<Near>,
    pub history: History,
    pub timeline: Vec<Line>,
    pub urgency: Urgency,
    /// Of an appeal: the decision that it is about.
    pub first_decision: Option<ReviewRow>,
}

pub fn whole(cx: &mut Cx<'_>, review: &Review) -> Result<Whole> {
    let row = review.review.clone();
    let near = near(cx, &row)?;
    let history = history(cx, review)?;
    let timeline: Vec<Line> = review_lines::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(review_lines::actor_id)))
        .filter(review_lines::review_id.eq(row.id))
        .order(review_lines::id)
        .select((
            review_lines::at,
            review_lines::kind,
            review_lines::words,
            accounts::display_name.nullable(),
        ))
        .limit(500)
        .load(cx.conn())?;
    let first_decision = match row.appeal_of {
        None => None,
        Some(first) => reviews::table
            .find(first)
            .select(ReviewRow::as_select())
            .first(cx.conn())
            .optional()?,
    };
    // The parts of the sum by which the queue is ordered, as they were when they were added to it.
    let (reach, kind) = (row.reach, open::by_kind(row.kind));
    let flags = row.weight - kind - reach;
    let now = cx.now();
    let entry = dress(cx, vec![row.clone()])?.pop().ok_or(Refusal::NotFound)?;
    Ok(Whole {
        entry,
        near,
        history,
        timeline,
        urgency: Urgency {
            kind,
            flags,
            reach,
            lateness: (now.0 - row.due_at.0) / 36_000_000,
        },
        first_decision,
    })
}

/// The post that it answers, and the two before and after it in the tree.
fn near(cx: &mut Cx<'_>, row: &ReviewRow) -> Result<Vec<Near>> {
    let (Some(topic), Some(this)) = (row.topic_id, row.post_id) else {
        return Ok(Vec::new());
    };
    let found: Option<(String, i64, Option<PostId>)> = posts::table
        .find(this)
        .select((posts::path, posts::number, posts::parent_id))
        .first(cx.conn())
        .optional()?;
    let Some((path, number, parent)) = found else {
        return Ok(Vec::new());
    };
    type Post = (PostId, String, Moment, String, PostState);
    let columns = (
        posts::id,
        accounts::display_name,
        posts::created_at,
        posts::body_html,
        posts::state,
    );
    let here = || {
        posts::table
            .inner_join(accounts::table)
            .filter(posts::topic_id.eq(topic))
    };
    let mut all: Vec<Post> = here()
        .filter(posts::path.le(&path))
        .filter(posts::id.ne(this))
        .order((posts::path.desc(), posts::number.desc()))
        .select(columns)
        .limit(2)
        .load(cx.conn())?;
    all.reverse();
    if let Some(parent) = parent
        && all.iter().all(|post| post.0 != parent)
    {
        let mut with_parent: Vec<Post> = here().filter(posts::id.eq(parent)).select(columns).load(cx.conn())?;
        with_parent.append(&mut all);
        all = with_parent;
    }
    let mut rest: Vec<Post> = here()
        .filter(
            posts::id
                .eq(this)
                .or(posts::path.gt(&path))
                .or(posts::path.eq(&path).and(posts::number.gt(number))),
        )
        .order((posts::path, posts::number))
        .select(columns)
        .limit(3)
        .load(cx.conn())?;
    all.append(&mut rest);
    Ok(all
        .into_iter()
        .map(|(id, author, at, html, state)| Near {
            id,
            author,
            at,
            html: if state == PostState::Published || id == this {
                html
            } else {
                String::new()
            },
            this: id == this,
        })
        .collect())
}

fn history(cx: &mut Cx<'_>, review: &InReview) -> Result<History> {
    let Some(about) = review.review.about_id else {
        return Ok(History::default());
    };
    let space = review.space.id;
    let posts: i64 = posts::table
        .filter(posts::author_id.eq(about))
        .filter(posts::space_id.eq(space))
        .filter(posts::state.eq(PostState::Published))
        .count()
        .get_result(cx.conn())?;
    let earlier: Vec<ReviewRow> = reviews::table
        .filter(reviews::about_id.eq(about))
        .filter(reviews::space_id.eq(space))
        .filter(reviews::id.ne(review.review.id))
        .filter(reviews::decided_at.is_not_null())
        .order(reviews::id.desc())
        .select(ReviewRow::as_select())
        .limit(20)
        .load(cx.conn())?;
    let sanctions: Vec<(SanctionKind, Moment, Moment, Option<Moment>)> = sanctions::table
        .filter(sanctions::account_id.eq(about))
        .filter(sanctions::space_id.is_null().or(sanctions::space_id.eq(space)))
        .order(sanctions::id.desc())
        .select((
            sanctions::kind,
            sanctions::given_at,
            sanctions::until,
            sanctions::ended_at,
        ))
        .limit(20)
        .load(cx.conn())?;
    Ok(History {
        posts,
        reviews: earlier
            .into_iter()
            .map(|row| Before {
                id: row.id,
                kind: row.kind,
                reason: row.reason,
                decision: row.decision.unwrap_or_default(),
                at: row.decided_at.unwrap_or(row.opened_at),
                undone: row.undone_at.is_some(),
            })
            .collect(),
        sanctions: sanctions
            .into_iter()
            .map(|(kind, from, until, ended)| match ended {
                Some(ended) if ended < until => (kind, from, ended, true),
                _ => (kind, from, until, false),
            })
            .collect(),
    })
}

/// What stands in the post as it was typed, for whoever may change it.
pub fn source_of(cx: &mut Cx<'_>, post: PostId) -> Result<String> {
    Ok(posts::table.find(post).select(posts::body).first(cx.conn())?)
}

/// A decision about me, for the page that lists them.
#[derive(Debug, Clone)]
pub struct Mine {
    pub id: ReviewId,
    pub decision: String,
    pub note: String,
    pub at: Moment,
    pub undone: bool,
}

/// What was decided about the viewer, the latest first.
pub fn about_me(cx: &mut Cx<'_>) -> Result<Vec<Mine>> {
    let me: AccountId = cx.me()?.id;
    let sanctioned: Vec<Option<ReviewId>> = sanctions::table
        .filter(sanctions::account_id.eq(me))
        .select(sanctions::review_id)
        .load(cx.conn())?;
    let rows: Vec<ReviewRow> = reviews::table
        .filter(reviews::about_id.eq(me))
        .filter(reviews::decided_at.is_not_null())
        .order(reviews::id.desc())
        .select(ReviewRow::as_select())
        .limit(200)
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| row.decided_by != Some(me))
        // What was left as it was concerns its author only when something came with it.
        .filter(|row| row.decision.as_deref() != Some("keep") || sanctioned.contains(&Some(row.id)))
        .map(|row| Mine {
            id: row.id,
            decision: row.decision.unwrap_or_default(),
            note: row.note,
            at: row.decided_at.unwrap_or(row.opened_at),
            undone: row.undone_at.is_some(),
        })
        .collect())
}

/// Who decided, by name, where the space shows its moderators so.
pub fn decider(cx: &mut Cx<'_>, review: &InReview) -> Result<Option<String>> {
    match review.review.decided_by {
        Some(who) if review.space.names_actors => Ok(accounts::table
            .find(who)
            .select(accounts::display_name)
            .first(cx.conn())
            .optional()?),
        _ => Ok(None),
    }
}

/// The same for a letter, which the forum itself writes.
pub(crate) fn decider_of(tx: &mut crate::access::Tx<'_>, review: ReviewId) -> Result<Option<String>> {
    Ok(reviews::table
        .inner_join(spaces::table)
        .inner_join(accounts::table.on(accounts::id.nullable().eq(reviews::decided_by)))
        .filter(reviews::id.eq(review))
        .filter(spaces::names_actors.eq(true))
        .select(accounts::display_name)
        .first(tx.conn())
        .optional()?)
}

/// The title of the topic that a decision was about, as far as the viewer may read it today.
pub fn title_of(cx: &mut Cx<'_>, review: &ReviewRow) -> Result<Option<String>> {
    let Some(topic) = review.topic_id else {
        return Ok(None);
    };
    match crate::forum::topics::find(cx, topic) {
        Ok(topic) => Ok(Some(topic.topic.title.clone())),
        Err(Refusal::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

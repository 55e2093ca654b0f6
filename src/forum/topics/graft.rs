//! Branches that change their tree: one becomes a topic of its own, a topic becomes a branch of another,
//! a post gets another parent. Numbers, paths, readings, reviews and counts follow, and what stood
//! before is written down so that it can be undone.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::find::{InBoard, Topic, TopicRow, at};
use super::move_to::recount;
use crate::access::{May, Tx, Verb, deed};
use crate::db::dialect;
use crate::db::schema::{day_reads, hold_rules, inbox, posts, readings, reviews, topic_tags, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation::{self, Changes, PostPlace};
use crate::forum::posts::{InTopic, PostRow, last_word, path};
use crate::forum::reading::{
    self,
    follow::{self, Followed},
};
use crate::ids::{BoardId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{JobKind, PostState, TopicKind};
use crate::refusal::{Problems, Reason, Refusal, Result};
use crate::text::name;

/// A post as the tree knows it.
#[derive(Debug, Clone, Queryable)]
struct Leaf {
    id: PostId,
    parent: Option<PostId>,
    number: i64,
    created_at: Moment,
}

/// A branch: its root first, every parent before its children, brothers in order of time.
fn branch(tx: &mut Tx<'_>, topic: TopicId, root: PostId) -> Result<Vec<Leaf>> {
    let all: Vec<Leaf> = posts::table
        .filter(posts::topic_id.eq(topic))
        .order((posts::created_at, posts::number))
        .select((posts::id, posts::parent_id, posts::number, posts::created_at))
        .load(tx.conn())?;
    let mut children: HashMap<PostId, Vec<&Leaf>> = HashMap::new();
    for leaf in &all {
        if let Some(parent) = leaf.parent {
            children.entry(parent).or_default().push(leaf);
        }
    }
    let mut out = Vec::new();
    let mut open: Vec<&Leaf> = all.iter().filter(|leaf| leaf.id == root).collect();
    while let Some(leaf) = open.pop() {
        out.push(leaf.clone());
        open.extend(children.get(&leaf.id).into_iter().flatten().copied());
    }
    Ok(out)
}

/// Where a branch goes: below a post, or to the root of a topic.
struct Ground {
    topic: TopicId,
    space: SpaceId,
    board: BoardId,
    parent: Option<(PostId, String, i64)>,
}

/// Moves a branch. Whoever calls holds the topics, and counts them afterwards.
fn graft(tx: &mut Tx<'_>, from: TopicId, leaves: &[Leaf], to: &Ground, changes: &mut Changes) -> Result<()> {
    let mut next: i64 = topics::table
        .find(to.topic)
        .select(topics::last_number)
        .first(tx.conn())?;
    let mut order: Vec<&Leaf> = leaves.iter().collect();
    order.sort_by_key(|leaf| (leaf.created_at, leaf.number));
    let numbers: HashMap<PostId, i64> = order
        .iter()
        .map(|leaf| {
            if from == to.topic {
                return (leaf.id, leaf.number);
            }
            next += 1;
            (leaf.id, next)
        })
        .collect();
    let mut placed: HashMap<PostId, (String, i64)> = HashMap::new();
    for (place, leaf) in leaves.iter().enumerate() {
        let (parent, above, depth) = match (place, leaf.parent) {
            (0, _) => match &to.parent {
                Some((id, path, depth)) => (Some(*id), path.clone(), depth + 1),
                None => (None, String::new(), 0),
            },
            (_, parent) => {
                let (path, depth) = parent
                    .and_then(|parent| placed.get(&parent).cloned())
                    .ok_or_else(|| Refusal::broken("a branch without its stem"))?;
                (parent, path, depth + 1)
            }
        };
        let own = path::below(&above, depth, leaf.created_at, leaf.id);
        placed.insert(leaf.id, (own.clone(), depth));
        let after = PostPlace {
            topic: to.topic.0,
            space: to.space.0,
            board: to.board.0,
            parent: parent.map(|id| id.0),
            path: own,
            depth,
            number: numbers[&leaf.id],
        };
        changes.change_place(tx, leaf.id, |tx| set_place(tx, leaf.id, &after))?;
    }
    if from != to.topic {
        follow(tx, from, to.topic, to.space, leaves, &numbers)?;
    }
    Ok(())
}

/// Puts a post somewhere.
pub(crate) fn set_place(tx: &mut Tx<'_>, post: PostId, to: &PostPlace) -> Result<()> {
    diesel::update(posts::table.find(post))
        .set((
            posts::topic_id.eq(TopicId(to.topic)),
            posts::space_id.eq(SpaceId(to.space)),
            posts::board_id.eq(BoardId(to.board)),
            posts::parent_id.eq(to.parent.map(PostId)),
            posts::path.eq(&to.path),
            posts::depth.eq(to.depth),
            posts::number.eq(to.number),
            posts::version.eq(posts::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What hangs on posts goes where they go: what was read of them, their reviews, and the lines about them.
fn follow(
    tx: &mut Tx<'_>,
    from: TopicId,
    to: TopicId,
    space: SpaceId,
    leaves: &[Leaf],
    numbers: &HashMap<PostId, i64>,
) -> Result<()> {
    let ids: Vec<PostId> = leaves.iter().map(|leaf| leaf.id).collect();
    let pairs: Vec<(i64, i64)> = leaves.iter().map(|leaf| (leaf.number, numbers[&leaf.id])).collect();
    reading::carry(tx, from, to, &pairs)?;
    follow_posts(tx, to, space, &ids)
}

pub(crate) fn follow_posts(tx: &mut Tx<'_>, to: TopicId, space: SpaceId, ids: &[PostId]) -> Result<()> {
    let of_these: Vec<ReviewId> = reviews::table
        .filter(reviews::post_id.eq_any(ids.to_vec()))
        .select(reviews::id)
        .load(tx.conn())?;
    moderation::forget_escalation(tx, space, &of_these)?;
    diesel::update(reviews::table.filter(reviews::post_id.eq_any(ids.to_vec())))
        .set((reviews::topic_id.eq(Some(to)), reviews::space_id.eq(space)))
        .execute(tx.conn())?;
    moderation::bring_what_nobody_decides(tx, to)?;
    diesel::update(inbox::table.filter(inbox::post_id.eq_any(ids.to_vec())))
        .set((inbox::topic_id.eq(Some(to)), inbox::space_id.eq(Some(space))))
        .execute(tx.conn())?;
    Ok(())
}

/// Counts a topic anew from its posts, and the board it is in.
pub(crate) fn settle(tx: &mut Tx<'_>, id: TopicId) -> Result<()> {
    let count = |tx: &mut Tx<'_>, state: PostState| -> Result<i64> {
        Ok(posts::table
            .filter(posts::topic_id.eq(id))
            .filter(posts::state.eq(state))
            .count()
            .get_result(tx.conn())?)
    };
    let published = count(tx, PostState::Published)?;
    let held = count(tx, PostState::Held)?;
    let highest: Option<i64> = posts::table
        .filter(posts::topic_id.eq(id))
        .select(diesel::dsl::max(posts::number))
        .first(tx.conn())?;
    let (answer, last): (Option<PostId>, i64) = topics::table
        .find(id)
        .select((topics::answer_id, topics::last_number))
        .first(tx.conn())?;
    let still: i64 = posts::table
        .filter(posts::topic_id.eq(id))
        .filter(posts::id.eq(answer.unwrap_or(PostId(0))))
        .count()
        .get_result(tx.conn())?;
    diesel::update(topics::table.find(id))
        .set((
            topics::post_count.eq(published),
            topics::held_count.eq(held),
            // Never lower: a number that was given is not given again, whoever has read it.
            topics::last_number.eq(highest.unwrap_or(0).max(last)),
            topics::answer_id.eq(answer.filter(|_| still > 0)),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    crate::forum::polls::settle(tx, id)?;
    last_word(tx, id)?;
    let board: BoardId = topics::table.find(id).select(topics::board_id).first(tx.conn())?;
    recount(tx, board)?;
    tx.ask_for(JobKind::IndexTopic, id.0)
}

fn checked_title(title: &str, limits: &crate::config::Limits) -> Result<String> {
    let title = name::tidy(title);
    let mut problems = Problems::default();
    super::start::check_title(&mut problems, &title, limits);
    problems.check()?;
    Ok(title)
}

fn checked_reason(reason: &str) -> Result<()> {
    if reason.chars().count() > 500 {
        return Err(Problems::one("reason", "problem-too-long"));
    }
    Ok(())
}

/// A branch becomes a topic of its own, in the same board, with links both ways.
pub fn split(
    tx: &mut Tx<'_>,
    post: May<deed::Move, InTopic>,
    title: &str,
    reason: &str,
    limits: &crate::config::Limits,
) -> Result<TopicId> {
    let title = checked_title(title, limits)?;
    checked_reason(reason)?;
    let row = &post.post;
    if row.parent_id.is_none() {
        return Err(Refusal::NotFound);
    }
    if row.state != PostState::Published {
        return Err(Refusal::Denied(Reason::PostGone));
    }
    dialect::hold(tx.conn(), "boards", row.board_id.0)?;
    let topic: TopicId = diesel::insert_into(topics::table)
        .values((
            topics::space_id.eq(row.space_id),
            topics::board_id.eq(row.board_id),
            topics::author_id.eq(row.author_id),
            topics::kind.eq(TopicKind::Discussion),
            topics::title.eq(&title),
            topics::language.eq(&row.language),
            topics::state.eq(PostState::Published),
            topics::created_at.eq(row.created_at),
            topics::first_post_id.eq(Some(row.id)),
            topics::last_posted_at.eq(row.created_at),
            topics::last_number.eq(0),
            topics::post_count.eq(0),
            topics::imported.eq(row.imported),
            topics::split_from.eq(Some(row.topic_id)),
        ))
        .returning(topics::id)
        .get_result(tx.conn())?;
    let mut changes = Changes {
        created: Some(topic.0),
        ..Changes::default()
    };
    let leaves = branch(tx, row.topic_id, row.id)?;
    let ground = Ground {
        topic,
        space: row.space_id,
        board: row.board_id,
        parent: None,
    };
    changes.change_topic(tx, row.topic_id, |tx| {
        // Inside, so that an answer which goes with the branch is written down as well.
        let mut inner = Changes::default();
        graft(tx, row.topic_id, &leaves, &ground, &mut inner)?;
        settle(tx, topic)?;
        settle(tx, row.topic_id)?;
        Ok(inner)
    })?;
    follow::carry(tx, Followed::Topic, row.topic_id.0, topic.0)?;
    tx.record(&Event::TopicSplit {
        at: crate::event::At {
            topic,
            parent: None,
            ..crate::forum::posts::at(row)
        },
        from_topic: row.topic_id,
    })?;
    let target = (row.space_id, topic, Some(row.id), row.author_id);
    moderation::log_act_on(tx, target, "split", reason.trim(), &changes)?;
    Ok(topic)
}

/// A topic becomes a branch of another, below its first post; its address leads there.
pub fn merge(tx: &mut Tx<'_>, topic: May<deed::Move, InBoard>, into: &Topic, reason: &str) -> Result<()> {
    checked_reason(reason)?;
    if !into.can(Verb::Move) {
        return Err(Refusal::Denied(Reason::ModeratorsOnly));
    }
    let (from, to) = (&topic.topic, &into.topic);
    let (Some(first), Some(stem)) = (from.first_post_id, to.first_post_id) else {
        return Err(Refusal::NotFound);
    };
    if from.id == to.id || to.merged_into.is_some() {
        return Err(Problems::one("into", "problem-merge-into"));
    }
    for held in [from.board_id.min(to.board_id), from.board_id.max(to.board_id)] {
        dialect::hold(tx.conn(), "boards", held.0)?;
    }
    let (path, depth): (String, i64) = posts::table
        .find(stem)
        .select((posts::path, posts::depth))
        .first(tx.conn())?;
    let ground = Ground {
        topic: to.id,
        space: to.space_id,
        board: to.board_id,
        parent: Some((stem, path, depth)),
    };
    let leaves = branch(tx, from.id, first)?;
    let mut changes = Changes::default();
    changes.change_topic(tx, from.id, |tx| {
        let mut inner = Changes::default();
        graft(tx, from.id, &leaves, &ground, &mut inner)?;
        diesel::update(topics::table.find(from.id))
            .set((
                topics::merged_into.eq(Some(to.id)),
                topics::state.eq(PostState::RemovedByModerator),
                topics::first_post_id.eq(None::<PostId>),
                topics::last_post_id.eq(None::<PostId>),
            ))
            .execute(tx.conn())?;
        settle(tx, from.id)?;
        settle(tx, to.id)?;
        Ok(inner)
    })?;
    follow::carry(tx, Followed::Topic, from.id.0, to.id.0)?;
    tx.record(&Event::TopicsMerged {
        at: at(to),
        from_topic: from.id,
    })?;
    // It happened to whoever began the topic that is none any more.
    if from.space_id != to.space_id {
        tx.ask_for(JobKind::EndAccess, to.space_id.0)?;
    }
    let target = (to.space_id, to.id, None, from.author_id);
    moderation::log_act_on(tx, target, "merge", reason.trim(), &changes)
}

/// A post, with all below it, answers another post of the same topic.
pub fn reparent(tx: &mut Tx<'_>, post: May<deed::Move, InTopic>, parent: PostId) -> Result<()> {
    let row = &post.post;
    if row.state != PostState::Published {
        return Err(Refusal::Denied(Reason::PostGone));
    }
    let wrong = || Problems::one("parent", "problem-reparent");
    if row.parent_id.is_none() {
        return Err(wrong());
    }
    let stem: Option<PostRow> = posts::table
        .find(parent)
        .filter(posts::topic_id.eq(row.topic_id))
        .select(PostRow::as_select())
        .first(tx.conn())
        .optional()?;
    let stem = stem.ok_or_else(wrong)?;
    let leaves = branch(tx, row.topic_id, row.id)?;
    let own: HashSet<PostId> = leaves.iter().map(|leaf| leaf.id).collect();
    if own.contains(&stem.id) || row.parent_id == Some(stem.id) {
        return Err(wrong());
    }
    let ground = Ground {
        topic: row.topic_id,
        space: row.space_id,
        board: row.board_id,
        parent: Some((stem.id, stem.path.clone(), stem.depth)),
    };
    let mut changes = Changes::default();
    graft(tx, row.topic_id, &leaves, &ground, &mut changes)?;
    settle(tx, row.topic_id)?;
    tx.record(&Event::PostReparented {
        at: crate::event::At {
            parent: Some(stem.id),
            ..crate::forum::posts::at(row)
        },
    })?;
    moderation::log_act(tx, &post.topic, Some(row), "reparent", "", &changes)
}

/// Takes away a topic that a split made and an undo emptied.
pub(crate) fn unmake(tx: &mut Tx<'_>, id: TopicId, into: TopicId) -> Result<()> {
    let left: i64 = posts::table
        .filter(posts::topic_id.eq(id))
        .count()
        .get_result(tx.conn())?;
    if left > 0 {
        return Err(Refusal::Conflict);
    }
    let board: BoardId = topics::table.find(id).select(topics::board_id).first(tx.conn())?;
    follow::forget(tx, Followed::Topic, id.0)?;
    diesel::delete(topic_tags::table.filter(topic_tags::topic_id.eq(id))).execute(tx.conn())?;
    diesel::delete(readings::table.filter(readings::topic_id.eq(id))).execute(tx.conn())?;
    diesel::delete(day_reads::table.filter(day_reads::topic_id.eq(id))).execute(tx.conn())?;
    diesel::delete(hold_rules::table.filter(hold_rules::topic_id.eq(id))).execute(tx.conn())?;
    let row: TopicRow = topics::table
        .find(into)
        .select(TopicRow::as_select())
        .first(tx.conn())?;
    diesel::update(reviews::table.filter(reviews::topic_id.eq(id)))
        .set((reviews::topic_id.eq(Some(into)), reviews::space_id.eq(row.space_id)))
        .execute(tx.conn())?;
    diesel::update(inbox::table.filter(inbox::topic_id.eq(id)))
        .set(inbox::topic_id.eq(Some(into)))
        .execute(tx.conn())?;
    diesel::update(topics::table.filter(topics::split_from.eq(id)))
        .set(topics::split_from.eq(Some(into)))
        .execute(tx.conn())?;
    diesel::delete(topics::table.find(id)).execute(tx.conn())?;
    recount(tx, board)?;
    tx.ask_for(JobKind::IndexTopic, id.0)
}

/// The topics that were split from one, as far as the viewer sees them.
pub fn split_off(cx: &mut crate::access::Cx<'_>, topic: TopicId) -> Result<Vec<(TopicId, String)>> {
    // Asked on every page of every topic, and nearly always nothing: first without the rule, which
    // costs more than the answer, and then with it.
    let any: Option<TopicId> = topics::table
        .filter(topics::split_from.eq(topic))
        .select(topics::id)
        .first(cx.conn())
        .optional()?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let condition = crate::access::scope::topics(cx);
    Ok(topics::table
        .filter(condition)
        .filter(topics::split_from.eq(topic))
        .filter(topics::state.eq(PostState::Published))
        .order(topics::id)
        .select((topics::id, topics::title))
        .limit(20)
        .load(cx.conn())?)
}

//! What is new to somebody. A post is, when it was written by another after they joined and after they
//! marked its board or the forum as read, when it was not imported, and when they have not had it on
//! a page yet.

use std::collections::HashMap;

use diesel::prelude::*;

use super::follow::{Followed, Level};
use super::ranges::Ranges;
use crate::access::{Cx, Tx, scope};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, board_readings, boards, follows, memberships, posts, readings, topics};
use crate::db::types::Moment;
use crate::forum::topics::TopicRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::PostState;
use crate::refusal::Result;

/// What one person has read of one topic, to mark its posts.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    who: Option<AccountId>,
    since: Moment,
    ranges: Ranges,
    /// At which level they follow it, if they said so.
    pub level: Option<Level>,
}

impl Reading {
    /// Whether a post is new to the viewer. To a visitor nothing is.
    pub fn is_new(&self, number: i64, author: AccountId, at: Moment, imported: bool) -> bool {
        self.who.is_some_and(|me| me != author) && !imported && at > self.since && !self.ranges.contains(number)
    }

    pub fn add(&mut self, more: &Ranges) {
        self.ranges.merge(more);
    }
}

/// The moment before which everything in a board counts as read by the viewer.
fn baseline(cx: &mut Cx<'_>, me: AccountId, space: SpaceId, board: BoardId) -> Result<Moment> {
    let standing = cx.me()?;
    let (account, joined) = (standing.read_before, standing.joined.get(&space).copied());
    let marked: Option<Moment> = board_readings::table
        .find((me, board))
        .select(board_readings::read_before)
        .first(cx.conn())
        .optional()?;
    Ok(account
        .max(joined.unwrap_or(Moment(0)))
        .max(marked.unwrap_or(Moment(0))))
}

/// The same for somebody who is not looking: their readings are written down by the forum.
fn baseline_of(tx: &mut Tx<'_>, who: AccountId, space: SpaceId, board: BoardId) -> Result<Moment> {
    let account: Moment = accounts::table
        .find(who)
        .select(accounts::read_before)
        .first(tx.conn())?;
    let joined: Option<Moment> = memberships::table
        .find((space, who))
        .select(memberships::joined_at)
        .first(tx.conn())
        .optional()?;
    let marked: Option<Moment> = board_readings::table
        .find((who, board))
        .select(board_readings::read_before)
        .first(tx.conn())
        .optional()?;
    Ok(account
        .max(joined.unwrap_or(Moment(0)))
        .max(marked.unwrap_or(Moment(0))))
}

pub fn of_topic(cx: &mut Cx<'_>, topic: &TopicRow) -> Result<Reading> {
    let Some(me) = cx.viewer().id() else {
        return Ok(Reading::default());
    };
    // Two rows that may be missing, in one question.
    let (ranges, level): (Option<String>, Option<Level>) = diesel::select((
        readings::table
            .find((me, topic.id))
            .select(readings::ranges)
            .single_value(),
        follows::table
            .find((me, Followed::Topic.word(), topic.id.0))
            .select(follows::level)
            .single_value(),
    ))
    .get_result(cx.conn())?;
    Ok(Reading {
        level,
        who: Some(me),
        since: baseline(cx, me, topic.space_id, topic.board_id)?,
        ranges: ranges.as_deref().map(Ranges::parse).unwrap_or_default(),
    })
}

/// The first post, in reading order, that is new to the viewer.
pub fn first_in(cx: &mut Cx<'_>, topic: &crate::forum::topics::Topic, reading: &Reading) -> Result<Option<PostId>> {
    let Some(me) = reading.who else { return Ok(None) };
    let condition = scope::posts(cx);
    let rows: Vec<(PostId, i64, Moment)> = posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::author_id.ne(me))
        .filter(posts::created_at.gt(reading.since))
        .order((posts::path, posts::number))
        .select((posts::id, posts::number, posts::created_at))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .find(|(_, number, _)| !reading.ranges.contains(*number))
        .map(|(id, ..)| id))
}

/// The lowest number in a topic that was ever new to somebody.
pub(super) fn first_new_number(tx: &mut Tx<'_>, who: AccountId, topic: TopicId) -> Result<i64> {
    let (space, board, last): (SpaceId, BoardId, i64) = topics::table
        .find(topic)
        .select((topics::space_id, topics::board_id, topics::last_number))
        .first(tx.conn())?;
    let since = baseline_of(tx, who, space, board)?;
    let first: Option<i64> = posts::table
        .filter(posts::topic_id.eq(topic))
        .filter(posts::created_at.gt(since))
        .filter(posts::imported.eq(false))
        .select(diesel::dsl::min(posts::number))
        .first(tx.conn())?;
    Ok(first.unwrap_or(last + 1))
}

/// My own post is not new to me.
pub fn read_own(tx: &mut Tx<'_>, who: AccountId, topic: TopicId, number: i64) -> Result<()> {
    let mut ranges = Ranges::default();
    ranges.add(number, number);
    super::gather::keep(tx, who, topic, &ranges).map(|_| ())
}

/// For each board: the moment before which everything in it is read.
struct Baselines {
    me: AccountId,
    account: Moment,
    joined: HashMap<SpaceId, Moment>,
    marked: HashMap<BoardId, Moment>,
}

impl Baselines {
    fn load(cx: &mut Cx<'_>) -> Result<Option<Self>> {
        let viewer = std::sync::Arc::clone(cx.viewer());
        let Some(person) = viewer.person() else {
            return Ok(None);
        };
        let me = person.id;
        let marked: Vec<(BoardId, Moment)> = board_readings::table
            .filter(board_readings::account_id.eq(me))
            .select((board_readings::board_id, board_readings::read_before))
            .load(cx.conn())?;
        Ok(Some(Self {
            me,
            account: person.read_before,
            joined: person.joined.clone(),
            marked: marked.into_iter().collect(),
        }))
    }

    fn of(&self, space: SpaceId, board: BoardId) -> Moment {
        self.account
            .max(self.joined.get(&space).copied().unwrap_or(Moment(0)))
            .max(self.marked.get(&board).copied().unwrap_or(Moment(0)))
    }

    fn earliest(&self) -> Moment {
        self.account
    }
}

/// How many posts are new to the viewer in each of these topics. Two queries, however many.
pub fn in_topics(cx: &mut Cx<'_>, of: &[&TopicRow]) -> Result<HashMap<TopicId, i64>> {
    let Some(baselines) = Baselines::load(cx)? else {
        return Ok(HashMap::new());
    };
    let wanted: Vec<TopicId> = of
        .iter()
        .filter(|topic| topic.last_posted_at > baselines.of(topic.space_id, topic.board_id))
        .map(|topic| topic.id)
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let read: Vec<(TopicId, String)> = readings::table
        .filter(readings::account_id.eq(baselines.me))
        .filter(readings::topic_id.eq_any(wanted.clone()))
        .select((readings::topic_id, readings::ranges))
        .load(cx.conn())?;
    let read: HashMap<TopicId, Ranges> = read
        .into_iter()
        .map(|(topic, ranges)| (topic, Ranges::parse(&ranges)))
        .collect();
    let condition = scope::posts(cx);
    let candidates: Vec<(TopicId, i64, Moment)> = posts::table
        .filter(posts::topic_id.eq_any(wanted))
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::author_id.ne(baselines.me))
        .filter(posts::created_at.gt(baselines.earliest()))
        .select((posts::topic_id, posts::number, posts::created_at))
        .load(cx.conn())?;
    let since: HashMap<TopicId, Moment> = of
        .iter()
        .map(|topic| (topic.id, baselines.of(topic.space_id, topic.board_id)))
        .collect();
    let mut counts: HashMap<TopicId, i64> = HashMap::new();
    for (topic, number, at) in candidates {
        let old = since.get(&topic).is_some_and(|since| at <= *since);
        if !old && !read.get(&topic).is_some_and(|ranges| ranges.contains(number)) {
            *counts.entry(topic).or_default() += 1;
        }
    }
    Ok(counts)
}

/// More than this many topics with something new are not told apart.
const MANY: i64 = 500;

/// The topics with something new to the viewer, the latest first, and the board that each is in.
pub fn topics_with_news(
    cx: &mut Cx<'_>,
    board: Option<BoardId>,
    space: Option<SpaceId>,
) -> Result<Vec<(TopicId, BoardId)>> {
    let Some((me, read_before)) = cx.viewer().person().map(|me| (me.id, me.read_before)) else {
        return Ok(Vec::new());
    };
    let condition = scope::topics(cx);
    let mut query = topics::table
        .left_join(readings::table.on(readings::topic_id.eq(topics::id).and(readings::account_id.eq(me))))
        .left_join(
            memberships::table.on(memberships::space_id
                .eq(topics::space_id)
                .and(memberships::account_id.eq(me))),
        )
        .left_join(
            board_readings::table.on(board_readings::board_id
                .eq(topics::board_id)
                .and(board_readings::account_id.eq(me))),
        )
        .filter(condition)
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::last_posted_at.gt(read_before))
        .filter(
            memberships::joined_at
                .nullable()
                .is_null()
                .or(memberships::joined_at.nullable().lt(topics::last_posted_at.nullable())),
        )
        .filter(
            board_readings::read_before
                .nullable()
                .is_null()
                .or(board_readings::read_before
                    .nullable()
                    .lt(topics::last_posted_at.nullable())),
        )
        .filter(
            readings::through
                .nullable()
                .is_null()
                .or(readings::through.nullable().lt(topics::last_number.nullable())),
        )
        .order((topics::last_posted_at.desc(), topics::id.desc()))
        .select((topics::id, topics::board_id))
        .limit(MANY)
        .into_boxed::<crate::db::Backend>();
    if let Some(board) = board {
        query = query.filter(topics::board_id.eq(board));
    }
    if let Some(space) = space {
        query = query.filter(topics::space_id.eq(space));
    }
    Ok(query.load(cx.conn())?)
}

/// Marks as read everything written before now: in one board, or in the whole forum.
pub fn mark_all(tx: &mut Tx<'_>, board: Option<BoardId>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    match board {
        None => {
            diesel::update(accounts::table.find(me))
                .set(accounts::read_before.eq(now))
                .execute(tx.conn())?;
            tx.access_moved();
        }
        Some(board) => {
            let exists: i64 = boards::table
                .filter(boards::id.eq(board))
                .count()
                .get_result(tx.conn())?;
            if exists == 0 {
                return Ok(());
            }
            let row = (
                board_readings::account_id.eq(me),
                board_readings::board_id.eq(board),
                board_readings::read_before.eq(now),
            );
            each_backend!(tx.conn(), c => diesel::insert_into(board_readings::table)
                .values(row)
                .on_conflict((board_readings::account_id, board_readings::board_id))
                .do_update()
                .set(board_readings::read_before.eq(diesel::upsert::excluded(board_readings::read_before)))
                .execute(c))?;
        }
    }
    Ok(())
}

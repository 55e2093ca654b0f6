//! Moving a topic to another board, which may be another audience: first it says who gains and who
//! loses sight of it. The address stays, because the number decides.

use diesel::prelude::*;

use super::find::{InBoard, TopicRow, at};
use super::tags;
use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::dialect;
use crate::db::schema::{accounts, boards, hold_rules, inbox, memberships, posts, reviews, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::boards::InSpace;
use crate::forum::moderation::{self, Changes};
use crate::forum::spaces::SpaceRow;
use crate::ids::{BoardId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{AccountKind, JobKind, PostState, Standing, Visibility};
use crate::refusal::{Reason, Refusal, Result};

/// Who reads a space, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    pub employees: i64,
    pub guests: i64,
    pub everyone: bool,
}

/// How many people read a space today.
pub fn audience(cx: &mut Cx<'_>, space: &SpaceRow) -> Result<Audience> {
    let active = |kind: AccountKind| {
        accounts::table
            .filter(accounts::kind.eq(kind))
            .filter(accounts::standing.eq(Standing::Active))
    };
    let members = |cx: &mut Cx<'_>, kind: AccountKind| -> Result<i64> {
        Ok(memberships::table
            .inner_join(accounts::table)
            .filter(memberships::space_id.eq(space.id))
            .filter(accounts::kind.eq(kind))
            .filter(accounts::standing.eq(Standing::Active))
            .count()
            .get_result(cx.conn())?)
    };
    Ok(match space.visibility {
        Visibility::Public | Visibility::Internal => Audience {
            employees: active(AccountKind::Employee).count().get_result(cx.conn())?,
            guests: if space.visibility == Visibility::Public {
                active(AccountKind::Guest).count().get_result(cx.conn())?
            } else {
                0
            },
            everyone: space.visibility == Visibility::Public,
        },
        Visibility::Private | Visibility::Hybrid => Audience {
            employees: members(cx, AccountKind::Employee)?,
            guests: members(cx, AccountKind::Guest)?,
            everyone: false,
        },
    })
}

/// Moves. The mover must moderate where the topic is and where it goes.
pub fn move_to(tx: &mut Tx<'_>, topic: May<deed::Move, InBoard>, to: &Seen<InSpace>) -> Result<()> {
    if !to.can(Verb::Moderate) {
        return Err(Refusal::Denied(Reason::ModeratorsOnly));
    }
    if !to.can(Verb::StartTopicAsModerator) {
        return Err(Refusal::Denied(Reason::BoardArchived));
    }
    let row = &topic.topic;
    let (space, board) = (to.space.id, to.board.id);
    if row.board_id == board {
        return Ok(());
    }
    let mut changes = Changes::default();
    changes.change_topic(tx, row.id, |tx| set_board(tx, row.id, space, board))?;
    tx.record(&Event::TopicMoved {
        at: crate::event::At {
            space,
            board,
            ..at(row)
        },
        from_space: row.space_id,
        from_board: row.board_id,
    })?;
    let moved = TopicRow {
        space_id: space,
        board_id: board,
        ..row.clone()
    };
    moderation::log_act(tx, &moved, None, "move", "", &changes)
}

/// Puts a topic into another board, with all that hangs on where it is. Whoever calls holds the topic.
pub(crate) fn set_board(tx: &mut Tx<'_>, id: TopicId, space: SpaceId, board: BoardId) -> Result<()> {
    let row: TopicRow = topics::table.find(id).select(TopicRow::as_select()).first(tx.conn())?;
    let words = tags::of(tx, id)?;
    // Always in the same order, so that two moves in opposite directions wait for each other.
    for held in [row.board_id.min(board), row.board_id.max(board)] {
        dialect::hold(tx.conn(), "boards", held.0)?;
    }
    diesel::update(topics::table.find(id))
        .set((
            topics::space_id.eq(space),
            topics::board_id.eq(board),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    diesel::update(posts::table.filter(posts::topic_id.eq(id)))
        .set((posts::space_id.eq(space), posts::board_id.eq(board)))
        .execute(tx.conn())?;
    let of_these: Vec<ReviewId> = reviews::table
        .filter(reviews::topic_id.eq(id))
        .select(reviews::id)
        .load(tx.conn())?;
    moderation::forget_escalation(tx, space, &of_these)?;
    // Reviews follow the post: who may read them is decided by where it is now.
    diesel::update(reviews::table.filter(reviews::topic_id.eq(id)))
        .set(reviews::space_id.eq(space))
        .execute(tx.conn())?;
    moderation::bring_what_nobody_decides(tx, id)?;
    // Lines about it too: who flagged is for those who moderate where it is now.
    diesel::update(inbox::table.filter(inbox::topic_id.eq(id)))
        .set(inbox::space_id.eq(Some(space)))
        .execute(tx.conn())?;
    diesel::update(hold_rules::table.filter(hold_rules::topic_id.eq(id)))
        .set(hold_rules::space_id.eq(space))
        .execute(tx.conn())?;
    // A tag belongs to a space.
    if space != row.space_id {
        tags::keep(tx, space, id, &words)?;
    }
    recount(tx, row.board_id)?;
    recount(tx, board)?;
    tx.ask_for(JobKind::IndexTopic, id.0)?;
    if space != row.space_id {
        // Who read it where it was and does not read there.
        tx.ask_for(JobKind::EndAccess, space.0)?;
    }
    Ok(())
}

/// Counts a board's topics and posts anew from its rows.
pub(crate) fn recount(tx: &mut Tx<'_>, board: BoardId) -> Result<()> {
    // Whoever posts meanwhile adds to what is counted here, not to what was there before.
    dialect::hold(tx.conn(), "boards", board.0)?;
    let topic_count: i64 = topics::table
        .filter(topics::board_id.eq(board))
        .filter(topics::state.eq(PostState::Published))
        .count()
        .get_result(tx.conn())?;
    let counts: Vec<i64> = topics::table
        .filter(topics::board_id.eq(board))
        .select(topics::post_count)
        .load(tx.conn())?;
    let post_count: i64 = counts.iter().sum();
    let last: Option<(Option<PostId>, Moment)> = topics::table
        .filter(topics::board_id.eq(board))
        .filter(topics::state.eq(PostState::Published))
        .order(topics::last_posted_at.desc())
        .select((topics::last_post_id, topics::last_posted_at))
        .first(tx.conn())
        .optional()?;
    let (last_post, last_at) = last.unwrap_or((None, Moment(0)));
    diesel::update(boards::table.find(board))
        .set((
            boards::topic_count.eq(topic_count),
            boards::post_count.eq(post_count),
            boards::last_post_id.eq(last_post),
            boards::last_posted_at.eq(last_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

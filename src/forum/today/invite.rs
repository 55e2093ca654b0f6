//! Who may be invited because questions wait that they know about: they agreed to be found, answered there in a year,
//! and have not been here lately. Whom to ask about one topic is `experts`.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::dsl::max;
use diesel::prelude::*;

use super::expertise;
use super::kinds::WorkKind;
use super::make::{Facts, New};
use super::people::Room;
use crate::access::Cx;
use crate::db::schema::{accounts, posts, topics, visits};
use crate::db::types::Moment;
use crate::forum::metrics::week::BLOCK;
use crate::ids::{AccountId, BoardId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::Result;

/// Questions that wait in a board, days that somebody was not here, and how far their answers outweigh their
/// questions: (a − q) / √(a + q), after Zhang, Ackerman and Adamic.
const EXPERT_QUESTIONS: usize = 3;
const EXPERT_DAYS: i64 = 14;
pub(super) const EXPERT_SCORE: f64 = 2.0;

/// Who answers in a board in which questions wait, agreed to be found, and has not been here lately.
pub(super) fn experts(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let open: Vec<(BoardId, Moment)> = topics::table
        .filter(topics::space_id.eq(room.space))
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::closed_at.is_null())
        .filter(topics::imported.eq(false))
        .filter(topics::post_count.eq(1))
        .filter(topics::last_posted_at.gt(room.now.plus_days(-60)))
        .select((topics::board_id, topics::created_at))
        .load(cx.conn())?;
    let mut waits: BTreeMap<BoardId, Vec<Moment>> = BTreeMap::new();
    for (board, at) in open {
        waits.entry(board).or_default().push(at);
    }
    waits.retain(|_, all| all.len() >= EXPERT_QUESTIONS);
    let mut new = Vec::new();
    if waits.is_empty() {
        return Ok(new);
    }
    let year = room.now.plus_days(-expertise::DAYS);
    let written: Vec<(BoardId, AccountId, AccountId)> = posts::table
        .inner_join(topics::table)
        .filter(topics::board_id.eq_any(waits.keys().copied().collect::<Vec<_>>()))
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(year))
        .filter(posts::parent_id.is_null().or(posts::author_id.ne(topics::author_id)))
        .select((topics::board_id, posts::author_id, topics::author_id))
        .load(cx.conn())?;
    let mut balance: BTreeMap<(BoardId, AccountId), (i64, i64)> = BTreeMap::new();
    for (board, who, asker) in written {
        let sums = balance.entry((board, who)).or_default();
        if who == asker {
            sums.1 += 1;
        } else {
            sums.0 += 1;
        }
    }
    let denied = expertise::denied(cx, &waits.keys().copied().collect::<Vec<_>>())?;
    let able: Vec<(BoardId, AccountId, i64)> = balance
        .into_iter()
        .filter(|((board, who), (a, q))| {
            room.members.contains_key(who)
                && !denied.contains(&(*who, *board))
                && expertise::score(*a, *q) >= EXPERT_SCORE
        })
        .map(|((board, who), (answers, _))| (board, who, answers))
        .collect();
    let ids: Vec<AccountId> = able.iter().map(|one| one.1).collect();
    let found: HashSet<AccountId> = accounts::table
        .filter(accounts::id.eq_any(ids.clone()))
        .filter(accounts::findable)
        .select(accounts::id)
        .load(cx.conn())?
        .into_iter()
        .collect();
    let last: HashMap<AccountId, Option<i64>> = visits::table
        .filter(visits::account_id.eq_any(ids))
        .group_by(visits::account_id)
        .select((visits::account_id, max(visits::day)))
        .load::<(AccountId, Option<i64>)>(cx.conn())?
        .into_iter()
        .collect();
    for (board, who, answers) in able {
        let here = last
            .get(&who)
            .copied()
            .flatten()
            .is_some_and(|day| day > room.today() - EXPERT_DAYS);
        let Some(since) = waits[&board].iter().min().filter(|_| found.contains(&who) && !here) else {
            continue;
        };
        let facts = Facts {
            count: i64::try_from(waits[&board].len()).unwrap_or(i64::MAX),
            of: answers,
            ..Facts::default()
        };
        let mut one = room.about(WorkKind::Expert, who, room.week() / BLOCK, facts, *since);
        one.subject = format!("{}:{board}", one.subject);
        one.board = Some(board);
        new.push(one);
    }
    Ok(new)
}

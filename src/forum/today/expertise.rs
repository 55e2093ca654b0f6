//! What the forum takes somebody to know about, and why: boards in which they answer far more than they ask. It is
//! used to find who could help, with those who agreed to be found; whoever it is about sees it and can say that it is
//! not so.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::invite::EXPERT_SCORE;
use crate::access::{Cx, Tx, scope};
use crate::db::conn::each_backend;
use crate::db::schema::{boards, expertise_denied, posts, topics};
use crate::event::Event;
use crate::ids::{AccountId, BoardId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::{Refusal, Result};

/// Days that are looked back on.
pub(super) const DAYS: i64 = 364;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    #[serde(skip)]
    pub board: BoardId,
    pub name: String,
    /// Replies to others' questions, and own questions, of a year.
    pub answers: i64,
    pub questions: i64,
    /// Said not to be so.
    pub denied: bool,
}

/// How far answers outweigh questions: (a − q) / √(a + q), after Zhang, Ackerman and Adamic 2007; 0 without any.
pub(super) fn score(answers: i64, questions: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a year of one person in one board")]
    let (a, q) = (answers as f64, questions as f64);
    if a + q > 0.0 { (a - q) / (a + q).sqrt() } else { 0.0 }
}

/// Mine, with what I said is not so.
pub fn mine(cx: &mut Cx<'_>) -> Result<Vec<Known>> {
    let me = cx.me()?.id;
    let since = cx.now().plus_days(-DAYS);
    let visible = scope::posts(cx);
    let rows: Vec<(BoardId, String, AccountId)> = posts::table
        .inner_join(topics::table.inner_join(boards::table))
        .filter(posts::author_id.eq(me))
        .filter(visible)
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(since))
        .filter(posts::parent_id.is_null().or(posts::author_id.ne(topics::author_id)))
        .select((boards::id, boards::name, topics::author_id))
        .load(cx.conn())?;
    let denied = denied_by(cx, me)?;
    let mut sums: BTreeMap<BoardId, (String, i64, i64)> = BTreeMap::new();
    for (board, name, asker) in rows {
        let sum = sums.entry(board).or_insert((name, 0, 0));
        if asker == me {
            sum.2 += 1;
        } else {
            sum.1 += 1;
        }
    }
    Ok(sums
        .into_iter()
        .filter(|(board, (_, a, q))| score(*a, *q) >= EXPERT_SCORE || denied.contains(board))
        .map(|(board, (name, answers, questions))| Known {
            denied: denied.contains(&board),
            board,
            name,
            answers,
            questions,
        })
        .collect())
}

fn denied_by(cx: &mut Cx<'_>, who: AccountId) -> Result<BTreeSet<BoardId>> {
    Ok(expertise_denied::table
        .filter(expertise_denied::account_id.eq(who.0))
        .select(expertise_denied::board_id)
        .load::<BoardId>(cx.conn())?
        .into_iter()
        .collect())
}

/// Who said of which board that they do not know about it.
pub(super) fn denied(cx: &mut Cx<'_>, boards: &[BoardId]) -> Result<BTreeSet<(AccountId, BoardId)>> {
    Ok(expertise_denied::table
        .filter(expertise_denied::board_id.eq_any(boards.iter().map(|board| board.0).collect::<Vec<_>>()))
        .select((expertise_denied::account_id, expertise_denied::board_id))
        .load::<(AccountId, BoardId)>(cx.conn())?
        .into_iter()
        .collect())
}

/// Says that one does not know about a board, or does after all.
pub fn correct(tx: &mut Tx<'_>, board: BoardId, knows: bool) -> Result<()> {
    let me = tx.me()?.id;
    if !mine(tx)?.iter().any(|known| known.board == board) {
        return Err(Refusal::NotFound);
    }
    if knows {
        diesel::delete(expertise_denied::table.find((me.0, board.0))).execute(tx.conn())?;
    } else {
        let row = (
            expertise_denied::account_id.eq(me.0),
            expertise_denied::board_id.eq(board.0),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(expertise_denied::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
    }
    tx.record(&Event::ExpertiseCorrected { account: me, knows })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_outweigh_questions_by_the_root_of_both() {
        assert!((score(9, 0) - 3.0).abs() < 1e-12);
        assert!(score(0, 0).abs() < 1e-12);
        assert!(score(4, 4).abs() < 1e-12);
        assert!(score(1, 3) < 0.0);
    }
}

//! Drawing lots: once for each person and kind, so that somebody is in the same half for as long as the forum
//! stands. The secret from which they are drawn is made once and lies in the database.

use diesel::prelude::*;

use super::kinds::{Arm, Trial, WorkKind};
use crate::access::door::hex;
use crate::access::{Cx, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::work_lots;
use crate::forum::metrics::models::worklist;
use crate::forum::metrics::rules::{self, List};
use crate::refusal::Result;

/// Of a hundred.
const HALF: u8 = 50;

pub(super) struct Lots {
    salt: String,
    /// Of a hundred, how many are held back.
    held_back: u8,
}

impl Lots {
    pub(super) fn read(cx: &mut Cx<'_>) -> Result<Option<Self>> {
        let salt: Option<String> = work_lots::table
            .find(1)
            .select(work_lots::salt)
            .first(cx.conn())
            .optional()?;
        let held_back = rules::current::<List>(cx.conn())?.numbers.held_back;
        Ok(salt.map(|salt| Self { salt, held_back }))
    }

    /// Of two nodes that make one at once, the first one's counts.
    pub(super) fn make(tx: &mut Tx<'_>) -> Result<()> {
        let row = (
            work_lots::id.eq(1),
            work_lots::salt.eq(hex(&rand::random::<[u8; 16]>())),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(work_lots::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        Ok(())
    }

    /// What the lot says of a person, or of a topic that waits.
    pub(super) fn draw(&self, kind: WorkKind, subject: i64) -> Arm {
        let drawn =
            |of_a_hundred: u8| worklist::arm(&self.salt, kind.word(), subject, of_a_hundred) == worklist::Arm::Holdout;
        match kind.trial() {
            Trial::HalfHeldBack if drawn(self.held_back) => Arm::HeldBack,
            Trial::WhoIsAsked if drawn(HALF) => Arm::Elsewhere,
            Trial::WhoIsAsked => Arm::Nearest,
            Trial::HalfHeldBack | Trial::None => Arm::Shown,
        }
    }
}

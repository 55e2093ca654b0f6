//! What everybody may choose about lists on which they may stand: a pause for a while, to be on none at all, or to
//! be offered suggestions. Figures of all people together stay right whatever somebody chooses.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::access::{Cx, Tx};
use crate::db::schema::{day_reads, list_choices};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::AccountId;
use crate::refusal::{Problems, Result};

/// Days that a pause may last.
pub const PAUSE_DAYS: i64 = 366;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable)]
pub struct Choices {
    /// On no list until then.
    pub paused_until: Option<Moment>,
    /// On no list.
    pub objected_at: Option<Moment>,
    /// Wants small suggestions for a first step.
    pub suggestions_at: Option<Moment>,
}

/// Mine. Who never chose anything is on lists, and gets no suggestions.
pub fn mine(cx: &mut Cx<'_>) -> Result<Choices> {
    let me = cx.me()?.id;
    Ok(list_choices::table
        .find(me.0)
        .select((
            list_choices::paused_until,
            list_choices::objected_at,
            list_choices::suggestions_at,
        ))
        .first(cx.conn())
        .optional()?
        // Nothing chosen is nothing kept.
        .unwrap_or_default())
}

/// What somebody chooses; since when is kept where it was chosen before.
#[derive(Debug, Clone, Copy)]
pub struct Chosen {
    pub paused_until: Option<Moment>,
    pub objects: bool,
    pub suggestions: bool,
}

pub fn choose(tx: &mut Tx<'_>, chosen: &Chosen) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    if chosen
        .paused_until
        .is_some_and(|until| until <= now || until > now.plus_days(PAUSE_DAYS))
    {
        return Err(Problems::one("paused", "problem-pause"));
    }
    let before = mine(tx)?;
    let since = |is: bool, was: Option<Moment>| is.then(|| was.unwrap_or(now));
    let new = (
        list_choices::paused_until.eq(chosen.paused_until),
        list_choices::objected_at.eq(since(chosen.objects, before.objected_at)),
        list_choices::suggestions_at.eq(since(chosen.suggestions, before.suggestions_at)),
    );
    diesel::delete(list_choices::table.find(me.0)).execute(tx.conn())?;
    diesel::insert_into(list_choices::table)
        .values((list_choices::account_id.eq(me.0), new))
        .execute(tx.conn())?;
    if !chosen.suggestions {
        // What was kept for them is needed no longer.
        diesel::delete(day_reads::table.filter(day_reads::account_id.eq(me))).execute(tx.conn())?;
    }
    tx.record(&Event::ListsChosen {
        account: me,
        paused: chosen.paused_until.is_some(),
        objects: chosen.objects,
        suggestions: chosen.suggestions,
    })?;
    Ok(())
}

/// Who is on no list today.
pub(super) fn away(cx: &mut Cx<'_>) -> Result<BTreeSet<AccountId>> {
    let now = cx.now();
    Ok(list_choices::table
        .filter(
            list_choices::objected_at
                .is_not_null()
                .or(list_choices::paused_until.gt(now).assume_not_null()),
        )
        .select(list_choices::account_id)
        .load::<AccountId>(cx.conn())?
        .into_iter()
        .collect())
}

/// Who wants suggestions.
pub(super) fn want_suggestions(cx: &mut Cx<'_>) -> Result<BTreeSet<AccountId>> {
    Ok(list_choices::table
        .filter(list_choices::suggestions_at.is_not_null())
        .select(list_choices::account_id)
        .load::<AccountId>(cx.conn())?
        .into_iter()
        .collect())
}

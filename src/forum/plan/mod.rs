//! What a space was made for and what is planned in it: who stands behind it, which share of its audience it means to
//! reach by when, the editorial calendar, and the moments at which more people are invited. Beside what was said stands
//! what came of it. Read by those who see the health of the space, written by those who manage it.
//!
//! Not here: the concept in three lines, which is a setting of the space, and the figures that tell whether it came so.

mod came;
mod lines;
pub mod mine;
pub mod terms;

pub use came::{Came, Score, came, score};
pub use lines::{Draft, Line, Sort, add, change, find, launches, lines, remove};

use diesel::prelude::*;

use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, space_plans};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::week::Calendar;
use crate::forum::people;
use crate::forum::spaces::SpaceRow;
use crate::ids::AccountId;
use crate::refusal::{Problems, Refusal, Result};

/// Who stands behind a space, and what it means to reach.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Their number, @name, and what they are called.
    pub sponsor: Option<(AccountId, String, String)>,
    pub target: Option<Target>,
}

/// A share of the audience, from 0 to 1, active by a day (days since 1970).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    pub share: f64,
    pub day: i64,
}

/// Whoever sees the health of a space sees its plan; to others there is none.
fn sees(space: &Seen<SpaceRow>) -> Result<()> {
    if space.can(Verb::SeeHealth) {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

pub fn plan(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Plan> {
    sees(space)?;
    type Row = (Option<AccountId>, Option<f64>, Option<i64>);
    let row: Option<Row> = space_plans::table
        .find(space.id.0)
        .select((
            space_plans::sponsor_id,
            space_plans::target_share,
            space_plans::target_day,
        ))
        .first(cx.conn())
        .optional()?;
    let Some((sponsor, share, day)) = row else {
        return Ok(Plan::default());
    };
    let sponsor = match sponsor {
        Some(id) => accounts::table
            .find(id)
            .select((accounts::id, accounts::name, accounts::display_name))
            .first(cx.conn())
            .optional()?,
        None => None,
    };
    Ok(Plan {
        sponsor,
        target: share.zip(day).map(|(share, day)| Target { share, day }),
    })
}

/// Who stands behind which space: for lists that speak of them to those who manage it.
pub(crate) fn sponsors(cx: &mut Cx<'_>) -> Result<Vec<(i64, AccountId)>> {
    Ok(space_plans::table
        .filter(space_plans::sponsor_id.is_not_null())
        .select((space_plans::space_id, space_plans::sponsor_id.assume_not_null()))
        .load(cx.conn())?)
}

/// What somebody says of sponsor and target; an empty sponsor is none.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub sponsor: &'a str,
    /// Neither: no target.
    pub share: Option<f64>,
    pub day: Option<i64>,
}

pub fn say(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, said: &Said<'_>) -> Result<()> {
    let mut problems = Problems::default();
    let seen = crate::forum::spaces::find(tx, space.id)?;
    let sponsor = if said.sponsor.trim().is_empty() {
        None
    } else {
        let found = people::named(tx, &seen, said.sponsor)?;
        if found.is_none() {
            problems.add("sponsor", "problem-plan-person");
        }
        found
    };
    if said
        .share
        .is_some_and(|share| !(0.0..=1.0).contains(&share) || share == 0.0)
    {
        problems.add("share", "problem-plan-share");
    }
    match (said.share, said.day) {
        (Some(_), None) => problems.add("until", "problem-plan-day"),
        (None, Some(_)) => problems.add("share", "problem-plan-share"),
        _ => {}
    }
    crate::db::dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let now = tx.now();
    let before: Option<(Option<AccountId>, Option<Moment>, Option<i64>)> = space_plans::table
        .find(space.id.0)
        .select((
            space_plans::sponsor_id,
            space_plans::sponsor_since,
            space_plans::target_day,
        ))
        .first(tx.conn())
        .optional()?;
    let today = Calendar::read(tx.conn())?.day(now);
    let aimed = before.and_then(|(_, _, day)| day);
    // What was to be reached by a day that is over may stay, and cannot be begun.
    if said.day.is_some_and(|day| day <= today) && said.day != aimed {
        problems.add("until", "problem-plan-past");
    }
    problems.check()?;
    // Who stays named was named when they were.
    let since = match before {
        Some((named, since, _)) if named.is_some() && named == sponsor => since,
        _ => sponsor.map(|_| now),
    };
    let row = (
        space_plans::sponsor_id.eq(sponsor.map(|who| who.0)),
        space_plans::sponsor_since.eq(since),
        space_plans::target_share.eq(said.share),
        space_plans::target_day.eq(said.day),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(space_plans::table)
        .values((space_plans::space_id.eq(space.id.0), row))
        .on_conflict(space_plans::space_id).do_update().set(row).execute(c))?;
    tx.record(&Event::PlanChanged {
        space: space.id,
        what: "concept",
    })?;
    Ok(())
}

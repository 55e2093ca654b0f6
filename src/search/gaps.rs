//! What was looked for and not found: a gap that somebody can fill. Counted without names, once for each person
//! and day; who that was is known in memory alone, until the day ends.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diesel::prelude::*;

use super::build::named_spaces;
use super::query::Parsed;
use crate::access::{Cx, May, Seen, Store, Tx, Verb, Viewer, deed, proof::Forum};
use crate::db::schema::search_gaps;
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, SpaceId};
use crate::refusal::{Refusal, Result};
use crate::text::name;

/// What fewer looked for is nobody's business: it might say who they are.
pub const FEWEST: i64 = 5;

/// Whom a page speaks of must be more than one: as many in vain on one day, at least once.
pub const PEOPLE: i64 = 2;

/// Days after which a term that nobody looked for any more is forgotten.
pub const DAYS: i64 = 90;

/// Characters of a term; what is longer is no term.
const LONGEST: usize = 80;

/// More than this in one day is remembered of nobody: no page is slower for it.
const MOST: usize = 20_000;

/// Seconds in which another search says that the first did not bring what was wanted.
const AGAIN: i64 = 120;

/// Lines of the page.
const A_PAGE: i64 = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    Nothing,
    Refined,
}

/// A term as it is counted, and the space that the search named.
type What = (Option<SpaceId>, String);

#[derive(Debug, Default)]
struct Inner {
    day: i64,
    /// Who was counted today already, for what.
    counted: HashSet<(AccountId, What, Way)>,
    last: HashMap<AccountId, (What, Moment)>,
    waiting: HashMap<What, (i64, i64)>,
}

/// The gaps of today, until the worker writes them. A crash loses the last seconds of them.
#[derive(Debug, Default)]
pub struct Gaps {
    inner: Mutex<Inner>,
}

/// A gap as the page shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub term: String,
    /// How often nothing was found.
    pub nothing: i64,
    /// How often something was found, and other words were tried within two minutes.
    pub refined: i64,
    pub first_day: i64,
}

/// What is counted of a search: its words, without its filters. None when it had no words.
pub fn what(cx: &mut Cx<'_>, parsed: &Parsed) -> Result<Option<(Option<SpaceId>, String)>> {
    let term = name::fold(&parsed.terms.join(" "));
    if term.is_empty() || term.chars().count() > LONGEST {
        return Ok(None);
    }
    let space = match named_spaces(cx, &parsed.spaces)?.as_slice() {
        [one] if !parsed.spaces.is_empty() => Some(*one),
        _ => None,
    };
    Ok(Some((space, term)))
}

impl Gaps {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a search that found so much.
    pub fn searched(&self, who: AccountId, what: What, found: usize, now: Moment) {
        let mut inner = self.inner();
        if inner.day != now.day() {
            inner.day = now.day();
            inner.counted.clear();
            inner.last.clear();
        }
        if inner.counted.len() >= MOST || inner.last.len() >= MOST {
            return;
        }
        if found == 0 {
            inner.count(who, what, Way::Nothing);
            // That it is tried in other words says nothing more.
            inner.last.remove(&who);
            return;
        }
        let before = inner.last.insert(who, (what.clone(), now));
        if let Some((earlier, at)) = before
            && earlier.1 != what.1
            && now <= at.plus_seconds(AGAIN)
        {
            inner.count(who, earlier, Way::Refined);
        }
    }

    /// Writes what was counted. What could not be written stays for the next time.
    pub fn write(&self, store: &Store, viewer: &Arc<Viewer>) -> Result<()> {
        let (waiting, widest) = {
            let inner = self.inner();
            let widest: HashMap<What, i64> = inner
                .waiting
                .keys()
                .map(|what| (what.clone(), inner.people(what)))
                .collect();
            (inner.waiting.clone(), widest)
        };
        if waiting.is_empty() {
            return Ok(());
        }
        store.write(viewer, Source::System, |tx| {
            for (what, (nothing, refined)) in &waiting {
                keep(tx, what, (*nothing, *refined), widest[what])?;
            }
            Ok(())
        })?;
        let mut inner = self.inner();
        for (what, (nothing, refined)) in waiting {
            if let Some(left) = inner.waiting.get_mut(&what) {
                left.0 -= nothing;
                left.1 -= refined;
            }
        }
        inner.waiting.retain(|_, left| *left != (0, 0));
        Ok(())
    }
}

impl Inner {
    /// How many people looked for it in vain today.
    fn people(&self, what: &What) -> i64 {
        let people: HashSet<AccountId> = self
            .counted
            .iter()
            .filter(|(_, counted, _)| counted == what)
            .map(|(who, ..)| *who)
            .collect();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }

    fn count(&mut self, who: AccountId, what: What, way: Way) {
        if !self.counted.insert((who, what.clone(), way)) {
            return;
        }
        let waiting = self.waiting.entry(what).or_default();
        match way {
            Way::Nothing => waiting.0 += 1,
            Way::Refined => waiting.1 += 1,
        }
    }
}

fn keep(tx: &mut Tx<'_>, (space, term): &What, (nothing, refined): (i64, i64), widest: i64) -> Result<()> {
    let today = tx.now().day();
    let mut known = search_gaps::table
        .filter(search_gaps::term.eq(term))
        .select((search_gaps::id, search_gaps::widest))
        .into_boxed();
    known = match space {
        Some(space) => known.filter(search_gaps::space_id.eq(*space)),
        None => known.filter(search_gaps::space_id.is_null()),
    };
    let known: Option<(i64, i64)> = known.first(tx.conn()).optional()?;
    if let Some((id, before)) = known {
        diesel::update(search_gaps::table.find(id))
            .set((
                search_gaps::missed.eq(search_gaps::missed + nothing),
                search_gaps::refined.eq(search_gaps::refined + refined),
                search_gaps::widest.eq(before.max(widest)),
                search_gaps::last_day.eq(today),
            ))
            .execute(tx.conn())?;
        return Ok(());
    }
    diesel::insert_into(search_gaps::table)
        .values((
            search_gaps::space_id.eq(*space),
            search_gaps::term.eq(term),
            search_gaps::missed.eq(nothing),
            search_gaps::refined.eq(refined),
            search_gaps::widest.eq(widest),
            search_gaps::first_day.eq(today),
            search_gaps::last_day.eq(today),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What was looked for in a space by name, for its moderators; to everybody else there is no such page.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Line>> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    list(cx, Some(space.id))
}

/// What was looked for in the whole forum, for those who answer for it.
pub fn of_forum(cx: &mut Cx<'_>, _: &May<deed::SeeFigures, Forum>) -> Result<Vec<Line>> {
    list(cx, None)
}

fn list(cx: &mut Cx<'_>, space: Option<SpaceId>) -> Result<Vec<Line>> {
    let mut query = search_gaps::table
        .filter((search_gaps::missed + search_gaps::refined).ge(FEWEST))
        .filter(search_gaps::widest.ge(PEOPLE))
        .filter(search_gaps::last_day.ge(cx.now().day() - DAYS))
        .order((
            search_gaps::missed.desc(),
            search_gaps::refined.desc(),
            search_gaps::term,
        ))
        .select((
            search_gaps::term,
            search_gaps::missed,
            search_gaps::refined,
            search_gaps::first_day,
        ))
        .limit(A_PAGE)
        .into_boxed();
    query = match space {
        Some(space) => query.filter(search_gaps::space_id.eq(space)),
        None => query.filter(search_gaps::space_id.is_null()),
    };
    Ok(query.load(cx.conn())?)
}

/// Forgets what nobody looks for any more.
pub(crate) fn forget(tx: &mut Tx<'_>) -> Result<()> {
    let first = tx.now().day() - DAYS;
    diesel::delete(search_gaps::table.filter(search_gaps::last_day.lt(first))).execute(tx.conn())?;
    Ok(())
}

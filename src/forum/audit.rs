//! The log for auditors: every act of admins and moderators, append-only. One job links the rows into a
//! chain over their salted hashes, so that a changed, lost or inserted row shows, while a name in it can
//! still be erased. How far it goes is kept outside the database as well: rows that are cut off at its end show too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::access::door::hex;
use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::dialect;
use crate::db::schema::{accounts, audit, spaces};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, SpaceId};
use crate::refusal::{Refusal, Result};
use crate::text::csv;

/// What the first link hangs on.
const BEGINNING: &str = "aquarium";

fn link_of(before: &str, salted_hash: &str) -> String {
    hex(&Sha256::digest(format!("{before}\n{salted_hash}").as_bytes()))
}

/// How far the chain goes: the place of its last row, and what hangs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub place: i64,
    pub chain: String,
}

/// The file beside the database that says how far the chain went. After an older backup is put back it names a row
/// that is gone, and `check` says so until it is taken away.
pub struct Head {
    path: PathBuf,
}

impl Head {
    pub fn new(data: &Path) -> Self {
        Self {
            path: data.join("audit.head"),
        }
    }

    pub(crate) fn keep(&self, reached: &Reached) -> Result<()> {
        let part = self.path.with_extension("head.part");
        let write = || -> std::io::Result<()> {
            std::fs::write(&part, format!("{} {}\n", reached.place, reached.chain))?;
            std::fs::rename(&part, &self.path)
        };
        write().map_err(|error| Refusal::Away(format!("{}: {error}", self.path.display())))
    }

    /// None when nothing was ever linked. Errs with what is wrong with the file.
    pub fn read(&self) -> std::result::Result<Option<Reached>, String> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{}: {error}", self.path.display())),
        };
        text.trim()
            .split_once(' ')
            .and_then(|(place, chain)| {
                Some(Reached {
                    place: place.parse().ok()?,
                    chain: chain.to_owned(),
                })
            })
            .map(Some)
            .ok_or_else(|| format!("{}: this says nothing about a chain", self.path.display()))
    }
}

/// Rows that are linked at a time.
const AT_A_TIME: i64 = 1_000;

/// Links the rows that wait, in the order in which they became visible; how far the chain goes now, if it grew.
pub(crate) fn link(tx: &mut Tx<'_>) -> Result<Option<Reached>> {
    // One at a time: two nodes must not link the same row.
    dialect::hold(tx.conn(), "epochs", 1)?;
    let last: Option<(Option<i64>, Option<String>)> = audit::table
        .filter(audit::place.is_not_null())
        .order(audit::place.desc())
        .select((audit::place, audit::chain))
        .first(tx.conn())
        .optional()?;
    let (mut place, mut chain) = match last {
        Some((Some(place), Some(chain))) => (place, chain),
        _ => (0, BEGINNING.to_owned()),
    };
    let waiting: Vec<(i64, String)> = audit::table
        .filter(audit::place.is_null())
        .order(audit::id)
        .select((audit::id, audit::salted_hash))
        .limit(AT_A_TIME)
        .load(tx.conn())?;
    for (id, salted_hash) in &waiting {
        place += 1;
        chain = link_of(&chain, salted_hash);
        diesel::update(audit::table.find(id))
            .set((audit::place.eq(Some(place)), audit::chain.eq(Some(&chain))))
            .execute(tx.conn())?;
    }
    Ok((!waiting.is_empty()).then_some(Reached { place, chain }))
}

/// Whether no row waits for its link.
pub(crate) fn is_linked(cx: &mut Cx<'_>) -> Result<bool> {
    let waiting: Option<i64> = audit::table
        .filter(audit::place.is_null())
        .select(audit::id)
        .first(cx.conn())
        .optional()?;
    Ok(waiting.is_none())
}

/// What reading the whole chain showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub linked: i64,
    /// Rows that the job has not linked yet.
    pub waiting: i64,
    /// Rows that say no names any more: their hashes alone are believed.
    pub erased: i64,
    /// The first place at which the chain is broken, or a row does not say what its hash says.
    pub broken_at: Option<i64>,
}

type Row = (
    (i64, Option<i64>, Moment, String),
    (Option<AccountId>, Option<i64>, Option<SpaceId>),
    (String, String, String, Option<String>),
);

/// Reads the whole chain, to where it went when its head was kept. A row whose names were erased, with its salt, is
/// believed by its hash alone; one that still names somebody is not.
pub fn verify(cx: &mut Cx<'_>, head: Option<&Reached>) -> Result<Verified> {
    let mut verified = Verified {
        linked: 0,
        erased: 0,
        waiting: audit::table
            .filter(audit::place.is_null())
            .count()
            .get_result(cx.conn())?,
        broken_at: None,
    };
    let mut chain = BEGINNING.to_owned();
    loop {
        let rows: Vec<Row> = audit::table
            .filter(audit::place.gt(verified.linked))
            .order(audit::place)
            .select((
                (audit::id, audit::place, audit::at, audit::verb),
                (audit::actor_id, audit::about_id, audit::space_id),
                (audit::particulars, audit::salt, audit::salted_hash, audit::chain),
            ))
            .limit(AT_A_TIME)
            .load(cx.conn())?;
        if rows.is_empty() {
            // Whatever was cut off at the end was there when the head was kept.
            if head.is_some_and(|head| head.place > verified.linked) {
                verified.broken_at = Some(verified.linked + 1);
            }
            return Ok(verified);
        }
        for ((_, place, at, verb), (actor, about, space), (particulars, salt, salted_hash, linked)) in rows {
            let next = verified.linked + 1;
            chain = link_of(&chain, &salted_hash);
            let said = crate::access::door::said(&salt, at, &verb, actor, about, space, &particulars);
            let nameless = actor.is_none() && about.is_none() && particulars.is_empty();
            let erased = salt.is_empty() && nameless;
            let honest = erased || hex(&Sha256::digest(said.as_bytes())) == salted_hash;
            let was_other = head.is_some_and(|head| head.place == next && head.chain != chain);
            verified.erased += i64::from(erased);
            if place != Some(next) || linked.as_deref() != Some(chain.as_str()) || !honest || was_other {
                verified.broken_at = Some(next);
                return Ok(verified);
            }
            verified.linked = next;
        }
    }
}

/// A row, for the admins' page and the file.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub id: i64,
    pub at: Moment,
    pub verb: String,
    pub actor: Option<String>,
    pub about: Option<i64>,
    pub space: Option<String>,
    pub particulars: String,
    pub chain: Option<String>,
}

const A_PAGE: i64 = 50;

/// A page of it, with the names of those it is about, and whether there is more.
pub struct Page {
    pub lines: Vec<Line>,
    pub names: BTreeMap<i64, String>,
    pub more: bool,
}

/// The newest first, fifty a page.
pub fn page(cx: &mut Cx<'_>, _: &May<deed::Administer, Forum>, page: i64) -> Result<Page> {
    let mut lines = newest(cx, A_PAGE + 1, (page.max(1) - 1) * A_PAGE, i64::MAX)?;
    let more = lines.len() > usize::try_from(A_PAGE).unwrap_or(50);
    lines.truncate(usize::try_from(A_PAGE).unwrap_or(50));
    let about: BTreeSet<i64> = lines.iter().filter_map(|line| line.about).collect();
    let names = accounts::table
        .filter(accounts::id.eq_any(about))
        .select((accounts::id, accounts::display_name))
        .load::<(i64, String)>(cx.conn())?
        .into_iter()
        .collect();
    Ok(Page { lines, names, more })
}

fn newest(cx: &mut Cx<'_>, most: i64, from: i64, below: i64) -> Result<Vec<Line>> {
    Ok(audit::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(audit::actor_id)))
        .left_join(spaces::table.on(spaces::id.nullable().eq(audit::space_id)))
        .filter(audit::id.lt(below))
        .order(audit::id.desc())
        .select((
            audit::id,
            audit::at,
            audit::verb,
            accounts::display_name.nullable(),
            audit::about_id,
            spaces::name.nullable(),
            audit::particulars,
            audit::chain,
        ))
        .limit(most)
        .offset(from)
        .load(cx.conn())?)
}

/// Rows that are read at a time for the file.
const AT_A_STROKE: i64 = 10_000;

/// All of it as CSV, the newest first. That it left is itself written down.
pub fn csv(tx: &mut Tx<'_>, _: &May<deed::Administer, Forum>) -> Result<String> {
    let mut lines: Vec<Line> = Vec::new();
    loop {
        let below = lines.last().map_or(i64::MAX, |line| line.id);
        let some = newest(tx, AT_A_STROKE, 0, below)?;
        if some.is_empty() {
            break;
        }
        lines.extend(some);
    }
    let heads = ["number", "at", "act", "by", "about", "space", "particulars", "chain"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(lines.iter().map(|line| {
        let about = line.about.map(|account| account.to_string());
        // What a row does not have is an empty cell.
        let cell = |value: Option<&str>| value.unwrap_or("").to_owned();
        vec![
            line.id.to_string(),
            line.at.timestamp().to_string(),
            line.verb.clone(),
            cell(line.actor.as_deref()),
            cell(about.as_deref()),
            cell(line.space.as_deref()),
            line.particulars.clone(),
            cell(line.chain.as_deref()),
        ]
    }));
    let table = csv::table(&rows)?;
    tx.record(&Event::AuditExported {
        rows: i64::try_from(lines.len()).unwrap_or(i64::MAX),
    })?;
    Ok(table)
}

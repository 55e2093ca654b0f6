//! The log for auditors: every act of admins and moderators, append-only. One job links the rows into a
//! chain over their salted hashes, so that a changed, lost or inserted row shows, while a name in it can
//! still be erased.

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::access::door::hex;
use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::dialect;
use crate::db::schema::{accounts, audit, spaces};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, SpaceId};
use crate::refusal::Result;
use crate::text::csv;

/// What the first link hangs on.
const BEGINNING: &str = "aquarium";

fn link_of(before: &str, salted_hash: &str) -> String {
    hex(&Sha256::digest(format!("{before}\n{salted_hash}").as_bytes()))
}

/// Rows that are linked at a time.
const AT_A_TIME: i64 = 1_000;

/// Links the rows that wait, in the order in which they became visible; how many.
pub(crate) fn link(tx: &mut Tx<'_>) -> Result<usize> {
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
    Ok(waiting.len())
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
    /// The first place at which the chain is broken, or a row does not say what its hash says.
    pub broken_at: Option<i64>,
}

type Row = (
    (i64, Option<i64>, Moment, String),
    (Option<AccountId>, Option<i64>, Option<SpaceId>),
    (String, String, String, Option<String>),
);

/// Reads the whole chain. A row whose salt was erased is believed by its hash alone.
pub fn verify(cx: &mut Cx<'_>) -> Result<Verified> {
    let mut verified = Verified {
        linked: 0,
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
            return Ok(verified);
        }
        for ((_, place, at, verb), (actor, about, space), (particulars, salt, salted_hash, linked)) in rows {
            let next = verified.linked + 1;
            chain = link_of(&chain, &salted_hash);
            let said = crate::access::door::said(&salt, at, &verb, actor, about, space, &particulars);
            let honest = salt.is_empty() || hex(&Sha256::digest(said.as_bytes())) == salted_hash;
            if place != Some(next) || linked.as_deref() != Some(chain.as_str()) || !honest {
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

/// The newest first, fifty a page; and whether there is more.
pub fn page(cx: &mut Cx<'_>, _: &May<deed::Administer, Forum>, page: i64) -> Result<(Vec<Line>, bool)> {
    let mut lines = newest(cx, A_PAGE + 1, (page.max(1) - 1) * A_PAGE)?;
    let more = lines.len() > usize::try_from(A_PAGE).unwrap_or(50);
    lines.truncate(usize::try_from(A_PAGE).unwrap_or(50));
    Ok((lines, more))
}

fn newest(cx: &mut Cx<'_>, most: i64, from: i64) -> Result<Vec<Line>> {
    Ok(audit::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(audit::actor_id)))
        .left_join(spaces::table.on(spaces::id.nullable().eq(audit::space_id)))
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

/// More rows than this are not put into one file.
const IN_A_FILE: i64 = 100_000;

/// All of it as CSV, the newest first. That it left is itself written down.
pub fn csv(tx: &mut Tx<'_>, _: &May<deed::Administer, Forum>) -> Result<String> {
    let lines = newest(tx, IN_A_FILE, 0)?;
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

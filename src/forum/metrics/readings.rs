//! Who read a list with names, who got one as a letter, and which figures left, with whom and what for: for those who
//! watch over that, the works council first. Taken from the audit, of which it is the part that concerns figures.

use diesel::prelude::*;

use crate::access::{Cx, May, deed, proof::Forum};
use crate::db::schema::{accounts, audit, spaces};
use crate::db::types::Moment;
use crate::ids::{AccountId, SpaceId};
use crate::refusal::{Refusal, Result};

/// Lines of a page.
const A_PAGE: i64 = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The list itself, or something on it.
    List,
    /// Champions of a space, as they let it be seen.
    Champions,
    /// The list as a letter of Monday.
    Letter,
    /// Figures as a file: in which form, and what for.
    Left { format: String, why: String },
}

#[derive(Debug, Clone)]
pub struct Reading {
    pub at: Moment,
    /// None: the forum's own commands, on its machine.
    pub by: Option<String>,
    pub what: What,
    /// None: all of somebody's spaces, or the whole forum.
    pub space: Option<SpaceId>,
    /// None as well where the viewer does not see it.
    pub space_name: Option<String>,
}

type Row = (
    (Moment, String, String),
    (Option<AccountId>, Option<i64>),
    (Option<SpaceId>, Option<String>),
);

/// The newest first, and whether there are older ones.
pub fn page(cx: &mut Cx<'_>, _: &May<deed::SeeFigures, Forum>, number: i64) -> Result<(Vec<Reading>, bool)> {
    let readable = cx.readable().to_vec();
    let mut rows: Vec<Row> = audit::table
        .left_join(spaces::table.on(spaces::id.nullable().eq(audit::space_id)))
        .filter(
            audit::verb
                .eq("figures_exported")
                .or(audit::verb.eq("private_read").and(
                    audit::particulars
                        .like("%\"work_list\"%")
                        .or(audit::particulars.like("%\"monday_letter\"%"))
                        .or(audit::particulars.like("%\"champions\"%")),
                )),
        )
        .order(audit::id.desc())
        .select((
            (audit::at, audit::verb, audit::particulars),
            (audit::actor_id.nullable(), audit::about_id),
            (audit::space_id, spaces::name.nullable()),
        ))
        .limit(A_PAGE + 1)
        .offset((number.max(1) - 1) * A_PAGE)
        .load(cx.conn())?;
    let most = usize::try_from(A_PAGE).map_err(Refusal::broken)?;
    let more = rows.len() > most;
    rows.truncate(most);
    let mut readings = Vec::with_capacity(rows.len());
    let mut people = Vec::new();
    for ((at, verb, particulars), (actor, about), (space, name)) in rows {
        let said: serde_json::Value = serde_json::from_str(&particulars).map_err(Refusal::broken)?;
        let word = |key: &str| said[key].as_str().unwrap_or("").to_owned();
        let (what, by) = match (verb.as_str(), said["what"].as_str()) {
            // A letter is read by the one it goes to.
            ("private_read", Some("monday_letter")) => (What::Letter, about.map(AccountId)),
            ("private_read", Some("champions")) => (What::Champions, actor),
            ("private_read", _) => (What::List, actor),
            _ => (
                What::Left {
                    format: word("format"),
                    why: word("why"),
                },
                actor,
            ),
        };
        people.push(by);
        readings.push(Reading {
            at,
            by: None,
            what,
            space,
            space_name: name.filter(|_| space.is_some_and(|space| readable.contains(&space))),
        });
    }
    let called: std::collections::HashMap<AccountId, String> = accounts::table
        .filter(accounts::id.eq_any(people.iter().flatten().copied().collect::<Vec<_>>()))
        .select((accounts::id, accounts::display_name))
        .load(cx.conn())?
        .into_iter()
        .collect();
    for (reading, who) in readings.iter_mut().zip(people) {
        reading.by = who.and_then(|who| called.get(&who).cloned());
    }
    Ok((readings, more))
}

//! Where plans name me: as sponsor, as the one who writes something, as the one who is to follow somebody.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use crate::access::Cx;
use crate::db::schema::{plan_lines, space_plans, spaces, successions};
use crate::refusal::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum As {
    Sponsor,
    Writer,
    Successor,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    #[serde(rename = "as")]
    pub role: As,
    /// None: a space that I do not see any longer.
    pub space: Option<String>,
    /// What I am to write, or what was said of my following.
    pub words: String,
}

pub fn names_me(cx: &mut Cx<'_>) -> Result<Vec<Named>> {
    let me = cx.me()?.id;
    let names: BTreeMap<i64, String> = spaces::table
        .filter(spaces::id.eq_any(cx.readable().to_vec()))
        .select((spaces::id, spaces::name))
        .load::<(i64, String)>(cx.conn())?
        .into_iter()
        .collect();
    let mut all = Vec::new();
    let mut add = |role: As, rows: Vec<(i64, String)>| {
        all.extend(rows.into_iter().map(|(space, words)| {
            let space = names.get(&space).cloned();
            Named {
                role,
                // What is planned in a space that one does not see any longer is not for oneself either.
                words: if space.is_some() { words } else { String::new() },
                space,
            }
        }));
    };
    let sponsored: Vec<i64> = space_plans::table
        .filter(space_plans::sponsor_id.eq(me.0))
        .order(space_plans::space_id)
        .select(space_plans::space_id)
        .load(cx.conn())?;
    add(
        As::Sponsor,
        sponsored.into_iter().map(|space| (space, String::new())).collect(),
    );
    add(
        As::Writer,
        plan_lines::table
            .filter(plan_lines::account_id.eq(me.0))
            .order((plan_lines::day, plan_lines::id))
            .select((plan_lines::space_id, plan_lines::what))
            .load(cx.conn())?,
    );
    add(
        As::Successor,
        successions::table
            .filter(successions::successor_id.eq(me.0))
            .order((successions::space_id, successions::account_id))
            .select((successions::space_id, successions::words))
            .load(cx.conn())?,
    );
    Ok(all)
}

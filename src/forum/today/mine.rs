//! On which lists I stand or stood, and what was written to me because of them: everything, the lots included.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use super::kinds::{Arm, WorkKind};
use super::notes::named;
use crate::access::Cx;
use crate::db::schema::{accounts, spaces, work_items, work_notes};
use crate::db::types::Moment;
use crate::forum::metrics::week::{self, Calendar};
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};

/// A line about me.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    pub kind: WorkKind,
    /// None: a space that I do not see any longer.
    pub space: Option<String>,
    #[serde(skip)]
    pub made_at: Moment,
    pub day: String,
    /// Whether somebody sees it: by lot, half of some kinds is not shown.
    pub shown: bool,
    pub over: bool,
    /// The numbers that its sentence says, as they are kept.
    pub facts: serde_json::Value,
    /// How it ended, why it was taken off if it was, and whether what was hoped for came.
    pub ended: String,
    pub reason: String,
    pub came_well: Option<bool>,
}

/// Words that somebody wrote to me.
#[derive(Debug, Clone, Serialize)]
pub struct Words {
    pub by: String,
    pub kind: WorkKind,
    #[serde(skip)]
    pub at: Moment,
    pub day: String,
    pub words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OnLists {
    pub lists: Vec<Listed>,
    pub notes: Vec<Words>,
}

/// Facts, how it ended, why, and whether it came out well.
type Kept = (String, String, String, Option<bool>);

pub fn on_lists(cx: &mut Cx<'_>) -> Result<OnLists> {
    let person = cx.me()?;
    let (me, name) = (person.id, person.display_name.clone());
    let names: BTreeMap<SpaceId, String> = spaces::table
        .filter(spaces::id.eq_any(cx.readable().to_vec()))
        .select((spaces::id, spaces::name))
        .load::<(SpaceId, String)>(cx.conn())?
        .into_iter()
        .collect();
    // By the forum's own calendar: what is found in the night is of that day.
    let calendar = Calendar::read(cx.conn())?;
    let day = |at: Moment| week::date_of(calendar.day(at)).map(|date| date.to_string());
    let lists = work_items::table
        .filter(work_items::account_id.eq(me))
        .order(work_items::id.desc())
        .select((
            work_items::kind,
            work_items::space_id,
            work_items::made_at,
            work_items::arm,
            work_items::ended_at.is_not_null(),
            (
                work_items::facts,
                work_items::ended_how,
                work_items::reason,
                work_items::came_well,
            ),
        ))
        .load::<(WorkKind, SpaceId, Moment, Arm, bool, Kept)>(cx.conn())?
        .into_iter()
        .map(|(kind, space, made_at, arm, over, (facts, ended, reason, came_well))| {
            Ok(Listed {
                kind,
                space: names.get(&space).cloned(),
                made_at,
                day: day(made_at)?,
                shown: arm != Arm::HeldBack,
                over,
                facts: serde_json::from_str(&facts).map_err(Refusal::broken)?,
                ended,
                reason,
                came_well,
            })
        })
        .collect::<Result<_>>()?;
    let notes = work_notes::table
        .inner_join(accounts::table.on(accounts::id.eq(work_notes::from_id)))
        .filter(work_notes::to_id.eq(me))
        // What has not left yet comes tomorrow.
        .filter(work_notes::left_at.is_not_null())
        .filter(work_notes::dropped.eq(false))
        .order(work_notes::id.desc())
        .select((
            accounts::display_name,
            work_notes::kind,
            work_notes::written_at,
            work_notes::body,
        ))
        .load::<(String, WorkKind, Moment, String)>(cx.conn())?
        .into_iter()
        .map(|(by, kind, at, body)| {
            Ok(Words {
                by,
                kind,
                at,
                day: day(at)?,
                words: named(&body, &name),
            })
        })
        .collect::<Result<_>>()?;
    Ok(OnLists { lists, notes })
}

//! The log as an auditor reads it, on the machine itself: every event as a number of somebody did it, without
//! names and without texts, and what else the figures are counted from. A second program can count all figures
//! from these files; `tests/second_opinion` is one.

use std::path::Path;

use diesel::prelude::*;

use crate::access::Cx;
use crate::db::schema::{accounts, events, space_days, spaces, visits};
use crate::db::types::Moment;
use crate::event::Source;
use crate::kinds::AccountKind;
use crate::refusal::{Refusal, Result};

/// Events of one read: so that a long log needs no more memory than a short one.
const MANY: i64 = 20_000;

type Row = (
    (i64, Moment, String, Option<i64>, String, Option<i64>, String),
    (
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<i64>,
    ),
    (String, Source),
);

fn file(folder: &Path, name: &str) -> Result<csv::Writer<std::fs::File>> {
    csv::Writer::from_path(folder.join(name)).map_err(Refusal::broken)
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Writes the files into a folder; `told` hears how many events are written so far. Gives how many there were.
pub fn write(cx: &mut Cx<'_>, folder: &Path, mut told: impl FnMut(u64)) -> Result<u64> {
    if !matches!(**cx.viewer(), crate::access::Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    std::fs::create_dir_all(folder).map_err(Refusal::broken)?;
    let until = cx.now().plus_seconds(-super::work::SETTLING_SECONDS);
    let mut out = file(folder, "events.csv")?;
    out.write_record([
        "id",
        "at",
        "verb",
        "actor",
        "actor_kind",
        "department",
        "role",
        "space",
        "board",
        "topic",
        "post",
        "parent",
        "about",
        "particulars",
        "source",
    ])
    .map_err(Refusal::broken)?;
    let (mut last, mut count) = (0, 0);
    loop {
        let rows: Vec<Row> = events::table
            .filter(events::id.gt(last))
            .order(events::id)
            .limit(MANY)
            .select((
                (
                    events::id,
                    events::at,
                    events::verb,
                    events::actor_id,
                    events::actor_kind,
                    events::department_id,
                    events::role,
                ),
                (
                    events::space_id,
                    events::board_id,
                    events::topic_id,
                    events::post_id,
                    events::parent_id,
                    events::about_id,
                ),
                (events::particulars, events::source),
            ))
            .load(cx.conn())?;
        let Some(newest) = rows.last() else { break };
        last = newest.0.0;
        for ((id, at, verb, actor, kind, department, role), place, (particulars, source)) in rows {
            // Words that somebody wrote are no part of what is counted.
            let particulars = if ["private_read", "post_reported", "figures_exported"].contains(&verb.as_str()) {
                "{}".to_owned()
            } else {
                particulars
            };
            out.write_record([
                id.to_string(),
                at.0.to_string(),
                verb,
                text(actor),
                kind,
                text(department),
                role,
                text(place.0),
                text(place.1),
                text(place.2),
                text(place.3),
                text(place.4),
                text(place.5),
                particulars,
                source.word().to_owned(),
            ])
            .map_err(Refusal::broken)?;
            count += 1;
        }
        told(count);
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file(folder, "accounts.csv")?;
    out.write_record(["id", "kind"]).map_err(Refusal::broken)?;
    for (id, kind) in accounts::table
        .order(accounts::id)
        .select((accounts::id, accounts::kind))
        .load::<(i64, AccountKind)>(cx.conn())?
    {
        out.write_record([id.to_string().as_str(), kind.word()])
            .map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file(folder, "seen.csv")?;
    out.write_record(["space", "account", "day"]).map_err(Refusal::broken)?;
    for (account, day) in visits::table
        .order((visits::day, visits::account_id))
        .select((visits::account_id, visits::day))
        .load::<(i64, i64)>(cx.conn())?
    {
        out.write_record([super::fold::FORUM, account, day].map(|number| number.to_string()))
            .map_err(Refusal::broken)?;
    }
    for (space, account, day) in space_days::table
        .order((space_days::day, space_days::space_id, space_days::account_id))
        .select((space_days::space_id, space_days::account_id, space_days::day))
        .load::<(i64, i64, i64)>(cx.conn())?
    {
        out.write_record([space, account, day].map(|number| number.to_string()))
            .map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file(folder, "spaces.csv")?;
    out.write_record(["id", "created_at"]).map_err(Refusal::broken)?;
    for (id, at) in spaces::table
        .order(spaces::id)
        .select((spaces::id, spaces::created_at))
        .load::<(i64, Moment)>(cx.conn())?
    {
        out.write_record([id, at.0].map(|number| number.to_string()))
            .map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    let zone = crate::forum::settings::load(cx)?.time_zone;
    let mut out = file(folder, "forum.csv")?;
    out.write_record(["time_zone", "until"]).map_err(Refusal::broken)?;
    out.write_record([zone.as_str(), until.0.to_string().as_str()])
        .map_err(Refusal::broken)?;
    out.flush().map_err(Refusal::broken)?;
    Ok(count)
}

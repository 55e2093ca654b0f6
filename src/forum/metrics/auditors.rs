//! The log as an auditor reads it, on the machine itself: the events that figures are counted from, as a number of
//! somebody did them, without names, without texts, and what else is counted. Numbers are dealt anew each time, so that
//! neither two files nor a file and the forum can be joined by them. A second program can count all figures from these
//! files; `tests/second_opinion` is one.

use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;
use rand::seq::SliceRandom as _;

use super::hours::Hours;
use super::rules::{self, Index, Part};
use crate::access::Cx;
use crate::db::schema::{accounts, boards, events, space_days, spaces, visits};
use crate::db::types::Moment;
use crate::event::Source;
use crate::kinds::{AccountKind, Standing};
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

/// Verbs that figures are counted from, and no others: who objected to lists, or whom somebody wrote to, is nobody's.
const COUNTED: [&str; 21] = [
    "account_created",
    "account_deactivated",
    "account_reactivated",
    "answer_marked",
    "answer_unmarked",
    "audience_counted",
    "joined",
    "left",
    "post_edited",
    "post_removed",
    "post_restored",
    "replied",
    "reply_brought_in",
    "thank_withdrawn",
    "thanked",
    "topic_brought_in",
    "topic_closed",
    "topic_moved",
    "topic_reopened",
    "topic_started",
    "voted",
];

/// Of the particulars what is counted.
const TOLD: [&str; 6] = ["kind", "by_author", "week", "people", "department", WHOM];

/// Whom the beginning of a topic that was brought in was for: somebody, who is a number here as everybody is.
const WHOM: &str = "to";

fn particulars_of(text: &str, numbers: &Numbers) -> Result<String> {
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).map_err(Refusal::broken)?;
    all.retain(|key, _| TOLD.contains(&key.as_str()));
    if let Some(whom) = all.remove(WHOM).and_then(|whom| numbers.of(whom.as_i64()?)) {
        all.insert(WHOM.to_owned(), whom.into());
    }
    serde_json::to_string(&all).map_err(Refusal::broken)
}

/// A number for each account that is used in these files and nowhere else.
struct Numbers {
    dealt: HashMap<i64, i64>,
    kinds: Vec<(i64, AccountKind)>,
}

impl Numbers {
    fn deal(cx: &mut Cx<'_>) -> Result<Self> {
        let mut kinds: Vec<(i64, AccountKind)> = accounts::table
            // Whoever never confirmed an address never came.
            .filter(accounts::standing.ne(Standing::Waiting))
            .select((accounts::id, accounts::kind))
            .load(cx.conn())?;
        kinds.shuffle(&mut rand::rng());
        let dealt = kinds.iter().zip(1..).map(|((id, _), number)| (*id, number)).collect();
        Ok(Self { dealt, kinds })
    }

    /// None of an account that is no more.
    fn of(&self, account: i64) -> Option<i64> {
        self.dealt.get(&account).copied()
    }
}

fn file(folder: &Path, name: &str) -> Result<csv::Writer<std::fs::File>> {
    csv::Writer::from_path(folder.join(name)).map_err(Refusal::broken)
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Every version of the numbers that figures go by.
fn rule<T: Part>(cx: &mut Cx<'_>, out: &mut csv::Writer<std::fs::File>) -> Result<()> {
    for one in rules::all::<T>(cx.conn())? {
        let numbers = serde_json::to_string(&one.numbers).map_err(Refusal::broken)?;
        out.write_record([
            T::NAME,
            one.version.to_string().as_str(),
            one.since.0.to_string().as_str(),
            numbers.as_str(),
        ])
        .map_err(Refusal::broken)?;
    }
    Ok(())
}

/// Writes the files into a folder; `told` hears how many events are written so far. Gives how many there were.
pub fn write(cx: &mut Cx<'_>, folder: &Path, mut told: impl FnMut(u64)) -> Result<u64> {
    if !matches!(**cx.viewer(), crate::access::Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    std::fs::create_dir_all(folder).map_err(Refusal::broken)?;
    let numbers = Numbers::deal(cx)?;
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
            .filter(events::verb.eq_any(COUNTED))
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
            out.write_record([
                id.to_string(),
                at.0.to_string(),
                verb,
                text(actor.and_then(|who| numbers.of(who))),
                kind,
                text(department),
                role,
                text(place.0),
                text(place.1),
                text(place.2),
                text(place.3),
                text(place.4),
                text(place.5.and_then(|who| numbers.of(who))),
                particulars_of(&particulars, &numbers)?,
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
    for (number, (_, kind)) in (1_i64..).zip(&numbers.kinds) {
        out.write_record([number.to_string().as_str(), kind.word()])
            .map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file(folder, "seen.csv")?;
    out.write_record(["space", "account", "day"]).map_err(Refusal::broken)?;
    let visits: Vec<(i64, i64)> = visits::table
        .select((visits::account_id, visits::day))
        .load(cx.conn())?;
    let rooms: Vec<(i64, i64, i64)> = space_days::table
        .select((space_days::space_id, space_days::account_id, space_days::day))
        .load(cx.conn())?;
    let mut seen: Vec<[i64; 3]> = visits
        .into_iter()
        .map(|(account, day)| (super::fold::FORUM, account, day))
        .chain(rooms)
        .filter_map(|(space, account, day)| Some([space, numbers.of(account)?, day]))
        .collect();
    // In the order of the numbers that were dealt: any other would tell of the forum's own.
    seen.sort_unstable();
    for row in seen {
        out.write_record(row.map(|number| number.to_string()))
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
    let mut out = file(folder, "boards.csv")?;
    out.write_record(["id", "space", "created_at"])
        .map_err(Refusal::broken)?;
    for (id, space, at) in boards::table
        .order(boards::id)
        .select((boards::id, boards::space_id, boards::created_at))
        .load::<(i64, i64, Moment)>(cx.conn())?
    {
        out.write_record([id, space, at.0].map(|number| number.to_string()))
            .map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file(folder, "rules.csv")?;
    out.write_record(["part", "version", "since", "numbers"])
        .map_err(Refusal::broken)?;
    rule::<Hours>(cx, &mut out)?;
    rule::<Index>(cx, &mut out)?;
    out.flush().map_err(Refusal::broken)?;
    let zone = crate::forum::settings::load(cx)?.time_zone;
    let mut out = file(folder, "forum.csv")?;
    out.write_record(["time_zone", "until", "began"])
        .map_err(Refusal::broken)?;
    let began = super::log::beginning(cx.conn())?.map(|at| at.0);
    out.write_record([zone.as_str(), until.0.to_string().as_str(), text(began).as_str()])
        .map_err(Refusal::broken)?;
    out.flush().map_err(Refusal::broken)?;
    Ok(count)
}

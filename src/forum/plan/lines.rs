//! The editorial calendar and the launches of a space, a line each: what, when, who, and which conversation it should
//! start.

use diesel::prelude::*;

use super::sees;
use crate::access::{Cx, May, Placed as _, Seen, Tx, Verb, Verdict, decide, deed};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, plan_lines};
use crate::db::types::text_enum;
use crate::event::Event;
use crate::forum::spaces::SpaceRow;
use crate::forum::{people, topics};
use crate::ids::{AccountId, SpaceId, TopicId};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// Characters of what is planned, and of which conversation it should start.
const WHAT: usize = 120;
const STARTS: usize = 300;
/// Lines that a plan may have: two years of two a week, and room.
const MOST: i64 = 300;

text_enum! {
    pub enum Sort {
        /// Something to talk about.
        Talk = "talk",
        /// More people are invited; it is marked on the charts.
        Launch = "launch",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    /// Days since 1970.
    pub day: i64,
    pub sort: Sort,
    pub what: String,
    pub starts: String,
    /// Who writes it: number, @name, and what they are called.
    pub who: Option<(AccountId, String, String)>,
    pub topic: Option<TopicId>,
}

/// A line as somebody writes it.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// None: it was no day.
    pub day: Option<i64>,
    pub sort: Option<Sort>,
    pub what: &'a str,
    pub starts: &'a str,
    /// An @name; empty: nobody yet.
    pub who: &'a str,
    /// The number or the address of a topic of the space; empty: nothing came yet.
    pub topic: &'a str,
}

type Row = (
    (i64, i64, Sort, String, String, Option<TopicId>),
    (Option<AccountId>, Option<String>, Option<String>),
);

fn rows(cx: &mut Cx<'_>, space: SpaceId, only: Option<i64>) -> Result<Vec<Line>> {
    let mut query = plan_lines::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(plan_lines::account_id)))
        .filter(plan_lines::space_id.eq(space.0))
        .order((plan_lines::day, plan_lines::id))
        .select((
            (
                plan_lines::id,
                plan_lines::day,
                plan_lines::sort,
                plan_lines::what,
                plan_lines::starts,
                plan_lines::topic_id,
            ),
            (
                accounts::id.nullable(),
                accounts::name.nullable(),
                accounts::display_name.nullable(),
            ),
        ))
        .into_boxed::<crate::db::Backend>();
    if let Some(only) = only {
        query = query.filter(plan_lines::id.eq(only));
    }
    Ok(query
        .load::<Row>(cx.conn())?
        .into_iter()
        .map(|((id, day, sort, what, starts, topic), (who, at, called))| Line {
            id,
            day,
            sort,
            what,
            starts,
            topic,
            who: who.zip(at).zip(called).map(|((id, at), called)| (id, at, called)),
        })
        .collect())
}

/// All lines of a space, the earliest first.
pub fn lines(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Line>> {
    sees(space)?;
    rows(cx, space.id, None)
}

pub fn find(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, line: i64) -> Result<Line> {
    sees(space)?;
    rows(cx, space.id, Some(line))?.pop().ok_or(Refusal::NotFound)
}

/// The spaces whose plan the viewer sees.
fn seen(cx: &mut Cx<'_>) -> Result<Vec<i64>> {
    let rows = crate::forum::spaces::all_for_index(cx)?;
    let viewer = std::sync::Arc::clone(cx.viewer());
    Ok(rows
        .into_iter()
        .filter(|(space, ..)| decide(&viewer, Verb::SeeHealth, &space.place()) == Verdict::Allow)
        .map(|(space, ..)| space.id.0)
        .collect())
}

/// When more people were invited, for the marks on charts: of a space, or of all whose plan the viewer
/// sees.
pub fn launches(cx: &mut Cx<'_>, space: Option<&Seen<SpaceRow>>) -> Result<Vec<(i64, String)>> {
    let spaces: Vec<i64> = match space {
        Some(space) => {
            sees(space)?;
            vec![space.id.0]
        }
        None => seen(cx)?,
    };
    Ok(plan_lines::table
        .filter(plan_lines::space_id.eq_any(spaces))
        .filter(plan_lines::sort.eq(Sort::Launch))
        .order((plan_lines::day, plan_lines::id))
        .select((plan_lines::day, plan_lines::what))
        .load(cx.conn())?)
}

/// A draft that is in order.
struct Sound {
    day: i64,
    sort: Sort,
    what: String,
    starts: String,
    who: Option<AccountId>,
    topic: Option<TopicId>,
}

/// The number of a topic from its number or its address.
fn number(text: &str) -> Option<TopicId> {
    let text = text.trim();
    let text = text.split("/topics/").nth(1).unwrap_or(text);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn check(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, draft: &Draft<'_>) -> Result<Sound> {
    let mut problems = Problems::default();
    let (what, starts) = (name::tidy(draft.what), name::tidy(draft.starts));
    if what.is_empty() {
        problems.add("what", "problem-empty");
    }
    if what.chars().count() > WHAT {
        problems.add("what", "problem-too-long");
    }
    if starts.chars().count() > STARTS {
        problems.add("starts", "problem-too-long");
    }
    let who = if draft.who.trim().is_empty() {
        None
    } else {
        let seen = crate::forum::spaces::find(tx, space.id)?;
        let found = people::named(tx, &seen, draft.who)?;
        if found.is_none() {
            problems.add("who", "problem-plan-person");
        }
        found
    };
    let topic = if draft.topic.trim().is_empty() {
        None
    } else {
        let found = match number(draft.topic).map(|id| topics::find(tx, id)) {
            None | Some(Err(Refusal::NotFound)) => None,
            Some(other) => Some(other?).filter(|topic| topic.space.id == space.id),
        };
        if found.is_none() {
            problems.add("topic", "problem-plan-topic");
        }
        found.map(|topic| topic.topic.id)
    };
    if draft.day.is_none() {
        problems.add("day", "problem-plan-day");
    }
    if draft.sort.is_none() {
        problems.add("sort", "problem-choose");
    }
    problems.check()?;
    let (Some(day), Some(sort)) = (draft.day, draft.sort) else {
        return Err(Problems::one("day", "problem-plan-day"));
    };
    Ok(Sound {
        day,
        sort,
        what,
        starts,
        who,
        topic,
    })
}

fn told(tx: &mut Tx<'_>, space: SpaceId) -> Result<()> {
    tx.record(&Event::PlanChanged {
        space,
        what: "calendar",
    })
    .map(|_| ())
}

pub fn add(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, draft: &Draft<'_>) -> Result<()> {
    let sound = check(tx, space, draft)?;
    crate::db::dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let known: i64 = plan_lines::table
        .filter(plan_lines::space_id.eq(space.id.0))
        .count()
        .get_result(tx.conn())?;
    if known >= MOST {
        return Err(Problems::one("what", "problem-plan-full"));
    }
    let row = (
        plan_lines::space_id.eq(space.id.0),
        plan_lines::day.eq(sound.day),
        plan_lines::sort.eq(sound.sort),
        plan_lines::what.eq(&sound.what),
        plan_lines::starts.eq(&sound.starts),
        plan_lines::account_id.eq(sound.who.map(|who| who.0)),
        plan_lines::topic_id.eq(sound.topic.map(|topic| topic.0)),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(plan_lines::table).values(row).execute(c))?;
    told(tx, space.id)
}

fn one(space: SpaceId, line: i64) -> plan_lines::BoxedQuery<'static, crate::db::Backend> {
    plan_lines::table
        .filter(plan_lines::space_id.eq(space.0))
        .filter(plan_lines::id.eq(line))
        .into_boxed()
}

/// The line as it is in this space; nothing of another space is found by its number.
fn held(tx: &mut Tx<'_>, space: SpaceId, line: i64) -> Result<()> {
    crate::db::dialect::hold(tx.conn(), "spaces", space.0)?;
    one(space, line)
        .select(plan_lines::id)
        .first::<i64>(tx.conn())
        .optional()?
        .map(|_| ())
        .ok_or(Refusal::NotFound)
}

pub fn change(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, line: i64, draft: &Draft<'_>) -> Result<()> {
    held(tx, space.id, line)?;
    let sound = check(tx, space, draft)?;
    diesel::update(plan_lines::table.find(line))
        .set((
            plan_lines::day.eq(sound.day),
            plan_lines::sort.eq(sound.sort),
            plan_lines::what.eq(&sound.what),
            plan_lines::starts.eq(&sound.starts),
            plan_lines::account_id.eq(sound.who.map(|who| who.0)),
            plan_lines::topic_id.eq(sound.topic.map(|topic| topic.0)),
        ))
        .execute(tx.conn())?;
    told(tx, space.id)
}

pub fn remove(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, line: i64) -> Result<()> {
    held(tx, space.id, line)?;
    diesel::delete(plan_lines::table.find(line)).execute(tx.conn())?;
    told(tx, space.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_named_by_its_number_or_its_address() {
        for text in [
            "12",
            " 12 ",
            "/topics/12-soup",
            "https://forum.example/topics/12-soup?page=2",
        ] {
            assert_eq!(number(text), Some(TopicId(12)), "{text}");
        }
        for text in ["", "soup", "/boards/12", "-1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}

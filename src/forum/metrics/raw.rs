//! The rows themselves that figures keep about one person, for that person and nobody else: what `mine` sums up, column
//! by column, so that nobody has to take anybody's word for it. What one no longer sees has no name.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::fold::FORUM;
use super::ring_spans;
use super::week;
use crate::access::{Cx, scope};
use crate::db::schema::{
    accounts, boards, case_inputs, champions, departments, dyad_weeks, expertise_denied, member_firsts, member_weeks,
    readings, spaces, topic_states, topics,
};
use crate::db::types::Moment;
use crate::ids::TopicId;
use crate::refusal::Result;

/// Values of one statement.
const MANY: usize = 1_000;

/// A row of `member_weeks`.
#[derive(Debug, Clone, Serialize)]
pub struct RawWeek {
    pub week: String,
    pub space: String,
    /// Days of the week with a contribution; Monday is 1.
    pub wrote_on: Vec<i64>,
    /// Days on which I was seen; after 13 weeks only that I was, as Monday.
    pub seen_on: Vec<i64>,
    pub first_contribution: Option<String>,
    pub department: Option<String>,
    pub as_guest: bool,
    pub as_team: bool,
}

/// A row of `dyad_weeks`: who replied to whom, or wrote an answer for them.
#[derive(Debug, Clone, Serialize)]
pub struct RawTie {
    pub week: String,
    pub space: String,
    /// Whether it was I who replied.
    pub from_me: bool,
    /// None: in a space that I do not see any longer.
    pub other: Option<String>,
    pub times: i64,
}

/// What is kept of a topic because of me.
#[derive(Debug, Clone, Serialize)]
pub struct RawTopic {
    /// None: I do not see it any longer.
    pub topic: Option<String>,
    pub started_by_me_at: Option<String>,
    pub first_reply_by_me_at: Option<String>,
    pub answered_by_me_at: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Raw {
    pub weeks: Vec<RawWeek>,
    pub ties: Vec<RawTie>,
    /// Of each space, and of the whole forum, when I contributed first.
    pub first_contributions: Vec<(String, String)>,
    pub topics: Vec<RawTopic>,
    /// Rings by space: from which week, and the first week of another.
    pub rings: Vec<RawRing>,
    /// Boards that I said I do not know about.
    pub not_known_about: Vec<String>,
    /// Spaces whose managers see what makes me a champion, until when.
    pub champion_until: Vec<(String, String)>,
    /// Inputs of the business case that I changed last, and when.
    pub business_inputs: Vec<(String, String)>,
    /// Posts that I read, by topic, as ranges of their numbers.
    pub read_marks: Vec<(String, String)>,
}

/// A row of `ring_spans`.
#[derive(Debug, Clone, Serialize)]
pub struct RawRing {
    pub space: String,
    pub ring: String,
    pub from: String,
    pub until: Option<String>,
}

fn days(bits: i64) -> Vec<i64> {
    (0..7).filter(|day| bits & (1 << day) != 0).map(|day| day + 1).collect()
}

fn at(moment: Moment) -> String {
    moment.timestamp().to_string()
}

/// How spaces are called here.
struct Names {
    spaces: BTreeMap<i64, String>,
}

impl Names {
    fn of(&self, space: i64) -> String {
        match self.spaces.get(&space) {
            Some(name) => name.clone(),
            None if space == FORUM => "the whole forum".to_owned(),
            None => "a space that you do not see any longer".to_owned(),
        }
    }
}

pub fn raw(cx: &mut Cx<'_>) -> Result<Raw> {
    let me = cx.me()?.id;
    let readable = cx.readable().to_vec();
    let names = Names {
        spaces: spaces::table
            .filter(spaces::id.eq_any(readable))
            .select((spaces::id, spaces::name))
            .load::<(i64, String)>(cx.conn())?
            .into_iter()
            .collect(),
    };
    Ok(Raw {
        weeks: weeks(cx, me.0, &names)?,
        ties: ties(cx, me.0, &names)?,
        first_contributions: member_firsts::table
            .filter(member_firsts::account_id.eq(me.0))
            .order(member_firsts::space_id)
            .select((member_firsts::space_id, member_firsts::at))
            .load::<(i64, Moment)>(cx.conn())?
            .into_iter()
            .map(|(space, moment)| (names.of(space), at(moment)))
            .collect(),
        topics: topics_of(cx, me.0)?,
        rings: ring_spans::mine(cx)?
            .into_iter()
            .map(|span| {
                Ok(RawRing {
                    space: names.of(span.space),
                    ring: span.ring.word().to_owned(),
                    from: week::name(span.from)?,
                    until: span.until.map(week::name).transpose()?,
                })
            })
            .collect::<Result<_>>()?,
        not_known_about: expertise_denied::table
            .inner_join(boards::table.on(boards::id.eq(expertise_denied::board_id)))
            .filter(expertise_denied::account_id.eq(me.0))
            .order(boards::id)
            .select((boards::space_id, boards::name))
            .load::<(i64, String)>(cx.conn())?
            .into_iter()
            .map(|(space, name)| {
                if names.spaces.contains_key(&space) {
                    name
                } else {
                    names.of(space)
                }
            })
            .collect(),
        champion_until: champions::table
            .filter(champions::account_id.eq(me.0))
            .order(champions::space_id)
            .select((champions::space_id, champions::until_at))
            .load::<(i64, Moment)>(cx.conn())?
            .into_iter()
            .map(|(space, until)| (names.of(space), at(until)))
            .collect(),
        business_inputs: case_inputs::table
            .filter(case_inputs::changed_by.eq(me.0))
            .order(case_inputs::input)
            .select((case_inputs::input, case_inputs::changed_at))
            .load::<(String, Moment)>(cx.conn())?
            .into_iter()
            .map(|(input, changed)| (input, at(changed)))
            .collect(),
        read_marks: read_marks(cx)?,
    })
}

/// What I read is told of topics that I see still; of the others that there is something.
fn read_marks(cx: &mut Cx<'_>) -> Result<Vec<(String, String)>> {
    let me = cx.me()?.id;
    let visible = scope::topics(cx);
    let titles: BTreeMap<TopicId, String> = readings::table
        .inner_join(topics::table.on(topics::id.eq(readings::topic_id)))
        .filter(readings::account_id.eq(me))
        .filter(visible)
        .select((topics::id, topics::title))
        .load::<(TopicId, String)>(cx.conn())?
        .into_iter()
        .collect();
    let rows: Vec<(TopicId, String)> = readings::table
        .filter(readings::account_id.eq(me))
        .order(readings::topic_id)
        .select((readings::topic_id, readings::ranges))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .map(|(topic, ranges)| {
            let title = titles.get(&topic).cloned();
            (
                title.unwrap_or_else(|| "a topic that you do not see any longer".to_owned()),
                ranges,
            )
        })
        .collect())
}

fn weeks(cx: &mut Cx<'_>, me: i64, names: &Names) -> Result<Vec<RawWeek>> {
    type Row = (i64, i64, i64, i64, Option<i64>, Option<i64>, bool, bool);
    let departments: BTreeMap<i64, String> = departments::table
        .select((departments::id, departments::name))
        .load::<(i64, String)>(cx.conn())?
        .into_iter()
        .collect();
    let rows: Vec<Row> = member_weeks::table
        .filter(member_weeks::account_id.eq(me))
        .order((member_weeks::week.desc(), member_weeks::space_id))
        .select((
            member_weeks::week,
            member_weeks::space_id,
            member_weeks::days,
            member_weeks::seen,
            member_weeks::first_at,
            member_weeks::department_id,
            member_weeks::guest,
            member_weeks::team,
        ))
        .load(cx.conn())?;
    rows.into_iter()
        .map(|(number, space, wrote, seen, first, department, guest, team)| {
            Ok(RawWeek {
                week: week::name(number)?,
                space: names.of(space),
                wrote_on: days(wrote),
                seen_on: days(seen),
                first_contribution: first.map(|first| at(Moment(first))),
                department: department.and_then(|id| departments.get(&id).cloned()),
                as_guest: guest,
                as_team: team,
            })
        })
        .collect()
}

fn ties(cx: &mut Cx<'_>, me: i64, names: &Names) -> Result<Vec<RawTie>> {
    type Row = (i64, i64, i64, i64, i64);
    let rows: Vec<Row> = dyad_weeks::table
        .filter(dyad_weeks::from_id.eq(me).or(dyad_weeks::to_id.eq(me)))
        // Of the whole forum it is the sum of the spaces, with people of spaces that one does not see any longer.
        .filter(dyad_weeks::space_id.ne(FORUM))
        .order((dyad_weeks::week.desc(), dyad_weeks::space_id))
        .select((
            dyad_weeks::week,
            dyad_weeks::space_id,
            dyad_weeks::from_id,
            dyad_weeks::to_id,
            dyad_weeks::times,
        ))
        .load(cx.conn())?;
    let others: BTreeSet<i64> = rows.iter().map(|row| if row.2 == me { row.3 } else { row.2 }).collect();
    let mut called: BTreeMap<i64, String> = BTreeMap::new();
    for few in others.into_iter().collect::<Vec<_>>().chunks(MANY) {
        called.extend(
            accounts::table
                .filter(accounts::id.eq_any(few))
                .select((accounts::id, accounts::display_name))
                .load::<(i64, String)>(cx.conn())?,
        );
    }
    rows.into_iter()
        .map(|(number, space, from, to, times)| {
            let other = if from == me { to } else { from };
            Ok(RawTie {
                week: week::name(number)?,
                space: names.of(space),
                from_me: from == me,
                other: names
                    .spaces
                    .contains_key(&space)
                    .then(|| called.get(&other).cloned())
                    .flatten(),
                times,
            })
        })
        .collect()
}

fn topics_of(cx: &mut Cx<'_>, me: i64) -> Result<Vec<RawTopic>> {
    type Row = (
        TopicId,
        i64,
        Moment,
        (Option<i64>, Option<Moment>),
        (Option<i64>, Option<Moment>),
    );
    let rows: Vec<Row> = topic_states::table
        .filter(
            topic_states::starter_id
                .eq(me)
                .or(topic_states::first_reply_by.eq(me).assume_not_null())
                .or(topic_states::answered_by.eq(me).assume_not_null()),
        )
        .order(topic_states::topic_id.desc())
        .select((
            topic_states::topic_id,
            topic_states::starter_id,
            topic_states::started_at,
            (topic_states::first_reply_by, topic_states::first_reply_at),
            (topic_states::answered_by, topic_states::answered_at),
        ))
        .load(cx.conn())?;
    let ids: Vec<TopicId> = rows.iter().map(|row| row.0).collect();
    let mut titles: BTreeMap<TopicId, String> = BTreeMap::new();
    for few in ids.chunks(MANY) {
        let visible = scope::topics(cx);
        titles.extend(
            topics::table
                .filter(topics::id.eq_any(few))
                .filter(visible)
                .select((topics::id, topics::title))
                .load::<(TopicId, String)>(cx.conn())?,
        );
    }
    Ok(rows
        .into_iter()
        .map(|(topic, starter, started, first, answer)| {
            let mine = |(by, moment): (Option<i64>, Option<Moment>)| moment.filter(|_| by == Some(me)).map(at);
            RawTopic {
                topic: titles.get(&topic).cloned(),
                started_by_me_at: (starter == me).then(|| at(started)),
                first_reply_by_me_at: mine(first),
                answered_by_me_at: mine(answer),
            }
        })
        .collect())
}

//! Events for researchers: who did what in which week, under numbers that are made for one export and cannot be made
//! again, and of people only what so many others share that nobody stands alone. Refused, with the reason, when that
//! does not hold. Pseudonymised is personal data still: the file says so itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use diesel::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::RngExt as _;
use sha2::Sha256;

use super::metric::Thresholds;
use super::week::{Calendar, Week};
use crate::access::door::hex;
use crate::access::{Cx, Viewer};
use crate::db::schema::{accounts, departments, events, memberships};
use crate::db::types::Moment;
use crate::event::Source;
use crate::kinds::{AccountKind, SpaceRole, Standing};
use crate::refusal::{Refusal, Result};
use crate::text::csv::plain;

/// People that must share what is said of one of them, after Sweeney's k-anonymity.
pub const SHARED: usize = 5;
/// Events of one read: so that a long log needs no more memory than a short one.
const MANY: i64 = 20_000;
/// Verbs that leave.
const TOLD: [&str; 6] = [
    "topic_started",
    "replied",
    "thanked",
    "voted",
    "answer_marked",
    "joined",
];

/// What is said of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub department: bool,
    pub location: bool,
    pub tenure: bool,
    pub role: bool,
}

/// Department, location, tenure, role; empty where it is not said.
type Traits = [String; 4];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    pub people: usize,
    pub events: u64,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Written(Done),
    /// So few share these traits.
    Alone {
        traits: Vec<String>,
        people: usize,
    },
}

/// A key that lives as long as one export and is written nowhere.
struct Key([u8; 32]);

impl Key {
    fn name(&self, what: &str, id: i64) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Refusal::broken)?;
        mac.update(what.as_bytes());
        mac.update(&id.to_le_bytes());
        Ok(hex(&mac.finalize().into_bytes())[..16].to_owned())
    }
}

fn tenure(days: i64) -> &'static str {
    match days {
        ..91 => "up to 3 months",
        91..365 => "up to a year",
        365..1095 => "1 to 3 years",
        _ => "longer",
    }
}

/// Values that fewer than `least` people have are one together; when those are too few still, nothing is said of anybody.
fn merged(values: &mut BTreeMap<i64, String>, least: usize) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for value in values.values() {
        *counts.entry(value.clone()).or_default() += 1;
    }
    let few: BTreeSet<String> = counts
        .iter()
        .filter(|(_, count)| **count < least)
        .map(|(value, _)| value.clone())
        .collect();
    let together: usize = few.iter().map(|value| counts[value]).sum();
    // A few others that would stand alone take the smallest of the rest along.
    let mut others = few;
    if together > 0
        && together < least
        && let Some((smallest, _)) = counts
            .iter()
            .filter(|(value, _)| !others.contains(*value))
            .min_by_key(|(value, count)| (**count, (*value).clone()))
    {
        others.insert(smallest.clone());
    }
    for value in values.values_mut() {
        if others.contains(value) {
            "others".clone_into(value);
        }
    }
}

/// The smallest group of people who share all their traits, when it is smaller than it must be.
fn alone(people: &BTreeMap<i64, Traits>) -> Option<(Traits, usize)> {
    let mut groups: BTreeMap<&Traits, usize> = BTreeMap::new();
    for traits in people.values() {
        *groups.entry(traits).or_default() += 1;
    }
    groups
        .into_iter()
        .filter(|(_, count)| *count < SHARED)
        .min_by_key(|(_, count)| *count)
        .map(|(traits, count)| (traits.clone(), count))
}

fn traits(cx: &mut Cx<'_>, said: Said, thresholds: Thresholds) -> Result<BTreeMap<i64, Traits>> {
    let now = cx.now();
    type Row = (i64, AccountKind, Option<String>, String, Moment);
    let rows: Vec<Row> = accounts::table
        .left_join(departments::table)
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .filter(accounts::standing.ne(Standing::Waiting))
        .select((
            accounts::id,
            accounts::kind,
            departments::name.nullable(),
            accounts::location,
            accounts::created_at,
        ))
        .load(cx.conn())?;
    let team: BTreeSet<i64> = memberships::table
        .filter(memberships::role.ne(SpaceRole::Member))
        .select(memberships::account_id)
        .load::<i64>(cx.conn())?
        .into_iter()
        .collect();
    let least = usize::try_from(thresholds.people.max(super::metric::FEW)).map_err(Refusal::broken)?;
    let (mut department, mut location) = (BTreeMap::new(), BTreeMap::new());
    for (id, kind, name, place, _) in &rows {
        let name = match (kind, name) {
            (AccountKind::Guest, _) => "guests".to_owned(),
            (_, Some(name)) => name.clone(),
            (_, None) => "none".to_owned(),
        };
        department.insert(*id, name);
        location.insert(
            *id,
            if place.is_empty() {
                "none".to_owned()
            } else {
                place.clone()
            },
        );
    }
    merged(&mut department, least);
    merged(&mut location, least);
    let told = |say: bool, text: &str| if say { text.to_owned() } else { String::new() };
    Ok(rows
        .iter()
        .map(|(id, _, _, _, since)| {
            let days = (now.0 - since.0) / 86_400_000_000;
            let role = if team.contains(id) { "team" } else { "member" };
            let traits = [
                told(said.department, &department[id]),
                told(said.location, &location[id]),
                told(said.tenure, tenure(days)),
                told(said.role, role),
            ];
            (*id, traits)
        })
        .collect())
}

/// What the fewest people share of what would be said of them, and how many they are, where they are too few.
pub fn stands_alone(cx: &mut Cx<'_>, said: Said, thresholds: Thresholds) -> Result<Option<(Vec<String>, usize)>> {
    if !matches!(**cx.viewer(), Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    Ok(alone(&traits(cx, said, thresholds)?)
        .map(|(traits, people)| (traits.into_iter().filter(|one| !one.is_empty()).collect(), people)))
}

/// Writes people and events of some weeks into a folder, or says why not; nothing is written then.
pub fn write(
    cx: &mut Cx<'_>,
    folder: &Path,
    weeks: std::ops::RangeInclusive<Week>,
    said: Said,
    thresholds: Thresholds,
    mut told: impl FnMut(u64),
) -> Result<Outcome> {
    if !matches!(**cx.viewer(), Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    let people = traits(cx, said, thresholds)?;
    if let Some((traits, people)) = alone(&people) {
        return Ok(Outcome::Alone {
            traits: traits.into_iter().filter(|trait_| !trait_.is_empty()).collect(),
            people,
        });
    }
    let key = Key(rand::rng().random());
    std::fs::create_dir_all(folder).map_err(Refusal::broken)?;
    let calendar = Calendar::read(cx.conn())?;
    let (from, until) = (calendar.start(*weeks.start())?, calendar.end(*weeks.end())?);
    let file = |name: &str| csv::Writer::from_path(folder.join(name)).map_err(Refusal::broken);
    let mut out = file("events.csv")?;
    out.write_record(["week", "person", "verb", "topic", "about"])
        .map_err(Refusal::broken)?;
    let (mut last, mut count) = (0, 0);
    loop {
        type Row = (i64, Moment, String, Option<i64>, Option<i64>, Option<i64>);
        let rows: Vec<Row> = events::table
            .filter(events::id.gt(last))
            .filter(events::at.ge(from))
            .filter(events::at.lt(until))
            .filter(events::verb.eq_any(TOLD))
            .filter(events::source.ne(Source::Import))
            .order(events::id)
            .limit(MANY)
            .select((
                events::id,
                events::at,
                events::verb,
                events::actor_id,
                events::topic_id,
                events::about_id,
            ))
            .load(cx.conn())?;
        let Some(newest) = rows.last() else { break };
        last = newest.0;
        for (_, at, verb, actor, topic, about) in rows {
            let Some(actor) = actor.filter(|who| people.contains_key(who)) else {
                continue;
            };
            let about = about.filter(|who| people.contains_key(who) && *who != actor);
            let named = |what: &str, id: Option<i64>| match id {
                Some(id) => key.name(what, id),
                None => Ok(String::new()),
            };
            out.write_record([
                super::week::name(calendar.week(at))?,
                key.name("person", actor)?,
                verb,
                named("topic", topic)?,
                named("person", about)?,
            ])
            .map_err(Refusal::broken)?;
            count += 1;
        }
        told(count);
    }
    out.flush().map_err(Refusal::broken)?;
    let mut out = file("people.csv")?;
    out.write_record(["person", "department", "location", "tenure", "role"])
        .map_err(Refusal::broken)?;
    // In the order of the numbers that were made: any other would tell of the forum's own.
    let mut rows: Vec<(String, &Traits)> = Vec::new();
    for (id, traits) in &people {
        rows.push((key.name("person", *id)?, traits));
    }
    rows.sort_unstable();
    for (name, traits) in &rows {
        let mut row = vec![name.clone()];
        // No department is a formula to a spreadsheet.
        row.extend(traits.iter().map(|text| plain(text)));
        out.write_record(row).map_err(Refusal::broken)?;
    }
    out.flush().map_err(Refusal::broken)?;
    Ok(Outcome::Written(Done {
        people: rows.len(),
        events: count,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(of: &[(&str, usize)]) -> BTreeMap<i64, String> {
        of.iter()
            .flat_map(|(value, count)| std::iter::repeat_n((*value).to_owned(), *count))
            .zip(1..)
            .map(|(value, id)| (id, value))
            .collect()
    }

    fn counted(values: &BTreeMap<i64, String>) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for value in values.values() {
            *counts.entry(value.as_str()).or_default() += 1;
        }
        counts
    }

    #[test]
    fn what_few_have_is_one_with_others() {
        let mut all = values(&[("Sales", 12), ("Stores", 4), ("Legal", 7)]);
        merged(&mut all, 10);
        assert_eq!(counted(&all), [("Sales", 12), ("others", 11)].into());
        // Too few others take the smallest along.
        let mut all = values(&[("Sales", 12), ("Drives", 20), ("Legal", 3)]);
        merged(&mut all, 10);
        assert_eq!(counted(&all), [("Drives", 20), ("others", 15)].into());
    }

    #[test]
    fn whoever_shares_their_traits_with_few_stands_alone() {
        let traits = |role: &str| [String::new(), String::new(), String::new(), role.to_owned()];
        let mut people: BTreeMap<i64, Traits> = (1..=9).map(|id| (id, traits("member"))).collect();
        assert_eq!(alone(&people), None);
        people.insert(10, traits("team"));
        assert_eq!(alone(&people), Some((traits("team"), 1)));
    }

    #[test]
    fn a_name_is_of_one_export_only() {
        let (one, other) = (Key([1; 32]), Key([2; 32]));
        let name = one.name("person", 7).expect("a name");
        assert_eq!(name.len(), 16);
        assert_eq!(name, one.name("person", 7).expect("a name"));
        assert_ne!(name, other.name("person", 7).expect("a name"));
        assert_ne!(name, one.name("topic", 7).expect("a name"));
    }
}

//! Numbers that the operator sets and figures, lists and pages go by: working hours, floors and targets, what the list
//! asks for. They stand in the configuration; every version of them is kept here with the moment since which it holds, so
//! that what was published can be counted again by the numbers of then. Thresholds are kept with each seal.

use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::hours::Hours;
use super::models::worklist::Gain;
use crate::access::{Store, Viewer};
use crate::db::Conn;
use crate::db::conn::each_backend;
use crate::db::schema::rules;
use crate::db::types::Moment;
use crate::event::Source;
use crate::refusal::{Refusal, Result};

/// Numbers that change together.
pub trait Part: Serialize + DeserializeOwned + Default + PartialEq + Clone {
    /// What the part is called in the configuration.
    const NAME: &'static str;
}

/// Where a score of the health index begins and where it is full.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    pub growth: [f64; 2],
    pub useful: [f64; 2],
    pub responsive: [f64; 2],
    pub interactive: [f64; 2],
    pub lively: [f64; 2],
    pub bridging: [f64; 2],
    /// What each weighs in the mean, in this order, against the others.
    #[serde(default = "alike")]
    pub weights: [f64; 6],
}

/// What held before it could be set.
fn alike<const MANY: usize>() -> [f64; MANY] {
    [1.0; MANY]
}

/// Above nothing, and none that would leave the others without a say.
fn weigh(weights: &[f64]) -> bool {
    let sum: f64 = weights.iter().sum();
    weights
        .iter()
        .all(|weight| weight.is_finite() && *weight > 0.0 && *weight <= sum / 2.0)
}

impl Default for Index {
    fn default() -> Self {
        Self {
            growth: [0.5, 1.5],
            useful: [0.2, 0.6],
            responsive: [0.4, 0.9],
            interactive: [1.0, 4.0],
            lively: [2.0, 15.0],
            bridging: [-0.6, 0.1],
            weights: alike(),
        }
    }
}

impl Part for Index {
    const NAME: &'static str = "index";
}

impl Index {
    /// In the order of the factors.
    pub fn all(&self) -> [[f64; 2]; 6] {
        [
            self.growth,
            self.useful,
            self.responsive,
            self.interactive,
            self.lively,
            self.bridging,
        ]
    }

    fn check(&self) -> std::result::Result<(), String> {
        let fits = |[floor, target]: &[f64; 2]| floor.is_finite() && target.is_finite() && floor < target;
        if self.all().iter().all(fits) && weigh(&self.weights) {
            Ok(())
        } else {
            Err(
                "index: of each factor a floor, and a target above it; weights above 0, none more than half of them"
                    .to_owned(),
            )
        }
    }
}

/// What one aims at: shares, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The road: where it begins, the milestone, the tipping line, and the line that experiments found.
    pub forerunners: f64,
    pub active: f64,
    pub tipping: f64,
    pub late: f64,
    /// As many as ever take part, of all who could.
    pub ceiling: f64,
    pub newcomers_answered: f64,
    pub unanswered: f64,
    pub content_yield: f64,
    /// Of those who contribute, so many at least make half of it.
    pub half_by: f64,
}

impl Default for Targets {
    fn default() -> Self {
        Self {
            forerunners: 0.01,
            active: 0.10,
            tipping: 0.16,
            late: 0.25,
            ceiling: 0.35,
            newcomers_answered: 0.9,
            unanswered: 0.05,
            content_yield: 0.6,
            half_by: 0.1,
        }
    }
}

impl Part for Targets {
    const NAME: &'static str = "targets";
}

impl Targets {
    fn check(&self) -> std::result::Result<(), String> {
        let shares = [
            self.newcomers_answered,
            self.unanswered,
            self.content_yield,
            self.half_by,
        ];
        let road = [self.forerunners, self.active, self.tipping, self.late];
        let inside = |share: &f64| (0.0..=1.0).contains(share);
        let rises = road.windows(2).all(|two| two[0] < two[1]) && road[0] > 0.0 && self.active < self.ceiling;
        if shares.iter().all(inside) && inside(&self.late) && inside(&self.ceiling) && rises {
            Ok(())
        } else {
            Err("targets are shares from 0 to 1; those of the road rise, and active is below ceiling".to_owned())
        }
    }
}

/// What the list of things worth doing goes by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Hours of work after which a newcomer's first topic, and a question, are on it.
    pub newcomer_hours: f64,
    pub question_hours: f64,
    /// Hours after which whoever is new comes before everything else.
    pub top_hours: i64,
    /// Items of a day.
    pub a_day: u32,
    /// Days between two messages to one person, and messages in a quarter.
    pub days_between: i64,
    pub a_quarter: u32,
    /// Of a hundred, how many are held back by lot to compare with; at most half, and none where the lot is left out.
    #[serde(default = "half")]
    pub held_back: u8,
    /// What a success is worth, against the others.
    pub worth_core: f64,
    pub worth_newcomer: f64,
    pub worth_question: f64,
    pub worth_reader: f64,
    /// The effects that are believed while nothing is measured, as differences of shares.
    pub effect_newcomer: f64,
    pub effect_others: f64,
}

/// What held before it could be set.
fn half() -> u8 {
    50
}

impl Default for List {
    fn default() -> Self {
        Self {
            newcomer_hours: 4.0,
            question_hours: 8.0,
            top_hours: 24,
            a_day: 12,
            days_between: 14,
            a_quarter: 3,
            held_back: half(),
            worth_core: 8.0,
            worth_newcomer: 5.0,
            worth_question: 3.0,
            worth_reader: 2.0,
            effect_newcomer: 0.06,
            effect_others: 0.03,
        }
    }
}

impl Part for List {
    const NAME: &'static str = "list";
}

impl List {
    /// What a success is worth, against the others.
    pub fn worth(&self, gain: Gain) -> f64 {
        match gain {
            Gain::Core => self.worth_core,
            Gain::Newcomer => self.worth_newcomer,
            Gain::Question => self.worth_question,
            Gain::Reader => self.worth_reader,
        }
    }

    /// The effect to start from while nothing has been measured here, as a difference of shares: as it is delivered, half
    /// of the twelve points observed for answered newcomers (Joyce and Kraut, 2006), and a cautious guess for others.
    pub fn start_effect(&self, gain: Gain) -> f64 {
        match gain {
            Gain::Newcomer => self.effect_newcomer,
            Gain::Core | Gain::Question | Gain::Reader => self.effect_others,
        }
    }

    fn check(&self) -> std::result::Result<(), String> {
        let hours = [self.newcomer_hours, self.question_hours];
        let worth = [
            self.worth_core,
            self.worth_newcomer,
            self.worth_question,
            self.worth_reader,
        ];
        let effects = [self.effect_newcomer, self.effect_others];
        let fits = hours.iter().all(|hours| hours.is_finite() && *hours > 0.0)
            && worth.iter().all(|worth| worth.is_finite() && *worth > 0.0)
            && effects.iter().all(|effect| (0.0..=1.0).contains(effect) && *effect > 0.0)
            && self.top_hours > 0
            && (1..=100).contains(&self.a_day)
            // To write more often than this would be what people complain of.
            // Nor to be written to less than once in a quarter, which is what is looked back at.
            && (14..=91).contains(&self.days_between)
            && (1..=3).contains(&self.a_quarter)
            && self.held_back <= 50;
        if fits {
            Ok(())
        } else {
            Err(
                "list: hours, worths and effects are above 0, a_day from 1 to 100; nobody is written to more often \
                 than once in 14 days and three times in a quarter, days_between is at most 91, and held_back at most 50"
                    .to_owned(),
            )
        }
    }
}

/// What the words of a champion's profile go by: sums of a hundred, components of twenty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Champions {
    /// A sum from which somebody is invited to more, and from which they are coached.
    pub invite: f64,
    pub coach: f64,
    /// A component from which it is strong, and from which it grows.
    pub strong: f64,
    pub growing: f64,
    /// What each component weighs in the sum, against the others: passion, positioning, mix, helping, island.
    #[serde(default = "alike")]
    pub weights: [f64; 5],
}

impl Default for Champions {
    fn default() -> Self {
        Self {
            invite: 70.0,
            coach: 50.0,
            strong: 12.0,
            growing: 6.0,
            weights: alike(),
        }
    }
}

impl Part for Champions {
    const NAME: &'static str = "champions";
}

impl Champions {
    fn check(&self) -> std::result::Result<(), String> {
        let fits = 0.0 < self.coach && self.coach < self.invite && self.invite <= 100.0;
        let parts = 0.0 < self.growing && self.growing < self.strong && self.strong <= 20.0;
        if fits && parts && weigh(&self.weights) {
            Ok(())
        } else {
            Err(
                "champions: coach is below invite, up to 100; growing below strong, up to 20; weights above 0, none more \
                 than half of them"
                    .to_owned(),
            )
        }
    }
}

/// All of them, as the configuration has them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    pub hours: Hours,
    pub index: Index,
    pub targets: Targets,
    pub list: List,
    pub champions: Champions,
}

impl Numbers {
    /// What is wrong with them, for the operator.
    pub fn check(&self) -> std::result::Result<(), String> {
        self.hours.check()?;
        self.index.check()?;
        self.targets.check()?;
        self.list.check()?;
        self.champions.check()
    }
}

/// A version of some numbers, and since when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    pub version: i64,
    pub since: Moment,
    pub numbers: T,
}

/// Every version, the oldest first. A forum that never kept one goes by those it is delivered with.
pub(crate) fn all<T: Part>(conn: &mut Conn) -> Result<Vec<Kept<T>>> {
    let rows: Vec<(i64, Moment, String)> = rules::table
        .filter(rules::part.eq(T::NAME))
        .order(rules::version)
        .select((rules::version, rules::since, rules::numbers))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(vec![Kept {
            version: 1,
            since: Moment(0),
            numbers: T::default(),
        }]);
    }
    rows.into_iter()
        .map(|(version, since, numbers)| {
            Ok(Kept {
                version,
                since,
                numbers: serde_json::from_str(&numbers).map_err(Refusal::broken)?,
            })
        })
        .collect()
}

/// The newest version.
pub(crate) fn current<T: Part>(conn: &mut Conn) -> Result<Kept<T>> {
    all(conn)?
        .pop()
        .ok_or_else(|| Refusal::broken("rules without a version"))
}

/// The version that held at a moment: what is due then goes by what was set before it, and by nothing later.
pub fn at<T>(all: &[Kept<T>], moment: Moment) -> Option<&Kept<T>> {
    all.iter().rfind(|one| one.since < moment).or_else(|| all.first())
}

/// Keeps what the configuration says as a new version, where it says something new.
pub fn keep(store: &Store, numbers: &Numbers) -> Result<()> {
    keep_part(store, &numbers.hours)?;
    keep_part(store, &numbers.index)?;
    keep_part(store, &numbers.targets)?;
    keep_part(store, &numbers.list)?;
    keep_part(store, &numbers.champions)
}

/// The version under which these numbers would be kept; none where they are those that hold already.
fn next<T: Part>(conn: &mut Conn, numbers: &T) -> Result<Option<i64>> {
    let kept: i64 = rules::table.filter(rules::part.eq(T::NAME)).count().get_result(conn)?;
    if kept == 0 {
        return Ok(Some(1));
    }
    let newest = current::<T>(conn)?;
    Ok((newest.numbers != *numbers).then_some(newest.version + 1))
}

fn keep_part<T: Part>(store: &Store, numbers: &T) -> Result<()> {
    let viewer = Viewer::system("figures");
    if store.read(&viewer, |cx| next(cx.conn(), numbers))?.is_none() {
        return Ok(());
    }
    store.write(&viewer, Source::System, |tx| {
        // The other node has the same configuration, and may have been faster.
        let Some(version) = next(tx.conn(), numbers)? else {
            return Ok(());
        };
        let first = version == 1;
        let row = (
            rules::part.eq(T::NAME),
            rules::version.eq(version),
            // The first holds of everything before it too.
            rules::since.eq(if first { Moment(0) } else { tx.now() }),
            rules::numbers.eq(serde_json::to_string(numbers).map_err(Refusal::broken)?),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(rules::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_goes_by_what_was_set_before() {
        let kept = |version, since| Kept {
            version,
            since: Moment(since),
            numbers: (),
        };
        let all = [kept(1, 0), kept(2, 100)];
        let version = |moment| at(&all, Moment(moment)).map(|one| one.version);
        assert_eq!(version(0), Some(1));
        assert_eq!(version(100), Some(1));
        assert_eq!(version(101), Some(2));
        assert_eq!(at::<()>(&[], Moment(1)), None);
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        Numbers::default().check().expect("those of the configuration");
        let wrong = |change: &dyn Fn(&mut Numbers), word: &str| {
            let mut numbers = Numbers::default();
            change(&mut numbers);
            let said = numbers.check().expect_err("it is wrong");
            assert!(said.starts_with(word), "{said}");
        };
        wrong(&|numbers| numbers.index.growth = [1.0, 1.0], "index");
        wrong(&|numbers| numbers.targets.tipping = 0.05, "targets");
        wrong(&|numbers| numbers.targets.unanswered = 1.5, "targets");
        wrong(&|numbers| numbers.list.a_quarter = 4, "list");
        wrong(&|numbers| numbers.list.days_between = 7, "list");
        wrong(&|numbers| numbers.list.days_between = 92, "list");
        wrong(&|numbers| numbers.list.held_back = 51, "list");
        wrong(&|numbers| numbers.champions.coach = 80.0, "champions");
        wrong(&|numbers| numbers.champions.weights[2] = 0.0, "champions");
        wrong(&|numbers| numbers.index.weights[0] = 6.0, "index");
    }

    #[test]
    fn what_was_kept_before_there_were_weights_says_the_same() {
        let before = "{\"invite\":70.0,\"coach\":50.0,\"strong\":12.0,\"growing\":6.0}";
        let kept: Champions = serde_json::from_str(before).expect("an earlier version");
        assert_eq!(kept, Champions::default());
    }
}

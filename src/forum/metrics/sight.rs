//! One space, or the whole forum, at the end of one week: everything that metrics ask of it, worked out once.
//! Pure: made of states, however these were come by, so that what is published, what is verified from the log,
//! and what a test makes up are counted by the same lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::evidence::Evidence;
use super::fold::{Counts, FORUM, Folded, TopicState};
use super::hours::Office;
use super::log::Spans;
use super::metric::{FEW, Thresholds, length};
use super::models::network::Graph;
use super::rules::Index;
use super::week::{BLOCK, Calendar, QUARTER, Week};
use crate::db::types::Moment;

/// Weeks of states that a look needs: thirteen, for the rings of five week ends.
pub const DEPTH: i64 = 17;

/// From so many replies between two people in 91 days they are said to talk with each other.
pub const TIE: u64 = 2;

/// States of one space up to the end of a week.
pub struct Ground {
    pub space: i64,
    pub week: Week,
    /// The week in which the space, or the forum, began.
    pub launch: Week,
    pub calendar: Calendar,
    /// By person, the weeks in which anything is known of them, the oldest first; of the last [`DEPTH`] weeks.
    pub members: BTreeMap<i64, Vec<(Week, Counts)>>,
    /// Week, from whom, to whom, how often; of the same weeks.
    pub dyads: Vec<(Week, i64, i64, i64)>,
    pub spans: Arc<BTreeMap<i64, Spans>>,
    /// The first contribution of each, whenever it was.
    pub firsts: Arc<BTreeMap<i64, Moment>>,
    /// Topics that were started in the last 119 days.
    pub topics: Vec<TopicState>,
    /// How many could take part; none when nobody counted them.
    pub audience: Option<i64>,
    /// What each did in the quarter that ends with the week; empty when none ends.
    pub evidence: BTreeMap<i64, Evidence>,
    /// The boards that are main themes.
    pub main: Arc<BTreeSet<i64>>,
    /// Hours of work, and floors and targets of the index, as they held when the week was due to be sealed.
    pub office: Office,
    pub index: Index,
    /// Of the whole forum, what its sums are made of; none of a space, whose sums are its own.
    pub summed: Option<Summed>,
    /// Earlier weeks whose totals were hidden when they were told: what followed from a later week would tell them.
    pub hidden: Arc<BTreeSet<Week>>,
}

/// Topics and replies of a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Posts {
    pub members: i64,
    pub team: i64,
}

impl std::ops::AddAssign for Posts {
    fn add_assign(&mut self, other: Self) {
        self.members += other.members;
        self.team += other.team;
    }
}

/// The spaces whose own totals are shown, and what was written in them. Sums of the forum are made of these alone: were
/// a hidden space among them, it would be what is left of the forum when all others are taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summed {
    pub spaces: BTreeSet<i64>,
    posts: BTreeMap<Week, Posts>,
}

impl Summed {
    /// With a space, of which it was worked out what it adds; of a space whose totals are hidden that is nothing.
    pub(super) fn add(&mut self, space: i64, posts: Option<&BTreeMap<Week, Posts>>) {
        let Some(posts) = posts else { return };
        self.spaces.insert(space);
        for (week, more) in posts {
            *self.posts.entry(*week).or_default() += *more;
        }
    }
}

impl Ground {
    /// Takes what its space needs from weeks that were folded.
    pub(super) fn fill(&mut self, weeks: &BTreeMap<Week, Folded>) {
        let (space, needed) = (self.space, self.week - DEPTH + 1..=self.week);
        for (then, folded) in weeks.range(needed) {
            for ((_, who), counts) in folded.members.range((space, i64::MIN)..=(space, i64::MAX)) {
                self.members.entry(*who).or_default().push((*then, *counts));
            }
            for ((_, from, to), times) in folded
                .dyads
                .range((space, i64::MIN, i64::MIN)..=(space, i64::MAX, i64::MAX))
            {
                self.dyads.push((*then, *from, *to, *times));
            }
        }
    }

    /// Whether the starter was new at that moment: here for less than 30 days, or it was their first
    /// contribution.
    pub fn newcomer(&self, topic: &TopicState) -> bool {
        let young = self
            .spans
            .get(&topic.starter)
            .and_then(Spans::since)
            .is_some_and(|since| topic.started_at < since.plus_days(30));
        young
            || self
                .firsts
                .get(&topic.starter)
                .is_none_or(|first| topic.started_at <= *first)
    }
}

/// How near somebody is to the core, from outside to inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ring {
    /// Has an account or belongs, and was not here in 28 days, and never wrote.
    Registered,
    /// Wrote once, and was not here in 28 days.
    Lapsed,
    Reader,
    Occasional,
    Active,
    Core,
}

impl Ring {
    pub const ALL: [Self; 6] = [
        Self::Core,
        Self::Active,
        Self::Occasional,
        Self::Reader,
        Self::Lapsed,
        Self::Registered,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Lapsed => "lapsed",
            Self::Reader => "reader",
            Self::Occasional => "occasional",
            Self::Active => "active",
            Self::Core => "core",
        }
    }
}

/// What somebody did in the last 13 weeks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lately {
    pub c28: i64,
    pub c91: i64,
    /// Weeks with a contribution, of the last 4 and of the last 13.
    pub weeks4: i64,
    pub weeks13: i64,
    pub light91: i64,
    /// Days on which they were here, of the last 28.
    pub days28: i64,
    /// Weeks in which they were here, of the last 13.
    pub seen13: i64,
    pub department: Option<i64>,
    pub guest: bool,
    pub team: bool,
}

/// A ground, looked at.
pub struct Sight {
    pub ground: Ground,
    pub start: Moment,
    pub end: Moment,
    /// The first moment of the four weeks that end with this one.
    pub block_start: Moment,
    /// Weeks since the launch, the first one included.
    pub age: i64,
    /// Who belongs at the end of the week: members of the space, or people with an account.
    pub people: BTreeSet<i64>,
    /// What each who did anything did lately.
    pub lately: BTreeMap<i64, Lately>,
    /// Rings of those who belong and are not of the team, at the end of this week.
    pub raw: BTreeMap<i64, Ring>,
    /// The same, but nobody goes down before four week ends in a row say so.
    pub held: BTreeMap<i64, Ring>,
    /// Rings as they were four weeks ago.
    pub raw_before: BTreeMap<i64, Ring>,
    /// How many belonged and were not of the team, one week ago and further back.
    people_before: Vec<i64>,
    /// Who talks with whom, of the last 91 days, without the team.
    pub graph: Graph,
}

impl Sight {
    pub fn new(ground: Ground) -> crate::refusal::Result<Self> {
        let week = ground.week;
        let (start, end) = (ground.calendar.start(week)?, ground.calendar.end(week)?);
        let block_start = ground.calendar.start(week - BLOCK + 1)?;
        let people = belonging(&ground, end);
        let lately = lately(&ground, week);
        let graph = graph(&ground, &lately, week);
        let raw = rings(&ground, week, &people, &lately, &graph)?;
        let mut held = raw.clone();
        let mut raw_before = BTreeMap::new();
        let mut people_before = Vec::new();
        for back in 1..=BLOCK {
            let then = week - back;
            if then < ground.launch {
                break;
            }
            let done = self::lately(&ground, then);
            let ties = self::graph(&ground, &done, then);
            let rings = rings(
                &ground,
                then,
                &belonging(&ground, ground.calendar.end(then)?),
                &done,
                &ties,
            )?;
            people_before.push(length(rings.len()));
            if back == BLOCK {
                raw_before = rings;
                break;
            }
            for (who, ring) in &mut held {
                if let Some(before) = rings.get(who) {
                    *ring = (*ring).max(*before);
                }
            }
        }
        Ok(Self {
            start,
            end,
            block_start,
            age: week - ground.launch + 1,
            people,
            lately,
            raw,
            held,
            raw_before,
            people_before,
            graph,
            ground,
        })
    }

    /// Those who contributed in the weeks `from..=until`, belong, and did it not as the team.
    pub fn contributors(&self, from: Week, until: Week) -> BTreeSet<i64> {
        self.ground
            .members
            .iter()
            .filter(|(who, weeks)| {
                self.people.contains(who)
                    && weeks
                        .iter()
                        .any(|(week, counts)| (from..=until).contains(week) && counts.contributions > 0)
            })
            .map(|(who, _)| *who)
            .collect()
    }

    /// The same whether they still belong or not.
    pub fn wrote(&self, from: Week, until: Week) -> BTreeSet<i64> {
        self.ground
            .members
            .iter()
            .filter(|(_, weeks)| {
                weeks
                    .iter()
                    .any(|(week, counts)| (from..=until).contains(week) && counts.contributions > 0)
            })
            .map(|(who, _)| *who)
            .collect()
    }

    /// Contributions of each in the last so many weeks, of everybody who made any.
    pub fn volumes(&self, weeks: i64) -> BTreeMap<i64, i64> {
        self.volumes_until(self.ground.week, weeks)
    }

    /// Whether totals are shown under these thresholds.
    pub fn shows_totals(&self, thresholds: Thresholds) -> bool {
        let volumes: Vec<i64> = self.volumes(QUARTER).into_values().collect();
        thresholds.pass(super::metric::length(self.raw.len()), &volumes)
    }

    /// What a space adds to the sums of the forum, in which guests are not counted; none where its totals are hidden.
    pub(super) fn adds(&self, thresholds: Thresholds) -> Option<BTreeMap<Week, Posts>> {
        self.shows_totals(thresholds).then(|| {
            let mut all: BTreeMap<Week, Posts> = BTreeMap::new();
            for (week, counts) in self.ground.members.values().flatten().filter(|(_, one)| !one.guest) {
                *all.entry(*week).or_default() += counts.posts();
            }
            all
        })
    }

    /// Topics and replies of the last so many weeks.
    pub fn posts(&self, weeks: i64) -> Posts {
        let since = self.ground.week - weeks;
        let mut sum = Posts::default();
        match &self.ground.summed {
            Some(summed) => {
                for (_, posts) in summed.posts.range(since + 1..=self.ground.week) {
                    sum += *posts;
                }
            }
            None => {
                for (week, counts) in self.ground.members.values().flatten() {
                    if *week > since {
                        sum += counts.posts();
                    }
                }
            }
        }
        sum
    }

    /// Whether totals were shown under these thresholds so many weeks ago, four at most; of a space that had not begun
    /// there were none.
    pub fn showed_totals(&self, thresholds: Thresholds, back: i64) -> bool {
        let place = usize::try_from(back - 1).ok();
        let Some(people) = place.and_then(|place| self.people_before.get(place)) else {
            return true;
        };
        let volumes: Vec<i64> = self
            .volumes_until(self.ground.week - back, QUARTER)
            .into_values()
            .collect();
        thresholds.pass(*people, &volumes)
    }

    /// The same at the end of an earlier week.
    fn volumes_until(&self, until: Week, weeks: i64) -> BTreeMap<i64, i64> {
        let since = until - weeks;
        self.ground
            .members
            .iter()
            .filter_map(|(who, known)| {
                let sum: i64 = known
                    .iter()
                    .filter(|(week, _)| *week > since && *week <= until)
                    .map(|(_, counts)| counts.contributions)
                    .sum();
                (sum > 0).then_some((*who, sum))
            })
            .collect()
    }

    /// Topics of the last so many weeks, and started by whom it may concern; of the forum those of the spaces that
    /// its sums are made of.
    pub fn topics(&self, weeks: i64) -> impl Iterator<Item = &TopicState> {
        let since = self.ground.week - weeks;
        let calendar = self.ground.calendar.clone();
        let end = self.end;
        self.ground
            .topics
            .iter()
            .filter(move |topic| topic.started_at < end && calendar.week(topic.started_at) > since)
            // Topics of guests are of their spaces only.
            .filter(|topic| !self.is_forum() || self.ground.spans.contains_key(&topic.starter))
            .filter(|topic| {
                let summed = self.ground.summed.as_ref();
                summed.is_none_or(|summed| summed.spaces.contains(&topic.space))
            })
    }

    /// What of these may be told: all of a space; of the forum those of spaces where enough people began them, or what a
    /// space hides would be left of the forum without the others.
    pub fn of_enough<'a>(&self, mut topics: Vec<&'a TopicState>) -> Vec<&'a TopicState> {
        if self.ground.summed.is_some() {
            let mut began: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
            for topic in &topics {
                began.entry(topic.space).or_default().insert(topic.starter);
            }
            topics.retain(|topic| began.get(&topic.space).is_some_and(|who| length(who.len()) >= FEW));
        }
        topics
    }

    pub fn newcomer(&self, topic: &TopicState) -> bool {
        self.ground.newcomer(topic)
    }

    pub fn is_forum(&self) -> bool {
        self.ground.space == FORUM
    }

    pub fn since(&self, who: i64) -> Option<Moment> {
        self.ground.spans.get(&who).and_then(Spans::since)
    }

    /// Distinct pairs and their counts of the last 13 weeks, from whom to whom, without the team.
    pub fn replies(&self) -> BTreeMap<(i64, i64), i64> {
        let since = self.ground.week - QUARTER;
        let mut all: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        for (week, from, to, times) in &self.ground.dyads {
            if *week > since && *week <= self.ground.week && !self.is_team(*from) && !self.is_team(*to) {
                *all.entry((*from, *to)).or_default() += times;
            }
        }
        all
    }

    /// Whether somebody was of the team when they last did something.
    pub fn is_team(&self, who: i64) -> bool {
        self.lately.get(&who).is_some_and(|lately| lately.team)
    }

    /// Where somebody belongs for figures of departments; guests are a group of their own.
    pub fn group(&self, who: i64) -> Option<i64> {
        let lately = self.lately.get(&who)?;
        if lately.guest {
            return Some(GUESTS);
        }
        lately.department
    }
}

/// The group of guests, among departments.
pub const GUESTS: i64 = -1;

fn belonging(ground: &Ground, end: Moment) -> BTreeSet<i64> {
    ground
        .spans
        .iter()
        .filter(|(_, spans)| spans.belongs(end))
        .map(|(who, _)| *who)
        .collect()
}

fn lately(ground: &Ground, week: Week) -> BTreeMap<i64, Lately> {
    ground
        .members
        .iter()
        .filter_map(|(who, known)| {
            let mut sum = Lately::default();
            let mut any = false;
            for (then, counts) in known.iter().filter(|(then, _)| *then > week - QUARTER && *then <= week) {
                any = true;
                let month = *then > week - BLOCK;
                sum.c91 += counts.contributions;
                sum.light91 += counts.light;
                sum.weeks13 += i64::from(counts.contributions > 0);
                sum.seen13 += i64::from(counts.seen != 0);
                if month {
                    sum.c28 += counts.contributions;
                    sum.weeks4 += i64::from(counts.contributions > 0);
                    sum.days28 += i64::from(counts.seen.count_ones());
                }
                // A week in which somebody only read says nothing of where they work.
                if counts.contributions + counts.light + counts.team_contributions > 0 {
                    sum.department = counts.department.or(sum.department);
                    sum.guest = counts.guest;
                    sum.team = counts.team;
                }
            }
            any.then_some((*who, sum))
        })
        .collect()
}

fn graph(ground: &Ground, lately: &BTreeMap<i64, Lately>, week: Week) -> Graph {
    let team = |who: &i64| lately.get(who).is_some_and(|lately| lately.team);
    let mut sums: BTreeMap<(i64, i64), u64> = BTreeMap::new();
    for (then, from, to, times) in &ground.dyads {
        if *then > week - QUARTER && *then <= week && !team(from) && !team(to) {
            *sums.entry((*from, *to)).or_default() += u64::try_from(*times).unwrap_or(0);
        }
    }
    Graph::from_dyads(sums.into_iter().map(|((from, to), times)| (from, to, times)), TIE)
}

/// How many distinct people each talked with, however often.
fn counterparts(ground: &Ground, lately: &BTreeMap<i64, Lately>, week: Week) -> HashMap<i64, i64> {
    let team = |who: &i64| lately.get(who).is_some_and(|lately| lately.team);
    let pairs: BTreeSet<(i64, i64)> = ground
        .dyads
        .iter()
        .filter(|(then, from, to, _)| *then > week - QUARTER && *then <= week && !team(from) && !team(to))
        .map(|(_, from, to, _)| (*from.min(to), *from.max(to)))
        .collect();
    let mut degrees: HashMap<i64, i64> = HashMap::new();
    for (one, other) in pairs {
        *degrees.entry(one).or_default() += 1;
        *degrees.entry(other).or_default() += 1;
    }
    degrees
}

/// The weeks of 13 in which a core member contributed: nine leaves room for four weeks of holiday.
fn weeks_needed(age: i64) -> i64 {
    if age >= QUARTER {
        9
    } else {
        // Seven tenths, rounded up.
        ((7 * age + 9) / 10).max(3)
    }
}

fn rings(
    ground: &Ground,
    week: Week,
    people: &BTreeSet<i64>,
    lately: &BTreeMap<i64, Lately>,
    graph: &Graph,
) -> crate::refusal::Result<BTreeMap<i64, Ring>> {
    let cores = graph.core_numbers();
    let deepest = cores.values().copied().max().unwrap_or(0);
    let core_needed = deepest.min(3);
    let writers = lately.values().filter(|one| one.c91 > 0).count();
    let writers = i64::try_from(writers).unwrap_or(i64::MAX);
    // Three tenths of the others, rounded up.
    let friends_needed = ((3 * (writers - 1).max(0) + 9) / 10).min(5);
    let weeks = weeks_needed(week - ground.launch + 1);
    let friends = counterparts(ground, lately, week);
    let end = ground.calendar.end(week)?;
    Ok(people
        .iter()
        .filter_map(|who| {
            // Who is not among them did nothing lately.
            let one = lately.get(who).copied().unwrap_or_default();
            if one.team {
                return None;
            }
            let wrote = ground.firsts.get(who).is_some_and(|first| *first < end);
            let core = one.weeks13 >= weeks
                && friends.get(who).copied().unwrap_or(0) >= friends_needed
                && cores.get(who).copied().unwrap_or(0) >= core_needed;
            let ring = if core {
                Ring::Core
            } else if one.weeks4 >= 2 {
                Ring::Active
            } else if one.c91 >= 1 || one.light91 >= 3 {
                Ring::Occasional
            } else if one.days28 >= 1 {
                Ring::Reader
            } else if wrote {
                Ring::Lapsed
            } else {
                Ring::Registered
            };
            Some((*who, ring))
        })
        .collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::hours::Hours;
    use super::*;

    pub(in crate::forum::metrics) const FIRST: Week = 100;

    /// A space that began in week 100, with people who belong from its beginning.
    pub(in crate::forum::metrics) fn ground(week: Week, people: std::ops::RangeInclusive<i64>) -> Ground {
        let calendar = Calendar::new("UTC");
        let begin = calendar.start(FIRST).expect("a week");
        let mut spans: BTreeMap<i64, Spans> = BTreeMap::new();
        for who in people {
            spans.entry(who).or_default().turn(begin, who, true);
        }
        Ground {
            space: 1,
            week,
            launch: FIRST,
            calendar,
            members: BTreeMap::new(),
            dyads: Vec::new(),
            spans: Arc::new(spans),
            firsts: Arc::default(),
            topics: Vec::new(),
            audience: None,
            evidence: BTreeMap::new(),
            main: Arc::default(),
            office: Office::new(Calendar::new("UTC"), &Hours::default()),
            index: Index::default(),
            summed: None,
            hidden: Arc::default(),
        }
    }

    impl Ground {
        /// So many contributions by somebody in a week, on its Monday.
        pub(in crate::forum::metrics) fn writes(&mut self, who: i64, week: Week, times: i64) {
            let first = self.calendar.start(week).expect("a week");
            let firsts = Arc::get_mut(&mut self.firsts).expect("nobody else looks");
            firsts
                .entry(who)
                .and_modify(|known| *known = (*known).min(first))
                .or_insert(first);
            self.members.entry(who).or_default().push((
                week,
                Counts {
                    contributions: times,
                    replies: times,
                    days: 1,
                    seen: 1,
                    first_at: Some(first.0),
                    department: Some(who % 3),
                    ..Counts::default()
                },
            ));
        }
    }

    #[test]
    fn whoever_writes_most_weeks_among_people_who_answer_each_other_is_core() {
        let last = FIRST + 19;
        let mut ground = ground(last, 1..=20);
        for who in 1..=6 {
            for week in last - 12..=last - 4 {
                ground.writes(who, week, 1);
            }
            for other in (1..=6).filter(|other| *other != who) {
                ground.dyads.push((last - 3, who, other, 1));
            }
        }
        // As often as the others, and nobody answers.
        for week in last - 12..=last {
            ground.writes(7, week, 1);
        }
        ground.writes(8, last, 1);
        let sight = Sight::new(ground).expect("a look");
        assert!((1..=6).all(|who| sight.raw[&who] == Ring::Core));
        assert_eq!(sight.raw[&7], Ring::Active);
        assert_eq!(sight.raw[&8], Ring::Occasional);
        assert_eq!(sight.raw[&9], Ring::Registered);
        assert_eq!(sight.raw.len(), 20);
    }

    #[test]
    fn one_goes_up_at_once_and_down_after_four_week_ends() {
        let ring = |week| {
            let mut ground = ground(week, 1..=3);
            ground.writes(1, FIRST + 20, 1);
            ground.writes(1, FIRST + 21, 1);
            let sight = Sight::new(ground).expect("a look");
            (sight.raw[&1], sight.held[&1])
        };
        assert_eq!(ring(FIRST + 20), (Ring::Occasional, Ring::Occasional));
        assert_eq!(ring(FIRST + 21), (Ring::Active, Ring::Active));
        // Two weeks of the last four until week 23.
        assert_eq!(ring(FIRST + 23), (Ring::Active, Ring::Active));
        assert_eq!(ring(FIRST + 24), (Ring::Occasional, Ring::Active));
        assert_eq!(ring(FIRST + 26), (Ring::Occasional, Ring::Active));
        assert_eq!(ring(FIRST + 27), (Ring::Occasional, Ring::Occasional));
    }

    #[test]
    fn whoever_left_is_in_no_ring() {
        let week = FIRST + 5;
        let mut ground = ground(week, 1..=3);
        let left = ground.calendar.start(week).expect("a week");
        Arc::get_mut(&mut ground.spans)
            .expect("nobody else looks")
            .entry(2)
            .or_default()
            .turn(left, 99, false);
        let sight = Sight::new(ground).expect("a look");
        assert_eq!(sight.raw.keys().copied().collect::<Vec<_>>(), [1, 3]);
    }
}

//! Whether hidden figures follow from the published ones: 500 small organisations, all figures of people that are
//! published at the ends of blocks of a year, and those of every week of half a year with what each is a share of; and
//! every sum that is known to hold among them, within a date and from one date to the next. A hidden figure follows when
//! the equations leave it one value; whatever the values are, that is a question of which figures stand in which sums.
//!
//! Not of how many posts and topics a space has from week to week: whoever may see its figures may count them there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalogue;
use super::catalogue::topic;
use super::fold::{Counts, FORUM};
use super::metric::{Figure, Thresholds};
use super::models::random::Random;
use super::sight::tests::{FIRST, ground};
use super::sight::{DEPTH, Ground, Sight, Summed};
use super::week::{BLOCK, Week};

const ORGANISATIONS: u64 = 500;
const BLOCKS: i64 = 13;

/// A figure at the end of a block: metric, part, block.
type Name = (&'static str, String, i64);

/// A sum that is nothing: figures, each with how often.
type Sum = Vec<(Name, i64)>;

/// In which weeks each person contributed, and in which they were here.
fn live(random: &mut Random) -> Vec<Vec<(bool, bool)>> {
    let people = 12 + random.below(50);
    let weeks = usize::try_from(BLOCKS * BLOCK).expect("a year");
    (0..people)
        .map(|_| {
            let begins = random.below(weeks + 20);
            let (writes, reads) = (random.uniform() * 0.6, random.uniform());
            (0..weeks)
                .map(|week| {
                    let wrote = week == begins || week > begins && random.uniform() < writes;
                    (wrote, wrote || random.uniform() < reads)
                })
                .collect()
        })
        .collect()
}

fn known(lived: &[Vec<(bool, bool)>], week: Week) -> Ground {
    let people = i64::try_from(lived.len()).expect("a few");
    let mut made = ground(week, 1..=people);
    let mut firsts = BTreeMap::new();
    for (who, weeks) in (1..).zip(lived) {
        for (then, (wrote, _)) in (FIRST..=week).zip(weeks).filter(|(_, (_, here))| *here) {
            let at = made.calendar.start(then).expect("a week");
            if *wrote {
                firsts.entry(who).or_insert(at);
            }
            if then > week - DEPTH {
                let counts = Counts {
                    contributions: i64::from(*wrote),
                    replies: i64::from(*wrote),
                    days: i64::from(*wrote),
                    seen: 1,
                    first_at: wrote.then_some(at.0),
                    ..Counts::default()
                };
                made.members.entry(who).or_default().push((then, counts));
            }
        }
    }
    made.firsts = Arc::new(firsts);
    made
}

/// All figures of the year, by name.
fn told(lived: &[Vec<(bool, bool)>]) -> BTreeMap<Name, Figure> {
    let mut all = BTreeMap::new();
    for block in 0..BLOCKS {
        let sight = Sight::new(known(lived, FIRST + (block + 1) * BLOCK - 1)).expect("a look");
        for figure in catalogue::measure(&sight, Thresholds::default()) {
            all.insert((figure.metric, figure.part.clone(), block), figure);
        }
    }
    all
}

/// Sums that hold in every organisation to which everybody belongs from the beginning.
fn sums() -> Vec<Sum> {
    let mut all: Vec<Sum> = Vec::new();
    for block in 0..BLOCKS {
        let of = |metric: &'static str, part: &str, times: i64| ((metric, part.to_owned(), block), times);
        let before = |metric: &'static str, part: &str, times: i64| ((metric, part.to_owned(), block - 1), times);
        // Growth accounting, within a block and from one to the next.
        all.push(vec![
            of("growth", "active", 1),
            of("growth", "new", -1),
            of("growth", "back", -1),
            of("growth", "stayed", -1),
        ]);
        all.push(vec![of("growth", "active", 1), of("contributors", "month", -1)]);
        if block > 0 {
            all.push(vec![
                before("growth", "active", 1),
                of("growth", "stayed", -1),
                of("growth", "churned", -1),
            ]);
        }
        // Everybody who is active is of one cohort, and who is new is of the newest.
        let mut cohorts: Sum = (0..=block)
            .map(|cohort| of("cohorts", &format!("{cohort}:{}", block - cohort), 1))
            .collect();
        cohorts.push(of("growth", "active", -1));
        all.push(cohorts);
        all.push(vec![of("cohorts", &format!("{block}:0"), 1), of("growth", "new", -1)]);
        // The quiet are readers, lapsed and registered, raw and held.
        for name in ["raw", "held"] {
            let mut quiet = vec![of("rings", &format!("{name}-quiet"), -1)];
            quiet.extend(["reader", "lapsed", "registered"].map(|ring| of("rings", &format!("{name}-{ring}"), 1)));
            all.push(quiet);
        }
        if block > 0 {
            let rings = ["core", "active", "occasional", "reader", "lapsed", "registered"];
            // Who moved is in a ring now, and moved one way.
            for ring in rings {
                let mut moved = vec![of("rings", &format!("raw-{ring}"), -1)];
                moved.extend(["up", "stayed", "down"].map(|way| of("ring-flow", &format!("{ring}-{way}"), 1)));
                all.push(moved);
            }
            for way in ["up", "stayed", "down"] {
                let mut ways = vec![of("ring-flow", way, -1)];
                ways.extend(rings.map(|ring| of("ring-flow", &format!("{ring}-{way}"), 1)));
                all.push(ways);
            }
        }
    }
    all
}

/// A prime: equations are solved in whole numbers modulo it, in which nothing is rounded.
const PRIME: i128 = (1 << 61) - 1;

fn inverse(of: i128) -> i128 {
    let (mut base, mut power, mut result) = (of.rem_euclid(PRIME), PRIME - 2, 1);
    while power > 0 {
        if power & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        power >>= 1;
    }
    result
}

/// Which unknowns have one value only: those that stand alone in a row once everything is eliminated.
fn solved(mut rows: Vec<Vec<i128>>) -> BTreeSet<usize> {
    let width = rows.first().map_or(0, Vec::len);
    let mut next = 0;
    for column in 0..width {
        let Some(pivot) = (next..rows.len()).find(|row| rows[*row][column] != 0) else {
            continue;
        };
        rows.swap(next, pivot);
        let factor = inverse(rows[next][column]);
        for value in &mut rows[next] {
            *value = *value * factor % PRIME;
        }
        let taken = rows[next].clone();
        for (place, row) in rows.iter_mut().enumerate() {
            let times = row[column];
            if place != next && times != 0 {
                for (value, less) in row.iter_mut().zip(&taken) {
                    *value = (*value - times * less).rem_euclid(PRIME);
                }
            }
        }
        next += 1;
    }
    rows[..next]
        .iter()
        .filter(|row| row.iter().filter(|value| **value != 0).count() == 1)
        .filter_map(|row| row.iter().position(|value| *value != 0))
        .collect()
}

/// Hidden figures that follow from what is published.
fn follow(told: &BTreeMap<Name, Figure>, sums: &[Sum]) -> Vec<Name> {
    let hidden: Vec<&Name> = told
        .iter()
        .filter(|(_, figure)| figure.suppressed)
        .map(|(name, _)| name)
        .collect();
    let places: BTreeMap<&Name, usize> = hidden.iter().copied().zip(0..).collect();
    let mut rows = Vec::new();
    for sum in sums {
        let mut row = vec![0; hidden.len()];
        let mut whole = true;
        for (name, times) in sum {
            match (places.get(name), told.contains_key(name)) {
                (Some(place), _) => row[*place] = i128::from(*times).rem_euclid(PRIME),
                (None, true) => {}
                // A sum with a part that is not told says nothing.
                (None, false) => whole = false,
            }
        }
        if whole && row.iter().any(|times| *times != 0) {
            rows.push(row);
        }
    }
    // Where it is told that nobody began in a block, nothing of its cohort is unknown.
    for (name, place) in &places {
        let empty = name.1.split_once(':').is_some_and(|(cohort, _)| {
            let began = ("growth", "new".to_owned(), cohort.parse().unwrap_or(-1));
            told.get(&began)
                .is_some_and(|figure| !figure.suppressed && figure.numerator == Some(0))
        });
        if empty {
            let mut row = vec![0; hidden.len()];
            row[*place] = 1;
            rows.push(row);
        }
    }
    solved(rows).into_iter().map(|place| hidden[place].clone()).collect()
}

/// So many topics and replies of each in a space, in the last quarter.
type Written = BTreeMap<i64, (i64, i64)>;

/// A space at the end of a year, and what of it the forum sees.
fn space(number: i64, people: std::ops::RangeInclusive<i64>, written: &Written) -> Ground {
    let week = FIRST + BLOCKS * BLOCK - 1;
    let mut made = ground(week, people);
    made.space = number;
    let began = made.calendar.start(week - 8).expect("a week");
    for (who, (topics, replies)) in written {
        made.writes(*who, week, topics + replies);
        for place in 0..*topics {
            let mut one = topic(number * 10_000 + who * 100 + place, began);
            (one.space, one.starter, one.posts, one.people) = (number, *who, 1 + replies, 1 + replies.min(&3));
            one.replies = *replies;
            one.gap = (*replies > 0).then_some(replies * 3_600_000_000);
            one.first_reply_at = (*replies > 0).then(|| began.plus_seconds(3_600 * (1 + replies)));
            made.topics.push(one);
        }
    }
    made
}

/// Sums of the forum that are shown, and whether each space is.
fn sums_of_forum(spaces: &[(std::ops::RangeInclusive<i64>, Written)]) -> (BTreeMap<Name, Figure>, Vec<bool>) {
    let everybody = spaces.iter().map(|(people, _)| *people.end()).max().expect("spaces");
    let mut whole = ground(FIRST + BLOCKS * BLOCK - 1, 1..=everybody);
    whole.space = FORUM;
    let (mut summed, mut shown) = (Summed::default(), Vec::new());
    for (number, (people, written)) in (1..).zip(spaces) {
        let sight = Sight::new(space(number, people.clone(), written)).expect("a look");
        let adds = sight.adds(Thresholds::default());
        summed.add(number, adds.as_ref());
        shown.push(adds.is_some());
        whole.topics.extend(&sight.ground.topics);
        for (who, weeks) in sight.ground.members {
            whole.members.entry(who).or_default().extend(weeks);
        }
    }
    whole.summed = Some(summed);
    let sight = Sight::new(whole).expect("a look");
    let told = catalogue::measure(&sight, Thresholds::default())
        .into_iter()
        .filter(|figure| catalogue::is_sum(figure.metric, &figure.part))
        .map(|figure| ((figure.metric, figure.part.clone(), BLOCKS), figure))
        .collect();
    (told, shown)
}

#[test]
fn whatever_happens_in_hidden_spaces_the_sums_of_the_forum_are_the_same() {
    let (mut compared, mut hid) = (0, 0);
    for seed in 1..=ORGANISATIONS {
        let mut random = Random::new(seed);
        let mut last = 0;
        let mut make = |random: &mut Random| -> (std::ops::RangeInclusive<i64>, Written) {
            let people = i64::try_from(3 + random.below(22)).expect("a few");
            let range = last + 1..=last + people;
            last += people;
            // In some spaces nearly nobody asks, and the rest replies.
            let asks = if random.below(3) == 0 { 3 } else { people };
            let from = *range.start();
            let written = range.clone().map(|who| {
                let topics = if who < from + asks { random.below(3) } else { 0 };
                let replies = random.below(4);
                (
                    who,
                    (
                        i64::try_from(topics).expect("a few"),
                        i64::try_from(replies).expect("a few"),
                    ),
                )
            });
            let written = written.collect();
            (range, written)
        };
        let mut spaces: Vec<_> = (0..2 + random.below(3)).map(|_| make(&mut random)).collect();
        let (before, shown) = sums_of_forum(&spaces);
        // Everything that may be said of them is said of those that are shown: together they are the forum.
        let mut of_spaces: BTreeMap<(&str, String), i64> = BTreeMap::new();
        for ((number, (people, written)), _) in (1..).zip(&spaces).zip(&shown).filter(|(_, shown)| **shown) {
            let sight = Sight::new(space(number, people.clone(), written)).expect("a look");
            for figure in catalogue::measure(&sight, Thresholds::default()) {
                // Of an index there are no sums; and what a space hides by itself is in none.
                let shown = if figure.suppressed { None } else { figure.numerator };
                *of_spaces.entry((figure.metric, figure.part)).or_default() += shown.unwrap_or(0);
            }
        }
        for ((metric, part, _), figure) in &before {
            let sum = of_spaces.get(&(*metric, part.clone())).copied().unwrap_or(0);
            assert_eq!(figure.numerator.unwrap_or(0), sum, "seed {seed}: {metric} {part}");
        }
        for ((_, written), _) in spaces.iter_mut().zip(&shown).filter(|(_, shown)| !**shown) {
            for (topics, replies) in written.values_mut() {
                (*topics, *replies) = (*topics + 1, *replies + 2);
            }
            hid += 1;
        }
        let (after, shown_after) = sums_of_forum(&spaces);
        // More in a space that few belong to leaves it hidden; elsewhere it may bring it out.
        if shown == shown_after {
            assert_eq!(before, after, "seed {seed}");
            compared += 1;
        }
    }
    assert!(
        compared > ORGANISATIONS / 2 && hid > ORGANISATIONS / 2,
        "{compared} {hid}"
    );
}

/// A cohort that is new is told by growth accounting, which says how many began; and all of it is active. And where
/// nobody else began before, a cohort is everybody who was there: what they did is a total of the space.
fn is_known(name: &Name, told: &BTreeMap<Name, Figure>) -> bool {
    let older = told
        .iter()
        .filter(|(other, figure)| {
            other.0 == "cohorts" && other.2 == name.2 && !other.1.ends_with(":0") && figure.people > 0
        })
        .count();
    name.0 == "cohorts" && (name.1.ends_with(":0") || older == 1)
}

#[test]
fn no_hidden_figure_follows_from_published_ones_within_a_date_or_between_dates() {
    let sums = sums();
    let mut hidden = 0;
    for seed in 1..=ORGANISATIONS {
        let lived = live(&mut Random::new(seed));
        let told = told(&lived);
        // The sums hold: or they would prove nothing.
        for sum in &sums {
            if sum.iter().all(|(name, _)| told.contains_key(name)) {
                let value: i64 = sum
                    .iter()
                    .filter_map(|(name, times)| Some(told.get(name)?.numerator? * times))
                    .sum();
                assert_eq!(value, 0, "seed {seed}: {sum:?}");
            }
        }
        hidden += told.values().filter(|figure| figure.suppressed).count();
        let mut found = follow(&told, &sums);
        // What is large enough and hidden for another's sake may follow; what it protects may not.
        found.retain(|name| !is_known(name, &told) && told[name].people > 0);
        assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
    assert!(hidden > 10_000, "{hidden} hidden figures");
}

#[test]
fn what_does_follow_is_found() {
    let name = |part: &str| ("growth", part.to_owned(), 0);
    let figure = |hidden: bool| Figure {
        metric: "growth",
        part: String::new(),
        numerator: Some(1),
        denominator: None,
        value: None,
        people: 1,
        suppressed: hidden,
        version: 1,
    };
    let sum = |parts: [&str; 3]| parts.map(|part| (name(part), 1)).to_vec();
    let told: BTreeMap<Name, Figure> = [("a", true), ("b", true), ("c", false), ("d", true)]
        .map(|(part, hidden)| (name(part), figure(hidden)))
        .into();
    assert!(follow(&told, &[sum(["a", "b", "c"])]).is_empty());
    // Together with another sum the first follows.
    let twice = vec![(name("a"), 1), (name("b"), -1), (name("c"), 1)];
    assert_eq!(follow(&told, &[sum(["a", "b", "c"]), twice]), [name("a"), name("b")]);
}

/// Weeks that are looked at one by one.
const WEEKS: i64 = 7 * BLOCK;

/// One end of a figure of a week: metric, part, week since the beginning, and whether it is what the figure is a share of.
type End = (&'static str, String, i64, bool);

/// Which ends of the figures are told, week by week, and what each is.
/// In a loud week somebody writes more than everybody else.
fn weekly(lived: &[Vec<(bool, bool)>], loud: Week) -> BTreeMap<End, (bool, i64)> {
    let mut all = BTreeMap::new();
    let mut hidden = BTreeSet::new();
    for age in 0..WEEKS {
        let mut ground = known(lived, FIRST + age);
        let loudest = ground.members.values_mut().find_map(|weeks| {
            let wrote = |(week, counts): &&mut (Week, Counts)| *week == loud && counts.contributions > 0;
            weeks.iter_mut().find(wrote)
        });
        if let Some((_, counts)) = loudest {
            counts.contributions = 500;
        }
        ground.hidden = Arc::new(hidden.clone());
        let sight = Sight::new(ground).expect("a look");
        if !sight.shows_totals(Thresholds::default()) {
            hidden.insert(FIRST + age);
        }
        let metrics = [
            "active-share",
            "contributors",
            "concentration",
            "rates",
            "rings",
            "growth",
            "cohorts",
        ];
        let metrics = catalogue::ALL
            .iter()
            .copied()
            .filter(|metric| metrics.contains(&metric.name));
        for figure in catalogue::measure_some(&sight, Thresholds::default(), metrics) {
            for (below, end) in [(false, figure.numerator), (true, figure.denominator)] {
                if let Some(end) = end {
                    let name = (figure.metric, figure.part.clone(), age, below);
                    all.insert(name, (figure.suppressed, end));
                }
            }
        }
    }
    all
}

/// Sums that hold from week to week where everybody belongs from the beginning and nobody leaves; how many belong is known,
/// so a sum that is as many as belong is one of them too: `(sum, how often all people)`.
fn weekly_sums() -> Vec<(Vec<(End, i64)>, i64)> {
    let of = |metric: &'static str, part: &str, age: i64, times: i64| ((metric, part.to_owned(), age, false), times);
    let below = |metric: &'static str, part: &str, age: i64, times: i64| ((metric, part.to_owned(), age, true), times);
    let mut all = Vec::new();
    let mut is_nothing = |sum: Vec<(End, i64)>| all.push((sum, 0));
    for age in 0..WEEKS {
        let ever = |age: i64, times: i64| of("active-share", "ever", age, times);
        let active = |age: i64, times: i64| of("active-share", "", age, times);
        let new = |age: i64, times: i64| of("contributors", "new", age, times);
        let lately = |times: i64| of("concentration", "contributors", age, times);
        is_nothing(vec![active(age, 1), of("contributors", "month", age, -1)]);
        is_nothing(vec![
            of("active-share", "core", age, 1),
            of("rings", "raw-core", age, -1),
        ]);
        is_nothing(vec![ever(age, 1), of("contributors", "inactive", age, -1), lately(-1)]);
        let mut wrote: Vec<(End, i64)> = ["raw-core", "raw-active", "raw-occasional"]
            .map(|ring| of("rings", ring, age, 1))
            .into();
        wrote.push(lately(-1));
        is_nothing(wrote);
        if age > 0 {
            is_nothing(vec![ever(age, 1), ever(age - 1, -1), new(age, -1)]);
            is_nothing(vec![below("rates", "left", age, 1), ever(age - 1, -1)]);
            is_nothing(vec![below("rates", "silent", age, 1), active(age - 1, -1)]);
            is_nothing(vec![of("rates", "new", age, 1), new(age, -1)]);
            is_nothing(vec![
                below("rates", "silent", age, 1),
                below("rates", "back", age, 1),
                below("rates", "left", age, -1),
                of("rates", "left", age, 1),
            ]);
            is_nothing(vec![
                active(age, 1),
                below("rates", "silent", age, -1),
                of("rates", "silent", age, 1),
                of("rates", "back", age, -1),
                new(age, -1),
            ]);
        } else {
            is_nothing(vec![ever(0, 1), new(0, -1)]);
        }
        if (age + 1) % BLOCK == 0 {
            let block = (age + 1) / BLOCK - 1;
            let growth = |part: &str, times: i64| of("growth", part, age, times);
            is_nothing(vec![active(age, 1), growth("active", -1)]);
            is_nothing(vec![
                growth("active", 1),
                growth("new", -1),
                growth("stayed", -1),
                growth("back", -1),
            ]);
            if block > 0 {
                is_nothing(vec![
                    active(age - BLOCK, 1),
                    growth("stayed", -1),
                    growth("churned", -1),
                ]);
                is_nothing(vec![active(age - BLOCK, 1), below("growth", "retention", age, -1)]);
            }
            let mut began: Vec<(End, i64)> = (age - BLOCK + 1..=age).map(|week| new(week, 1)).collect();
            began.push(growth("new", -1));
            is_nothing(began);
            let mut cohorts = vec![active(age, -1)];
            for cohort in 0..=block {
                let part = format!("{cohort}:{}", block - cohort);
                cohorts.push(of("cohorts", &part, age, 1));
                let first = (cohort + 1) * BLOCK - 1;
                is_nothing(vec![below("cohorts", &part, age, 1), of("growth", "new", first, -1)]);
            }
            is_nothing(cohorts);
            is_nothing(vec![of("cohorts", &format!("{block}:0"), age, 1), growth("new", -1)]);
        }
    }
    for age in 0..WEEKS {
        for name in ["raw", "held"] {
            let rings = ["core", "active", "occasional", "quiet"];
            all.push((
                rings.map(|ring| of("rings", &format!("{name}-{ring}"), age, 1)).into(),
                1,
            ));
        }
        if age > 0 {
            let never = below("rates", "new", age, 1);
            all.push((vec![never, of("active-share", "ever", age - 1, 1)], 1));
        }
    }
    all
}

#[test]
fn no_hidden_figure_follows_from_the_weeks_around_it() {
    let sums = weekly_sums();
    let (mut hidden, mut lost) = (0, 0);
    for seed in 1..=ORGANISATIONS {
        let mut random = Random::new(seed);
        let mut lived = live(&mut random);
        if seed % 3 == 0 {
            // Many begin together.
            for weeks in lived.iter_mut().step_by(2) {
                let week = random.below(4);
                weeks[week] = (true, true);
            }
        }
        let loud = FIRST + i64::try_from(random.below(20)).expect("a week");
        let people = i64::try_from(lived.len()).expect("a few");
        let told = weekly(&lived, loud);
        let unknown: Vec<&End> = told
            .iter()
            .filter(|(_, (hidden, _))| *hidden)
            .map(|(name, _)| name)
            .collect();
        let places: BTreeMap<&End, usize> = unknown.iter().copied().zip(0..).collect();
        let mut rows = Vec::new();
        for (sum, all) in &sums {
            if !sum.iter().all(|(name, _)| told.contains_key(name)) {
                continue;
            }
            let value: i64 = sum.iter().map(|(name, times)| told[name].1 * times).sum();
            assert_eq!(value, all * people, "seed {seed}: {sum:?}");
            let mut row = vec![0; unknown.len()];
            for (name, times) in sum {
                if let Some(place) = places.get(name) {
                    row[*place] = i128::from(*times).rem_euclid(PRIME);
                }
            }
            if row.iter().any(|times| *times != 0) {
                rows.push(row);
            }
        }
        hidden += unknown.len();
        let totals = |age: i64| {
            told.get(&("active-share", String::new(), age, false))
                .is_some_and(|one| one.0)
        };
        lost += (1..WEEKS).filter(|age| totals(*age) && !totals(age - 1)).count();
        let is_told = |metric: &'static str, part: &str, age: i64| {
            told.get(&(metric, part.to_owned(), age, false))
                .is_some_and(|one| !one.0)
        };
        // What a hidden share is a share of may be a figure that was told before: how many began in a block, by growth
        // accounting; those of a week ago, or of four. What is hidden is how many of them there are now.
        let is_of_before = |name: &End| match (name.0, name.1.split_once(':')) {
            ("cohorts", Some((cohort, later))) => {
                let first = (cohort.parse::<i64>().unwrap_or(-1) + 1) * BLOCK - 1;
                let older = told
                    .iter()
                    .filter(|((metric, part, age, below), (_, people))| {
                        *metric == "cohorts" && *age == name.2 && *below && !part.ends_with(":0") && *people > 0
                    })
                    .count();
                // And where all others began in one block, they are those who stayed and who came back.
                (name.3 || later == "0") && is_told("growth", "new", first)
                    || older == 1 && is_told("growth", "stayed", name.2)
            }
            ("rates", _) => name.3 && is_told("active-share", "", name.2 - 1),
            ("growth", _) => name.3 && is_told("active-share", "", name.2 - BLOCK),
            _ => false,
        };
        let mut found: Vec<&End> = solved(rows).into_iter().map(|place| unknown[place]).collect();
        found.retain(|name| !is_of_before(name));
        assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
    // Enough was hidden, and some of it after it had been shown.
    assert!(hidden > 10_000 && lost > 200, "{hidden} {lost}");
}

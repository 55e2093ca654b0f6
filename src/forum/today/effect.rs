//! Did it help? For each kind of item what came of those on the list against those held back (or proposed
//! differently), pooled over all spaces and the last year: the difference with its interval, and honestly how many
//! more it takes. Who was held back is told to nobody; only numbers leave here, and none about few people.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::kinds::{self, Arm, Ended, Trial, WorkKind};
use crate::access::Cx;
use crate::db::schema::work_items;
use crate::forum::metrics::metric::FEW;
use crate::forum::metrics::models::beta;
use crate::forum::metrics::models::interval::{self, Difference};
use crate::forum::metrics::models::number::real;
use crate::forum::metrics::rules::{self, List};
use crate::refusal::{Refusal, Result};

/// Weeks that are pooled.
const WEEKS: i64 = 52;
/// In each half, before anything is said.
const FEWEST: u64 = 10;
/// As many people as the guess at the beginning is worth.
const GUESS: f64 = 100.0;
/// The chance that an interval holds the difference.
const LEVEL: f64 = 0.8;
/// The difference worth noticing, when it is said how many it takes.
const WORTH: f64 = 0.1;

/// What came of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    pub kind: WorkKind,
    /// On the list, or proposed in the order of nearness.
    pub first: interval::Arm,
    /// Held back, or somebody of another department proposed first.
    pub second: interval::Arm,
    pub said: Said,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said {
    /// So many people are missing in the smaller half before anything is said.
    TooEarly { missing: u64 },
    /// The difference with 95 % of Newcombe and with what is believed after it, and how many people it takes to see
    /// ten points.
    Known {
        newcombe: Difference,
        believed: Difference,
        takes: Option<u64>,
    },
}

type Counted = BTreeMap<(WorkKind, Arm), interval::Arm>;

fn counted(cx: &mut Cx<'_>) -> Result<Counted> {
    let version = kinds::version(rules::current::<List>(cx.conn())?.version);
    let since = cx.now().plus_days(-7 * WEEKS);
    // Of each person the first of a kind: whoever is found again is not another person, and being found again follows
    // from what came of the first time.
    let earlier = diesel::alias!(work_items as earlier);
    let firsts = earlier
        .filter(earlier.field(work_items::made_at).gt(since))
        .filter(earlier.field(work_items::version).eq(version))
        .filter(earlier.field(work_items::account_id).is_not_null())
        .group_by((earlier.field(work_items::kind), earlier.field(work_items::account_id)))
        .select(diesel::dsl::min(earlier.field(work_items::id)).assume_not_null());
    let rows: Vec<(WorkKind, Arm, Option<bool>, i64)> = work_items::table
        .filter(work_items::account_id.is_null().or(work_items::id.eq_any(firsts)))
        .filter(work_items::made_at.gt(since))
        .filter(work_items::version.eq(version))
        .filter(work_items::came_well.is_not_null())
        .group_by((work_items::kind, work_items::arm, work_items::came_well))
        .select((
            work_items::kind,
            work_items::arm,
            work_items::came_well,
            diesel::dsl::count_star(),
        ))
        .load(cx.conn())?;
    let mut all = Counted::new();
    for (kind, arm, well, count) in rows {
        let count = u64::try_from(count).map_err(Refusal::broken)?;
        let one = all.entry((kind, arm)).or_insert(NOBODY);
        one.trials += count;
        if well == Some(true) {
            one.successes += count;
        }
    }
    Ok(all)
}

const NOBODY: interval::Arm = interval::Arm {
    successes: 0,
    trials: 0,
};

fn halves(counted: &Counted, kind: WorkKind) -> Option<(interval::Arm, interval::Arm)> {
    let of = |arm: Arm| counted.get(&(kind, arm)).copied().unwrap_or(NOBODY);
    match kind.trial() {
        Trial::HalfHeldBack => Some((of(Arm::Shown), of(Arm::HeldBack))),
        Trial::WhoIsAsked => Some((of(Arm::Nearest), of(Arm::Elsewhere))),
        Trial::None => None,
    }
}

/// What can be said of one comparison.
fn said(kind: WorkKind, first: interval::Arm, second: interval::Arm) -> Result<Said> {
    let fewer = first.trials.min(second.trials);
    if fewer < FEWEST {
        return Ok(Said::TooEarly {
            missing: FEWEST - fewer,
        });
    }
    let seed =
        u64::try_from(WorkKind::ALL.iter().position(|one| *one == kind).unwrap_or(0)).map_err(Refusal::broken)?;
    let wrong = || Refusal::broken("a comparison that cannot be");
    let newcombe = interval::difference(first, second, interval::Z95).ok_or_else(wrong)?;
    let believed = beta::difference(first, second, beta::JEFFREYS, LEVEL, 4_000, seed).ok_or_else(wrong)?;
    let without = real(second.successes + 1) / real(second.trials + 2);
    let with = if without + WORTH < 1.0 {
        without + WORTH
    } else {
        without - WORTH
    };
    let takes = interval::sample_size(without, with, 1.0, 0.05, 0.8).map(|size| size.total);
    Ok(Said::Known {
        newcombe,
        believed,
        takes,
    })
}

/// Every comparison that runs, in the order of the kinds.
pub fn effects(cx: &mut Cx<'_>) -> Result<Vec<Effect>> {
    let counted = counted(cx)?;
    let mut all = Vec::new();
    for kind in WorkKind::ALL {
        if let Some((first, second)) = halves(&counted, *kind) {
            all.push(Effect {
                kind: *kind,
                first,
                second,
                said: said(*kind, first, second)?,
            });
        }
    }
    Ok(all)
}

/// What became of a kind of which nothing is held back, and so nothing compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Became {
    pub kind: WorkKind,
    pub done: i64,
    pub dismissed: i64,
    pub over: i64,
    /// How many of how many came out well, of kinds that are judged, where enough were.
    pub well: Option<(i64, i64)>,
}

/// Of every kind without a comparison of which five at least ended in the last 52 weeks, in the order of the kinds.
pub fn became(cx: &mut Cx<'_>) -> Result<Vec<Became>> {
    let since = cx.now().plus_days(-7 * WEEKS);
    let rows: Vec<(WorkKind, String, Option<bool>, i64)> = work_items::table
        .filter(work_items::made_at.gt(since))
        .filter(work_items::ended_at.is_not_null())
        .group_by((work_items::kind, work_items::ended_how, work_items::came_well))
        .select((
            work_items::kind,
            work_items::ended_how,
            work_items::came_well,
            diesel::dsl::count_star(),
        ))
        .load(cx.conn())?;
    let mut all = Vec::new();
    for kind in WorkKind::ALL.iter().filter(|kind| kind.trial() == Trial::None) {
        let of = |such: &dyn Fn(&str, Option<bool>) -> bool| -> i64 {
            let mine = rows.iter().filter(|row| row.0 == *kind && such(&row.1, row.2));
            mine.map(|row| row.3).sum()
        };
        let ended = |how: Ended| of(&|word, _| word == how.word());
        let judged = of(&|_, well| well.is_some());
        let one = Became {
            kind: *kind,
            done: ended(Ended::Done),
            dismissed: ended(Ended::Dismissed),
            over: ended(Ended::Over),
            // Of fewer it would be told of one.
            well: (judged >= FEW).then(|| (of(&|_, well| well == Some(true)), judged)),
        };
        // Lists of all spaces are told together: of fewer it would be told of one of another space.
        if one.done + one.dismissed + one.over >= FEW {
            all.push(one);
        }
    }
    Ok(all)
}

/// What is believed of each kind's effect, for the order of the list: a guess to begin with, worth a hundred people
/// in each half, and what was seen since.
pub(super) struct Believed {
    counted: Counted,
}

impl Believed {
    pub(super) fn read(cx: &mut Cx<'_>) -> Result<Self> {
        Ok(Self { counted: counted(cx)? })
    }

    pub(super) fn effect(&self, kind: WorkKind, rules: &List) -> f64 {
        let start = rules.start_effect(kind.gain());
        match (kind.trial(), halves(&self.counted, kind)) {
            (Trial::HalfHeldBack, Some((shown, held_back))) => moved(start, shown, held_back),
            // Nobody who waits is left without help, so what help does is not measured here.
            _ => start,
        }
    }
}

/// The guess at a difference, moved towards the one that was seen by as much as was seen: two halves weigh as much as
/// twice their harmonic mean, so that a half of which there is little says little.
fn moved(start: f64, shown: interval::Arm, held_back: interval::Arm) -> f64 {
    let (one, other) = (real(shown.trials), real(held_back.trials));
    if one < 1.0 || other < 1.0 {
        return start;
    }
    let seen = real(shown.successes) / one - real(held_back.successes) / other;
    let weight = 2.0 * one * other / (one + other);
    (start * GUESS + seen * weight) / (GUESS + weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(successes: u64, trials: u64) -> interval::Arm {
        interval::Arm { successes, trials }
    }

    #[test]
    fn few_people_say_nothing_and_how_many_are_missing() {
        let told = said(WorkKind::Welcome, arm(3, 6), arm(4, 30)).expect("a comparison");
        assert_eq!(told, Said::TooEarly { missing: 4 });
    }

    #[test]
    fn a_difference_is_told_with_its_width() {
        let told = said(WorkKind::Welcome, arm(56, 100), arm(44, 100)).expect("a comparison");
        let Said::Known {
            newcombe,
            believed,
            takes,
        } = told
        else {
            panic!("{told:?}");
        };
        assert!((newcombe.difference - 0.12).abs() < 1e-12);
        assert!(newcombe.interval.low < 0.0 && newcombe.interval.high > 0.24);
        assert!(believed.interval.low > newcombe.interval.low && believed.interval.high < newcombe.interval.high);
        assert!(takes.is_some_and(|takes| (700..900).contains(&takes)), "{takes:?}");
    }

    #[test]
    fn what_was_seen_moves_the_order_and_a_guess_holds_at_first() {
        let mut believed = Believed {
            counted: Counted::new(),
        };
        assert!((believed.effect(WorkKind::Welcome, &List::default()) - 0.06).abs() < 1e-12);
        believed.counted.insert((WorkKind::Welcome, Arm::Shown), arm(20, 200));
        believed
            .counted
            .insert((WorkKind::Welcome, Arm::HeldBack), arm(60, 200));
        // It does harm: it sinks.
        assert!(believed.effect(WorkKind::Welcome, &List::default()) < 0.0);
        // Where it comes out well as often in halves of different size, nothing moves it but towards nothing.
        believed.counted.insert((WorkKind::Lapsing, Arm::Shown), arm(2, 40));
        believed.counted.insert((WorkKind::Lapsing, Arm::HeldBack), arm(1, 20));
        let lapsing = believed.effect(WorkKind::Lapsing, &List::default());
        assert!(lapsing > 0.0 && lapsing < 0.03, "{lapsing}");
        // Of those who wait the effect is not measured by holding anybody back.
        believed.counted.insert((WorkKind::Newcomer, Arm::Nearest), arm(0, 500));
        assert!((believed.effect(WorkKind::Newcomer, &List::default()) - 0.06).abs() < 1e-12);
    }
}

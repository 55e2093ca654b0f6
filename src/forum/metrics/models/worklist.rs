//! The community manager's list of things worth doing today: urgency, priority, and chance as the judge of whether
//! doing them helps. The model is this forum's own; urgency is the logistic curve, assignment to arms by hash follows
//! the usual practice of online experiments, and the hash is FNV-1a (Fowler, Noll and Vo) finished by the output
//! function of `SplitMix64`, written out here so that an arm never changes with a library or a version.

use std::collections::BTreeMap;

use super::random::mix;

/// What an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gain {
    /// Answering somebody new.
    Newcomer,
    /// Keeping somebody of the core.
    Core,
    /// Answering a question.
    Question,
    /// Having a reader take part.
    Reader,
}

/// How pressing an item is, strictly between 0 and 1 for common ages: one half at the age `half`, rising over a few
/// times `scale`, all in one unit of time. `None` unless all are finite and the scale is positive.
pub fn urgency(age: f64, half: f64, scale: f64) -> Option<f64> {
    let fits = age.is_finite() && half.is_finite() && scale.is_finite() && scale > 0.0;
    fits.then(|| 1.0 / (1.0 + (-(age - half) / scale).exp()))
}

/// Expected gain per minute of work: effect (a difference of shares, -1..=1; below 0 the item does harm and sinks)
/// times value times urgency (0..=1), divided by the minutes it takes. `None` for numbers outside those ranges, or
/// without minutes.
pub fn priority(effect: f64, value: f64, urgency: f64, minutes: f64) -> Option<f64> {
    let fits = (-1.0..=1.0).contains(&effect)
        && (value.is_finite() && value >= 0.0)
        && (0.0..=1.0).contains(&urgency)
        && (minutes.is_finite() && minutes > 0.0);
    fits.then(|| effect * value * urgency / minutes)
}

/// Something that may be on the list.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<K> {
    pub id: i64,
    /// What it competes with for places; `None`: with nothing, it comes before others whatever their number.
    pub kind: Option<K>,
    pub priority: f64,
}

/// Today's list: the ids of at most `limit` items by falling priority, equal ones by ascending id. No kind takes more
/// than half of the places (rounded up) while another could have them: a dozen old questions would hide for good that
/// somebody falls silent, and what is never shown is never measured. An item whose priority is not a number is left
/// out.
pub fn today<K: Copy + Ord>(items: &[Candidate<K>], limit: usize) -> Vec<i64> {
    let mut sorted: Vec<Candidate<K>> = items.iter().copied().filter(|item| !item.priority.is_nan()).collect();
    sorted.sort_unstable_by(|a, b| b.priority.total_cmp(&a.priority).then(a.id.cmp(&b.id)));
    let half = limit.div_ceil(2);
    let mut of_kind: BTreeMap<K, usize> = BTreeMap::new();
    let (within, beyond): (Vec<usize>, Vec<usize>) = (0..sorted.len()).partition(|&place| {
        sorted[place].kind.is_none_or(|kind| {
            let taken = of_kind.entry(kind).or_default();
            *taken += 1;
            *taken <= half
        })
    });
    let mut places: Vec<usize> = within.into_iter().chain(beyond).take(limit).collect();
    places.sort_unstable();
    places.into_iter().map(|place| sorted[place].id).collect()
}

/// Whether somebody may be nudged today: not within so many days of the last time, and at most so many times in 91 days,
/// today included. `nudged` holds the days of earlier nudges, in any order; later days than today do not count.
pub fn may_nudge(nudged: &[i64], today: i64, between: i64, most: usize) -> bool {
    let within = |days: i64| nudged.iter().filter(|&&day| day <= today && day > today - days).count();
    within(between) == 0 && within(91) < most
}

/// The number 0..=99 of a member in one experiment. It depends on these three alone, on every machine and for good:
/// another salt deals everybody out anew.
pub fn bucket(salt: &str, kind: &str, member: i64) -> u8 {
    const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    // No byte of a text is 0xFF, so no salt and kind can be mistaken for another pair.
    let end = [0xFF];
    let member = member.to_le_bytes();
    let bytes = [salt.as_bytes(), &end, kind.as_bytes(), &end, &member]
        .into_iter()
        .flatten();
    let hash = bytes.fold(BASIS, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    // FNV stirs its last bytes little; members with neighbouring ids must be as good as strangers.
    u8::try_from(mix(hash) % 100).expect("less than a hundred")
}

/// Which arm of an experiment somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arm {
    /// The item is recorded and never shown.
    Holdout,
    /// The item is shown.
    Shown,
}

/// The arm of a member: `holdout` (0..=100) percent of all are held out. Raising the percentage moves people from
/// shown to held out only. Never hold out somebody who waits for an answer: randomise who is asked instead.
pub fn arm(salt: &str, kind: &str, member: i64, holdout: u8) -> Arm {
    if bucket(salt, kind, member) < holdout {
        Arm::Holdout
    } else {
        Arm::Shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgency_is_a_half_at_half() {
        assert!((urgency(24.0, 24.0, 4.0).expect("numbers") - 0.5).abs() < 1e-12);
        assert!(urgency(0.0, 24.0, 4.0).expect("numbers") < 0.003);
        assert!(urgency(48.0, 24.0, 4.0).expect("numbers") > 0.997);
        assert_eq!((urgency(1.0, 1.0, 0.0), urgency(f64::NAN, 1.0, 1.0)), (None, None));
    }

    #[test]
    fn priority_is_gain_per_minute() {
        let list = crate::forum::metrics::rules::List::default();
        let newcomer =
            priority(list.start_effect(Gain::Newcomer), list.worth(Gain::Newcomer), 0.5, 5.0).expect("numbers");
        assert!((newcomer - 0.03).abs() < 1e-12);
        let core = priority(list.start_effect(Gain::Core), list.worth(Gain::Core), 0.5, 5.0).expect("numbers");
        assert!(core < newcomer);
        assert!(priority(-0.1, 5.0, 1.0, 5.0).expect("numbers") < 0.0);
        assert_eq!(
            (priority(0.1, 5.0, 1.0, 0.0), priority(0.1, 5.0, 1.1, 5.0)),
            (None, None)
        );
    }

    #[test]
    fn the_list_is_short_and_its_order_certain() {
        let items = [(5, 0.1), (3, 0.2), (4, 0.1), (9, f64::NAN), (1, 0.0)].map(|(id, priority)| Candidate {
            id,
            kind: Some(()),
            priority,
        });
        assert_eq!(today(&items, 3), [3, 4, 5]);
        assert_eq!(today(&items, 12), [3, 4, 5, 1]);
    }

    #[test]
    fn no_kind_fills_the_list_while_another_waits() {
        let of = |kind, ids: std::ops::Range<i64>, priority| {
            ids.map(move |id| Candidate { id, kind, priority }).collect::<Vec<_>>()
        };
        let mut items = of(Some("question"), 0..20, 0.9);
        items.extend(of(Some("reader"), 20..22, 0.2));
        items.extend(of(Some("lapsing"), 30..31, 0.1));
        // Three others wait, so the questions have nine places, and not twelve.
        assert_eq!(today(&items, 12), [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 30]);
        assert_eq!(today(&items, 5), [0, 1, 2, 20, 21]);
        assert_eq!((today(&items, 1), today(&items, 0)), (vec![0], vec![]));
        // Whoever comes before everything else does, however many they are.
        items.extend(of(None, 40..50, 1_000.0));
        assert_eq!(today(&items, 12), [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 0, 1]);
    }

    #[test]
    fn nobody_is_nudged_too_often() {
        let may_nudge = |nudged: &[i64], today| super::may_nudge(nudged, today, 14, 3);
        assert!(may_nudge(&[], 100));
        assert!(!may_nudge(&[87], 100) && may_nudge(&[86], 100));
        assert!(!may_nudge(&[10, 30, 50], 100) && may_nudge(&[9, 30, 50], 100));
        assert!(may_nudge(&[101], 100));
    }

    #[test]
    fn an_arm_is_for_good() {
        // Computed once and written down: whoever changes them breaks every running experiment.
        let found = [1, 2, 3, 1_000_000, -1].map(|member| bucket("2026-W47", "newcomer", member));
        assert_eq!(found, [78, 42, 31, 8, 17]);
        assert_ne!(bucket("ab", "c", 1), bucket("a", "bc", 1));
        assert_eq!((arm("s", "k", 7, 0), arm("s", "k", 7, 100)), (Arm::Shown, Arm::Holdout));
    }

    #[test]
    fn buckets_are_filled_evenly_and_experiments_are_independent() {
        let mut filled = [0_u32; 100];
        let (mut one, mut both) = (0_i32, 0_i32);
        for member in 0..100_000 {
            filled[usize::from(bucket("salt", "reader", member))] += 1;
            let held = arm("salt", "reader", member, 50) == Arm::Holdout;
            one += i32::from(held);
            both += i32::from(held && arm("salt", "lapsing", member, 50) == Arm::Holdout);
        }
        // A thousand each; the 99.9% limit of chi-square with 99 degrees of freedom is 148.
        let square: f64 = filled
            .iter()
            .map(|&times| (f64::from(times) - 1000.0).powi(2) / 1000.0)
            .sum();
        assert!(square < 148.0, "{square}");
        assert!((one - 50_000).abs() < 600 && (both - 25_000).abs() < 500);
    }
}

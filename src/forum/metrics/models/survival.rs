//! Waiting times in which not everybody has been answered yet: the product-limit estimate of Kaplan and Meier
//! ("Nonparametric estimation from incomplete observations", 1958), its quantiles and its restricted mean.
//! Leaving out those who still wait would flatter every figure.

use super::number::{real, share, size};

/// Products of fractions that are exactly one half on paper may come out a hair above it.
const HAIR: f64 = 1e-12;

/// What the curve says right after one moment at which something was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// In the unit of the waits.
    pub time: f64,
    /// Those not yet answered, and not yet out of sight, just before it.
    pub at_risk: u64,
    /// Those answered at this very time.
    pub events: u64,
    /// The estimated share still waiting after it, 0..=1.
    pub survival: f64,
}

/// A survival curve; it begins at 1 and falls only where something was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
    observed: u64,
    answered: u64,
    longest: f64,
}

impl Curve {
    /// From pairs of a wait and whether it ended in an answer (`true`) or was still running, or cut off, when last
    /// seen (`false`). At equal times answers come before those cut off. Any one unit of time. `None` without
    /// waits, or with one that is negative or not a number.
    pub fn from_waits(waits: &[(f64, bool)]) -> Option<Self> {
        if waits.iter().any(|(time, _)| !(time.is_finite() && *time >= 0.0)) {
            return None;
        }
        let mut sorted = waits.to_vec();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let longest = sorted.last()?.0;
        let observed = super::number::count(sorted.len());
        let (mut steps, mut at_risk, mut answered, mut survival) = (Vec::new(), observed, 0, 1.0);
        for same in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let events = super::number::count(same.iter().filter(|(_, answered)| *answered).count());
            if events > 0 {
                survival *= real(at_risk - events) / real(at_risk);
                steps.push(Step {
                    time: same[0].0,
                    at_risk,
                    events,
                    survival,
                });
            }
            answered += events;
            at_risk -= super::number::count(same.len());
        }
        Some(Self {
            steps,
            observed,
            answered,
            longest,
        })
    }

    /// The steps, by ascending time; none when nothing was answered.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many waits went in.
    pub const fn observed(&self) -> u64 {
        self.observed
    }

    /// How many of them ended in an answer.
    pub const fn answered(&self) -> u64 {
        self.answered
    }

    /// The plain share that was answered at all, however late.
    pub fn answered_share(&self) -> Option<f64> {
        share(self.answered, self.observed)
    }

    /// The time by which half is answered; `None` when the curve does not fall that far ("longer than seen").
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The earliest time by which at least the share `part` (above 0, at most 1) is answered; `None` when the curve
    /// does not fall that far.
    pub fn quantile(&self, part: f64) -> Option<f64> {
        if !(part > 0.0 && part <= 1.0) {
            return None;
        }
        self.steps
            .iter()
            .find(|step| step.survival <= 1.0 - part + HAIR)
            .map(|step| step.time)
    }

    /// The mean wait within the first `tau`, a longer one counted as `tau`: the area under the curve. `None` for a
    /// negative limit, or one beyond the longest wait seen while some still waited: there the curve is unknown.
    pub fn restricted_mean(&self, tau: f64) -> Option<f64> {
        self.known(tau)?;
        let (mut area, mut last, mut survival) = (0.0, 0.0, 1.0);
        for step in self.steps.iter().take_while(|step| step.time <= tau) {
            area += survival * (step.time - last);
            (last, survival) = (step.time, step.survival);
        }
        Some(area + survival * (tau - last))
    }

    /// The estimated share (0..=1) answered at or before `time`; `None` where the curve is unknown.
    pub fn within(&self, time: f64) -> Option<f64> {
        self.known(time)?;
        let last = self.steps.iter().take_while(|step| step.time <= time).last();
        Some(last.map_or(0.0, |step| 1.0 - step.survival))
    }

    /// Nobody was watched beyond the longest wait; only a curve that has come down to zero is known ever after.
    fn known(&self, time: f64) -> Option<()> {
        let over = self.steps.last().is_some_and(|step| step.survival <= 0.0);
        (time >= 0.0 && time.is_finite() && (time <= self.longest || over)).then_some(())
    }
}

/// The mean over the answered alone, as some products show it; only to be shown beside the curve as a warning.
pub fn naive_mean(waits: &[(f64, bool)]) -> Option<f64> {
    let answered: Vec<f64> = waits
        .iter()
        .filter(|(_, answered)| *answered)
        .map(|(time, _)| *time)
        .collect();
    (!answered.is_empty()).then(|| answered.iter().sum::<f64>() / size(answered.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITS: [(f64, bool); 13] = [
        (0.5, true),
        (1.0, true),
        (2.0, true),
        (2.0, true),
        (3.0, false),
        (5.0, true),
        (8.0, true),
        (8.0, false),
        (20.0, true),
        (26.0, true),
        (40.0, false),
        (72.0, false),
        (72.0, false),
    ];

    #[test]
    fn golden_c() {
        // The order in which waits arrive says nothing.
        let mut waits = WAITS;
        waits.reverse();
        let curve = Curve::from_waits(&waits).expect("waits");
        let wanted: [(f64, u64, u64, f64); 7] = [
            (0.5, 13, 1, 0.923_077),
            (1.0, 12, 1, 0.846_154),
            (2.0, 11, 2, 0.692_308),
            (5.0, 8, 1, 0.605_769),
            (8.0, 7, 1, 0.519_231),
            (20.0, 5, 1, 0.415_385),
            (26.0, 4, 1, 0.311_538),
        ];
        assert_eq!(curve.steps().len(), wanted.len());
        for (step, (time, at_risk, events, survival)) in curve.steps().iter().zip(wanted) {
            assert_eq!(
                (step.time.to_bits(), step.at_risk, step.events),
                (time.to_bits(), at_risk, events)
            );
            assert!((step.survival - survival).abs() < 5e-7);
        }
        assert_eq!(curve.median(), Some(20.0));
        assert_eq!(curve.quantile(0.9), None);
        assert!((curve.restricted_mean(72.0).expect("seen so long") - 28.7558).abs() < 5e-5);
        assert!((curve.within(24.0).expect("seen so long") - (1.0 - 0.415_385)).abs() < 5e-7);
        assert_eq!((curve.answered(), curve.observed()), (8, 13));
        assert!((curve.answered_share().expect("waits") - 0.6154).abs() < 5e-5);
    }

    #[test]
    fn golden_c_leaving_out_those_who_wait_flatters() {
        assert_eq!(naive_mean(&WAITS), Some(8.0625));
        let answered: Vec<(f64, bool)> = WAITS.into_iter().filter(|(_, answered)| *answered).collect();
        // Of eight numbers: halfway between the fourth and the fifth.
        assert!((f64::midpoint(answered[3].0, answered[4].0) - 3.5).abs() < 1e-12);
        assert_eq!(naive_mean(&[(1.0, false)]), None);
    }

    #[test]
    fn what_was_not_watched_is_not_known() {
        let curve = Curve::from_waits(&[(1.0, true), (4.0, false)]).expect("waits");
        assert_eq!(curve.median(), Some(1.0));
        assert_eq!((curve.within(4.0), curve.within(5.0)), (Some(0.5), None));
        assert_eq!(
            (curve.restricted_mean(4.0), curve.restricted_mean(4.5)),
            (Some(2.5), None)
        );
        let over = Curve::from_waits(&[(1.0, true), (3.0, true)]).expect("waits");
        assert_eq!((over.within(99.0), over.restricted_mean(99.0)), (Some(1.0), Some(2.0)));
        assert_eq!(over.quantile(1.0), Some(3.0));
        let never = Curve::from_waits(&[(1.0, false)]).expect("waits");
        assert_eq!(
            (never.median(), never.within(1.0), never.steps().len()),
            (None, Some(0.0), 0)
        );
    }

    #[test]
    fn no_waits_and_impossible_ones_give_no_curve() {
        assert_eq!(Curve::from_waits(&[]), None);
        assert_eq!(Curve::from_waits(&[(-1.0, true)]), None);
        assert_eq!(Curve::from_waits(&[(f64::NAN, true)]), None);
        let at_once = Curve::from_waits(&[(0.0, true), (0.0, false)]).expect("waits");
        assert_eq!(at_once.within(0.0), Some(0.5));
    }
}

//! The road from the first contributors to the tipping line: exponential growth as its low edge and logistic growth
//! (Verhulst) as its high edge, the model of three weekly rates with its plateau, and a forecast with an honest fan.
//! The three-rate model is this forum's own, a Markov chain of never active, active and dormant with turnover of
//! staff; the beta posteriors of its rates start from Jeffreys' prior.

use super::beta::{JEFFREYS, sorted_quantile};
use super::number::real;
use super::random::Random;

/// Steady growth of a share, weeks counted from launch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Road {
    start: f64,
    rate: f64,
    ceiling: Option<f64>,
}

impl Road {
    /// From the share `start` at launch to `end` after `weeks`, by the same percentage every week. `None` unless
    /// both shares lie in 0..=1 without 0 and weeks are positive.
    pub fn exponential(start: f64, end: f64, weeks: f64) -> Option<Self> {
        let fits = |share: f64| share > 0.0 && share <= 1.0;
        (fits(start) && fits(end) && weeks > 0.0 && weeks.is_finite()).then(|| Self {
            start,
            rate: (end / start).ln() / weeks,
            ceiling: None,
        })
    }

    /// The same under a ceiling (at most 1) that both shares must lie below: fast at first, slower near it.
    pub fn logistic(start: f64, end: f64, weeks: f64, ceiling: f64) -> Option<Self> {
        let below = |share: f64| share > 0.0 && share < ceiling;
        let fits = below(start) && below(end) && ceiling <= 1.0 && weeks > 0.0 && weeks.is_finite();
        fits.then(|| Self {
            start,
            rate: (logit(end, ceiling) - logit(start, ceiling)) / weeks,
            ceiling: Some(ceiling),
        })
    }

    /// The rate per week: 0.0221 is 2.21%; with a ceiling that of the very beginning. Below 0 when the road falls.
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// Weeks in which the share doubles, far below a ceiling; `None` when it does not rise.
    pub fn doubling(&self) -> Option<f64> {
        (self.rate > 0.0).then(|| std::f64::consts::LN_2 / self.rate)
    }

    /// The share in a week, which may be a fraction of one. Without a ceiling it may exceed 1.
    pub fn at(&self, week: f64) -> f64 {
        self.ceiling.map_or_else(
            || self.start * (self.rate * week).exp(),
            |ceiling| ceiling / (1.0 + (-logit(self.start, ceiling) - self.rate * week).exp()),
        )
    }

    /// The week, with its fraction, in which the share reaches `target`; `None` when it never does, or did before
    /// launch.
    pub fn week_of(&self, target: f64) -> Option<f64> {
        let distance = match self.ceiling {
            None => (target / self.start).ln(),
            Some(ceiling) if target < ceiling => logit(target, ceiling) - logit(self.start, ceiling),
            Some(_) => return None,
        };
        let week = distance / self.rate;
        (week.is_finite() && week >= 0.0).then_some(week)
    }
}

fn logit(share: f64, ceiling: f64) -> f64 {
    (share / (ceiling - share)).ln()
}

/// The lower and the upper edge in each week from 0 to `weeks`. After the week in which two roads meet they change
/// places, so the lower one is taken anew each week.
pub fn corridor(one: &Road, other: &Road, weeks: u16) -> Vec<(f64, f64)> {
    (0..=weeks)
        .map(|week| (one.at(f64::from(week)), other.at(f64::from(week))))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect()
}

/// What moves people, as chances per week in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Never active becomes active.
    pub activation: f64,
    /// Active becomes dormant.
    pub churn: f64,
    /// Dormant becomes active again.
    pub win_back: f64,
    /// Somebody leaves and is replaced by one who was never active.
    pub turnover: f64,
}

/// Shares of the population; they add up to 1 and stay so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Never contributed.
    pub never: f64,
    /// Contribute now.
    pub active: f64,
    /// Contributed once.
    pub dormant: f64,
}

impl State {
    /// At launch: a share (0..=1) active, the others not yet. `None` outside that range.
    pub fn launch(active: f64) -> Option<Self> {
        (0.0..=1.0).contains(&active).then_some(Self {
            never: 1.0 - active,
            active,
            dormant: 0.0,
        })
    }

    /// One week later: first people move, then the staff turns over.
    pub fn next(self, rates: &Rates) -> Self {
        let never = self.never * (1.0 - rates.activation);
        let active = self.active * (1.0 - rates.churn) + self.dormant * rates.win_back + self.never * rates.activation;
        let dormant = self.dormant * (1.0 - rates.win_back) + self.active * rates.churn;
        Self {
            never: never + rates.turnover * (active + dormant),
            active: active * (1.0 - rates.turnover),
            dormant: dormant * (1.0 - rates.turnover),
        }
    }
}

/// The active share after each of the coming weeks, week 1 first.
pub fn path(start: State, rates: &Rates, weeks: u16) -> Vec<f64> {
    std::iter::successors(Some(start), |state| Some(state.next(rates)))
        .skip(1)
        .take(usize::from(weeks))
        .map(|state| state.active)
        .collect()
}

/// The first week (1 for the first entry) in which a path reaches `target`; `None` if it never does.
pub fn reached(path: &[f64], target: f64) -> Option<usize> {
    path.iter().position(|&active| active >= target).map(|place| place + 1)
}

/// The active share towards which the rates lead, by the closed form that treats a week as a moment (so a little
/// above where the weekly steps end up). `None` when nobody would ever move.
pub fn plateau(rates: &Rates) -> Option<f64> {
    let Rates {
        activation,
        churn,
        win_back,
        turnover,
    } = *rates;
    let (ever, moving) = (activation + turnover, churn + win_back + turnover);
    (ever > 0.0 && moving > 0.0).then(|| activation / ever * (win_back + turnover) / moving)
}

/// How often something happened, out of how many person-weeks in which it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// At most `exposure`.
    pub events: u64,
    /// Person-weeks.
    pub exposure: u64,
}

impl Tally {
    fn draw(self, random: &mut Random) -> Option<f64> {
        let others = self.exposure.checked_sub(self.events)?;
        random.beta(JEFFREYS.a + real(self.events), JEFFREYS.b + real(others))
    }
}

/// What was counted in the weeks before, usually 26.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// From never active to active.
    pub activation: Tally,
    /// From active to dormant.
    pub churn: Tally,
    /// From dormant back to active.
    pub win_back: Tally,
}

/// One week of a forecast, as shares of the population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// One draw in ten lies below.
    pub low: f64,
    /// As many below as above.
    pub middle: f64,
    /// One draw in ten lies above.
    pub high: f64,
}

/// How many futures are drawn.
pub const DRAWS: usize = 2_000;
/// The seed of the futures: fixed, so that a forecast once published can be computed again.
pub const SEED: u64 = 0x0A0D;

/// The forecast: rates drawn from what was observed, each followed for `weeks`; an entry per coming week, week 1
/// first. The fan shows how uncertain the rates are, not chance events nor a change of course. `None` when a rate
/// was never exposed or has more events than exposure, for a turnover outside 0..=1, or without draws.
pub fn fan(start: State, observed: &Observed, turnover: f64, weeks: u16, draws: usize, seed: u64) -> Option<Vec<Band>> {
    let tallies = [observed.activation, observed.churn, observed.win_back];
    if draws == 0 || !(0.0..=1.0).contains(&turnover) || tallies.iter().any(|tally| tally.exposure == 0) {
        return None;
    }
    let mut random = Random::new(seed);
    let mut by_week = vec![Vec::with_capacity(draws); usize::from(weeks)];
    for _ in 0..draws {
        let rates = Rates {
            activation: observed.activation.draw(&mut random)?,
            churn: observed.churn.draw(&mut random)?,
            win_back: observed.win_back.draw(&mut random)?,
            turnover,
        };
        for (week, active) in by_week.iter_mut().zip(path(start, &rates, weeks)) {
            week.push(active);
        }
    }
    by_week
        .iter_mut()
        .map(|week| {
            Some(Band {
                low: sorted_quantile(week, 0.1)?,
                middle: sorted_quantile(week, 0.5)?,
                high: sorted_quantile(week, 0.9)?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;

//! The business case in euros: what answers, searches, onboarding and ideas are worth, less what the team, the
//! platform and the members' own time cost, with every input as low, base and high. The model is this forum's own; it
//! counts what the well-known calculators leave out (answers that mail would have given anyway, and the time of
//! those who write). The usual calculator, four inputs and no doubts, stands beside it for comparison. A year each.

mod inputs;

use super::beta::sorted_quantile;
use super::number::size;
use super::random::Random;

pub use inputs::{Estimate, Grade, Input, Inputs, Unit};

/// Working weeks in a year.
pub const WEEKS: f64 = 46.0;
const MONTHS: f64 = 12.0;

/// What a year gives and takes, in euros.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Time saved by answers.
    pub answers: f64,
    /// Time saved by finding what was answered before.
    pub networked: f64,
    /// Time saved in onboarding.
    pub onboarding: f64,
    /// The community's part in adopted ideas.
    pub ideas: f64,
    /// Team, platform and champions.
    pub fixed_cost: f64,
    /// The time of those who wrote the answers.
    pub writing_cost: f64,
}

impl Case {
    /// The year for plain numbers.
    pub fn of(x: &Inputs<f64>) -> Self {
        Self {
            answers: MONTHS * x.answers * x.resolved * (1.0 - x.displaced) * x.answer_minutes / 60.0 * x.hour,
            networked: MONTHS * x.searches * x.found * x.useful * x.search_minutes / 60.0 * x.hour,
            onboarding: x.hires * x.hire_hours * x.hire_share * x.hour,
            ideas: x.ideas * x.idea_value * x.idea_share,
            fixed_cost: x.team * x.team_cost + x.platform + x.champions * x.champion_hours * WEEKS * x.hour,
            writing_cost: MONTHS * x.answers * x.write_minutes / 60.0 * x.hour,
        }
    }

    /// All benefits.
    pub fn benefit(&self) -> f64 {
        self.answers + self.networked + self.onboarding + self.ideas
    }

    /// All costs.
    pub fn cost(&self) -> f64 {
        self.fixed_cost + self.writing_cost
    }

    /// Benefits less costs.
    pub fn net(&self) -> f64 {
        self.benefit() - self.cost()
    }

    /// Net per euro of cost: -0.49 is -49%. `None` without costs.
    pub fn roi(&self) -> Option<f64> {
        (self.cost() > 0.0).then(|| self.net() / self.cost())
    }

    /// The share (0..=1) of the benefit in lines of which at least one factor is asked or assumed rather than counted
    /// or booked, as their grades say. `None` without benefit.
    pub fn soft_share(&self, grade: impl Fn(Input) -> Grade) -> Option<f64> {
        let lines = [self.answers, self.networked, self.onboarding, self.ideas];
        let soft: f64 = lines
            .iter()
            .zip(FACTORS)
            .filter(|(_, factors)| is_soft(factors, &grade))
            .map(|(line, _)| line)
            .sum();
        (self.benefit() > 0.0).then(|| soft / self.benefit())
    }

    /// The net sum after each month (first entry: month 1), when benefits and writing go with the share of active
    /// members in that month against `reference`, the share to which the inputs belong, and fixed costs run on.
    /// `None` unless the reference is above 0.
    pub fn cumulative(&self, active: &[f64], reference: f64) -> Option<Vec<f64>> {
        let moving = (self.benefit() - self.writing_cost) / MONTHS;
        let mut sum = 0.0;
        (reference > 0.0).then(|| {
            active
                .iter()
                .map(|share| {
                    sum += moving * share / reference - self.fixed_cost / MONTHS;
                    sum
                })
                .collect()
        })
    }
}

/// Between what a year comes to in nine of ten draws, its middle, and the share (0..=1) of draws above zero; euros.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draws {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
    pub above: f64,
}

/// The net of a year when every input is drawn by itself from the triangle of its low, base and high. The same seed gives
/// the same; `None` without draws.
pub fn drawn(inputs: &Inputs<Estimate>, draws: usize, seed: u64) -> Option<Draws> {
    let mut random = Random::new(seed);
    let mut nets: Vec<f64> = (0..draws)
        .map(|_| Case::of(&inputs.map(|_, one| one.drawn(random.uniform()))).net())
        .collect();
    let above = nets.iter().filter(|net| **net > 0.0).count();
    let mut at = |part: f64| sorted_quantile(&mut nets, part);
    Some(Draws {
        low: at(0.05)?,
        middle: at(0.5)?,
        high: at(0.95)?,
        above: size(above) / size(draws),
    })
}

/// The month (1 is the first) from which the sum stays at or above zero to the end of the plan; `None` when it does
/// not, or without months.
pub fn payback(cumulative: &[f64]) -> Option<usize> {
    let below = cumulative
        .iter()
        .rposition(|&sum| sum < 0.0)
        .map_or(0, |place| place + 1);
    (below < cumulative.len()).then_some(below + 1)
}

/// The value today of net sums at the end of each coming year, at a yearly interest (0.05 is 5%); `None` at -1 or less.
pub fn present_value(net_per_year: &[f64], interest: f64) -> Option<f64> {
    if !(interest.is_finite() && interest > -1.0) {
        return None;
    }
    let at = |(year, net): (usize, &f64)| net / (1.0 + interest).powf(size(year) + 1.0);
    Some(net_per_year.iter().enumerate().map(at).sum())
}

/// Answers per month at which the year comes out at zero, everything else the same; 0 when it does without any.
/// `None` when an answer costs as much to write as it saves, so that no number of them helps.
pub fn break_even_answers(x: &Inputs<f64>) -> Option<f64> {
    let without = Case::of(&Inputs { answers: 0.0, ..*x }).net();
    // Written out: the difference of two large sums would be their last digits.
    let each = MONTHS * x.hour / 60.0 * (x.resolved * (1.0 - x.displaced) * x.answer_minutes - x.write_minutes);
    if without >= 0.0 {
        Some(0.0)
    } else {
        (each > NOTHING).then(|| -without / each)
    }
}

/// What an answer saves beyond what it costs, in euros of a year for one a month, below which it saves nothing.
pub const NOTHING: f64 = 1e-6;

/// The inputs that each line of the benefit is made of: answers, networked, onboarding, ideas.
pub const FACTORS: [&[Input]; 4] = [
    &[
        Input::Answers,
        Input::Resolved,
        Input::Displaced,
        Input::AnswerMinutes,
        Input::Hour,
    ],
    &[
        Input::Searches,
        Input::Found,
        Input::Useful,
        Input::SearchMinutes,
        Input::Hour,
    ],
    &[Input::Hires, Input::HireHours, Input::HireShare, Input::Hour],
    &[Input::Ideas, Input::IdeaValue, Input::IdeaShare],
];

/// Whether one of these is asked or assumed.
pub fn is_soft(factors: &[Input], grade: &impl Fn(Input) -> Grade) -> bool {
    factors
        .iter()
        .any(|input| matches!(grade(*input), Grade::Assumed | Grade::Surveyed))
}

/// How much one input moves the net sum, all others at base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// Which one.
    pub input: Input,
    /// Net euros with it at its low end.
    pub at_low: f64,
    /// Net euros with it at its high end.
    pub at_high: f64,
}

impl Swing {
    /// Euros between both ends, not negative.
    pub const fn width(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// The three columns to show: no single figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Columns {
    /// Every input at the end of its range that gives less.
    pub strict: Case,
    /// Every input at base.
    pub base: Case,
    /// Every input at the end that gives more.
    pub generous: Case,
}

impl Inputs<Estimate> {
    /// The base of every input.
    pub fn bases(&self) -> Inputs<f64> {
        self.map(|_, estimate| estimate.base())
    }

    fn swing(&self, input: Input) -> Swing {
        let net = |end: f64| Case::of(&self.map(|at, x| if at == input { end } else { x.base() })).net();
        let estimate = self.get(input);
        Swing {
            input,
            at_low: net(estimate.low()),
            at_high: net(estimate.high()),
        }
    }

    /// The inputs that have a range, the one that moves the net sum most first, equal ones in the order of the form.
    pub fn tornado(&self) -> Vec<Swing> {
        let mut swings: Vec<Swing> = Input::ALL
            .into_iter()
            .filter(|&input| self.get(input).low() < self.get(input).high())
            .map(|input| self.swing(input))
            .collect();
        // Whole cents: two swings that are equal on paper must not change places by a rounding.
        swings.sort_by(|a, b| (b.width() * 100.0).round().total_cmp(&(a.width() * 100.0).round()));
        swings
    }

    /// Of each input whether its high end gives more. Found with all other inputs at base.
    pub fn ends(&self) -> Inputs<bool> {
        self.map(|input, _| {
            let swing = self.swing(input);
            swing.at_high >= swing.at_low
        })
    }

    /// Every input at the end that gives more, or that gives less.
    pub fn end(&self, generous: bool) -> Inputs<f64> {
        let ends = self.ends();
        self.map(|input, estimate| {
            if *ends.get(input) == generous {
                estimate.high()
            } else {
                estimate.low()
            }
        })
    }

    /// Strict, base and generous.
    pub fn columns(&self) -> Columns {
        Columns {
            strict: Case::of(&self.end(false)),
            base: Case::of(&self.bases()),
            generous: Case::of(&self.end(true)),
        }
    }
}

/// What the well-known calculator makes of the same year: every answer and every successful search worth a whole
/// answer, nothing displaced, no member's time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// Net per euro of cost.
    pub roi: f64,
    /// The share (0..=1) of the benefit that comes from searches.
    pub networked_share: f64,
}

/// The usual calculator; `None` without costs or without benefit.
pub fn usual_calculator(x: &Inputs<f64>) -> Option<Usual> {
    let worth = MONTHS * x.answer_minutes / 60.0 * x.hour;
    let (answers, searches) = (x.answers * worth, x.searches * x.found * worth);
    let (benefit, cost) = (answers + searches, x.team * x.team_cost + x.platform);
    (cost > 0.0 && benefit > 0.0).then(|| Usual {
        roi: (benefit - cost) / cost,
        networked_share: searches / benefit,
    })
}

#[cfg(test)]
mod tests;

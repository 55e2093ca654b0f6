//! What the log itself says of an input of the business case, so that nobody has to guess what is counted anyway. Only
//! offered: whoever answers for an input takes it over, or does not. What nobody counts (minutes, euros, whether somebody
//! would have been answered anyway) is not here.

use crate::forum::metrics::models::business::{Estimate, Input};
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{BLOCK, Week};

/// The metrics that it is read from.
pub const READ: [&str; 2] = ["peer-answers", "solution"];

/// Windows of thirteen weeks that are looked at, four weeks apart: a year.
const WINDOWS: i64 = 13;
/// Months of thirteen weeks.
const MONTHS: f64 = 3.0;

/// The newest window is the base; low and high are the least and the most of the windows of a year. None of what is not
/// counted, and where the newest window says nothing.
pub fn measured(input: Input, figures: &Figures, last: Week) -> Option<Estimate> {
    let at = |week: Week| -> Option<f64> {
        // Of thirteen weeks: questions that got a reply, and those of which the asker marked one as the answer.
        let answered = figures.at("peer-answers", "", week)?.denominator?;
        let solved = || figures.at("solution", "answered", week)?.numerator;
        #[expect(clippy::cast_precision_loss, reason = "questions of a quarter")]
        let (answered, solved) = (answered as f64, || solved().map(|solved| solved as f64));
        match input {
            Input::Answers => Some((answered / MONTHS).round()),
            Input::Resolved if answered > 0.0 => Some(((solved()? / answered).min(1.0) * 1000.0).round() / 1000.0),
            _ => None,
        }
    };
    let base = at(last)?;
    let all = (0..WINDOWS).filter_map(|back| at(last - back * BLOCK));
    let (low, high) = all.fold((base, base), |(low, high), one| (low.min(one), high.max(one)));
    Estimate::new(low, base, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::metrics::read::Told;
    use crate::forum::metrics::work::Series;

    fn told(metric: &str, part: &str, week: Week, numerator: i64, denominator: i64) -> Told {
        Told {
            metric: metric.to_owned(),
            part: part.to_owned(),
            week,
            numerator: Some(numerator),
            denominator: Some(denominator),
            value: Some(0.5),
            people: Some(100),
            suppressed: false,
            version: 3,
            series: Series::Published,
        }
    }

    #[test]
    fn the_newest_window_is_the_base_and_a_year_says_how_far_it_goes() {
        let week = 2_900;
        let mut all = Vec::new();
        for (back, answered, solved) in [(0, 150, 90), (4, 120, 96), (48, 180, 90), (52, 900, 900)] {
            all.push(told("peer-answers", "", week - back, 1, answered));
            all.push(told("solution", "answered", week - back, solved, 200));
        }
        let figures = Figures::of(all);
        let of = |input| measured(input, &figures, week).map(|one| (one.low(), one.base(), one.high()));
        assert_eq!(of(Input::Answers), Some((40.0, 50.0, 60.0)));
        assert_eq!(of(Input::Resolved), Some((0.5, 0.6, 0.8)));
        assert_eq!(of(Input::Hour), None);
        assert_eq!(measured(Input::Answers, &figures, week + 1), None);
    }

    #[test]
    fn what_is_hidden_is_not_measured() {
        let mut hidden = told("peer-answers", "", 2_900, 1, 150);
        (hidden.numerator, hidden.denominator, hidden.value) = (None, None, None);
        let figures = Figures::of(vec![hidden]);
        assert_eq!(measured(Input::Answers, &figures, 2_900), None);
    }
}

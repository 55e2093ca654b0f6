//! Where the road may go: the rates of half a year, what they lead to, and how many forecasts held what came. Read from
//! figures as they are published. Not here: how it is drawn.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use diesel::prelude::*;

use super::metric::Thresholds;
use super::models::number;
use super::models::road as model;
use super::read::{self, Figures, Scope, Telling};
use super::week::{BLOCK, Week};
use crate::access::{Store, Viewer};
use crate::db::schema::spaces;
use crate::ids::SpaceId;
use crate::refusal::Result;

/// The forecast goes so many weeks on.
pub const AHEAD: u16 = 52;
/// Before so many weeks nothing is forecast.
const EARLIEST_FORECAST: i64 = 13;
/// The rates of so many weeks tell the forecast.
const LOOK_BACK: i64 = 26;
/// Forecasts are held against what came so many weeks later: so many of them at most, and at least.
const HELD_AGAINST: u16 = 13;
const FORECASTS: i64 = 13;
const FEWEST_FORECASTS: i64 = 3;

/// The three rates by week, and how much of the organisation is in which state: what a forecast starts from.
pub struct Outlook {
    pub rates: model::Rates,
    observed: model::Observed,
    pub state: model::State,
}

impl Outlook {
    /// The forecast of so many weeks; none where the rates tell nothing. It follows from its numbers alone, and every page
    /// looks at the same ones: each is made once.
    pub fn fan(&self, weeks: u16) -> Option<Arc<[model::Band]>> {
        static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);
        let key = (self.key(), weeks);
        // A thread that fell over left whole forecasts behind.
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fan) = made.get(&key) {
            return fan.clone();
        }
        drop(made);
        let turnover = self.rates.turnover;
        let fan: Option<Arc<[model::Band]>> =
            model::fan(self.state, &self.observed, turnover, weeks, model::DRAWS, model::SEED).map(Arc::from);
        made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= MOST_MADE {
            made.clear();
        }
        made.insert(key, fan.clone());
        fan
    }

    /// The active share so many weeks on, if these were the rates.
    pub fn in_weeks(&self, rates: &model::Rates, weeks: [u16; 2]) -> [Option<f64>; 2] {
        weeks.map(|weeks| model::path(self.state, rates, weeks).last().copied())
    }

    /// The band of the week a forecast is held against.
    fn band(&self) -> Option<model::Band> {
        self.fan(HELD_AGAINST).and_then(|fan| fan.last().copied())
    }

    fn key(&self) -> Key {
        let tallies = [self.observed.activation, self.observed.churn, self.observed.win_back];
        let mut key = [0; 10];
        for (place, number) in tallies
            .iter()
            .flat_map(|tally| [tally.events, tally.exposure])
            .chain(
                [
                    self.state.never,
                    self.state.active,
                    self.state.dormant,
                    self.rates.turnover,
                ]
                .map(f64::to_bits),
            )
            .enumerate()
        {
            key[place] = number;
        }
        key
    }
}

/// Everything that a forecast is made of.
type Key = [u64; 10];
type Made = HashMap<(Key, u16), Option<Arc<[model::Band]>>>;
/// Forecasts that are remembered, of a kilobyte or so each.
const MOST_MADE: usize = 4096;

/// Makes the forecasts that pages will ask for, of every space and of the forum, so that whoever comes first waits no
/// longer than the next.
pub fn prepare(store: &Store, thresholds: Thresholds) -> Result<()> {
    let viewer = Viewer::system("figures");
    let of_spaces: Vec<i64> = store.read(&viewer, |cx| Ok(spaces::table.select(spaces::id).load(cx.conn())?))?;
    let all = of_spaces.into_iter().map(|space| Some(SpaceId(space)));
    for space in all.chain([None]) {
        let found = store.read(&viewer, |cx| {
            let scope = Scope::for_system(&viewer, space)?;
            let Some((first, last)) = read::weeks(cx, scope)? else {
                return Ok(None);
            };
            let figures = read::figures(cx, scope, &READ, first..=last, Telling::Published, thresholds)?;
            Ok(Some((figures, first, last)))
        })?;
        if let Some((figures, first, last)) = found {
            held(&figures, first, last);
            at(&figures, first, last).and_then(|outlook| outlook.fan(AHEAD));
        }
    }
    Ok(())
}

/// What a forecast is made of.
const READ: [&str; 2] = ["active-share", "rates"];

/// What a forecast made at the end of a week started from; none while it is too early or too much is hidden.
pub fn at(figures: &Figures, first: Week, end: Week) -> Option<Outlook> {
    if end - first + 1 < EARLIEST_FORECAST {
        return None;
    }
    let tally = |part: &str| {
        let mut sum = model::Tally { events: 0, exposure: 0 };
        for week in end - LOOK_BACK + 1..=end {
            // A hidden week says nothing, and keeps the others from saying nothing.
            let told = figures.at("rates", part, week);
            if let Some((events, exposure)) = told.and_then(|told| told.numerator.zip(told.denominator)) {
                sum.events += events.unsigned_abs();
                sum.exposure += exposure.unsigned_abs();
            }
        }
        sum
    };
    let (new, silent, back, left) = (tally("new"), tally("silent"), tally("back"), tally("left"));
    let rate = |tally: model::Tally| number::share(tally.events, tally.exposure);
    let active = figures.value("active-share", "", end)?;
    let ever = figures.value("active-share", "ever", end)?;
    Some(Outlook {
        rates: model::Rates {
            activation: rate(new)?,
            churn: rate(silent)?,
            win_back: rate(back)?,
            turnover: rate(left).unwrap_or(0.0),
        },
        observed: model::Observed {
            activation: new,
            churn: silent,
            win_back: back,
        },
        state: model::State {
            never: (1.0 - ever).max(0.0),
            active,
            dormant: (ever - active).max(0.0),
        },
    })
}

/// Of the forecasts of a year, one in four weeks, how many held a quarter later what came, and how many there were; none
/// while there are few. Forecasts are kept nowhere: published figures and the seed make each of them again.
pub fn held(figures: &Figures, first: Week, last: Week) -> Option<(i64, i64)> {
    let (mut held, mut all) = (0, 0);
    for back in 0..FORECASTS {
        let made = last - i64::from(HELD_AGAINST) - back * BLOCK;
        let came = figures.value("active-share", "", made + i64::from(HELD_AGAINST));
        let band = at(figures, first, made).and_then(|outlook| outlook.band());
        if let (Some(came), Some(band)) = (came, band) {
            held += i64::from((band.low..=band.high).contains(&came));
            all += 1;
        }
    }
    (all >= FEWEST_FORECASTS).then_some((held, all))
}

#[cfg(test)]
mod tests {
    use super::super::read::Told;
    use super::super::work::Series;
    use super::*;

    const PEOPLE: i64 = 10_000;

    fn told(metric: &str, part: &str, week: Week, numerator: i64, denominator: i64) -> Told {
        #[expect(clippy::cast_precision_loss, reason = "counts of a test")]
        let value = numerator as f64 / denominator as f64;
        Told {
            metric: metric.to_owned(),
            part: part.to_owned(),
            week,
            numerator: Some(numerator),
            denominator: Some(denominator),
            value: Some(value),
            people: Some(PEOPLE),
            suppressed: false,
            version: 1,
            series: Series::Published,
        }
    }

    /// An organisation in which as many come back as fall silent, and nobody begins or leaves: a tenth is active, but
    /// in these weeks three tenths.
    fn steady(weeks: i64, jumped: impl Fn(Week) -> bool) -> Figures {
        let mut all = Vec::new();
        for week in 0..weeks {
            let active = if jumped(week) { 3_000 } else { 1_000 };
            all.push(told("active-share", "", week, active, PEOPLE));
            all.push(told("active-share", "ever", week, 5_000, PEOPLE));
            all.push(told("rates", "new", week, 0, 5_000));
            all.push(told("rates", "silent", week, 50, 1_000));
            all.push(told("rates", "back", week, 50, 4_000));
            all.push(told("rates", "left", week, 0, PEOPLE));
        }
        Figures::of(all)
    }

    #[test]
    fn forecasts_are_held_against_the_week_they_are_about() {
        assert_eq!(held(&steady(105, |_| false), 0, 104), Some((13, 13)));
        // The newest came otherwise than foreseen; the older ones did not.
        assert_eq!(held(&steady(105, |week| week == 104), 0, 104), Some((12, 13)));
        // A forecast made in a week of three tenths goes on from there, and a tenth came.
        let made = 104 - i64::from(HELD_AGAINST);
        assert_eq!(held(&steady(105, |week| week == made), 0, 104), Some((12, 13)));
    }

    #[test]
    fn few_forecasts_say_nothing() {
        // The first is made at the end of the thirteenth week, and a quarter later it is known what came.
        let last = |forecasts: i64| EARLIEST_FORECAST - 1 + i64::from(HELD_AGAINST) + (forecasts - 1) * BLOCK;
        assert_eq!(held(&steady(60, |_| false), 0, last(2)), None);
        assert_eq!(held(&steady(60, |_| false), 0, last(3)), Some((3, 3)));
        assert!(at(&steady(60, |_| false), 0, EARLIEST_FORECAST - 2).is_none());
    }
}

//! The road from 1 % to 16 %: how it went, where it may go, and what must be true for that.

use super::{Drawing, Sheet};
use crate::forum::metrics::models::number;
use crate::forum::metrics::models::road::{self as model, Road as Model};
use crate::forum::metrics::week;
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::views::charts::{Band, Reference, Series, road};
use crate::web::figures::say;

/// The three rates by week, and how much of the organisation is in which state: what a forecast starts from.
pub(in crate::web::figures) struct Outlook {
    pub(in crate::web::figures) rates: model::Rates,
    observed: model::Observed,
    pub(in crate::web::figures) state: model::State,
}
/// Before so many weeks nothing is forecast.
const EARLIEST_FORECAST: i64 = 13;
/// The rates of so many weeks tell the forecast.
const LOOK_BACK: i64 = 26;
/// And it goes so many weeks on.
const AHEAD: u16 = 52;
/// Forecasts are held against what came so many weeks later: so many of them at most, and at least.
const HELD_AGAINST: u16 = 13;
const FORECASTS: i64 = 13;
const FEWEST_FORECASTS: i64 = 3;
/// The road of two years.
const ROAD_WEEKS: u16 = 104;
/// Of all who could take part, so many are said to be as many as ever do: the ceiling of the road's upper edge.
const CEILING: f64 = 0.35;
/// Launches that are marked: the newest.
const LAUNCHES: usize = 9;
/// Weeks after the first that is drawn at which a target is drawn at the latest.
const FARTHEST: usize = 260;
impl Outlook {
    /// The forecast of so many weeks.
    fn fan(&self, weeks: u16) -> Option<Vec<model::Band>> {
        let turnover = self.rates.turnover;
        model::fan(self.state, &self.observed, turnover, weeks, model::DRAWS, model::SEED)
    }

    /// The active share so many weeks on, if these were the rates.
    pub(in crate::web::figures) fn in_weeks(&self, rates: &model::Rates, weeks: [u16; 2]) -> [Option<f64>; 2] {
        weeks.map(|weeks| model::path(self.state, rates, weeks).last().copied())
    }
}
impl Sheet<'_> {
    pub(in crate::web::figures) fn outlook(&self) -> Option<Outlook> {
        self.outlook_from(self.last)
    }

    /// What a forecast made at the end of a week started from.
    fn outlook_from(&self, end: week::Week) -> Option<Outlook> {
        if end - self.first + 1 < EARLIEST_FORECAST {
            return None;
        }
        let tally = |part: &str| {
            let mut sum = model::Tally { events: 0, exposure: 0 };
            for week in end - LOOK_BACK + 1..=end {
                // A hidden week says nothing, and keeps the others from saying nothing.
                let told = self.figures.at("rates", part, week);
                if let Some((events, exposure)) = told.and_then(|told| told.numerator.zip(told.denominator)) {
                    sum.events += events.unsigned_abs();
                    sum.exposure += exposure.unsigned_abs();
                }
            }
            Some(sum)
        };
        let (new, silent, back, left) = (tally("new")?, tally("silent")?, tally("back")?, tally("left")?);
        let rate = |tally: model::Tally| number::share(tally.events, tally.exposure);
        let active = self.figures.value("active-share", "", end)?;
        let ever = self.figures.value("active-share", "ever", end)?;
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

    /// Of the forecasts of a year, one in four weeks, how many held a quarter later what came, and how many there were.
    /// Forecasts are kept nowhere: published figures and the seed make each of them again.
    fn held(&self) -> (i64, i64) {
        let mut all = (0, 0);
        for back in 0..FORECASTS {
            let made = self.last - i64::from(HELD_AGAINST) - back * week::BLOCK;
            let came = self.figures.value("active-share", "", made + i64::from(HELD_AGAINST));
            let band = self
                .outlook_from(made)
                .and_then(|outlook| outlook.fan(HELD_AGAINST)?.last().copied());
            if let (Some(came), Some(band)) = (came, band) {
                all.0 += i64::from((band.low..=band.high).contains(&came));
                all.1 += 1;
            }
        }
        all
    }

    /// How good forecasts were; nothing while there are few of them.
    fn held_said(&self) -> String {
        let (held, all) = self.held();
        if all < FEWEST_FORECASTS {
            return String::new();
        }
        let values = [("held", held.into()), ("all", all.into())];
        Locales::get().with_values(self.ask.lang, "road-held", &values)
    }

    /// The newest launches within what is drawn: the place of their week, their number, and what the legend says.
    fn launched(&self) -> Result<Vec<(usize, String, String)>> {
        self.launched_in(|week| usize::try_from(week - self.first).ok().filter(|_| week <= self.last))
    }

    /// The newest launches that have a place in what is drawn: it, their number, and what the legend says.
    pub(super) fn launched_in(
        &self,
        place_of: impl Fn(week::Week) -> Option<usize>,
    ) -> Result<Vec<(usize, String, String)>> {
        let mut all = Vec::new();
        for (day, what) in self.launches {
            let Some(place) = place_of(week::week_of_day(*day)) else {
                continue;
            };
            all.push((place, format!("{}: {what}", say::day(self.ask, *day)?)));
        }
        let newest = all.len().saturating_sub(LAUNCHES);
        Ok(all
            .into_iter()
            .skip(newest)
            .zip(1..)
            .map(|((place, words), number)| (place, number.to_string(), words))
            .collect())
    }

    /// What is to be reached, unless it lies so far off that the road would be a dot.
    fn aim(&self) -> Result<Option<(usize, f64, String)>> {
        let Some(target) = self.target else { return Ok(None) };
        let ahead = week::week_of_day(target.day) - self.first;
        let Some(place) = usize::try_from(ahead).ok().filter(|place| *place <= FARTHEST) else {
            return Ok(None);
        };
        let words = Locales::get().with_values(
            self.ask.lang,
            "road-target",
            &[
                ("share", say::chosen(self.ask.lang, target.share).into()),
                ("day", say::day(self.ask, target.day)?.into()),
            ],
        );
        Ok(Some((place, target.share, words)))
    }

    /// The road 1 % → 10 % → 16 %, with the corridor of two years and a forecast of the rates as they were; beside it
    /// where those would lead that somebody tries.
    pub(in crate::web::figures) fn road(&self, tried: Option<model::Rates>) -> Result<Drawing> {
        let values = self.figures.line("active-share", "", self.first..=self.last);
        let dates = self.dates(self.first, self.last.max(self.first + i64::from(ROAD_WEEKS)))?;
        let dates: Vec<(usize, &str)> = dates.iter().map(|(place, words)| (*place, words.as_str())).collect();
        let t = |key: &str| self.ask.t(key);
        let (forerunners, active, tipping, late) = (
            t("road-forerunners"),
            t("road-active"),
            t("road-tipping"),
            t("road-experiment"),
        );
        let reference = |at, words, only_near| Reference { at, words, only_near };
        let references = [
            reference(0.01, forerunners.as_str(), false),
            reference(0.10, active.as_str(), false),
            reference(0.16, tipping.as_str(), false),
            reference(0.25, late.as_str(), true),
        ];
        // From the first share that is one: a road begins where somebody stands.
        let start = values
            .iter()
            .flatten()
            .copied()
            .find(|share| *share > 0.0)
            .unwrap_or(0.01)
            .min(0.05);
        let edges = Model::exponential(start, 0.10, f64::from(ROAD_WEEKS))
            .zip(Model::logistic(start, 0.10, f64::from(ROAD_WEEKS), CEILING))
            .map(|(low, high)| model::corridor(&low, &high, ROAD_WEEKS));
        let (low, high): (Vec<Option<f64>>, Vec<Option<f64>>) = edges
            .unwrap_or_default()
            .into_iter()
            .map(|(low, high)| (Some(low), Some(high)))
            .unzip();
        let outlook = self.outlook();
        let guessed: Vec<Option<f64>> = match (&outlook, tried) {
            (Some(outlook), Some(rates)) => model::path(outlook.state, &rates, AHEAD)
                .into_iter()
                .map(Some)
                .collect(),
            _ => Vec::new(),
        };
        let fan: Vec<[f64; 3]> = outlook
            .and_then(|outlook| outlook.fan(AHEAD))
            // Without a forecast none is drawn.
            .unwrap_or_default()
            .into_iter()
            .map(|band| [band.low, band.middle, band.high])
            .collect();
        let trial = t("road-tried");
        let (share, corridor, forecast) = (t("road-share"), t("road-corridor"), t("road-forecast"));
        let launched = self.launched()?;
        let launches: Vec<road::Launch<'_>> = launched
            .iter()
            .map(|(week, mark, words)| road::Launch {
                week: *week,
                mark,
                words,
            })
            .collect();
        let aim = self.aim()?;
        let mut drawing = self.drawing("road", "active-share", |caption| {
            road::draw(&road::Road {
                caption,
                share: Series {
                    words: &share,
                    values: &values,
                },
                references: &references,
                corridor: (!low.is_empty()).then_some(Band {
                    words: &corridor,
                    low: &low,
                    high: &high,
                }),
                forecast: (!fan.is_empty()).then_some(road::Fan {
                    words: &forecast,
                    weeks: &fan,
                }),
                tried: (!guessed.is_empty()).then_some(Series {
                    words: &trial,
                    values: &guessed,
                }),
                target: aim.as_ref().map(|(week, share, words)| road::Target {
                    words,
                    week: *week,
                    share: *share,
                }),
                launches: &launches,
                dates: &dates,
                format: &|share| self.whole(share),
            })
        });
        drawing.said = self.held_said();
        drawing.heads = vec![t("health-week"), t("road-share"), t("metric-active-share-core")];
        for week in self.every_fourth() {
            drawing.rows.push(vec![
                say::last_day(self.ask, week)?,
                say::told(self.ask, self.figures.at("active-share", "", week)),
                say::told(self.ask, self.figures.at("active-share", "core", week)),
            ]);
        }
        Ok(drawing)
    }
}

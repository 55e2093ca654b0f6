//! The road from 1 % to 16 %: how it went, where it may go, and what must be true for that.

use super::{Drawing, Sheet};
use crate::forum::metrics::models::road::{self as model, Road as Model};
use crate::forum::metrics::outlook::{self, AHEAD, Outlook};
use crate::forum::metrics::week;
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::views::charts::{Band, Reference, Series, road};
use crate::web::figures::say;

/// The road of two years.
const ROAD_WEEKS: u16 = 104;
/// Launches that are marked: the newest.
const LAUNCHES: usize = 9;
/// Weeks after the first that is drawn at which a target is drawn at the latest.
const FARTHEST: usize = 260;
impl Sheet<'_> {
    pub(in crate::web::figures) fn outlook(&self) -> Option<Outlook> {
        outlook::at(self.figures, self.first, self.last)
    }

    /// How good forecasts of published figures were; nothing while there are few of them.
    pub(in crate::web::figures) fn held_said(&self) -> String {
        let Some((held, all)) = outlook::held(self.figures, self.first, self.last) else {
            return String::new();
        };
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
        let dates = self.dates(self.first, self.last.max(self.launch + i64::from(ROAD_WEEKS)))?;
        let dates: Vec<(usize, &str)> = dates.iter().map(|(place, words)| (*place, words.as_str())).collect();
        let targets = &self.ask.app().config.targets;
        let t = |key: &str| self.ask.t(key);
        let (forerunners, active, tipping, late) = (
            t("road-forerunners"),
            t("road-active"),
            t("road-tipping"),
            t("road-experiment"),
        );
        let reference = |at, words, dotted| Reference {
            at,
            words,
            only_near: false,
            dotted,
        };
        let references = [
            reference(targets.forerunners, forerunners.as_str(), false),
            reference(targets.active, active.as_str(), false),
            reference(targets.tipping, tipping.as_str(), false),
            reference(targets.late, late.as_str(), true),
        ];
        // From the first share that is one: a road begins where somebody stands, and once.
        let start = self
            .began
            .or_else(|| values.iter().flatten().copied().find(|share| *share > 0.0))
            .unwrap_or(targets.forerunners)
            .min(0.05);
        let passed = usize::try_from(self.first - self.launch).unwrap_or(0);
        let edges = Model::exponential(start, targets.active, f64::from(ROAD_WEEKS))
            .zip(Model::logistic(
                start,
                targets.active,
                f64::from(ROAD_WEEKS),
                targets.ceiling,
            ))
            .map(|(low, high)| model::corridor(&low, &high, ROAD_WEEKS));
        let (low, high): (Vec<Option<f64>>, Vec<Option<f64>>) = edges
            .unwrap_or_default()
            .into_iter()
            .skip(passed)
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
            .as_deref()
            .unwrap_or_default()
            .iter()
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
        drawing.heads = vec![t("health-week"), share.clone(), corridor.clone(), forecast.clone()];
        // What is wanted first, then what is foreseen and what was: the newest before the older.
        if let Some((place, _, words)) = &aim {
            let week = self.first + i64::try_from(*place).unwrap_or(0);
            let nothing = String::new();
            drawing.rows.push(vec![
                say::last_day(self.ask, week)?,
                words.clone(),
                nothing.clone(),
                nothing,
            ]);
        }
        let bounds = |low: f64, high: f64| format!("{} – {}", self.whole(low), self.whole(high));
        for week in self.foreseen(fan.len()).chain(self.every_fourth()) {
            let place = usize::try_from(week - self.first).ok();
            let edges = place.and_then(|place| {
                low.get(place)
                    .copied()
                    .flatten()
                    .zip(high.get(place).copied().flatten())
            });
            let ahead = usize::try_from(week - self.last - 1)
                .ok()
                .and_then(|place| fan.get(place));
            drawing.rows.push(vec![
                say::last_day(self.ask, week)?,
                if week > self.last {
                    String::new()
                } else {
                    say::told(self.ask, self.figures.at("active-share", "", week))
                },
                edges.map_or_else(String::new, |(low, high)| bounds(low, high)),
                ahead.map_or_else(String::new, |[low, _, high]| bounds(*low, *high)),
            ]);
        }
        // What happened stands in the picture's legend, which is short.
        for (place, _, words) in &launched {
            let week = self.first + i64::try_from(*place).unwrap_or(0);
            let nothing = String::new();
            drawing.rows.push(vec![
                say::last_day(self.ask, week)?,
                words.clone(),
                nothing.clone(),
                nothing,
            ]);
        }
        Ok(drawing)
    }

    /// The quarters of so many weeks ahead, the farthest first.
    fn foreseen(&self, weeks: usize) -> impl Iterator<Item = week::Week> + use<> {
        let (last, quarters) = (self.last, i64::try_from(weeks).unwrap_or(0) / week::QUARTER);
        (1..=quarters).rev().map(move |quarter| last + quarter * week::QUARTER)
    }
}

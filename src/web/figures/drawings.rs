//! The charts of a health page: figures into drawings, each with its data as a table beside it, because a picture
//! alone is no figure. Where there is too little to draw there is no drawing, and the page says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::say;
use crate::forum::metrics::catalogue::group;
use crate::forum::metrics::models::road::{self as model, Road as Model};
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{BLOCK, QUARTER, Week};
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::views::charts::{self, Band, Caption, Reference, Series, bars, grid, onion, road, steps};
use crate::web::ask::Ask;

/// A chart as the page shows it.
#[derive(Serialize)]
pub(super) struct Drawing {
    pub(super) name: &'static str,
    title: String,
    description: String,
    /// None: too early.
    pub(super) svg: Option<String>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Which metric its page of explanation is.
    definition: &'static str,
}

/// What a drawing is made of: the figures, of which weeks, and who looks.
pub(super) struct Sheet<'a> {
    pub(super) ask: &'a Ask,
    pub(super) figures: &'a Figures,
    pub(super) first: Week,
    pub(super) last: Week,
    /// Names of departments by number; of groups that are none, by the numbers that stand for them.
    pub(super) departments: &'a BTreeMap<i64, String>,
}

/// The three rates by week, and how much of the organisation is in which state: what a forecast starts from.
pub(super) struct Outlook {
    pub(super) rates: model::Rates,
    observed: model::Observed,
    state: model::State,
}

/// What stayed of a cohort, as it is written and as a number; not a number when it is hidden, none before its time.
type Kept = Option<(String, f64)>;

/// Before so many weeks nothing is forecast.
const EARLIEST_FORECAST: i64 = 13;
/// The rates of so many weeks tell the forecast.
const LOOK_BACK: i64 = 26;
/// And it goes so many weeks on.
const AHEAD: u16 = 52;
/// The road of two years.
const ROAD_WEEKS: u16 = 104;
/// Of all who could take part, so many are said to be as many as ever do: the ceiling of the road's upper edge.
const CEILING: f64 = 0.35;

impl Outlook {
    /// The active share so many weeks on, if these were the rates.
    pub(super) fn in_weeks(&self, rates: &model::Rates, weeks: [u16; 2]) -> [Option<f64>; 2] {
        weeks.map(|weeks| model::path(self.state, rates, weeks).last().copied())
    }
}

impl Sheet<'_> {
    fn drawing(
        &self,
        name: &'static str,
        definition: &'static str,
        svg: impl FnOnce(Caption<'_>) -> Option<String>,
    ) -> Drawing {
        let title = self.ask.t(&format!("chart-{name}"));
        let description = self.ask.t(&format!("chart-{name}-means"));
        let svg = svg(Caption {
            id: name,
            title: &title,
            description: &description,
        });
        Drawing {
            name,
            title,
            description,
            svg,
            heads: Vec::new(),
            rows: Vec::new(),
            definition,
        }
    }

    fn whole(&self, share: f64) -> String {
        Locales::get().percent(self.ask.lang, share, 0)
    }

    /// A few dates for an axis of weeks.
    fn dates(&self, from: Week, until: Week) -> Result<Vec<(usize, String)>> {
        let span = until - from;
        let step = (span / 4).max(1);
        (0..=span)
            .filter(|place| place % step == 0)
            .map(|place| Ok((usize::try_from(place).unwrap_or(0), say::month(self.ask, from + place)?)))
            .collect()
    }

    pub(super) fn outlook(&self) -> Option<Outlook> {
        if self.last - self.first + 1 < EARLIEST_FORECAST {
            return None;
        }
        let tally = |part: &str| {
            let mut sum = model::Tally { events: 0, exposure: 0 };
            for week in self.last - LOOK_BACK + 1..=self.last {
                if let Some(told) = self.figures.at("rates", part, week) {
                    sum.events += told.numerator?.unsigned_abs();
                    sum.exposure += told.denominator?.unsigned_abs();
                }
            }
            Some(sum)
        };
        let (new, silent, back, left) = (tally("new")?, tally("silent")?, tally("back")?, tally("left")?);
        let rate = |tally: model::Tally| crate::forum::metrics::models::number::share(tally.events, tally.exposure);
        let active = self.figures.value("active-share", "", self.last)?;
        let ever = self.figures.value("active-share", "ever", self.last)?;
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

    /// The road 1 % → 10 % → 16 %, with the corridor of two years and a forecast: of the rates as they were, or of
    /// those that somebody tries.
    pub(super) fn road(&self, tried: Option<model::Rates>) -> Result<Drawing> {
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
        let fan: Vec<[f64; 3]> = match (self.outlook(), tried) {
            (Some(outlook), Some(rates)) => model::path(outlook.state, &rates, AHEAD)
                .into_iter()
                .map(|share| [share; 3])
                .collect(),
            (Some(outlook), None) => model::fan(
                outlook.state,
                &outlook.observed,
                outlook.rates.turnover,
                AHEAD,
                model::DRAWS,
                model::SEED,
            )
            .unwrap_or_default()
            .into_iter()
            .map(|band| [band.low, band.middle, band.high])
            .collect(),
            (None, _) => Vec::new(),
        };
        let (share, corridor, forecast) = (t("road-share"), t("road-corridor"), t("road-forecast"));
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
                target: None,
                launches: &[],
                dates: &dates,
                format: &|share| self.whole(share),
            })
        });
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

    /// The weeks of a table beside a line of two years: the newest, and every fourth before it.
    fn every_fourth(&self) -> impl Iterator<Item = Week> {
        let (first, last) = (self.first, self.last);
        (0..)
            .map(move |back| last - back * BLOCK)
            .take_while(move |week| *week >= first)
    }

    /// The onion: held rings, and who moved in and out in four weeks.
    pub(super) fn onion(&self) -> Drawing {
        let rings = [
            (onion::Skin::Core, "core"),
            (onion::Skin::Active, "active"),
            (onion::Skin::Occasional, "occasional"),
            (onion::Skin::Reader, "reader"),
            (onion::Skin::Lapsed, "lapsed"),
            (onion::Skin::Registered, "registered"),
        ];
        let flow = |ring: &str, way: &str| {
            self.figures
                .count("ring-flow", &format!("{ring}-{way}"), self.last)
                .unwrap_or(0)
        };
        let signed = |sign: &str, count: i64| {
            if count > 0 {
                format!("{sign}{count}")
            } else {
                "–".to_owned()
            }
        };
        struct Line {
            skin: onion::Skin,
            words: String,
            people: u32,
            count: String,
            up: String,
            down: String,
        }
        let mut lines = Vec::new();
        for (skin, ring) in rings {
            let held = self.figures.at("rings", &format!("held-{ring}"), self.last);
            let Some(people) = held.and_then(|told| told.numerator) else {
                continue;
            };
            lines.push(Line {
                skin,
                words: self.ask.t(&format!("ring-{ring}")),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                count: people.to_string(),
                up: signed("+", flow(ring, "up")),
                down: signed("−", flow(ring, "down")),
            });
        }
        if let Some(people) = self.figures.count("rings", "not-here-yet", self.last) {
            lines.push(Line {
                skin: onion::Skin::NotHere,
                words: self.ask.t("ring-not-here-yet"),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                count: people.to_string(),
                up: String::new(),
                down: String::new(),
            });
        }
        let skins: Vec<onion::Ring<'_>> = lines
            .iter()
            .map(|line| onion::Ring {
                skin: line.skin,
                words: &line.words,
                people: line.people,
                count: &line.count,
                moved_in: &line.up,
                moved_out: &line.down,
            })
            .collect();
        let (inward, outward, enlarged) = (
            self.ask.t("onion-in"),
            self.ask.t("onion-out"),
            self.ask.t("onion-enlarged"),
        );
        let mut drawing = self.drawing("onion", "rings", |caption| {
            onion::draw(&onion::Onion {
                caption,
                rings: &skins,
                moves: Some([&inward, &outward]),
                enlarged: &enlarged,
            })
        });
        drawing.heads = vec![
            self.ask.t("health-ring"),
            self.ask.t("health-people"),
            inward.clone(),
            outward.clone(),
        ];
        drawing.rows = lines
            .iter()
            .map(|line| {
                vec![
                    line.words.clone(),
                    line.count.clone(),
                    line.up.clone(),
                    line.down.clone(),
                ]
            })
            .collect();
        drawing
    }

    /// The weeks with which blocks end, the oldest first.
    fn blocks(&self) -> Vec<Week> {
        (self.first..=self.last)
            .filter(|week| self.figures.at("growth", "active", *week).is_some())
            .collect()
    }

    pub(super) fn growth(&self) -> Result<Drawing> {
        let all = self.blocks();
        // A year: more columns are too narrow to read.
        let blocks = &all[all.len().saturating_sub(13)..];
        let count = |part: &str, week: Week| self.figures.value("growth", part, week);
        let labels: Vec<String> = blocks
            .iter()
            .map(|week| say::month(self.ask, *week).map(|text| text.split(' ').next().unwrap_or("").to_owned()))
            .collect::<Result<_>>()?;
        let columns: Vec<Option<bars::Block<'_>>> = blocks
            .iter()
            .zip(&labels)
            .map(|(week, label)| {
                let left = count("left", *week)?;
                Some(bars::Block {
                    label,
                    new: count("new", *week)?,
                    resurrected: count("back", *week)?,
                    churned: count("churned", *week)? - left,
                    left,
                })
            })
            .collect();
        let words = ["new", "back", "churned", "left"].map(|part| say::part(self.ask, "growth", part));
        let mut drawing = self.drawing("growth", "growth", |caption| {
            bars::mirrored(&bars::Mirrored {
                caption,
                blocks: &columns,
                words: [&words[0], &words[1], &words[2], &words[3]],
                format: &|value| say::number(self.ask.lang, value),
            })
        });
        let parts = ["active", "new", "back", "churned", "left", "quick-ratio"];
        drawing.heads = vec![self.ask.t("health-until")];
        drawing
            .heads
            .extend(parts.map(|part| say::part(self.ask, "growth", part)));
        for week in blocks.iter().rev() {
            let mut row = vec![say::last_day(self.ask, *week)?];
            row.extend(parts.map(|part| say::told(self.ask, self.figures.at("growth", part, *week))));
            drawing.rows.push(row);
        }
        Ok(drawing)
    }

    /// The triangle of cohorts: each row a block of beginners, each column a block later.
    pub(super) fn cohorts(&self) -> Result<Drawing> {
        let blocks = self.blocks();
        let count = i64::try_from(blocks.len()).unwrap_or(0);
        let hidden = self.ask.t("health-hidden");
        let mut texts: Vec<(String, Vec<Kept>)> = Vec::new();
        for (number, week) in (0..count).zip(&blocks) {
            let cells: Vec<Kept> = (0..count - number)
                .map(|later| {
                    let told = blocks
                        .get(usize::try_from(number + later).unwrap_or(usize::MAX))
                        .and_then(|end| self.figures.at("cohorts", &format!("{number}:{later}"), *end))?;
                    match told.value {
                        Some(share) => Some((self.whole(share), share)),
                        None => Some((hidden.clone(), f64::NAN)),
                    }
                })
                .collect();
            // In the first weeks perhaps nobody began.
            if cells.iter().any(Option::is_some) {
                texts.push((say::last_day(self.ask, *week)?, cells));
            }
        }
        let cells: Vec<Vec<grid::Cell<'_>>> = texts
            .iter()
            .map(|(_, cells)| {
                cells
                    .iter()
                    .map(|cell| match cell {
                        None => grid::Cell::Blank,
                        Some((_, share)) if share.is_nan() => grid::Cell::Hidden,
                        Some((text, share)) => grid::Cell::Value {
                            text,
                            shade: shade(*share),
                        },
                    })
                    .collect()
            })
            .collect();
        let rows: Vec<grid::Row<'_>> = texts
            .iter()
            .zip(&cells)
            .map(|((label, _), cells)| grid::Row { label, cells })
            .collect();
        let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let columns: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let (none, all) = (self.whole(0.0), self.whole(1.0));
        let mut drawing = self.drawing("cohorts", "cohorts", |caption| {
            grid::draw(&grid::Grid {
                caption,
                columns: &columns,
                rows: &rows,
                hidden: &hidden,
                ends: [&none, &all],
            })
        });
        drawing.heads = vec![self.ask.t("health-began")];
        drawing.heads.extend(numbers.iter().take(13).cloned());
        for (label, cells) in &texts {
            let mut row = vec![label.clone()];
            row.extend((0..numbers.len().min(13)).map(|place| {
                cells
                    .get(place)
                    .and_then(Option::as_ref)
                    .map_or_else(String::new, |(text, _)| text.clone())
            }));
            drawing.rows.push(row);
        }
        Ok(drawing)
    }

    /// How long topics wait for a first reply, this quarter and the one before, with those that wait still.
    pub(super) fn waiting(&self) -> Drawing {
        use crate::forum::metrics::catalogue::HOURS;
        let falls = |week: Week| -> Vec<(f64, f64)> {
            HOURS
                .iter()
                .filter_map(|hours| {
                    let share = self
                        .figures
                        .value("first-reply", &format!("waiting-{hours:06.2}"), week)?;
                    Some((*hours, share))
                })
                .collect()
        };
        let (now, before) = (falls(self.last), falls(self.last - QUARTER));
        let (quarter, earlier) = (self.ask.t("waiting-now"), self.ask.t("waiting-before"));
        let open = self.figures.count("first-reply", "open", self.last).unwrap_or(0);
        let unanswered = Locales::get().with_values(self.ask.lang, "waiting-open", &[("count", open.into())]);
        let times: Vec<(f64, String)> = [2.0, 8.0, 24.0, 48.0, 72.0]
            .map(|hours| {
                (
                    hours,
                    Locales::get().with_values(
                        self.ask.lang,
                        "say-h",
                        &[("hours", say::number(self.ask.lang, hours).into())],
                    ),
                )
            })
            .to_vec();
        let marks: Vec<(f64, &str)> = times.iter().map(|(at, words)| (*at, words.as_str())).collect();
        let mut drawing = self.drawing("waiting", "first-reply", |caption| {
            if now.is_empty() {
                return None;
            }
            steps::draw(&steps::Steps {
                caption,
                now: steps::Curve {
                    words: &quarter,
                    falls: &now,
                    open: &[],
                },
                before: (!before.is_empty()).then_some(steps::Curve {
                    words: &earlier,
                    falls: &before,
                    open: &[],
                }),
                until: 72.0,
                times: &marks,
                unanswered: &unanswered,
                open_words: "",
                format: &|share| self.whole(share),
            })
        });
        drawing.heads = vec![self.ask.t("waiting-after"), quarter.clone(), earlier.clone()];
        for hours in HOURS {
            let part = format!("waiting-{hours:06.2}");
            drawing.rows.push(vec![
                say::hours(self.ask.lang, hours),
                say::told(self.ask, self.figures.at("first-reply", &part, self.last)),
                say::told(self.ask, self.figures.at("first-reply", &part, self.last - QUARTER)),
            ]);
        }
        drawing
    }

    /// Who answers whom, by department, against what chance would bring.
    pub(super) fn departments(&self) -> Drawing {
        let quarter = self.figures.last_week("departments");
        let told: Vec<_> = quarter
            .map(|week| self.figures.parts("departments", week).collect())
            .unwrap_or_default();
        let mut groups: Vec<i64> = Vec::new();
        let mut cells: BTreeMap<(i64, i64), &crate::forum::metrics::read::Told> = BTreeMap::new();
        for one in told {
            let pair = one.part.split_once('>').and_then(|(a, b)| group(a).zip(group(b)));
            if let Some((from, to)) = pair {
                groups.extend([from, to]);
                cells.insert((from, to), one);
            }
        }
        groups.sort_by_key(|group| (*group < 0, self.departments.get(group).cloned(), *group));
        groups.dedup();
        let name = |group: &i64| {
            self.departments
                .get(group)
                .cloned()
                .unwrap_or_else(|| self.ask.t("health-others"))
        };
        let names: Vec<String> = groups.iter().map(name).collect();
        let hidden = self.ask.t("health-hidden");
        let lift = |from: &i64, to: &i64| cells.get(&(*from, *to)).map(|told| (told.value, told.numerator));
        let texts: Vec<Vec<Option<String>>> = groups
            .iter()
            .map(|from| {
                groups
                    .iter()
                    .map(|to| match lift(from, to) {
                        Some((Some(lift), _)) => Some(Locales::get().number(self.ask.lang, lift, 1)),
                        Some((None, _)) => Some(hidden.clone()),
                        None => None,
                    })
                    .collect()
            })
            .collect();
        let drawn: Vec<Vec<grid::Cell<'_>>> = groups
            .iter()
            .zip(&texts)
            .map(|(from, texts)| {
                groups
                    .iter()
                    .zip(texts)
                    .map(|(to, text)| match (lift(from, to), text) {
                        (Some((Some(lift), _)), Some(text)) => grid::Cell::Value {
                            text,
                            // Chance in the middle of the shades.
                            shade: shade(lift / 2.0),
                        },
                        (Some(_), _) => grid::Cell::Hidden,
                        (None, _) => grid::Cell::Blank,
                    })
                    .collect()
            })
            .collect();
        let rows: Vec<grid::Row<'_>> = names
            .iter()
            .zip(&drawn)
            .map(|(label, cells)| grid::Row { label, cells })
            .collect();
        let columns: Vec<&str> = names.iter().map(String::as_str).collect();
        let (never, twice) = (self.ask.t("departments-never"), self.ask.t("departments-twice"));
        let mut drawing = self.drawing("departments", "departments", |caption| {
            grid::draw(&grid::Grid {
                caption,
                columns: &columns,
                rows: &rows,
                hidden: &hidden,
                ends: [&never, &twice],
            })
        });
        drawing.heads = vec![self.ask.t("departments-from")];
        drawing.heads.extend(names.iter().cloned());
        for (name, texts) in names.iter().zip(&texts) {
            let mut row = vec![name.clone()];
            row.extend(texts.iter().map(|text| text.clone().unwrap_or_default()));
            drawing.rows.push(row);
        }
        drawing
    }
}

/// The shade of a share, 0 to 5.
fn shade(share: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one of six")]
    let shade = (share.clamp(0.0, 1.0) * 5.0).round() as u8;
    shade
}

/// A drawing as a file of its own: with the colours that the site's style sheets give it on its pages.
pub(super) fn alone(svg: &str) -> Option<String> {
    let end = svg.find('>')?;
    let (open, rest) = svg.split_at(end);
    let open = if open.contains("xmlns=") {
        open.to_owned()
    } else {
        open.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
    };
    let style = charts::style();
    Some(format!("{open}><style>{style}</style>{}", &rest[1..]))
}

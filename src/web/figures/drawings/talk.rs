//! How people talk with each other: how long a first reply takes, and which departments answer which.

use std::collections::BTreeMap;

use super::{Drawing, Sheet, shade};
use crate::forum::metrics::catalogue::{HOURS, group};
use crate::forum::metrics::metric::real;
use crate::forum::metrics::read::Told;
use crate::forum::metrics::week::{QUARTER, Week};
use crate::i18n::Locales;
use crate::views::charts::{grid, steps};
use crate::web::figures::say;

impl Sheet<'_> {
    /// How long topics wait for a first reply, this quarter and the one before, with those that wait still.
    pub(in crate::web::figures) fn waiting(&self) -> Drawing {
        let falls = |week: Week| -> Vec<(f64, f64)> {
            let mut falls: Vec<(f64, f64)> = HOURS
                .iter()
                .filter_map(|hours| {
                    let part = format!("waiting-{hours:06.2}");
                    let share = self.figures.lately("first-reply", &part, week)?.value?;
                    Some((*hours, share))
                })
                .collect();
            // The median is known more closely than the hours: there half are answered.
            let median = self.figures.lately("first-reply", "", week).and_then(|told| told.value);
            falls.extend(median.filter(|_| !falls.is_empty()).map(|hours| (hours, 0.5)));
            falls.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.total_cmp(&one.1)));
            falls
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
                say::told(self.ask, self.figures.lately("first-reply", &part, self.last - QUARTER)),
            ]);
        }
        let median = |week: Week| {
            self.figures
                .lately("first-reply", "", week)
                .and_then(|told| told.value)
                .map_or_else(|| "–".to_owned(), |hours| say::hours(self.ask.lang, hours))
        };
        drawing.rows.push(vec![
            self.ask.t("waiting-median"),
            median(self.last),
            median(self.last - QUARTER),
        ]);
        drawing
    }

    /// What was looked for most and not found: `lines` are terms with how often, the most first.
    pub(in crate::web::figures) fn gaps(&self, lines: &[(String, i64)]) -> Drawing {
        let lines: Vec<(String, Option<f64>, String)> = lines
            .iter()
            .map(|(term, times)| (term.clone(), Some(real(*times)), times.to_string()))
            .collect();
        let mut drawing = self.lying("gaps", "", &lines, None);
        drawing.heads = vec![self.ask.t("gaps-term"), self.ask.t("gaps-times")];
        drawing.rows = lines.into_iter().map(|(term, _, times)| vec![term, times]).collect();
        drawing
    }

    /// Who answers whom, by department, against what chance would bring.
    pub(in crate::web::figures) fn departments(&self) -> Drawing {
        let quarter = self.figures.last_week("departments");
        let told: Vec<_> = quarter
            .map(|week| self.figures.parts("departments", week).collect())
            .unwrap_or_default();
        let mut groups: Vec<i64> = Vec::new();
        let mut cells: BTreeMap<(i64, i64), &Told> = BTreeMap::new();
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

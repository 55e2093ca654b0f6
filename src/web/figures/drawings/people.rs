//! Who is near and far, who came and went, who stays: the onion, growth accounting, and the triangle of cohorts.

use super::{Drawing, Sheet, shade};
use crate::forum::metrics::evidence::Signals;
use crate::forum::metrics::week::{BLOCK, Week};
use crate::refusal::Result;
use crate::views::charts::{bars, grid, onion};
use crate::web::figures::say;

/// What stayed of a cohort, as it is written and as a number; not a number when it is hidden, none before its time.
type Kept = Option<(String, f64)>;
impl Sheet<'_> {
    /// Which share of those who contribute shows each of the five signals, in the last quarter that is told.
    pub(in crate::web::figures) fn ownership(&self) -> Drawing {
        let quarter = self.figures.last_week("ownership");
        let lines: Vec<(String, Option<f64>, String)> = Signals::default()
            .all()
            .into_iter()
            .map(|(word, _)| word)
            .chain(["three"])
            .map(|part| {
                let told = quarter.and_then(|week| self.figures.at("ownership", part, week));
                (
                    say::part(self.ask, "ownership", part),
                    told.and_then(|told| told.value),
                    say::told(self.ask, told),
                )
            })
            .collect();
        let mut drawing = self.lying("ownership", "ownership", &lines, Some(1.0));
        drawing.heads = vec![self.ask.t("ownership-signal"), self.ask.t("ownership-share")];
        drawing.rows = lines.into_iter().map(|(words, _, text)| vec![words, text]).collect();
        drawing
    }

    /// The end of the last block of four weeks: the quiet are told apart only then.
    fn block_end(&self) -> Week {
        (self.last - 3..=self.last)
            .rev()
            .find(|week| self.figures.at("rings", "held-reader", *week).is_some())
            .unwrap_or(self.last)
    }

    /// The onion: held rings, and who came to each in four weeks, from further out and from further in. Where the quiet
    /// are so few that telling them apart would tell of one of them, they are one ring.
    pub(in crate::web::figures) fn onion(&self) -> Drawing {
        let end = self.block_end();
        let apart = self.figures.count("rings", "held-reader", end).is_some();
        let rings = [
            (onion::Skin::Core, "core"),
            (onion::Skin::Active, "active"),
            (onion::Skin::Occasional, "occasional"),
            (onion::Skin::Reader, "reader"),
            (onion::Skin::Lapsed, "lapsed"),
            (onion::Skin::Registered, "registered"),
            (onion::Skin::Reader, "quiet"),
        ];
        let flow = |ring: &str, way: &str| self.figures.count("ring-flow", &format!("{ring}-{way}"), end);
        let signed = |sign: &str, count: Option<i64>| match count {
            Some(count) if count > 0 => format!("{sign}{count}"),
            Some(_) => "–".to_owned(),
            None => "·".to_owned(),
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
            if (ring == "quiet") == apart && ["quiet", "reader", "lapsed", "registered"].contains(&ring) {
                continue;
            }
            let held = self.figures.at("rings", &format!("held-{ring}"), end);
            let Some(people) = held.and_then(|told| told.numerator) else {
                continue;
            };
            lines.push(Line {
                skin,
                words: self.ask.t(&format!("ring-{ring}")),
                people: u32::try_from(people).unwrap_or(u32::MAX),
                count: people.to_string(),
                up: signed("+", flow(ring, "up")),
                down: signed("+", flow(ring, "down")),
            });
        }
        if let Some(people) = self.figures.count("rings", "not-here-yet", end) {
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

    pub(in crate::web::figures) fn growth(&self) -> Result<Drawing> {
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
        let launched =
            self.launched_in(|week| blocks.iter().position(|end| (end - BLOCK + 1..=*end).contains(&week)))?;
        let launches: Vec<(usize, &str, &str)> = launched
            .iter()
            .map(|(block, mark, words)| (*block, mark.as_str(), words.as_str()))
            .collect();
        let mut drawing = self.drawing("growth", "growth", |caption| {
            bars::mirrored(&bars::Mirrored {
                caption,
                blocks: &columns,
                words: [&words[0], &words[1], &words[2], &words[3]],
                launches: &launches,
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
    pub(in crate::web::figures) fn cohorts(&self) -> Result<Drawing> {
        let blocks = self.blocks();
        let count = i64::try_from(blocks.len()).unwrap_or(0);
        // Cohorts are numbered from the launch, which may lie before what is drawn.
        let oldest = (0..).zip(&blocks).find_map(|(place, week)| {
            let told = self.figures.parts("cohorts", *week).next()?;
            let (cohort, later) = told.part.split_once(':')?;
            Some(cohort.parse::<i64>().ok()? + later.parse::<i64>().ok()? - place)
        });
        let oldest = oldest.unwrap_or(0);
        let hidden = self.ask.t("health-hidden");
        let mut texts: Vec<(String, Vec<Kept>)> = Vec::new();
        for (number, week) in (0..count).zip(&blocks) {
            let cells: Vec<Kept> = (0..count - number)
                .map(|later| {
                    let told = blocks
                        .get(usize::try_from(number + later).unwrap_or(usize::MAX))
                        .and_then(|end| {
                            self.figures
                                .at("cohorts", &format!("{}:{later}", oldest + number), *end)
                        })?;
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
        // Cohorts of the first weeks are small: rows in which nothing may be shown are in the table only.
        let shows = |cells: &[Kept]| cells.iter().flatten().any(|(_, share)| !share.is_nan());
        let bare = texts.iter().position(|(_, cells)| shows(cells)).unwrap_or(0);
        let drawn = texts.get(bare..).unwrap_or_default();
        let cells: Vec<Vec<grid::Cell<'_>>> = drawn
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
        let rows: Vec<grid::Row<'_>> = drawn
            .iter()
            .zip(&cells)
            .map(|((label, _), cells)| grid::Row { label, cells })
            .collect();
        let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let widest = cells.iter().map(Vec::len).max().unwrap_or(0);
        let columns: Vec<&str> = numbers.iter().map(String::as_str).take(widest).collect();
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
        if bare > 0 {
            drawing.said = self.ask.t("cohorts-small");
        }
        drawing.heads = vec![self.ask.t("health-began")];
        drawing.heads.extend(numbers.iter().cloned());
        for (label, cells) in &texts {
            let mut row = vec![label.clone()];
            row.extend((0..numbers.len()).map(|place| {
                cells
                    .get(place)
                    .and_then(Option::as_ref)
                    .map_or_else(String::new, |(text, _)| text.clone())
            }));
            drawing.rows.push(row);
        }
        Ok(drawing)
    }
}

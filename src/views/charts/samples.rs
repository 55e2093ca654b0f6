//! Small charts of each kind for the tests, with texts that try to break out of the markup.

use super::bars::{self, Bar, Bars, Block, Columns, Mirrored};
use super::forest::{Effect, Forest};
use super::grid::{Cell, Grid, Row};
use super::lines::Lines;
use super::onion::{Onion, Ring, Skin};
use super::road::{Fan, Launch, Road, Target};
use super::steps::{Curve, Steps};
use super::tornado::{Input, Tornado};
use super::*;

pub const NASTY: &str = "a<b> & \"c\" 'd' \u{1}";

pub fn caption() -> Caption<'static> {
    Caption {
        id: "c",
        title: NASTY,
        description: NASTY,
    }
}

pub fn plain(v: f64) -> String {
    format!("{v:.2}")
}

pub fn road(values: &[Option<f64>], full: bool) -> Option<String> {
    let edge: Vec<_> = (0..105).map(|w| Some(0.01 + 0.0009 * f64::from(w))).collect();
    let high: Vec<_> = edge.iter().map(|v| v.map(|v| v * 1.4)).collect();
    let weeks = [[0.05, 0.07, 0.3]; 10];
    let lines = [(0.01, false), (0.1, false), (0.16, false), (0.25, true)];
    let references = lines.map(|(at, only_near)| Reference {
        at,
        words: NASTY,
        only_near,
        dotted: only_near,
    });
    draw_road(values, full, &edge, &high, &weeks, &references)
}

pub fn draw_road(
    values: &[Option<f64>],
    full: bool,
    low: &[Option<f64>],
    high: &[Option<f64>],
    weeks: &[[f64; 3]],
    references: &[Reference<'_>],
) -> Option<String> {
    super::road::draw(&Road {
        caption: caption(),
        share: Series { words: NASTY, values },
        references: if full { references } else { &[] },
        corridor: full.then_some(Band {
            words: NASTY,
            low,
            high,
        }),
        forecast: full.then_some(Fan { words: NASTY, weeks }),
        tried: full.then_some(Series { words: NASTY, values }),
        target: full.then_some(Target {
            words: NASTY,
            week: 104,
            share: 0.12,
        }),
        launches: if full {
            &[Launch {
                week: 3,
                mark: "1",
                words: NASTY,
            }]
        } else {
            &[]
        },
        dates: &[(0, "a"), (3, NASTY)],
        format: &plain,
    })
}

pub fn ring(skin: Skin, people: u32) -> Ring<'static> {
    Ring {
        skin,
        words: NASTY,
        people,
        count: "n",
        moved_in: "+1",
        moved_out: "-1",
    }
}

pub fn onion(rings: &[Ring<'_>]) -> Option<String> {
    super::onion::draw(&Onion {
        caption: caption(),
        rings,
        moves: Some(["in", "out"]),
        enlarged: NASTY,
    })
}

pub fn lines(values: &[Option<f64>]) -> Option<String> {
    let main = Series { words: NASTY, values };
    let reference = Some(Reference {
        at: 1.0,
        words: NASTY,
        only_near: false,
        dotted: false,
    });
    let band = Some(Band {
        words: NASTY,
        low: &[Some(0.1); 4],
        high: &[Some(0.3); 4],
    });
    let (second, comparison, dates) = (Some(main), Some(main), &[(0, NASTY)][..]);
    let (unit, from_zero, format): (_, _, Format<'_>) = (Unit::Number, false, &plain);
    super::lines::draw(&Lines {
        caption: caption(),
        main,
        second,
        comparison,
        band,
        reference,
        dates,
        unit,
        from_zero,
        format,
    })
}

pub fn curve<'a>(falls: &'a [(f64, f64)], open: &'a [f64]) -> Curve<'a> {
    Curve {
        words: NASTY,
        falls,
        open,
    }
}

pub fn steps(falls: &[(f64, f64)], open: &[f64]) -> Option<String> {
    super::steps::draw(&Steps {
        caption: caption(),
        now: curve(falls, open),
        before: Some(curve(falls, open)),
        until: 72.0,
        times: &[(0.0, "0"), (24.0, NASTY)],
        unanswered: NASTY,
        open_words: NASTY,
        format: &plain,
    })
}

pub fn grid(columns: &[&str], cells: &[Cell<'_>]) -> Option<String> {
    let rows = [Row { label: NASTY, cells }];
    super::grid::draw(&Grid {
        caption: caption(),
        columns,
        rows: &rows,
        hidden: NASTY,
        ends: ["0", NASTY],
    })
}

pub fn forest(interval: Option<[f64; 3]>) -> Option<String> {
    let effects = [Effect {
        words: NASTY,
        interval,
        text: NASTY,
    }];
    let (sides, unit) = ([NASTY, "more"], Unit::Share);
    super::forest::draw(&Forest {
        caption: caption(),
        effects: &effects,
        sides,
        unit,
        format: &plain,
    })
}

pub fn tornado(inputs: &[Input<'_>]) -> Option<String> {
    let (base_text, words) = (NASTY, [NASTY, "high"]);
    super::tornado::draw(&Tornado {
        caption: caption(),
        base: -76.0,
        base_text,
        inputs,
        words,
        format: &plain,
    })
}

pub fn mirrored(blocks: &[Option<Block<'_>>]) -> Option<String> {
    bars::mirrored(&Mirrored {
        caption: caption(),
        blocks,
        words: [NASTY; 4],
        launches: &[(0, "1", NASTY)],
        format: &plain,
    })
}

pub fn columns(columns: &[(&str, Option<f64>)]) -> Option<String> {
    bars::columns(&Columns {
        caption: caption(),
        columns,
        unit: Unit::Count,
        format: &plain,
    })
}

pub fn lying(value: Option<f64>) -> Option<String> {
    let bars = [Bar {
        words: NASTY,
        value,
        text: NASTY,
        marked: true,
    }];
    bars::bars(&Bars {
        caption: caption(),
        bars: &bars,
        full: None,
    })
}

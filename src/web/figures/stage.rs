//! The stage of life of a community as the page of health shows it: four stations, where it stands, what warns, and what
//! is worth doing in that stage.

use serde::Serialize;

use super::say;
use crate::forum::metrics::models::stage::{self, Signs, Stage};
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{BLOCK, QUARTER, Week};
use crate::i18n::Locales;
use crate::web::ask::Ask;

#[derive(Serialize)]
pub(super) struct Track {
    stations: Vec<Station>,
    said: String,
    warnings: Vec<String>,
    todo: Vec<String>,
}

#[derive(Serialize)]
struct Station {
    name: String,
    lasts: String,
    here: bool,
}

const STAGES: [(Stage, &str); 4] = [
    (Stage::Inception, "inception"),
    (Stage::Establishment, "establishment"),
    (Stage::Maturity, "maturity"),
    (Stage::Mitosis, "mitosis"),
];

/// What one block shows by itself; nothing where it is hidden or too early.
fn shown(figures: &Figures, week: Week, signs: &Signs<'_>) -> Option<Stage> {
    let surely = figures.value("member-activity", "surely", week)?;
    Some(if surely < 0.5 {
        Stage::Inception
    } else if surely < 0.9 {
        Stage::Establishment
    } else if signs.count() < 2 {
        Stage::Maturity
    } else {
        Stage::Mitosis
    })
}

/// None before the first block is over, or while too few take part.
pub(super) fn track(ask: &Ask, figures: &Figures, first: Week, last: Week) -> Option<Track> {
    let ends: Vec<Week> = (first..=last)
        .filter(|week| figures.at("member-activity", "", *week).is_some())
        .collect();
    let end = *ends.last()?;
    let share = figures.value("member-activity", "", end)?;
    let surely = figures.value("member-activity", "surely", end)?;
    let counts = |until: Week, metric: &str, part: &str, weeks: i64| -> Vec<u64> {
        (until - weeks + 1..=until)
            .filter_map(|week| figures.count(metric, part, week))
            .map(i64::unsigned_abs)
            .collect()
    };
    let carried: Vec<(Week, f64)> = ends
        .iter()
        .filter_map(|week| {
            let told = figures.at("concentration", "", *week)?;
            #[expect(clippy::cast_precision_loss, reason = "people")]
            let share = told.numerator? as f64 / told.denominator? as f64;
            Some((*week, share))
        })
        .collect();
    let all: Vec<Option<Stage>> = ends
        .iter()
        .map(|week| {
            // What was known of outgrowing oneself when that block ended.
            let written = counts(*week, "contributors", "contributions", 8);
            let carried: Vec<f64> = carried.iter().filter(|one| one.0 <= *week).map(|one| one.1).collect();
            let signs = Signs {
                largest_space: &written,
                carried_by: &carried,
                ..Signs::default()
            };
            shown(figures, *week, &signs)
        })
        .collect();
    let held = *stage::held(&all).last()?;
    let ratios: Vec<Option<f64>> = ends
        .iter()
        .map(|week| figures.value("growth", "quick-ratio", *week))
        .collect();
    let flags = stage::flags(
        held,
        &counts(
            end,
            "concentration",
            "contributors",
            i64::try_from(stage::SLOPE_WEEKS).unwrap_or(2 * QUARTER),
        ),
        &ratios,
        figures
            .count("contributors", "month", end)
            .map_or(u64::MAX, i64::unsigned_abs),
    );
    let warnings = [
        (flags.stalled, "stage-stalled"),
        (flags.declining, "stage-declining"),
        (flags.dormant, "stage-dormant"),
    ];
    let here = STAGES
        .iter()
        .find(|(stage, _)| *stage == held)
        .map_or("inception", |one| one.1);
    let values = [
        ("share", say::percent(ask.lang, share).into()),
        ("surely", say::percent(ask.lang, surely).into()),
        ("blocks", (i64::try_from(ends.len()).unwrap_or(0) * BLOCK).into()),
    ];
    Some(Track {
        stations: STAGES
            .iter()
            .map(|(stage, word)| Station {
                name: ask.t(&format!("stage-{word}")),
                lasts: ask.t(&format!("stage-{word}-lasts")),
                here: *stage == held,
            })
            .collect(),
        said: Locales::get().with_values(ask.lang, "stage-said", &values),
        warnings: warnings
            .into_iter()
            .filter(|(raised, _)| *raised)
            .map(|(_, key)| ask.t(key))
            .collect(),
        todo: (1..=3).map(|number| ask.t(&format!("stage-{here}-{number}"))).collect(),
    })
}

//! The business case: three columns instead of one figure, which assumption carries the difference, when it turns over
//! three years, and the inputs it all rests on. As a workbook that computes.

use serde::Serialize;

use super::drawings::{Drawing, Sheet};
use super::files;
use super::{found, say};
use crate::access::{Verb, deed, on_forum};
use crate::forum::business::{self, Ahead, Kept};
use crate::forum::metrics::models::business::{
    Case, Input, Inputs, Unit, break_even_answers, drawn, payback, present_value, usual_calculator,
};
use crate::forum::metrics::models::road as model;
use crate::forum::metrics::read::Telling;
use crate::forum::metrics::week;
use crate::i18n::Locales;
use crate::refusal::{Refusal, Result};
use crate::views::charts::{Series, lines, tornado};
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply, Served};

/// Months that the cumulative line is drawn over.
const MONTHS: usize = 36;
/// Weeks of a month, near enough to read the road at its end.
const MONTH_WEEKS: f64 = 52.0 / 12.0;
/// What a euro of next year is worth less, for the value of today.
const INTEREST: f64 = 0.05;
/// Years that are drawn from the inputs, always the same ones.
const DRAWS: usize = 20_000;
const SEED: u64 = 7;
/// Bars of the tornado: those that matter.
const BARS: usize = 10;

#[derive(Serialize)]
struct Line {
    name: String,
    cells: [String; 3],
    strong: bool,
}

#[derive(Serialize)]
struct InputView {
    name: String,
    url: String,
    low: String,
    base: String,
    high: String,
    grade: String,
    owner: String,
    day: String,
    example: bool,
}

fn money(ask: &Ask, value: f64) -> String {
    Locales::get().euros(ask.lang, value)
}

fn thousands(ask: &Ask, value: f64) -> String {
    format!("{} k", Locales::get().number(ask.lang, value / 1000.0, 0))
}

pub(super) fn written(ask: &Ask, input: Input, value: f64) -> String {
    let locales = Locales::get();
    match input.unit() {
        Unit::Share => locales.percent(ask.lang, value, places(value * 100.0)),
        Unit::Euros => format!("€ {}", plain(ask, value)),
        Unit::Minutes => format!("{} min", plain(ask, value)),
        Unit::Hours => format!("{} {}", plain(ask, value), ask.t("case-hours")),
        Unit::Number => plain(ask, value),
    }
}

/// As many places as a number was given with, up to two: what is printed must give what is printed beside it.
fn places(value: f64) -> usize {
    (0..2)
        .find(|places| {
            let factor = [1.0, 10.0][*places];
            (value * factor - (value * factor).round()).abs() < 1e-6
        })
        .unwrap_or(2)
}

fn plain(ask: &Ask, value: f64) -> String {
    Locales::get().number(ask.lang, value, places(value))
}

fn lines(ask: &Ask, kept: &Inputs<Kept>) -> Vec<Line> {
    let estimates = kept.map(|_, one| one.estimate);
    let columns = estimates.columns();
    let all = [
        (&columns.strict, estimates.end(false)),
        (&columns.base, estimates.bases()),
        (&columns.generous, estimates.end(true)),
    ];
    let locales = Locales::get();
    let unsaid = ask.t("case-never");
    let euros = |of: fn(&Case) -> f64| [0, 1, 2].map(|place: usize| money(ask, of(all[place].0)));
    let share = |of: fn(&Case) -> Option<f64>| {
        [0, 1, 2].map(|place: usize| {
            of(all[place].0).map_or_else(|| unsaid.clone(), |share| locales.percent(ask.lang, share, 0))
        })
    };
    let soft = [0, 1, 2].map(|place: usize| {
        let share = all[place].0.soft_share(|input| kept.get(input).grade);
        share.map_or_else(|| unsaid.clone(), |share| locales.percent(ask.lang, share, 0))
    });
    let even = [0, 1, 2].map(|place: usize| {
        break_even_answers(&all[place].1).map_or_else(|| unsaid.clone(), |answers| locales.number(ask.lang, answers, 0))
    });
    let line = |name: &str, cells: [String; 3], strong: bool| Line {
        name: ask.t(&format!("case-line-{name}")),
        cells,
        strong,
    };
    vec![
        line("answers", euros(|case| case.answers), false),
        line("networked", euros(|case| case.networked), false),
        line("onboarding", euros(|case| case.onboarding), false),
        line("ideas", euros(|case| case.ideas), false),
        line("benefit", euros(Case::benefit), true),
        line("fixed", euros(|case| case.fixed_cost), false),
        line("writing", euros(|case| case.writing_cost), false),
        line("cost", euros(Case::cost), true),
        line("net", euros(Case::net), true),
        line("roi", share(Case::roi), false),
        line("soft", soft, false),
        line("break-even", even, false),
    ]
}

/// The share of active people at the end of each of 36 months, and of today: as the road foresees it, and as it is
/// where it foresees nothing yet.
fn road(sheet: &Sheet<'_>) -> (Vec<f64>, f64, bool) {
    match sheet.outlook() {
        Some(outlook) if outlook.state.active > 0.0 => {
            let weeks = model::path(outlook.state, &outlook.rates, 156);
            let shares = (1..=MONTHS)
                .map(|month| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        clippy::cast_precision_loss,
                        reason = "a month of three years"
                    )]
                    let week = (month as f64 * MONTH_WEEKS).round() as usize;
                    weeks
                        .get(week.min(weeks.len()) - 1)
                        .copied()
                        .unwrap_or(outlook.state.active)
                })
                .collect();
            (shares, outlook.state.active, true)
        }
        // Nobody is active: nothing comes of anybody, and that is no forecast that is missing.
        Some(_) => (vec![0.0; MONTHS], 1.0, true),
        None => (vec![1.0; MONTHS], 1.0, false),
    }
}

fn differences(sheet: &Sheet<'_>, kept: &Inputs<Kept>) -> Drawing {
    let ask = sheet.ask;
    let estimates = kept.map(|_, one| one.estimate);
    let base = Case::of(&estimates.bases()).net();
    let swings = estimates.tornado();
    let words: Vec<(String, String)> = swings
        .iter()
        .take(BARS)
        .map(|swing| {
            let estimate = estimates.get(swing.input);
            let range = format!(
                "{} – {}",
                written(ask, swing.input, estimate.low()),
                written(ask, swing.input, estimate.high())
            );
            (ask.t(&format!("case-input-{}", swing.input.key())), range)
        })
        .collect();
    let inputs: Vec<tornado::Input<'_>> = swings
        .iter()
        .zip(&words)
        .map(|(swing, (name, range))| tornado::Input {
            words: name,
            low: swing.at_low,
            high: swing.at_high,
            text: range,
        })
        .collect();
    let (low, high) = (ask.t("case-at-low"), ask.t("case-at-high"));
    let base_text = format!("{} {}", ask.t("case-base"), thousands(ask, base));
    let mut drawing = sheet.drawing("tornado", "", |caption| {
        tornado::draw(&tornado::Tornado {
            caption,
            base,
            base_text: &base_text,
            inputs: &inputs,
            words: [&low, &high],
            format: &|value| thousands(ask, value),
        })
    });
    drawing.heads = vec![ask.t("case-input"), ask.t("case-range"), low.clone(), high.clone()];
    drawing.rows = swings
        .iter()
        .zip(&words)
        .map(|(swing, (name, range))| {
            vec![
                name.clone(),
                range.clone(),
                money(ask, swing.at_low),
                money(ask, swing.at_high),
            ]
        })
        .collect();
    drawing
}

/// Three years, month by month, in the three columns.
struct Years {
    sums: [Vec<f64>; 3],
    foreseen: bool,
}

fn years(sheet: &Sheet<'_>, kept: &Inputs<Kept>) -> Option<Years> {
    let columns = kept.map(|_, one| one.estimate).columns();
    let (active, reference, foreseen) = road(sheet);
    Some(Years {
        sums: [
            columns.strict.cumulative(&active, reference)?,
            columns.base.cumulative(&active, reference)?,
            columns.generous.cumulative(&active, reference)?,
        ],
        foreseen,
    })
}

fn over_years(sheet: &Sheet<'_>, years: Option<&Years>) -> Drawing {
    let ask = sheet.ask;
    let rows: [Vec<Option<f64>>; 3] = match years {
        Some(years) => years.sums.clone().map(|sums| sums.into_iter().map(Some).collect()),
        None => [Vec::new(), Vec::new(), Vec::new()],
    };
    let names = ["strict", "base", "generous"].map(|name| ask.t(&format!("case-{name}")));
    let dates: Vec<(usize, String)> = (0..=2)
        .map(|year| (year * 12 + 11, format!("{} {}", ask.t("case-year"), year + 1)))
        .collect();
    let dates: Vec<(usize, &str)> = dates.iter().map(|(at, words)| (*at, words.as_str())).collect();
    let series = |place: usize| Series {
        words: &names[place],
        values: &rows[place],
    };
    let mut drawing = sheet.drawing("cumulative", "", |caption| {
        lines::draw(&lines::Lines {
            caption,
            main: series(1),
            second: Some(series(2)),
            comparison: Some(series(0)),
            band: None,
            reference: None,
            dates: &dates,
            unit: crate::views::charts::Unit::Number,
            from_zero: true,
            format: &|value| thousands(ask, value),
        })
    });
    drawing.heads = std::iter::once(ask.t("case-month")).chain(names.clone()).collect();
    drawing.rows = (0..MONTHS)
        .filter(|month| (month + 1) % 6 == 0)
        .filter_map(|month| {
            let cells: Option<Vec<String>> = rows
                .iter()
                .map(|row| row.get(month).copied().flatten().map(|value| money(ask, value)))
                .collect();
            let mut line = vec![(month + 1).to_string()];
            line.extend(cells?);
            Some(line)
        })
        .collect();
    drawing
}

fn inputs(ask: &Ask, kept: &Inputs<Kept>) -> Result<Vec<InputView>> {
    let mut all = Vec::new();
    for input in Input::ALL {
        let one = kept.get(input);
        let day = match one.day {
            Some(day) => week::date_of(day)?.to_string(),
            None => ask.t("case-example"),
        };
        all.push(InputView {
            name: ask.t(&format!("case-input-{}", input.key())),
            url: format!("/health/business/{}", input.word()),
            low: written(ask, input, one.estimate.low()),
            base: written(ask, input, one.estimate.base()),
            high: written(ask, input, one.estimate.high()),
            grade: ask.t(&format!("case-grade-{}", one.grade.word())),
            owner: one.owner.clone(),
            day,
            example: one.is_example(),
        });
    }
    Ok(all)
}

/// Whether somebody may take it along, and see the health of the forum beside it.
fn may_take(ask: &Ask) -> bool {
    on_forum::<deed::SeeFigures>(ask.viewer()).is_ok()
}

pub(super) fn kept(ask: &Ask) -> Result<Inputs<Kept>> {
    ask.read(|cx| {
        let may = on_forum::<deed::SeeTotals>(cx.viewer())?;
        business::inputs(cx, &may)
    })
}

pub(super) fn may_keep(ask: &Ask) -> bool {
    crate::access::decide(ask.viewer(), Verb::KeepFigures, &crate::access::Place::forum())
        == crate::access::Verdict::Allow
}

/// Examples in whose place the log has something to say: where, and what they are called.
fn to_take_over(ask: &Ask, kept: &Inputs<Kept>) -> Result<Vec<(String, String)>> {
    let found = found::find_told(ask, &business::MEASURED_FROM, Telling::Published)?;
    let Some((_, last)) = found.weeks else {
        return Ok(Vec::new());
    };
    Ok(Input::ALL
        .into_iter()
        .filter(|input| kept.get(*input).is_example())
        .filter(|input| business::measured(*input, &found.figures, last).is_some())
        .map(|input| {
            (
                format!("/health/business/{}?measured=yes", input.word()),
                ask.t(&format!("case-input-{}", input.key())),
            )
        })
        .collect())
}

pub fn page(ask: &Ask) -> Answer {
    let kept = kept(ask)?;
    let found = found::totals(ask)?;
    // Before the first week there is no forecast, and the case stands without one.
    let sheet = found.sheet(ask);
    let estimates = kept.map(|_, one| one.estimate);
    let columns = estimates.columns();
    let locales = Locales::get();
    let years = years(&sheet, &kept);
    let carries = estimates
        .tornado()
        .first()
        .filter(|swing| swing.width() > 0.0)
        .map(|swing| {
            let name = ask.t(&format!("case-input-{}", swing.input.key()));
            let values = [("input", name.into()), ("euros", money(ask, swing.width()).into())];
            locales.with_values(ask.lang, "case-carries", &values)
        });
    let usual = usual_calculator(&estimates.bases()).map(|usual| {
        let values = [
            ("roi", locales.percent(ask.lang, usual.roi, 0).into()),
            ("share", locales.percent(ask.lang, usual.networked_share, 0).into()),
        ];
        locales.with_values(ask.lang, "case-usual", &values)
    });
    let turns = years.as_ref().map(|years| match payback(&years.sums[1]) {
        Some(month) => locales.with_values(ask.lang, "case-turns", &[("month", month.into())]),
        None => match years.sums[1].iter().position(|sum| *sum >= 0.0) {
            // It was above for a while.
            Some(month) => locales.with_values(ask.lang, "case-turns-back", &[("month", (month + 1).into())]),
            None => ask.t("case-turns-not"),
        },
    });
    let worth = present_value(&[columns.base.net(); 3], INTEREST).map(|worth| {
        let values = [
            ("euros", money(ask, worth).into()),
            ("interest", say::percent(ask.lang, INTEREST).into()),
        ];
        locales.with_values(ask.lang, "case-worth", &values)
    });
    let drawn = drawn(&estimates, DRAWS, SEED).map(|drawn| {
        let values = [
            ("low", money(ask, drawn.low).into()),
            ("high", money(ask, drawn.high).into()),
            ("above", locales.percent(ask.lang, drawn.above, 0).into()),
        ];
        locales.with_values(ask.lang, "case-drawn", &values)
    });
    // What is counted anyway need not be guessed: offered where nobody said anything yet.
    let measured = if may_keep(ask) {
        to_take_over(ask, &kept)?
    } else {
        Vec::new()
    };
    let charts = vec![over_years(&sheet, years.as_ref()), differences(&sheet, &kept)];
    let examples = Input::ALL.iter().filter(|input| kept.get(**input).is_example()).count();
    ask.page(
        "figures/business.html",
        &ask.t("case-title"),
        &serde_json::json!({
            "lines": lines(ask, &kept),
            "carries": carries,
            "usual": usual,
            "drawn": drawn,
            "turns": turns,
            "worth": worth,
            "foreseen": years.as_ref().is_some_and(|years| years.foreseen),
            "charts": charts,
            "inputs": inputs(ask, &kept)?,
            "examples": examples,
            "measured": measured,
            "may_keep": may_keep(ask),
            "may_take": may_take(ask),
        }),
    )
}

/// One of its two charts as a picture.
pub fn chart(ask: &Ask) -> Answer {
    let kept = kept(ask)?;
    let found = found::find(ask, &["active-share", "rates"])?;
    let sheet = found.sheet(ask);
    let drawing = match ask.param("chart") {
        "cumulative" => over_years(&sheet, years(&sheet, &kept).as_ref()),
        "tornado" => differences(&sheet, &kept),
        _ => return Err(Refusal::NotFound),
    };
    files::picture(ask, &drawing)
}

pub fn excel(ask: &Ask) -> Answer {
    let kept = kept(ask)?;
    let found = found::find(ask, &["active-share", "rates"])?;
    let (active, reference, _) = road(&found.sheet(ask));
    let ahead = Ahead {
        active,
        reference,
        interest: INTEREST,
    };
    let bytes = business::workbook(&kept, &ahead, &|key| ask.t(key))?;
    files::leaves(ask, "business", "business case")?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::File(Box::new(Served {
            kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            bytes: Some(bytes),
            tag: String::new(),
            download: Some("business-case.xlsx".to_owned()),
        })),
    ))
}

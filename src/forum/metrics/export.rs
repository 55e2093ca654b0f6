//! What one figure is in a file: its columns, its unit, a row of a table and of a sheet. Text is written as text, so that
//! no spreadsheet takes it for a formula; what is suppressed has no value. Whole files are `bundle`, what stands beside
//! the figures in them is `dictionary`.

use rust_xlsxwriter::{Format, Worksheet};

use super::metric::Unit;
use super::read::{Figures, Told};
use super::{catalogue, week};
use crate::i18n::{Lang, Locales};
use crate::refusal::{Refusal, Result};
use crate::text::csv;

pub const HEADS: [&str; 12] = [
    "metric",
    "part",
    "week",
    "value",
    "numerator",
    "denominator",
    "people",
    "unit",
    "suppressed",
    "series",
    "version",
    "window",
];

/// The unit of a part, where it differs from that of its metric.
pub fn unit(metric: &str, part: &str) -> Unit {
    match (metric, part) {
        ("adoption", "new-members")
        | ("first-reply", "topics" | "open")
        | ("interaction" | "pace", "topics")
        | ("funnel", "came")
        | ("concentration", "contributors")
        | ("bridges", "participants" | "carried-by")
        | ("network", "depth")
        | ("cohorts", "active") => Unit::Count,
        ("activation", "median-days") => Unit::Days,
        ("first-reply", "8-working-hours")
        | ("solution", "answered")
        | ("liveliness", "members")
        | ("concentration", "four-fifths" | "next" | "rest")
        | ("bridges", "across" | "new" | "p")
        | ("brokers", "between")
        | ("growth", "retention") => Unit::Share,
        ("first-reply", part) if part.starts_with("waiting-") => Unit::Share,
        ("growth", "quick-ratio")
        | ("ring-flow", "gravity")
        | ("bursts", "a-day")
        | ("concentration", "gini")
        | ("network", "density") => Unit::Number,
        _ => catalogue::find(metric).map_or(Unit::Number, |metric| metric.unit),
    }
}

/// What is looked at for a figure.
pub(super) fn window(metric: &str) -> &'static str {
    catalogue::find(metric).map_or("", |metric| metric.window.word())
}

pub(super) fn cells(told: &Told) -> Result<[String; 12]> {
    // What is absent is an empty cell.
    let whole = |count: Option<i64>| count.map_or_else(String::new, |count| count.to_string());
    Ok([
        told.metric.clone(),
        told.part.clone(),
        week::name(told.week)?,
        told.value.map_or_else(String::new, |value| value.to_string()),
        whole(told.numerator),
        whole(told.denominator),
        whole(told.people),
        unit(&told.metric, &told.part).word().to_owned(),
        if told.suppressed { "yes" } else { "no" }.to_owned(),
        told.series.word().to_owned(),
        told.version.to_string(),
        window(&told.metric).to_owned(),
    ])
}

/// All rows, with their heads.
pub fn table(figures: &Figures) -> Result<String> {
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    for told in figures.rows() {
        rows.push(cells(told)?.to_vec());
    }
    csv::table(&rows)
}

/// What weeks are named by.
const WEEKS: &str = "the last ISO week of the window";

/// A figure as an object: as it is served, and what its week, unit and window are.
#[derive(serde::Serialize)]
pub(super) struct Object<'a> {
    #[serde(flatten)]
    told: &'a Told,
    ends: String,
    unit: &'static str,
    window: &'static str,
}

pub(super) fn object(told: &Told) -> Result<Object<'_>> {
    Ok(Object {
        told,
        ends: week::name(told.week)?,
        unit: unit(&told.metric, &told.part).word(),
        window: window(&told.metric),
    })
}

/// How an object begins whose figures are written one by one: its first members, without the bracket.
pub(super) fn json_head(of: &str, why: &str) -> String {
    let quoted = |text: &str| serde_json::json!(text);
    format!(
        "\"of\":{},\"why\":{},\"weeks\":{}",
        quoted(of),
        quoted(why),
        quoted(WEEKS)
    )
}

fn broken(error: rust_xlsxwriter::XlsxError) -> Refusal {
    Refusal::broken(error.to_string())
}

/// One row of a sheet: numbers as numbers, everything else as text.
pub(super) fn line(sheet: &mut Worksheet, row: u32, told: &Told) -> Result<()> {
    for (column, text) in (0..).zip(cells(told)?) {
        match text.parse::<f64>() {
            // Numbers stand from the fourth column to the seventh.
            Ok(number) if (3..7).contains(&column) => sheet.write_number(row, column, number),
            _ => sheet.write_string(row, column, &text),
        }
        .map_err(broken)?;
    }
    Ok(())
}

/// The first row of a sheet of figures.
pub(super) fn heads(sheet: &mut Worksheet, lang: Lang) -> Result<()> {
    sheet
        .set_name(Locales::get().word(lang, "health-sheet-figures"))
        .map_err(broken)?;
    let bold = Format::new().set_bold();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    Ok(())
}

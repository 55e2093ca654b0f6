//! Figures that leave the forum: as a table, as a workbook and as JSON, each with the definitions beside them.
//! Text is written as text, so that no spreadsheet takes it for a formula; what is suppressed has no value.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::metric::Unit;
use super::read::{Figures, Told};
use super::{catalogue, week};
use crate::refusal::{Refusal, Result};
use crate::text::csv;

/// Sentences by their key, in the language of whoever asks.
pub type Words<'a> = &'a dyn Fn(&str) -> String;

pub const HEADS: [&str; 11] = [
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
];

/// The unit of a part, where it differs from that of its metric.
pub fn unit(metric: &str, part: &str) -> Unit {
    match (metric, part) {
        ("adoption", "new-members")
        | ("first-reply", "topics" | "open")
        | ("interaction", "topics")
        | ("concentration", "contributors")
        | ("bridges", "participants" | "carried-by")
        | ("network", "depth")
        | ("cohorts", "active") => Unit::Count,
        ("activation", "median-days") => Unit::Days,
        ("first-reply", "8-working-hours")
        | ("solution", "answered")
        | ("liveliness", "members")
        | ("bridges", "across" | "p")
        | ("growth", "retention") => Unit::Share,
        ("first-reply", part) if part.starts_with("waiting-") => Unit::Share,
        ("growth", "quick-ratio") | ("ring-flow", "gravity") | ("concentration", "gini") | ("network", "density") => {
            Unit::Number
        }
        _ => catalogue::find(metric).map_or(Unit::Number, |metric| metric.unit),
    }
}

pub(super) fn cells(told: &Told) -> Result<[String; 11]> {
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

/// What each metric means: name, title, explanation, formula, source, version.
fn dictionary(words: Words<'_>) -> Vec<[String; 6]> {
    catalogue::ALL
        .iter()
        .map(|metric| {
            [
                metric.name.to_owned(),
                words(&format!("metric-{}", metric.name)),
                words(&format!("metric-{}-means", metric.name)),
                metric.formula.to_owned(),
                metric.source.to_owned(),
                metric.version.to_string(),
            ]
        })
        .collect()
}

const DICTIONARY_HEADS: [&str; 6] = ["metric", "title", "means", "formula", "source", "version"];

pub fn definitions(words: Words<'_>) -> Result<String> {
    let mut rows = vec![DICTIONARY_HEADS.map(str::to_owned).to_vec()];
    rows.extend(dictionary(words).into_iter().map(|row| row.to_vec()));
    csv::table(&rows)
}

/// What weeks are numbered by.
const WEEKS: &str = "the number of an ISO week; 0 began on 5 January 1970";

/// Each metric with what it means.
pub(super) fn json_definitions(words: Words<'_>) -> Vec<serde_json::Value> {
    dictionary(words)
        .into_iter()
        .map(|[name, title, means, formula, source, version]| {
            serde_json::json!({
                "metric": name, "title": title, "means": means, "formula": formula, "source": source,
                "version": version,
            })
        })
        .collect()
}

/// How an object begins whose figures are written one by one: its first members, without the bracket.
pub(super) fn json_head(of: &str) -> String {
    format!(
        "\"of\":{},\"weeks\":{}",
        serde_json::json!(of),
        serde_json::json!(WEEKS)
    )
}

pub fn json(of: &str, figures: &Figures, words: Words<'_>) -> String {
    let rows: Vec<&Told> = figures.rows().collect();
    serde_json::json!({
        "of": of,
        "weeks": WEEKS,
        "figures": rows,
        "definitions": json_definitions(words),
    })
    .to_string()
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
pub(super) fn heads(sheet: &mut Worksheet, words: Words<'_>) -> Result<()> {
    sheet.set_name(words("health-sheet-figures")).map_err(broken)?;
    let bold = Format::new().set_bold();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    Ok(())
}

/// What each metric means, as a sheet of its own.
pub(super) fn sheet_of_definitions(book: &mut Workbook, words: Words<'_>) -> Result<()> {
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(words("health-sheet-definitions")).map_err(broken)?;
    for (column, head) in (0..).zip(DICTIONARY_HEADS) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    for (row, cells) in (1..).zip(dictionary(words)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, &text).map_err(broken)?;
        }
    }
    Ok(())
}

/// A workbook with two sheets: figures and definitions.
pub fn workbook(figures: &Figures, words: Words<'_>) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heads(sheet, words)?;
    for (row, told) in (1..).zip(figures.rows()) {
        line(sheet, row, told)?;
    }
    sheet_of_definitions(&mut book, words)?;
    book.save_to_buffer().map_err(broken)
}

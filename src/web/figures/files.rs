//! Figures as files: a table with every figure and what belongs to it, the definitions beside it, and charts as
//! pictures. The same rows as the pages read; what is suppressed has no value in them.

use rust_xlsxwriter::{Format, Workbook};

use super::drawings::{self, Sheet};
use super::health::{self, Found};
use crate::event::Event;
use crate::forum::metrics::read::Told;
use crate::forum::metrics::{catalogue, week};
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};
use crate::text::csv as table;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply, Served};

const HEADS: [&str; 11] = [
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

fn cells(told: &Told) -> Result<[String; 11]> {
    let whole = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    Ok([
        told.metric.clone(),
        told.part.clone(),
        week::name(told.week)?,
        told.value.map(|value| value.to_string()).unwrap_or_default(),
        whole(told.numerator),
        whole(told.denominator),
        whole(told.people),
        super::say::unit(&told.metric, &told.part).word().to_owned(),
        if told.suppressed { "yes" } else { "no" }.to_owned(),
        told.series.word().to_owned(),
        told.version.to_string(),
    ])
}

/// All figures of the last two years; that they left, and with whom, is recorded.
fn everything(ask: &Ask, format: &'static str) -> Result<Found> {
    let found = health::find(ask, &[])?;
    let space: Option<SpaceId> = if ask.param("space").is_empty() {
        None
    } else {
        Some(ask.id("space")?)
    };
    ask.write(|tx| tx.record(&Event::FiguresExported { space, format }).map(|_| ()))?;
    Ok(found)
}

fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Reply {
    Reply::new(
        actix_web::http::StatusCode::OK,
        Body::File(Box::new(Served {
            kind: kind.to_owned(),
            bytes: Some(bytes),
            tag: String::new(),
            download: Some(name.to_owned()),
        })),
    )
}

fn called(ask: &Ask, ending: &str) -> String {
    let of = if ask.param("space").is_empty() {
        "forum".to_owned()
    } else {
        format!("space-{}", ask.param("space"))
    };
    format!("figures-{of}.{ending}")
}

pub fn csv(ask: &Ask) -> Answer {
    let found = everything(ask, "csv")?;
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    for told in found.figures.rows() {
        rows.push(cells(told)?.to_vec());
    }
    Ok(file(
        &called(ask, "csv"),
        "text/csv; charset=utf-8",
        table::table(&rows)?.into_bytes(),
    ))
}

/// What each metric means, in the reader's language: the data dictionary.
fn dictionary(ask: &Ask) -> Vec<[String; 6]> {
    catalogue::ALL
        .iter()
        .map(|metric| {
            [
                metric.name.to_owned(),
                ask.t(&format!("metric-{}", metric.name)),
                ask.t(&format!("metric-{}-means", metric.name)),
                metric.formula.to_owned(),
                metric.source.to_owned(),
                metric.version.to_string(),
            ]
        })
        .collect()
}

pub fn json(ask: &Ask) -> Answer {
    let found = everything(ask, "json")?;
    let rows: Vec<&Told> = found.figures.rows().collect();
    let definitions: Vec<serde_json::Value> = dictionary(ask)
        .into_iter()
        .map(|[name, title, means, formula, source, version]| {
            serde_json::json!({
                "metric": name, "title": title, "means": means, "formula": formula, "source": source,
                "version": version,
            })
        })
        .collect();
    let text = serde_json::json!({
        "of": found.name,
        "weeks": "the number of an ISO week; 0 began on 5 January 1970",
        "figures": rows,
        "definitions": definitions,
    });
    Ok(file(
        &called(ask, "json"),
        "application/json",
        text.to_string().into_bytes(),
    ))
}

/// A workbook: figures and their definitions. Text is written as text, so that no cell becomes a formula.
pub fn excel(ask: &Ask) -> Answer {
    let found = everything(ask, "xlsx")?;
    let broken = |error: rust_xlsxwriter::XlsxError| Refusal::broken(error.to_string());
    let bold = Format::new().set_bold();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(ask.t("health-sheet-figures")).map_err(broken)?;
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    for (row, told) in (1..).zip(found.figures.rows()) {
        for (column, text) in (0..).zip(cells(told)?) {
            match text.parse::<f64>() {
                // Numbers stand from the fourth column to the seventh.
                Ok(number) if (3..7).contains(&column) => sheet.write_number(row, column, number),
                _ => sheet.write_string(row, column, &text),
            }
            .map_err(broken)?;
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name(ask.t("health-sheet-definitions")).map_err(broken)?;
    for (row, cells) in (0..).zip(dictionary(ask)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, &text).map_err(broken)?;
        }
    }
    let bytes = book.save_to_buffer().map_err(broken)?;
    Ok(file(
        &called(ask, "xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    ))
}

/// One chart as a picture.
pub fn chart(ask: &Ask) -> Answer {
    let found = health::find(
        ask,
        &[
            "active-share",
            "rates",
            "rings",
            "ring-flow",
            "growth",
            "cohorts",
            "first-reply",
            "departments",
        ],
    )?;
    let (first, last) = found.weeks.ok_or(Refusal::NotFound)?;
    let sheet = Sheet {
        ask,
        figures: &found.figures,
        first: first.max(last - 2 * 52),
        last,
        departments: &found.departments,
    };
    let drawing = match ask.param("chart") {
        "road" => sheet.road(None)?,
        "onion" => sheet.onion(),
        "growth" => sheet.growth()?,
        "waiting" => sheet.waiting(),
        "cohorts" => sheet.cohorts()?,
        "departments" => sheet.departments(),
        _ => return Err(Refusal::NotFound),
    };
    let svg = drawing
        .svg
        .as_deref()
        .and_then(drawings::alone)
        .ok_or(Refusal::NotFound)?;
    Ok(file(
        &format!("{}.svg", drawing.name),
        "image/svg+xml",
        svg.into_bytes(),
    ))
}

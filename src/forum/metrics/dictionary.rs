//! What stands beside figures that leave, so that whoever has the files and not the forum understands them: what each
//! metric means, what its parts are called, which department a number is, and a page to begin with. In one language.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Format, Workbook};

use super::{catalogue, export, sight};
use crate::access::Cx;
use crate::forum::people;
use crate::i18n::{Lang, Locales};
use crate::refusal::{Refusal, Result};
use crate::text::csv;

/// A table beside the figures: a file, a sheet, or a list of objects.
pub struct Table {
    /// The name of the file, and of the list.
    pub name: &'static str,
    /// What its sheet is called.
    title: String,
    heads: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

/// What each metric means: name, title, explanation, formula, source, version.
pub fn definitions(lang: Lang) -> Table {
    let word = |key: &str| Locales::get().word(lang, key);
    let rows = catalogue::ALL.iter().map(|metric| {
        let mut means = word(&format!("metric-{}-means", metric.name));
        if catalogue::is_sum(metric.name, "") {
            means = format!("{means} {}", word("definition-sum"));
        }
        vec![
            metric.name.to_owned(),
            word(&format!("metric-{}", metric.name)),
            means,
            metric.formula.to_owned(),
            metric.source.to_owned(),
            metric.version.to_string(),
            word(&format!("window-{}", metric.window.word())),
        ]
    });
    Table {
        name: "definitions",
        title: word("health-sheet-definitions"),
        heads: &["metric", "title", "means", "formula", "source", "version", "window"],
        rows: rows.collect(),
    }
}

/// Parts whose names are made of numbers: how they are written, and under which key it stands what they are.
fn pattern(metric: &str, part: &str) -> Option<(&'static str, &'static str)> {
    match metric {
        "first-reply" if part.starts_with("waiting-") => Some(("waiting-HHH.HH", "metric-first-reply-waiting")),
        "cohorts" => Some(("J:K", "metric-cohorts-block")),
        "departments" => Some(("A>B", "metric-departments-pair")),
        _ => None,
    }
}

/// Parts of metrics that were written: each once, and those of one pattern together.
#[derive(Default)]
pub struct Parts(BTreeMap<String, BTreeSet<String>>);

impl Parts {
    /// Remembers a part; the whole of a metric is none.
    pub fn see(&mut self, metric: &str, part: &str) {
        if part.is_empty() || self.0.get(metric).is_some_and(|known| known.contains(part)) {
            return;
        }
        let part = pattern(metric, part).map_or(part, |(written, _)| written);
        self.0.entry(metric.to_owned()).or_default().insert(part.to_owned());
    }

    /// Metric, part, what it is called, and its unit.
    pub fn table(&self, lang: Lang) -> Table {
        let word = |key: &str| Locales::get().word(lang, key);
        let rows = self.0.iter().flat_map(|(metric, parts)| {
            parts.iter().map(move |part| {
                let of_pattern = ["waiting-", "", ""]
                    .iter()
                    .find_map(|begin| pattern(metric, begin).filter(|(written, _)| written == part));
                let key = of_pattern.map_or_else(|| format!("metric-{metric}-{part}"), |(_, key)| key.to_owned());
                let unit = export::unit(metric, if part.starts_with("waiting-") { "waiting-" } else { part });
                vec![metric.clone(), part.clone(), word(&key), unit.word().to_owned()]
            })
        });
        Table {
            name: "parts",
            title: word("health-sheet-parts"),
            heads: &["metric", "part", "title", "unit"],
            rows: rows.collect(),
        }
    }
}

/// Which department a number is; guests and the others together are numbers too.
pub fn departments(cx: &mut Cx<'_>, lang: Lang) -> Result<Table> {
    let word = |key: &str| Locales::get().word(lang, key);
    let mut all: BTreeMap<i64, String> = people::departments(cx)?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    all.insert(sight::GUESTS, word("health-guests"));
    all.insert(catalogue::OTHERS, word("health-others"));
    Ok(Table {
        name: "departments",
        title: word("health-sheet-departments"),
        heads: &["number", "name"],
        rows: all
            .into_iter()
            .map(|(number, name)| vec![catalogue::group_word(number), name])
            .collect(),
    })
}

impl Table {
    pub fn csv(&self) -> Result<String> {
        let mut rows = vec![self.heads.iter().map(|head| (*head).to_owned()).collect()];
        rows.extend(self.rows.iter().cloned());
        csv::table(&rows)
    }

    pub(super) fn json(&self) -> Vec<serde_json::Value> {
        self.rows
            .iter()
            .map(|row| {
                let cells = self.heads.iter().zip(row);
                serde_json::Value::Object(
                    cells
                        .map(|(head, cell)| ((*head).to_owned(), cell.as_str().into()))
                        .collect(),
                )
            })
            .collect()
    }

    /// Adds it to a workbook as a sheet of its own.
    pub(super) fn sheet(&self, book: &mut Workbook) -> Result<()> {
        let broken = |error: rust_xlsxwriter::XlsxError| Refusal::broken(error.to_string());
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.title).map_err(broken)?;
        for (column, head) in (0..).zip(self.heads) {
            sheet
                .write_string_with_format(0, column, *head, &bold)
                .map_err(broken)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).map_err(broken)?;
            }
        }
        Ok(())
    }
}

/// The page to begin with: whose figures these are, what for, and how a row is read.
pub fn readme(lang: Lang, called: &str, why: &str) -> String {
    let locales = Locales::get();
    let said = |key: &str| locales.with_values(lang, key, &[("name", called.into()), ("why", why.into())]);
    let mut text = format!("# {}\n", said("bundle-title"));
    for key in [
        "bundle-why",
        "bundle-rows",
        "bundle-series",
        "bundle-hidden",
        "bundle-beside",
    ] {
        text.push('\n');
        text.push_str(&said(key));
        text.push('\n');
    }
    text
}

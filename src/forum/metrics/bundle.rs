//! Figures that leave the forum by command, written as they are read, a quarter at a time: thirty years need no more
//! memory than one. What a row says, and the smaller files of pages, are in `export`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::export::{self, Words};
use super::metric::Thresholds;
use super::read::{self, Scope, Telling, Told};
use super::week::{QUARTER, Week};
use crate::access::Cx;
use crate::refusal::{Refusal, Result};
use crate::text::csv;

/// As what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Csv,
    Xlsx,
    Json,
}

/// Whose figures: a name for people, of which weeks, and whether those of history.
pub struct Wanted<'a> {
    pub scope: Scope,
    pub called: &'a str,
    pub weeks: std::ops::RangeInclusive<Week>,
    pub history: bool,
    pub thresholds: Thresholds,
}

/// Where rows go.
enum Sink {
    Csv(Box<::csv::Writer<File>>),
    Json { out: BufWriter<File>, first: bool },
    Xlsx { book: Box<Workbook>, next: u32 },
}

/// Writes the files into a folder that exists; `told` hears how many weeks are written. Gives how many figures there
/// were: by quarter, in each those of its telling, then those that were put right.
pub fn write(
    cx: &mut Cx<'_>,
    wanted: &Wanted<'_>,
    kind: Kind,
    folder: &Path,
    words: Words<'_>,
    mut told: impl FnMut(u64),
) -> Result<u64> {
    let mut sink = Sink::open(kind, folder, wanted.called, words)?;
    let (mut count, mut weeks) = (0, 0);
    let (mut from, until) = (*wanted.weeks.start(), *wanted.weeks.end());
    while from <= until {
        let some = from..=(from + QUARTER - 1).min(until);
        let telling = if wanted.history {
            Telling::History
        } else {
            Telling::Published
        };
        let mut figures = read::figures(cx, wanted.scope, &[], some.clone(), telling, wanted.thresholds)?;
        if !wanted.history {
            figures = figures.and(read::restated(cx, wanted.scope, some.clone(), wanted.thresholds)?);
        }
        for row in figures.rows() {
            sink.row(row)?;
            count += 1;
        }
        weeks += u64::try_from(some.end() - some.start() + 1).unwrap_or(0);
        told(weeks);
        from = some.end() + 1;
    }
    sink.finish(folder, words)?;
    Ok(count)
}

fn broken(error: rust_xlsxwriter::XlsxError) -> Refusal {
    Refusal::broken(error.to_string())
}

impl Sink {
    fn open(kind: Kind, folder: &Path, called: &str, words: Words<'_>) -> Result<Self> {
        let create = |name: &str| File::create(folder.join(name)).map_err(Refusal::broken);
        Ok(match kind {
            Kind::Csv => {
                let mut out = ::csv::Writer::from_writer(create("figures.csv")?);
                out.write_record(export::HEADS).map_err(Refusal::broken)?;
                Self::Csv(Box::new(out))
            }
            Kind::Json => {
                let mut out = BufWriter::new(create("figures.json")?);
                let head = export::json_head(called);
                write!(out, "{{{head},\"figures\":[").map_err(Refusal::broken)?;
                Self::Json { out, first: true }
            }
            Kind::Xlsx => {
                let mut book = Workbook::new();
                // Rows go to a file as they come.
                export::heads(book.add_worksheet_with_constant_memory().map_err(broken)?, words)?;
                Self::Xlsx {
                    book: Box::new(book),
                    next: 1,
                }
            }
        })
    }

    fn row(&mut self, row: &Told) -> Result<()> {
        match self {
            Self::Csv(out) => out
                .write_record(export::cells(row)?.iter().map(|cell| csv::plain(cell)))
                .map_err(Refusal::broken),
            Self::Json { out, first } => {
                if !std::mem::take(first) {
                    out.write_all(b",").map_err(Refusal::broken)?;
                }
                serde_json::to_writer(out, row).map_err(Refusal::broken)
            }
            Self::Xlsx { book, next } => {
                let sheet = book.worksheet_from_index(0).map_err(broken)?;
                export::line(sheet, *next, row)?;
                *next += 1;
                Ok(())
            }
        }
    }

    fn finish(self, folder: &Path, words: Words<'_>) -> Result<()> {
        match self {
            Self::Csv(mut out) => {
                out.flush().map_err(Refusal::broken)?;
                let definitions = export::definitions(words)?;
                std::fs::write(folder.join("definitions.csv"), definitions).map_err(Refusal::broken)
            }
            Self::Json { mut out, .. } => {
                let definitions = serde_json::to_string(&export::json_definitions(words)).map_err(Refusal::broken)?;
                write!(out, "],\"definitions\":{definitions}}}").map_err(Refusal::broken)?;
                out.flush().map_err(Refusal::broken)
            }
            Self::Xlsx { mut book, .. } => {
                export::sheet_of_definitions(&mut book, words)?;
                book.save(folder.join("figures.xlsx")).map_err(broken)
            }
        }
    }
}

//! Figures that leave the forum, whole: with what is needed to understand them, written as they are read, a quarter at a
//! time, so that thirty years need no more memory than one. By command, by a button and by schedule these are the same
//! files. What a row says is `export`, what stands beside is `dictionary`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::dictionary::{self, Parts, Table};
use super::export;
use super::metric::Thresholds;
use super::read::{self, Scope, Telling, Told};
use super::week::{QUARTER, Week};
use crate::access::Cx;
use crate::i18n::Lang;
use crate::refusal::{Refusal, Result};
use crate::text::csv;

/// As what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Csv,
    Xlsx,
    Json,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Whose figures: a name for people, of which weeks, and whether those of history; what for, and in which language that
/// and what they mean is said.
pub struct Wanted<'a> {
    pub scope: Scope,
    pub called: &'a str,
    pub weeks: std::ops::RangeInclusive<Week>,
    pub history: bool,
    pub thresholds: Thresholds,
    pub why: &'a str,
    pub lang: Lang,
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
    mut told: impl FnMut(u64),
) -> Result<u64> {
    let mut sink = Sink::open(kind, folder, wanted)?;
    let mut parts = Parts::default();
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
            parts.see(&row.metric, &row.part);
            sink.row(row)?;
            count += 1;
        }
        weeks += u64::try_from(some.end() - some.start() + 1).unwrap_or(0);
        told(weeks);
        from = some.end() + 1;
    }
    let beside = [
        dictionary::definitions(wanted.lang),
        parts.table(wanted.lang),
        dictionary::departments(cx, wanted.lang)?,
    ];
    sink.finish(folder, &beside)?;
    let readme = dictionary::readme(wanted.lang, wanted.called, wanted.why);
    std::fs::write(folder.join("README.md"), readme).map_err(Refusal::broken)?;
    Ok(count)
}

fn broken(error: rust_xlsxwriter::XlsxError) -> Refusal {
    Refusal::broken(error.to_string())
}

impl Sink {
    fn open(kind: Kind, folder: &Path, wanted: &Wanted<'_>) -> Result<Self> {
        let create = |name: &str| File::create(folder.join(name)).map_err(Refusal::broken);
        Ok(match kind {
            Kind::Csv => {
                let mut out = ::csv::Writer::from_writer(create("figures.csv")?);
                out.write_record(export::HEADS).map_err(Refusal::broken)?;
                Self::Csv(Box::new(out))
            }
            Kind::Json => {
                let mut out = BufWriter::new(create("figures.json")?);
                let head = export::json_head(wanted.called, wanted.why);
                write!(out, "{{{head},\"figures\":[").map_err(Refusal::broken)?;
                Self::Json { out, first: true }
            }
            Kind::Xlsx => {
                let mut book = Workbook::new();
                // Rows go to a file as they come.
                export::heads(book.add_worksheet_with_constant_memory().map_err(broken)?, wanted.lang)?;
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
                serde_json::to_writer(out, &export::object(row)?).map_err(Refusal::broken)
            }
            Self::Xlsx { book, next } => {
                let sheet = book.worksheet_from_index(0).map_err(broken)?;
                export::line(sheet, *next, row)?;
                *next += 1;
                Ok(())
            }
        }
    }

    fn finish(self, folder: &Path, beside: &[Table]) -> Result<()> {
        match self {
            Self::Csv(mut out) => {
                out.flush().map_err(Refusal::broken)?;
                for table in beside {
                    let path = folder.join(format!("{}.csv", table.name));
                    std::fs::write(path, table.csv()?).map_err(Refusal::broken)?;
                }
                Ok(())
            }
            Self::Json { mut out, .. } => {
                out.write_all(b"]").map_err(Refusal::broken)?;
                for table in beside {
                    let rows = serde_json::to_string(&table.json()).map_err(Refusal::broken)?;
                    write!(out, ",\"{}\":{rows}", table.name).map_err(Refusal::broken)?;
                }
                out.write_all(b"}").map_err(Refusal::broken)?;
                out.flush().map_err(Refusal::broken)
            }
            Self::Xlsx { mut book, .. } => {
                for table in beside {
                    table.sheet(&mut book)?;
                }
                book.save(folder.join("figures.xlsx")).map_err(broken)
            }
        }
    }
}

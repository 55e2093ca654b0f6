//! `aquarium import csv`: any forum that can be written down as a table, a line for each post. docs/importing.md
//! names the columns.

use std::collections::HashMap;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;

use super::foreign::{self, ForeignPost, ForeignTopic, Somebody, moment};
use super::html::Converter;
use super::{Report, bbcode, files};
use crate::app::App;
use crate::forum::old_addresses;
use crate::kinds::{Format, TopicKind};

#[derive(Args, Debug, Clone)]
pub struct Options {
    #[command(flatten)]
    pub common: foreign::Options,
    /// The zone of times that name none, as Europe/Amsterdam.
    #[arg(long, default_value = "UTC")]
    pub time_zone: String,
}

pub fn run(app: &Arc<App>, options: &Options) -> Result<(), String> {
    bring(app, options, true)?.print(options.common.report == "json")
}

/// Brings everything in and says what became of it.
pub fn bring(app: &Arc<App>, options: &Options, progress: bool) -> Result<Report, String> {
    let zone = TimeZone::get(&options.time_zone).map_err(|error| format!("{}: {error}", options.time_zone))?;
    let mut report = Report::default();
    let mut lines = Vec::new();
    for (file, bytes) in files::all(&options.common.path)? {
        if file.ends_with(".csv") {
            read(&file, &bytes, &zone, &options.common.address, &mut lines, &mut report)?;
        }
    }
    let topics = topics(lines);
    foreign::bring(app, "csv", &options.common, topics, &mut report, progress)?;
    Ok(report)
}

/// Every column there is.
const COLUMNS: &[&str] = &[
    "id",
    "topic",
    "parent",
    "board",
    "kind",
    "title",
    "author",
    "name",
    "at",
    "body",
    "format",
    "thanks",
    "views",
    "tags",
    "closed",
    "pinned",
    "answer",
    "address",
    "to",
    "department",
];

/// Characters that a department's name has at most.
const DEPARTMENT: usize = 80;

/// One line, with what it says about its topic.
struct Line {
    topic: String,
    about: HashMap<&'static str, String>,
    post: ForeignPost,
}

fn read(
    file: &str,
    bytes: &[u8],
    zone: &TimeZone,
    home: &str,
    lines: &mut Vec<Line>,
    report: &mut Report,
) -> Result<(), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|byte| **byte == mark).count();
    let mark = if count(b';') > count(b',') { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .from_reader(bytes);
    let heads = table.headers().map_err(|error| format!("{file}: {error}"))?.clone();
    let mut columns: HashMap<&'static str, usize> = HashMap::new();
    for (place, head) in heads.iter().enumerate() {
        let head = head.trim().to_lowercase();
        match COLUMNS.iter().find(|column| **column == head) {
            Some(column) => {
                columns.insert(*column, place);
            }
            None => {
                return Err(format!(
                    "{file}: the column \"{head}\" is none of {}",
                    COLUMNS.join(", ")
                ));
            }
        }
    }
    for needed in ["author", "at"] {
        if !columns.contains_key(needed) {
            return Err(format!("{file}: the column \"{needed}\" is missing"));
        }
    }
    let converter = Converter::new(home);
    for (number, record) in table.into_records().enumerate() {
        // The first line has the heads.
        let number = number + 2;
        let outcome = record
            .map_err(|error| error.to_string())
            .and_then(|record| one_line(file, number, &record, &columns, zone, &converter));
        match outcome {
            Ok(line) => lines.push(line),
            Err(problem) => report.cannot_read(file, number, problem),
        }
    }
    Ok(())
}

fn one_line(
    file: &str,
    number: usize,
    record: &csv::StringRecord,
    columns: &HashMap<&'static str, usize>,
    zone: &TimeZone,
    converter: &Converter,
) -> Result<Line, String> {
    let cell = |name: &str| {
        columns
            .get(name)
            .and_then(|place| record.get(*place))
            .unwrap_or("")
            .trim()
    };
    let author = cell("author");
    if author.is_empty() {
        return Err("this names no author".to_owned());
    }
    let at = moment(cell("at"), zone).ok_or_else(|| format!("\"{}\" is no moment", cell("at")))?;
    let format = match cell("format") {
        "text" => Format::Mail,
        "" | "markdown" | "html" | "bbcode" => Format::Markdown,
        other => {
            return Err(format!(
                "the format \"{other}\" is none of markdown, text, html, bbcode"
            ));
        }
    };
    // As it stands: the spaces at the beginning of a text may be code.
    let raw = columns.get("body").and_then(|place| record.get(*place)).unwrap_or("");
    let body = match cell("format") {
        "html" => converter.convert(raw)?,
        "bbcode" => converter.convert(&bbcode::to_html(raw))?,
        _ => raw.trim_end().to_owned(),
    };
    let count = |name: &str| -> Result<i64, String> {
        let text = cell(name);
        if text.is_empty() {
            return Ok(0);
        }
        text.parse::<i64>()
            .ok()
            .filter(|count| *count >= 0)
            .ok_or_else(|| format!("\"{text}\" under {name} is no count"))
    };
    let id = if cell("id").is_empty() {
        let place = file.rsplit(['/', '\\']).next().unwrap_or(file);
        format!("{place}:{number}")
    } else {
        cell("id").to_owned()
    };
    let parent = cell("parent");
    let key = |id: &str| format!("csv:{id}");
    let kind = cell("kind");
    if !kind.is_empty() && TopicKind::from_word(kind).is_none() {
        let words: Vec<&str> = TopicKind::ALL.iter().map(|kind| kind.word()).collect();
        return Err(format!("the kind \"{kind}\" is none of {}", words.join(", ")));
    }
    let department = cell("department");
    if department.chars().count() > DEPARTMENT {
        return Err(format!(
            "the department \"{department}\" is longer than {DEPARTMENT} characters"
        ));
    }
    count("views")?;
    let mut about = HashMap::new();
    for name in ["board", "kind", "title", "views", "tags", "closed", "pinned"] {
        about.insert(name, cell(name).to_owned());
    }
    about.insert(
        "answer",
        if is_yes(cell("answer")) {
            key(&id)
        } else {
            String::new()
        },
    );
    Ok(Line {
        topic: cell("topic").to_owned(),
        about,
        post: ForeignPost {
            key: key(&id),
            author: Somebody {
                keys: vec![author.to_lowercase()],
                called: if cell("name").is_empty() { author } else { cell("name") }.to_owned(),
            },
            at,
            body,
            format,
            parent: (!parent.is_empty()).then(|| key(parent)),
            thanks: count("thanks")?,
            addresses: old_addresses::key(cell("address")).into_iter().collect(),
            to: (!cell("to").is_empty()).then(|| Somebody {
                keys: vec![cell("to").to_lowercase()],
                called: cell("to").to_owned(),
            }),
            department: (!department.is_empty()).then(|| department.to_owned()),
        },
    })
}

fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "1" | "yes" | "true" | "ja")
}

/// Lines that belong together: of the same `topic`, or what answers one of them; anything else is a topic of its own.
fn topics(lines: Vec<Line>) -> Vec<ForeignTopic> {
    let place_of: HashMap<String, usize> = lines
        .iter()
        .enumerate()
        .map(|(place, line)| (line.post.key.clone(), place))
        .collect();
    // The line that a line without a topic ends at, when it follows what is answered.
    let root = |place: usize| {
        let mut at = place;
        for _ in 0..lines.len() {
            if !lines[at].topic.is_empty() {
                break;
            }
            match lines[at].post.parent.as_ref().and_then(|parent| place_of.get(parent)) {
                Some(parent) if *parent != place => at = *parent,
                _ => break,
            }
        }
        at
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: HashMap<String, usize> = HashMap::new();
    for place in 0..lines.len() {
        let root = root(place);
        let name = if lines[root].topic.is_empty() {
            format!("line {root}")
        } else {
            format!("topic {}", lines[root].topic)
        };
        let group = *group_of.entry(name).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(place);
    }
    let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    groups
        .into_iter()
        .filter_map(|group| {
            let mut group: Vec<Line> = group.into_iter().filter_map(|place| lines[place].take()).collect();
            // What answers nothing began it; else the earliest.
            group.sort_by_key(|line| (line.post.parent.is_some(), line.post.at));
            let said = |name: &str| {
                group
                    .iter()
                    .filter_map(|line| line.about.get(name))
                    .find(|text| !text.is_empty())
                    .cloned()
                    .unwrap_or_default()
            };
            let first = group.first()?;
            let title = match said("title") {
                // Without a title its first words stand for it.
                empty if empty.is_empty() => {
                    let words: String = first
                        .post
                        .body
                        .split_whitespace()
                        .take(10)
                        .collect::<Vec<_>>()
                        .join(" ");
                    if words.is_empty() { "–".to_owned() } else { words }
                }
                title => title,
            };
            let answer = said("answer");
            let kind = TopicKind::from_word(&said("kind")).unwrap_or(if answer.is_empty() {
                TopicKind::Discussion
            } else {
                TopicKind::Question
            });
            let board = match said("board") {
                empty if empty.is_empty() => "Topics".to_owned(),
                board => board,
            };
            Some(ForeignTopic {
                board,
                title,
                kind,
                tags: crate::forum::topics::tags::parse(&said("tags")),
                views: said("views").parse().unwrap_or(0),
                closed: is_yes(&said("closed")),
                pinned: is_yes(&said("pinned")),
                answer: (!answer.is_empty()).then_some(answer),
                addresses: Vec::new(),
                posts: group.into_iter().map(|line| line.post).collect(),
            })
        })
        .collect()
}

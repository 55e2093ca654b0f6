//! `aquarium import stackexchange`: a site from its public dump, a folder with `Posts.xml`, `Users.xml`,
//! `Comments.xml` and `Votes.xml`. Questions become questions, answers and comments replies; votes for a post become
//! a count of thanks, votes against are dropped.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::foreign::{self, ForeignPost, ForeignTopic, Options, Somebody, moment};
use super::html::Converter;
use super::{Report, files};
use crate::app::App;
use crate::kinds::{Format, TopicKind};

pub fn run(app: &Arc<App>, options: &Options) -> Result<(), String> {
    bring(app, options, true)?.print(options.report == "json")
}

/// One row of a table, by the names of its columns.
type Row = HashMap<String, String>;

const QUESTION: &str = "1";
const ANSWER: &str = "2";
/// The vote that says: this was useful.
const FOR: &str = "2";

/// Brings everything in and says what became of it.
pub fn bring(app: &Arc<App>, options: &Options, progress: bool) -> Result<Report, String> {
    let mut report = Report::default();
    let all = files::all(&options.path)?;
    let topics = topics(&all, &options.address, &mut report)?;
    foreign::bring(app, "stackexchange", options, topics, &mut report, progress)?;
    Ok(report)
}

/// The rows of a table. A table that is broken off gives the rows before, and says where.
fn rows(all: &[files::Named], table: &str, report: &mut Report) -> Vec<Row> {
    let mut found = Vec::new();
    for (file, bytes) in all {
        let mine = std::path::Path::new(file)
            .file_name()
            .is_some_and(|name| name.to_string_lossy() == table)
            || file.ends_with(&format!(": {table}"));
        if !mine {
            continue;
        }
        // Some dumps begin with a mark of their encoding.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = Reader::from_reader(bytes);
        let mut space = Vec::new();
        loop {
            match reader.read_event_into(&mut space) {
                Ok(Event::Empty(element) | Event::Start(element)) if element.name().as_ref() == "row" => {
                    let row: Result<Row, quick_xml::Error> = element
                        .attributes()
                        .map(|attribute| {
                            let attribute = attribute?;
                            let value = quick_xml::escape::unescape(&attribute.value)?.into_owned();
                            Ok((attribute.key.as_ref().to_owned(), value))
                        })
                        .collect();
                    match row {
                        Ok(row) => found.push(row),
                        Err(problem) => {
                            let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
                            report.cannot_read(file, at, problem.to_string());
                        }
                    }
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(problem) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(0);
                    report.cannot_read(file, at, problem.to_string());
                    break;
                }
            }
            space.clear();
        }
    }
    found
}

fn get<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

fn number(row: &Row, name: &str) -> i64 {
    get(row, name).parse().unwrap_or(0)
}

/// `<a><b-c>` or `|a|b-c|`: both are written.
fn tags(text: &str) -> Vec<String> {
    text.split(['<', '>', '|'])
        .filter(|tag| !tag.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn topics(all: &[files::Named], home: &str, report: &mut Report) -> Result<Vec<ForeignTopic>, String> {
    let converter = Converter::new(home);
    let names: HashMap<String, String> = rows(all, "Users.xml", report)
        .into_iter()
        .map(|row| (get(&row, "Id").to_owned(), get(&row, "DisplayName").to_owned()))
        .collect();
    let mut votes: HashMap<String, i64> = HashMap::new();
    for row in rows(all, "Votes.xml", report) {
        if get(&row, "VoteTypeId") == FOR {
            *votes.entry(get(&row, "PostId").to_owned()).or_default() += 1;
        }
    }
    let posts = rows(all, "Posts.xml", report);
    if posts.is_empty() {
        return Err("there is no Posts.xml with rows here".to_owned());
    }
    // Questions first: answers and comments stand below them. Where each post stands is known by its number.
    let mut topics: Vec<ForeignTopic> = Vec::new();
    let mut place_of: HashMap<String, usize> = HashMap::new();
    let (questions, others): (Vec<&Row>, Vec<&Row>) = posts.iter().partition(|row| get(row, "PostTypeId") == QUESTION);
    for row in questions {
        let id = get(row, "Id");
        let Some(post) = one_post(row, &names, &votes, &converter, report) else {
            continue;
        };
        place_of.insert(id.to_owned(), topics.len());
        topics.push(ForeignTopic {
            board: "Questions".to_owned(),
            title: get(row, "Title").to_owned(),
            kind: TopicKind::Question,
            tags: tags(get(row, "Tags")),
            views: number(row, "ViewCount").max(0),
            closed: !get(row, "ClosedDate").is_empty(),
            pinned: false,
            answer: row
                .get("AcceptedAnswerId")
                .map(|answer| format!("stackexchange:{answer}")),
            addresses: vec![format!("q/{id}")],
            posts: vec![post],
        });
    }
    for row in others {
        if get(row, "PostTypeId") != ANSWER {
            // Pages about tags and the site's own notes.
            report.read += 1;
            report.left_out += 1;
            continue;
        }
        let Some(place) = place_of.get(get(row, "ParentId")).copied() else {
            report.cannot_read("Posts.xml", row_number(row), "this answers a question that is not here");
            continue;
        };
        if let Some(post) = one_post(row, &names, &votes, &converter, report) {
            place_of.insert(get(row, "Id").to_owned(), place);
            topics[place].posts.push(post);
        }
    }
    for row in rows(all, "Comments.xml", report) {
        let Some(place) = place_of.get(get(&row, "PostId")).copied() else {
            report.read += 1;
            report.left_out += 1;
            continue;
        };
        let Some(at) = moment(get(&row, "CreationDate"), &TimeZone::UTC) else {
            report.cannot_read("Comments.xml", row_number(&row), "this comment has no date");
            continue;
        };
        topics[place].posts.push(ForeignPost {
            key: format!("stackexchange:comment:{}", get(&row, "Id")),
            author: author(&row, "UserId", "UserDisplayName", &names),
            at,
            body: get(&row, "Text").to_owned(),
            format: Format::Markdown,
            parent: Some(format!("stackexchange:{}", get(&row, "PostId"))),
            thanks: number(&row, "Score").max(0),
            addresses: Vec::new(),
            to: None,
            department: None,
        });
    }
    Ok(topics)
}

fn row_number(row: &Row) -> usize {
    get(row, "Id").parse().unwrap_or(0)
}

fn author(row: &Row, id: &str, called: &str, names: &HashMap<String, String>) -> Somebody {
    let id = get(row, id);
    let given = get(row, called);
    if id.is_empty() {
        // An account that was deleted: the name that was left is all there is.
        let called = if given.is_empty() { "?" } else { given };
        return Somebody {
            keys: vec![format!("name:{}", called.to_lowercase())],
            called: called.to_owned(),
        };
    }
    Somebody {
        keys: vec![format!("id:{id}")],
        called: names.get(id).cloned().unwrap_or_else(|| given.to_owned()),
    }
}

fn one_post(
    row: &Row,
    names: &HashMap<String, String>,
    votes: &HashMap<String, i64>,
    converter: &Converter,
    report: &mut Report,
) -> Option<ForeignPost> {
    let id = get(row, "Id");
    let Some(at) = moment(get(row, "CreationDate"), &TimeZone::UTC) else {
        report.cannot_read("Posts.xml", row_number(row), "this post has no date");
        return None;
    };
    let body = match converter.convert(get(row, "Body")) {
        Ok(body) => body,
        Err(problem) => {
            report.cannot_read("Posts.xml", row_number(row), problem);
            return None;
        }
    };
    let parent = get(row, "ParentId");
    Some(ForeignPost {
        key: format!("stackexchange:{id}"),
        author: author(row, "OwnerUserId", "OwnerDisplayName", names),
        at,
        body,
        format: Format::Markdown,
        parent: (!parent.is_empty()).then(|| format!("stackexchange:{parent}")),
        thanks: votes.get(id).copied().unwrap_or(0),
        addresses: vec![format!("a/{id}")],
        to: None,
        department: None,
    })
}

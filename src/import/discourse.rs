//! `aquarium import discourse`: a Discourse forum, from the answers of its API (`/t/12.json`, with more posts in
//! `/t/12/posts.json` and names of categories in `/categories.json` or `/site.json`), or from pages that an archive
//! made of it (`--layout rendered`).

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use regex::Regex;
use serde::Deserialize;

use super::foreign::{self, ForeignPost, ForeignTopic, Somebody, moment};
use super::html::Converter;
use super::{Report, files};
use crate::app::App;
use crate::kinds::{Format, TopicKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// The API's answers, a file each.
    Api,
    /// A Markdown file for each topic, with the posts' HTML below headings.
    Rendered,
}

#[derive(Args, Debug, Clone)]
pub struct Options {
    #[command(flatten)]
    pub common: foreign::Options,
    #[arg(long, value_enum, default_value = "api")]
    pub layout: Layout,
}

pub fn run(app: &Arc<App>, options: &Options) -> Result<(), String> {
    bring(app, options, true)?.print(options.common.report == "json")
}

/// Brings everything in and says what became of it.
pub fn bring(app: &Arc<App>, options: &Options, progress: bool) -> Result<Report, String> {
    let mut report = Report::default();
    let all = files::all(&options.common.path)?;
    let topics = match options.layout {
        Layout::Api => api(&all, &options.common.address, &mut report),
        Layout::Rendered => rendered(&all, &options.common.address, &mut report),
    };
    foreign::bring(app, "discourse", &options.common, topics, &mut report, progress)?;
    Ok(report)
}

#[derive(Deserialize)]
struct TopicAnswer {
    id: Option<i64>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    views: i64,
    category_id: Option<i64>,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    pinned: bool,
    #[serde(default)]
    pinned_globally: bool,
    #[serde(default)]
    archetype: String,
    deleted_at: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    post_stream: PostStream,
}

/// Old answers give words, new ones objects.
#[derive(Deserialize)]
#[serde(untagged)]
enum Tag {
    Word(String),
    Named { name: String },
}

#[derive(Deserialize)]
struct PostStream {
    posts: Vec<PostAnswer>,
}

#[derive(Deserialize)]
struct PostAnswer {
    id: i64,
    topic_id: Option<i64>,
    post_number: i64,
    reply_to_post_number: Option<i64>,
    #[serde(default)]
    username: String,
    name: Option<String>,
    user_id: Option<i64>,
    created_at: String,
    #[serde(default)]
    cooked: String,
    #[serde(default)]
    post_type: i64,
    #[serde(default)]
    hidden: bool,
    deleted_at: Option<String>,
    #[serde(default)]
    user_deleted: bool,
    #[serde(default)]
    accepted_answer: bool,
    #[serde(default)]
    actions_summary: Vec<Action>,
}

#[derive(Deserialize)]
struct Action {
    id: i64,
    #[serde(default)]
    count: i64,
}

/// A post of people; the others are moderators' acts, notes of the system and words between moderators.
const REGULAR: i64 = 1;
/// The action that is a like.
const LIKE: i64 = 2;

#[derive(Deserialize)]
struct Categories {
    #[serde(default)]
    categories: Vec<Category>,
    category_list: Option<CategoryList>,
}

#[derive(Deserialize)]
struct CategoryList {
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Category {
    id: i64,
    name: String,
}

fn api(all: &[files::Named], home: &str, report: &mut Report) -> Vec<ForeignTopic> {
    let converter = Converter::new(home);
    let mut names: HashMap<i64, String> = HashMap::new();
    let mut answers: Vec<(&str, TopicAnswer)> = Vec::new();
    for (file, bytes) in all.iter().filter(|(file, _)| file.ends_with(".json")) {
        match serde_json::from_slice::<TopicAnswer>(bytes) {
            Ok(answer) => answers.push((file, answer)),
            Err(problem) => match serde_json::from_slice::<Categories>(bytes) {
                Ok(found) if !found.categories.is_empty() || found.category_list.is_some() => {
                    let listed = found.category_list.map(|list| list.categories).unwrap_or_default();
                    for category in found.categories.into_iter().chain(listed) {
                        names.insert(category.id, category.name);
                    }
                }
                _ => report.cannot_read(file, 0, format!("this is no answer about a topic: {problem}")),
            },
        }
    }
    // More posts of a topic come without its title.
    let mut more: HashMap<i64, Vec<PostAnswer>> = HashMap::new();
    let mut heads: Vec<(i64, &str, TopicAnswer)> = Vec::new();
    let mut loose: Vec<(i64, &str)> = Vec::new();
    for (file, mut answer) in answers {
        let first = answer.post_stream.posts.first();
        let Some(id) = answer.id.or_else(|| first.and_then(|post| post.topic_id)) else {
            report.cannot_read(file, 0, "this names no topic");
            continue;
        };
        if answer.title.is_empty() {
            loose.push((id, file));
            more.entry(id).or_default().append(&mut answer.post_stream.posts);
        } else {
            heads.push((id, file, answer));
        }
    }
    let mut topics = Vec::with_capacity(heads.len());
    for (id, _, answer) in heads {
        let others = more.remove(&id).unwrap_or_default();
        topics.extend(one_answer(id, answer, others, &names, &converter, report));
    }
    for (id, file) in loose {
        if more.remove(&id).is_some() {
            report.cannot_read(file, 0, format!("posts of topic {id}, and no file has its title"));
        }
    }
    topics
}

fn one_answer(
    id: i64,
    answer: TopicAnswer,
    others: Vec<PostAnswer>,
    names: &HashMap<i64, String>,
    converter: &Converter,
    report: &mut Report,
) -> Option<ForeignTopic> {
    let mut all = answer.post_stream.posts;
    all.extend(others);
    all.sort_by_key(|post| post.post_number);
    all.dedup_by_key(|post| post.id);
    // Letters between people are nobody else's, and what was removed stays removed.
    let nobodys = answer.archetype == "private_message" || answer.deleted_at.is_some();
    let mut kept = Vec::with_capacity(all.len());
    for post in all {
        let stays =
            !nobodys && post.post_type == REGULAR && !post.hidden && !post.user_deleted && post.deleted_at.is_none();
        if stays {
            kept.push(post);
        } else {
            report.read += 1;
            report.left_out += 1;
        }
    }
    let key = |number: i64| format!("discourse:{id}/{number}");
    let numbers: Vec<i64> = kept.iter().map(|post| post.post_number).collect();
    let mut posts = Vec::with_capacity(kept.len());
    let mut solved = None;
    for post in kept {
        let file = format!("topic {id}");
        let number = post.post_number;
        let Some(at) = moment(&post.created_at, &TimeZone::UTC) else {
            report.cannot_read(&file, usize::try_from(number).unwrap_or(0), "this post has no date");
            continue;
        };
        let body = match converter.convert(&post.cooked) {
            Ok(body) => body,
            Err(problem) => {
                report.cannot_read(&file, usize::try_from(number).unwrap_or(0), problem);
                continue;
            }
        };
        if post.accepted_answer {
            solved = Some(key(number));
        }
        let called = post.name.filter(|name| !name.trim().is_empty());
        posts.push(ForeignPost {
            key: key(number),
            author: Somebody {
                keys: post
                    .user_id
                    .map(|user| format!("id:{user}"))
                    .into_iter()
                    .chain(std::iter::once(handle(&post.username)))
                    .collect(),
                called: called.unwrap_or_else(|| post.username.clone()),
            },
            at,
            body,
            format: Format::Markdown,
            parent: post
                .reply_to_post_number
                .filter(|parent| numbers.contains(parent))
                .or_else(|| quoted(&post.cooked, id, number).filter(|parent| numbers.contains(parent)))
                .map(key),
            thanks: post
                .actions_summary
                .iter()
                .filter(|action| action.id == LIKE)
                .map(|action| action.count.max(0))
                .sum(),
            addresses: vec![format!("t/{id}/{number}"), format!("p/{}", post.id)],
            to: None,
            department: None,
        });
    }
    if posts.is_empty() {
        return None;
    }
    Some(ForeignTopic {
        board: answer.category_id.map_or_else(
            || "Discourse".to_owned(),
            |category| {
                names
                    .get(&category)
                    .cloned()
                    .unwrap_or_else(|| format!("Category {category}"))
            },
        ),
        title: answer.title,
        kind: if solved.is_some() {
            TopicKind::Question
        } else {
            TopicKind::Discussion
        },
        tags: answer
            .tags
            .into_iter()
            .map(|tag| match tag {
                Tag::Word(word) => word,
                Tag::Named { name } => name,
            })
            .collect(),
        views: answer.views.max(0),
        closed: answer.closed || answer.archived,
        pinned: answer.pinned || answer.pinned_globally,
        answer: solved,
        addresses: vec![format!("t/{id}")],
        posts,
    })
}

fn handle(username: &str) -> String {
    format!("@{}", username.to_lowercase())
}

static QUOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<aside class="quote[^"]*"[^>]*>"#).expect("a pattern of ours"));
static QUOTED_POST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"data-post="(\d{1,9})""#).expect("a pattern of ours"));
static QUOTED_TOPIC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"data-topic="(\d{1,12})""#).expect("a pattern of ours"));

/// The post of the same topic that one quotes first: who quotes, answers.
fn quoted(cooked: &str, topic: i64, own: i64) -> Option<i64> {
    let number = |pattern: &Regex, text: &str| -> Option<i64> { pattern.captures(text)?.get(1)?.as_str().parse().ok() };
    QUOTE
        .find_iter(cooked)
        .filter(|tag| number(&QUOTED_TOPIC, tag.as_str()) == Some(topic))
        .find_map(|tag| number(&QUOTED_POST, tag.as_str()).filter(|post| *post < own))
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^## Post #(\d{1,9}) by @(\S+) \((\d{4}-\d\d-\d\d \d\d:\d\d) UTC\)\s*$").expect("a pattern of ours")
});
static TOPIC_ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^topic_id: (\d{1,12})\s*$").expect("a pattern of ours"));
static TITLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^# (.+)$").expect("a pattern of ours"));

fn rendered(all: &[files::Named], home: &str, report: &mut Report) -> Vec<ForeignTopic> {
    let converter = Converter::new(home);
    let mut topics = Vec::new();
    for (file, bytes) in all {
        let index = file.ends_with("README.md");
        if index || !file.ends_with(".md") {
            continue;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            report.cannot_read(file, 0, "this is not UTF-8");
            continue;
        };
        match one_page(file, text, &converter, report) {
            Ok(topic) => topics.push(topic),
            Err(problem) => report.cannot_read(file, 0, problem),
        }
    }
    topics
}

fn one_page(file: &str, text: &str, converter: &Converter, report: &mut Report) -> Result<ForeignTopic, String> {
    let first = HEADING.find(text).ok_or("this has no posts")?;
    let head = &text[..first.start()];
    let id: i64 = TOPIC_ID
        .captures(head)
        .and_then(|found| found.get(1)?.as_str().parse().ok())
        .ok_or("this names no topic")?;
    let title = TITLE
        .captures(head)
        .and_then(|found| Some(found.get(1)?.as_str().trim().to_owned()))
        .ok_or("this has no title")?;
    let key = |number: i64| format!("discourse:{id}/{number}");
    let headings: Vec<regex::Captures<'_>> = HEADING.captures_iter(text).collect();
    let mut numbers: Vec<i64> = Vec::with_capacity(headings.len());
    let mut posts = Vec::with_capacity(headings.len());
    for (place, heading) in headings.iter().enumerate() {
        let part = |group: usize| heading.get(group).map_or("", |found| found.as_str());
        let begins = heading.get(0).map_or(0, |whole| whole.end());
        let ends = headings
            .get(place + 1)
            .and_then(|next| next.get(0))
            .map_or(text.len(), |next| next.start());
        let number: i64 = part(1).parse().unwrap_or(0);
        let cooked = text[begins..ends].trim().trim_end_matches("---").trim();
        let Some(at) = moment(part(3), &TimeZone::UTC) else {
            report.cannot_read(file, begins, "this post has no date");
            continue;
        };
        let body = match converter.convert(cooked) {
            Ok(body) => body,
            Err(problem) => {
                report.cannot_read(file, begins, problem);
                continue;
            }
        };
        let parent = quoted(cooked, id, number).filter(|parent| numbers.contains(parent));
        numbers.push(number);
        posts.push(ForeignPost {
            key: key(number),
            author: Somebody {
                keys: vec![handle(part(2))],
                called: part(2).to_owned(),
            },
            at,
            body,
            format: Format::Markdown,
            parent: parent.map(key),
            thanks: 0,
            addresses: vec![format!("t/{id}/{number}")],
            to: None,
            department: None,
        });
    }
    if posts.is_empty() {
        return Err("none of its posts could be read".to_owned());
    }
    Ok(ForeignTopic {
        board: "Discourse".to_owned(),
        title,
        kind: TopicKind::Discussion,
        tags: Vec::new(),
        views: 0,
        closed: false,
        pinned: false,
        answer: None,
        addresses: vec![format!("t/{id}")],
        posts,
    })
}

//! What the importers of forums share: a topic as it stood elsewhere, and how it comes to stand here.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use super::Report;
use crate::access::door::hex;
use crate::access::{Tx, Viewer};
use crate::app::App;
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::bring_in::{self, Crown, Target, Written};
use crate::ids::{AccountId, DepartmentId, PostId};
use crate::kinds::{Format, TopicKind};
use crate::refusal::Result as Done;
use crate::text::name;

/// What every importer of a forum is told.
#[derive(Args, Debug, Clone)]
#[group(id = "foreign")]
pub struct Options {
    /// A file, a folder of files, or .tar.zst archives of them.
    pub path: PathBuf,
    /// The space that takes them; made, private to the admin, when there is none of this name.
    #[arg(long)]
    pub space: String,
    /// One board for all. Without it each category becomes a board of its own.
    #[arg(long)]
    pub board: Option<String>,
    /// The department of everybody whose department nothing else says: for what is told of history. Made when there is
    /// none of this name.
    #[arg(long)]
    pub department: Option<String>,
    /// Where the other forum lived, as <https://forum.example.org>: links between its posts then lead to where they are
    /// here.
    #[arg(long, default_value = "")]
    pub address: String,
    /// `text`, or `json` for one object on standard output.
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub report: String,
}

/// Who wrote something, elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Somebody {
    /// By which the same person is found again; within one import only.
    pub keys: Vec<String>,
    pub called: String,
}

#[derive(Debug, Clone)]
pub struct ForeignPost {
    pub key: String,
    pub author: Somebody,
    pub at: Moment,
    pub body: String,
    pub format: Format,
    /// The key of what it answers; without one it answers the topic.
    pub parent: Option<String>,
    pub thanks: i64,
    /// Under which it was found, as [`crate::forum::old_addresses::key`] makes them.
    pub addresses: Vec<String>,
    /// Whom it was for, where it answers nothing.
    pub to: Option<Somebody>,
    /// In which department its author worked then.
    pub department: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ForeignTopic {
    pub board: String,
    pub title: String,
    pub kind: TopicKind,
    pub tags: Vec<String>,
    pub views: i64,
    pub closed: bool,
    pub pinned: bool,
    /// The key of the post that solved it.
    pub answer: Option<String>,
    /// Under which it was found.
    pub addresses: Vec<String>,
    pub posts: Vec<ForeignPost>,
}

const COMMIT_EVERY: usize = 500;

/// Reads a moment: with its zone, or in a zone that was given.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Moment(at.as_microsecond()));
    }
    let plain: DateTime = text.parse().ok()?;
    let at = plain.to_zoned(zone.clone()).ok()?;
    Some(Moment(at.timestamp().as_microsecond()))
}

/// The posts of a topic so that none stands before what it answers. What answers nothing that is here answers the
/// first of them; a circle is cut where it closes. Each with the place of what it answers.
fn in_order(posts: &[ForeignPost]) -> Vec<(usize, Option<usize>)> {
    let mut by_time: Vec<usize> = (0..posts.len()).collect();
    by_time.sort_by_key(|place| (posts[*place].at, *place));
    let by_key: HashMap<&str, usize> = posts
        .iter()
        .enumerate()
        .map(|(place, post)| (post.key.as_str(), place))
        .collect();
    // The one that stands first began it, whatever the others' clocks say.
    let parent_of = |place: usize| {
        (place != 0)
            .then(|| posts[place].parent.as_deref().and_then(|key| by_key.get(key).copied()))
            .flatten()
            .filter(|parent| *parent != place)
    };
    let mut order = Vec::with_capacity(posts.len());
    let mut done = vec![false; posts.len()];
    for place in std::iter::once(0).chain(by_time) {
        let mut chain = vec![place];
        let mut seen: HashSet<usize> = HashSet::from([place]);
        while let Some(parent) = chain.last().and_then(|last| parent_of(*last)) {
            if done[parent] || !seen.insert(parent) {
                break;
            }
            chain.push(parent);
        }
        for one in chain.into_iter().rev() {
            if !done[one] {
                done[one] = true;
                let parent = parent_of(one).filter(|parent| done[*parent]);
                order.push((one, if one == 0 { None } else { Some(parent.unwrap_or(0)) }));
            }
        }
    }
    order
}

/// What one board has already, and who wrote it.
struct Filling {
    target: Target,
    posts: HashMap<String, PostId>,
    texts: HashSet<(String, String)>,
    people: HashMap<String, AccountId>,
    departments: HashMap<String, DepartmentId>,
    topics: i64,
    added: i64,
}

/// Brings topics in: each once, each to its board. What was counted before (left out, unreadable) stays counted.
pub fn bring(
    app: &Arc<App>,
    kind: &'static str,
    options: &Options,
    topics: Vec<ForeignTopic>,
    report: &mut Report,
    progress: bool,
) -> Result<(), String> {
    let said = |error: crate::refusal::Refusal| error.to_string();
    let viewer = Viewer::system("import");
    let posts: usize = topics.iter().map(|topic| topic.posts.len()).sum();
    report.read += posts;
    let bar = if progress {
        ProgressBar::new(u64::try_from(posts).unwrap_or(0))
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    // In the order in which boards are named first, so that a second run meets the same boards.
    let mut boards: Vec<(String, Vec<ForeignTopic>)> = Vec::new();
    for topic in topics {
        let board = options.board.clone().unwrap_or_else(|| topic.board.clone());
        match boards.iter_mut().find(|(name, _)| *name == board) {
            Some((_, some)) => some.push(topic),
            None => boards.push((board, vec![topic])),
        }
    }
    app.search.distrust();
    for (board, mut topics) in boards {
        bar.set_message(board.clone());
        topics.sort_by_key(|topic| topic.posts.first().map(|post| post.at));
        let mut filling = app
            .store
            .write(&viewer, Source::Import, |tx| {
                let target = bring_in::target(tx, kind, &options.space, &board)?;
                let mut filling = Filling {
                    target,
                    posts: HashMap::new(),
                    texts: HashSet::new(),
                    people: HashMap::new(),
                    departments: HashMap::new(),
                    topics: 0,
                    added: 0,
                };
                for (key, hash, post) in bring_in::known_of_import(tx, target.import)? {
                    filling.posts.insert(key.clone(), post);
                    filling.texts.insert((key, hash));
                }
                Ok(filling)
            })
            .map_err(said)?;
        let mut rest = topics.as_slice();
        while !rest.is_empty() {
            // Whole topics at a stroke, as many as make a stroke worth its while.
            let (mut many, mut count) = (0, 0);
            while many < rest.len() && count < COMMIT_EVERY {
                count += rest[many].posts.len();
                many += 1;
            }
            let (some, others) = rest.split_at(many);
            rest = others;
            let mut counted = Report::default();
            app.store
                .write(&viewer, Source::Import, |tx| {
                    for topic in some {
                        one_topic(tx, &mut filling, topic, options.department.as_deref(), &mut counted)?;
                    }
                    Ok(())
                })
                .map_err(said)?;
            report.added += counted.added;
            report.skipped += counted.skipped;
            report.same_id += counted.same_id;
            bar.inc(u64::try_from(count).unwrap_or(0));
        }
        app.store
            .write(&viewer, Source::Import, |tx| {
                bring_in::finish(tx, filling.target, filling.topics, filling.added)
            })
            .map_err(said)?;
    }
    bar.finish();
    app.search.rebuild(app).map_err(|error| error.to_string())
}

fn one_topic(
    tx: &mut Tx<'_>,
    filling: &mut Filling,
    topic: &ForeignTopic,
    department: Option<&str>,
    report: &mut Report,
) -> Done<()> {
    let order = in_order(&topic.posts);
    let title = name::tidy(&topic.title);
    let mut here: Vec<Option<PostId>> = vec![None; topic.posts.len()];
    let mut added = 0;
    for (place, parent) in order {
        let post = &topic.posts[place];
        let hash = hex(&Sha256::digest(post.body.trim().as_bytes())[..16]);
        if let Some(known) = filling.posts.get(&post.key) {
            here[place] = Some(*known);
            report.skipped += 1;
            report.same_id += usize::from(!filling.texts.contains(&(post.key.clone(), hash)));
            continue;
        }
        let author = person(tx, filling, &post.author)?;
        let to = match &post.to {
            Some(to) => Some(person(tx, filling, to)?),
            None => None,
        };
        let department = match post.department.as_deref().or(department) {
            Some(called) => Some(department_of(tx, filling, called)?),
            None => None,
        };
        let written = Written {
            key: post.key.clone(),
            text_hash: hash.clone(),
            subject_key: String::new(),
            title: title.clone(),
            author,
            at: post.at,
            body: post.body.clone(),
            format: post.format,
            thanks: post.thanks,
            kind: topic.kind,
            to,
            department,
        };
        let parent = parent.and_then(|parent| here[parent]);
        let id = bring_in::post(tx, filling.target, parent, &written)?;
        filling.topics += i64::from(parent.is_none());
        filling.posts.insert(post.key.clone(), id);
        filling.texts.insert((post.key.clone(), hash));
        here[place] = Some(id);
        for address in &post.addresses {
            bring_in::keep_address(tx, filling.target.import, address, id)?;
        }
        added += 1;
    }
    report.added += added;
    filling.added += i64::try_from(added).unwrap_or(0);
    let (Some(Some(first)), true) = (here.first().copied(), added > 0) else {
        return Ok(());
    };
    for address in &topic.addresses {
        bring_in::keep_address(tx, filling.target.import, address, first)?;
    }
    // A topic that was here may have been looked after meanwhile: what people did here stands.
    if added < topic.posts.len() {
        return Ok(());
    }
    let id = bring_in::topic_of(tx, first)?;
    let crown = Crown {
        kind: topic.kind,
        tags: topic.tags.clone(),
        views: topic.views,
        closed: topic.closed,
        pinned: topic.pinned,
        answer: topic.answer.as_ref().and_then(|key| filling.posts.get(key).copied()),
    };
    bring_in::crown(tx, id, &crown)
}

fn person(tx: &mut Tx<'_>, filling: &mut Filling, author: &Somebody) -> Done<AccountId> {
    if let Some(known) = author.keys.iter().find_map(|key| filling.people.get(key)) {
        return Ok(*known);
    }
    let account = bring_in::person(tx, filling.target.import, &author.keys, &author.called)?;
    for key in &author.keys {
        filling.people.insert(key.clone(), account);
    }
    Ok(account)
}

fn department_of(tx: &mut Tx<'_>, filling: &mut Filling, called: &str) -> Done<DepartmentId> {
    if let Some(known) = filling.departments.get(called) {
        return Ok(*known);
    }
    let department = bring_in::department(tx, called)?;
    filling.departments.insert(called.to_owned(), department);
    Ok(department)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(key: &str, at: i64, parent: Option<&str>) -> ForeignPost {
        ForeignPost {
            key: key.to_owned(),
            author: Somebody::default(),
            at: Moment(at),
            body: String::new(),
            format: Format::Markdown,
            parent: parent.map(ToOwned::to_owned),
            thanks: 0,
            addresses: Vec::new(),
            to: None,
            department: None,
        }
    }

    #[test]
    fn none_before_what_it_answers() {
        let posts = [
            post("a", 5, None),
            post("b", 1, Some("c")),
            post("c", 9, None),
            post("d", 2, Some("lost")),
            post("e", 3, Some("f")),
            post("f", 4, Some("e")),
        ];
        let order = in_order(&posts);
        assert_eq!(order[0], (0, None));
        assert_eq!(order.len(), posts.len());
        for (at, (_, parent)) in order.iter().enumerate().skip(1) {
            let parent = parent.expect("a parent");
            assert!(order[..at].iter().any(|(place, _)| *place == parent));
        }
        assert!(order.contains(&(1, Some(2))) && order.contains(&(3, Some(0))));
    }

    #[test]
    fn moments_with_and_without_a_zone() {
        let utc = TimeZone::UTC;
        assert_eq!(
            moment("2018-03-04T08:17:19.590Z", &utc),
            moment("2018-03-04T08:17:19.590", &utc)
        );
        assert_eq!(
            moment("2010-01-02 01:34:44", &utc),
            moment("2010-01-02T01:34:44Z", &utc)
        );
        assert_eq!(moment("yesterday", &utc), None);
    }
}

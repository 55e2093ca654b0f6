//! `aquarium import mbox`: mailing lists become boards, mails become posts, threads become topics.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::Report;
use super::files::{broken, in_folder, unpack};
use super::mail::{self, Mail};
use crate::access::Viewer;
use crate::app::App;
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::bring_in::{self, Target, Written};
use crate::ids::{DepartmentId, PostId};
use crate::kinds::{Format, TopicKind};
use crate::text::name;

#[derive(Args, Debug, Clone)]
pub struct Options {
    /// An mbox file, a folder of them, or .tar.zst archives of them.
    pub path: PathBuf,
    /// The space that takes them; made, private to the admin, when there is none of this name.
    #[arg(long)]
    pub space: String,
    /// One board for all. Without it each list becomes a board of its own.
    #[arg(long)]
    pub board: Option<String>,
    /// Take the name of each list for the department of who writes there: for what is told of history.
    #[arg(long)]
    pub lists_are_departments: bool,
    /// `text`, or `json` for one object on standard output.
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub report: String,
}

/// A list: what it is called, and its files with their bytes.
struct List {
    name: String,
    files: Vec<(String, Vec<u8>)>,
}

const COMMIT_EVERY: usize = 500;

/// Days within which a reply without a known parent joins the topic of its subject.
const SUBJECT_DAYS: i64 = 90;

pub fn run(app: &Arc<App>, options: &Options) -> Result<(), String> {
    let report = bring(app, options, true)?;
    report.print(options.report == "json")
}

/// Brings everything in and says what became of it.
pub fn bring(app: &Arc<App>, options: &Options, progress: bool) -> Result<Report, String> {
    let lists = lists(&options.path)?;
    if lists.is_empty() {
        return Err(format!("{}: there is no mbox file here", options.path.display()));
    }
    let mut report = Report::default();
    // What comes in now is searchable when the index was built after it, also after a crash between.
    app.search.distrust();
    for list in lists {
        let board = options.board.clone().unwrap_or_else(|| list.name.clone());
        let department = options.lists_are_departments.then_some(list.name.as_str());
        one_list(app, (&options.space, &board), department, &list, &mut report, progress)?;
    }
    app.search.rebuild(app).map_err(|error| error.to_string())?;
    Ok(report)
}

fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for ending in [".tar.zst", ".mbox", ".txt"] {
        if let Some(stem) = name.strip_suffix(ending) {
            return stem.to_owned();
        }
    }
    name
}

fn lists(path: &Path) -> Result<Vec<List>, String> {
    let kind = std::fs::metadata(path).map_err(broken(path))?;
    if kind.is_file() {
        return Ok(vec![if path.to_string_lossy().ends_with(".tar.zst") {
            archive(path)?
        } else {
            List {
                name: stem(path),
                files: vec![(path.display().to_string(), std::fs::read(path).map_err(broken(path))?)],
            }
        }]);
    }
    let mut all = Vec::new();
    let mut loose = List {
        name: stem(path),
        files: Vec::new(),
    };
    for entry in in_folder(path)? {
        let name = stem(&entry);
        if entry.is_dir() {
            all.extend(lists(&entry)?);
        } else if entry.to_string_lossy().ends_with(".tar.zst") {
            all.push(archive(&entry)?);
        } else if !name.starts_with('.') && !name.starts_with("README") {
            let bytes = std::fs::read(&entry).map_err(broken(&entry))?;
            if starts_as_mbox(&bytes) {
                loose.files.push((entry.display().to_string(), bytes));
            }
        }
    }
    if !loose.files.is_empty() {
        all.push(loose);
    }
    Ok(all)
}

fn starts_as_mbox(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .next()
        .is_some_and(|line| line.starts_with(b"From "))
}

fn archive(path: &Path) -> Result<List, String> {
    Ok(List {
        name: stem(path),
        files: unpack(path)?,
    })
}

/// Divides files into mails. What stands before the first envelope, or has no headers, is unreadable.
fn mails(list: &List, report: &mut Report) -> Vec<Mail> {
    let mut all = Vec::new();
    for (number, (name, bytes)) in list.files.iter().enumerate() {
        let mut starts = Vec::new();
        let mut at = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let bare = line.strip_suffix(b"\n").unwrap_or(line);
            if mail::is_envelope(bare.strip_suffix(b"\r").unwrap_or(bare)) {
                starts.push((at, at + line.len()));
            }
            at += line.len();
        }
        let first = starts.first().map_or(bytes.len(), |start| start.0);
        if bytes[..first].iter().any(|byte| !byte.is_ascii_whitespace()) {
            report.cannot_read(name, 0, "this does not begin with the line of an mbox");
        }
        for (place, (offset, begins)) in starts.iter().enumerate() {
            let ends = starts.get(place + 1).map_or(bytes.len(), |next| next.0);
            match mail::read(&bytes[*begins..ends], number, *offset) {
                Some(mail) => {
                    report.read += 1;
                    all.push(mail);
                }
                None => report.cannot_read(name, *offset, "this mail has no headers"),
            }
        }
    }
    all
}

/// The earliest moment that is believed: 1990.
const EARLIEST: i64 = 631_152_000;

/// A date that cannot be is taken from the mail before it in the same file, else from the one after,
/// else from what it answers.
fn repair_dates(mails: &mut [Mail], now: Moment) {
    let believable = |at: Option<Moment>| at.filter(|at| at.seconds() > EARLIEST && *at < now.plus_days(1));
    for mail in mails.iter_mut() {
        let good = believable(mail.at);
        if good.is_none() {
            mail.repaired = true;
        }
        mail.at = good;
    }
    let by_id: HashMap<String, Moment> = mails
        .iter()
        .filter_map(|mail| Some((mail.id.clone(), mail.at?)))
        .collect();
    let earliest = mails.iter().filter_map(|mail| mail.at).min().unwrap_or(now);
    for place in 0..mails.len() {
        if mails[place].at.is_some() {
            continue;
        }
        let file = mails[place].file;
        let before = mails[..place]
            .iter()
            .rev()
            .take_while(|mail| mail.file == file)
            .find_map(|mail| mail.at)
            .map(|at| at.plus_seconds(1));
        let after = mails[place + 1..]
            .iter()
            .take_while(|mail| mail.file == file)
            .find_map(|mail| mail.at)
            .map(|at| at.plus_seconds(-1));
        let answered = mails[place]
            .ancestors
            .iter()
            .find_map(|id| by_id.get(id))
            .map(|at| at.plus_seconds(1));
        mails[place].at = Some(before.or(after).or(answered).unwrap_or(earliest));
    }
}

/// The order in which posts are written: by time, but no reply before what it answers.
fn in_order(mails: &[Mail], by_id: &HashMap<&str, usize>) -> Vec<usize> {
    let mut by_time: Vec<usize> = (0..mails.len()).collect();
    by_time.sort_by_key(|place| (mails[*place].at, *place));
    let mut done = vec![false; mails.len()];
    let mut order = Vec::with_capacity(mails.len());
    for place in by_time {
        // The chain of unwritten ancestors, written from its far end; a circle ends where it closes.
        let mut chain = vec![place];
        let mut seen: HashSet<usize> = HashSet::from([place]);
        let mut at = place;
        while let Some(parent) = mails[at]
            .ancestors
            .iter()
            .find_map(|id| by_id.get(id.as_str()).copied())
        {
            if done[parent] || !seen.insert(parent) {
                break;
            }
            chain.push(parent);
            at = parent;
        }
        for place in chain.into_iter().rev() {
            if !done[place] {
                done[place] = true;
                order.push(place);
            }
        }
    }
    order
}

/// What the board knows while it is being filled.
struct Filling {
    target: Target,
    posts: HashMap<String, PostId>,
    texts: HashSet<(String, String)>,
    subjects: HashMap<String, (PostId, Moment)>,
    /// A mail that is not here, and the post that first answered it: others who answer it join there.
    missing: HashMap<String, PostId>,
    /// Of everybody who writes to the list.
    department: Option<DepartmentId>,
}

fn one_list(
    app: &Arc<App>,
    (space, board): (&str, &str),
    department: Option<&str>,
    list: &List,
    report: &mut Report,
    progress: bool,
) -> Result<(), String> {
    let viewer = Viewer::system("import");
    let now = app.clock.now();
    let mut mails = mails(list, report);
    repair_dates(&mut mails, now);
    let mut by_id: HashMap<&str, usize> = HashMap::with_capacity(mails.len());
    for (place, mail) in mails.iter().enumerate() {
        by_id.entry(mail.id.as_str()).or_insert(place);
    }
    let order = in_order(&mails, &by_id);
    let said = |error: crate::refusal::Refusal| error.to_string();
    let mut filling = app
        .store
        .write(&viewer, Source::Import, |tx| {
            let target = bring_in::target(tx, "mbox", space, board)?;
            let mut filling = Filling {
                target,
                posts: HashMap::new(),
                texts: HashSet::new(),
                subjects: HashMap::new(),
                missing: HashMap::new(),
                department: match department {
                    Some(called) => Some(bring_in::department(tx, called)?),
                    None => None,
                },
            };
            for (key, hash, post, subject, at) in bring_in::known(tx, target.board)? {
                filling.posts.entry(key.clone()).or_insert(post);
                filling.texts.insert((key, hash));
                if !subject.is_empty() {
                    filling.subjects.insert(subject, (post, at));
                }
            }
            // What earlier runs could not find is still not here: others who answer it join the same topic.
            for mail in &mails {
                if let Some(post) = filling.posts.get(&mail.id).copied() {
                    for id in &mail.ancestors {
                        if !filling.posts.contains_key(id) {
                            filling.missing.entry(id.clone()).or_insert(post);
                        }
                    }
                }
            }
            Ok(filling)
        })
        .map_err(said)?;
    let bar = if progress {
        ProgressBar::new(u64::try_from(order.len()).unwrap_or(0))
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{msg:24} {bar:32} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(board.to_owned());
    let (mut topics, mut posts) = (0, 0);
    for some in order.chunks(COMMIT_EVERY) {
        let mut counted = Report::default();
        let mut started = 0;
        app.store
            .write(&viewer, Source::Import, |tx| {
                for place in some {
                    started += one_mail(tx, &mut filling, &mails[*place], &mut counted)?;
                }
                Ok(())
            })
            .map_err(said)?;
        report.added += counted.added;
        report.skipped += counted.skipped;
        report.repaired += counted.repaired;
        report.same_id += counted.same_id;
        topics += started;
        posts += i64::try_from(counted.added).unwrap_or(0);
        bar.inc(u64::try_from(some.len()).unwrap_or(0));
    }
    bar.finish();
    let target = filling.target;
    app.store
        .write(&viewer, Source::Import, |tx| {
            bring_in::finish(tx, target, topics, posts)
        })
        .map_err(said)
}

/// Writes one mail. Returns how many topics it began.
fn one_mail(
    tx: &mut crate::access::Tx<'_>,
    filling: &mut Filling,
    mail: &Mail,
    report: &mut Report,
) -> crate::refusal::Result<i64> {
    let hash = mail.text_hash();
    if filling.texts.contains(&(mail.id.clone(), hash.clone())) {
        report.skipped += 1;
        return Ok(0);
    }
    let at = mail.at.unwrap_or(Moment(0));
    let title = mail::title(&mail.subject);
    let subject_key = name::fold(&title);
    let parent = mail
        .ancestors
        .iter()
        .find_map(|id| filling.posts.get(id).or_else(|| filling.missing.get(id)).copied())
        .or_else(|| {
            let (post, last) = filling.subjects.get(&subject_key)?;
            let near = (at.0 - last.0).abs() <= SUBJECT_DAYS * 86_400 * Moment::MICROS_PER_SECOND;
            (mail::is_reply(&mail.subject) && near).then_some(*post)
        });
    let author = bring_in::person(tx, filling.target.import, &mail.person_keys(), mail.called())?;
    let same_id = filling.posts.contains_key(&mail.id);
    let post = bring_in::post(
        tx,
        filling.target,
        parent,
        &Written {
            key: mail.id.clone(),
            text_hash: hash.clone(),
            subject_key: if parent.is_none() {
                subject_key.clone()
            } else {
                String::new()
            },
            title,
            author,
            at,
            body: mail.body.clone(),
            format: Format::Mail,
            thanks: 0,
            kind: TopicKind::Discussion,
            to: None,
            department: filling.department,
        },
    )?;
    filling.posts.entry(mail.id.clone()).or_insert(post);
    filling.texts.insert((mail.id.clone(), hash));
    if parent.is_none() {
        filling.subjects.insert(subject_key, (post, at));
        for id in &mail.ancestors {
            filling.missing.entry(id.clone()).or_insert(post);
        }
    } else if let Some(known) = filling.subjects.get_mut(&subject_key) {
        known.1 = known.1.max(at);
    }
    report.added += 1;
    if same_id {
        report.same_id += 1;
    }
    if mail.repaired || same_id {
        report.repaired += 1;
    }
    Ok(i64::from(parent.is_none()))
}

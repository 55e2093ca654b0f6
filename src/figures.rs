//! The commands about figures: bring them up to date, recount them, rebuild them, and take them out of the forum.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};

use crate::access::Viewer;
use crate::app::App;
use crate::event::{Event, Source};
use crate::forum::metrics::read::Scope;
use crate::forum::metrics::{auditors, bundle, read, research, verify, week, work};
use crate::i18n::Locales;
use crate::ids::SpaceId;

#[derive(Subcommand, Debug, Clone)]
pub enum Metrics {
    /// Recount every sealed week from the log of events, and compare it with what was published.
    Verify,
    /// Rebuild from the log what the figures are made of, and state anew what was put right.
    Replay,
    /// Bring the figures up to date now, as the forum does every night.
    Update,
    /// Write the log as the figures read it, for somebody who wants to count them another way: numbers of
    /// accounts, no names and no texts.
    Log {
        /// The folder to write into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// What for; recorded.
        #[arg(long)]
        why: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

impl Format {
    fn kind(self) -> bundle::Kind {
        match self {
            Self::Csv => bundle::Kind::Csv,
            Self::Xlsx => bundle::Kind::Xlsx,
            Self::Json => bundle::Kind::Json,
        }
    }
}

#[derive(Args, Debug, Clone)]
pub struct Export {
    /// The number of a space, or "forum" for all of it.
    #[arg(long, default_value = "forum")]
    space: String,
    /// The first week, such as 2026-W01, or a day in it.
    #[arg(long)]
    from: Option<String>,
    /// The last week.
    #[arg(long)]
    to: Option<String>,
    /// Of what was brought in from elsewhere, and of nothing else.
    #[arg(long)]
    history: bool,
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The folder to write into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Of the definitions: en or nl.
    #[arg(long, default_value = "en")]
    language: String,
    /// What for; recorded, and written into the files.
    #[arg(long)]
    why: String,
}

#[derive(Args, Debug, Clone)]
pub struct Events {
    /// The first week, such as 2026-W01, or a day in it.
    #[arg(long)]
    from: String,
    /// The last week.
    #[arg(long)]
    to: String,
    /// The folder to write into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What for; recorded, and written into the files.
    #[arg(long)]
    why: String,
    /// The day on which the files are to be destroyed, such as 2027-01-31.
    #[arg(long, value_name = "DATE")]
    expires: jiff::civil::Date,
    /// Left out of what is said of people: department, location, tenure, role. As often as needed.
    #[arg(long, value_name = "TRAIT", value_enum)]
    without: Vec<Trait>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Trait {
    Department,
    Location,
    Tenure,
    Role,
}

type Outcome = Result<(), String>;

fn viewer() -> Arc<Viewer> {
    Viewer::system("export")
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Whether nobody else may have the data folder meanwhile.
pub fn needs_alone(what: &Metrics) -> bool {
    matches!(what, Metrics::Replay | Metrics::Update)
}

pub fn run(app: &App, what: &Metrics) -> Outcome {
    let thresholds = app.config.metrics;
    match what {
        Metrics::Verify => verified(app),
        Metrics::Replay => {
            let done = work::replay(&app.store, thresholds).map_err(said)?;
            println!("{} weeks rebuilt, {} stated anew", done.folded, done.restated);
            Ok(())
        }
        Metrics::Update => {
            let done = work::bring_up(&app.store, thresholds).map_err(said)?;
            println!(
                "{} weeks read, {} sealed, {} running, {} stated anew, {} of history",
                done.folded, done.sealed, done.running, done.restated, done.history
            );
            Ok(())
        }
        Metrics::Log { out, why } => {
            if why.trim().is_empty() {
                return Err("--why is empty; say what the files are for".to_owned());
            }
            // First: what leaves is never without a trace, whatever becomes of it.
            record(app, None, "log", why)?;
            let bar = indicatif::ProgressBar::new_spinner().with_message("events");
            let count = app
                .store
                .read(&viewer(), |cx| {
                    auditors::write(cx, out, |count| bar.set_position(count))
                })
                .map_err(said)?;
            bar.finish_and_clear();
            println!("{count} events written to {}", out.display());
            Ok(())
        }
    }
}

fn record(app: &App, space: Option<SpaceId>, format: &'static str, why: &str) -> Outcome {
    app.store
        .write(&viewer(), Source::Command, |tx| {
            tx.record(&Event::FiguresExported {
                space,
                format,
                why: why.to_owned(),
            })
        })
        .map(|_| ())
        .map_err(said)
}

fn verified(app: &App) -> Outcome {
    let report = verify::verify(&app.store).map_err(said)?;
    println!(
        "{} sealed weeks of spaces, {} figures counted again from the log",
        report.weeks, report.figures
    );
    if report.other_version > 0 {
        println!(
            "{} figures belong to an earlier version of their formula",
            report.other_version
        );
    }
    if report.forgotten > 0 {
        println!(
            "{} figures about visits are not counted again: on which days somebody was here is forgotten after 13 weeks",
            report.forgotten
        );
    }
    for one in &report.altered {
        println!("altered after it was sealed: {one}");
    }
    for one in &report.missing {
        println!("sealed once and gone: {one}");
    }
    for one in report.differs.iter().take(20) {
        println!("differs: {one}");
    }
    if report.is_sound() {
        println!("what was published is what the log says");
        Ok(())
    } else {
        Err(format!(
            "{} figures differ from the log, {} weeks were altered, {} are gone",
            report.differs.len(),
            report.altered.len(),
            report.missing.len()
        ))
    }
}

/// Writes figures, definitions and what is to be known of them into a folder.
pub fn export(app: &App, options: &Export) -> Outcome {
    let space = match options.space.as_str() {
        "forum" => None,
        number => Some(
            number
                .parse::<SpaceId>()
                .map_err(|_| format!("--space is \"{number}\"; it is the number of a space, or \"forum\""))?,
        ),
    };
    let locales = Locales::get();
    let lang = locales
        .find(&options.language)
        .ok_or_else(|| format!("--language is \"{}\", which the forum does not speak", options.language))?;
    let week_of = |name: &str, text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => week::parse(text)
            .map(Some)
            .ok_or_else(|| format!("--{name} is \"{text}\"; it is a week such as 2026-W47, or a day")),
    };
    let (from, to) = (week_of("from", &options.from)?, week_of("to", &options.to)?);
    if options.why.trim().is_empty() {
        return Err("--why is empty; say what the files are for".to_owned());
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err("--from is after --to".to_owned());
    }
    let out = &options.out;
    // First: what leaves is never without a trace, whatever becomes of it.
    record(app, space, options.format.kind().word(), &options.why)?;
    std::fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let count = app
        .store
        .read(&viewer(), |cx| {
            let scope = Scope::for_system(cx.viewer(), space)?;
            let name = match space {
                None => crate::forum::settings::load(cx)?.forum_name,
                Some(id) => crate::forum::spaces::find(cx, id)?.name.clone(),
            };
            let known = if options.history {
                read::weeks_of_history(cx, scope)?
            } else {
                read::weeks(cx, scope)?
            };
            // Of what is not told yet there are files without a row.
            let (first, last) = known.unwrap_or((1, 0));
            let wanted = bundle::Wanted {
                scope,
                called: &name,
                weeks: from.unwrap_or(first).max(first)..=to.unwrap_or(last).min(last),
                history: options.history,
                thresholds: app.config.metrics,
                why: options.why.trim(),
                lang,
            };
            let bar = indicatif::ProgressBar::new(wanted.weeks.clone().count().try_into().unwrap_or(0));
            let count = bundle::write(cx, &wanted, options.format.kind(), out, |weeks| {
                bar.set_position(weeks);
            })?;
            bar.finish_and_clear();
            Ok(count)
        })
        .map_err(said)?;
    println!("{count} figures written to {}", out.display());
    Ok(())
}

fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Outcome {
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes pseudonymised events, or says who would stand alone.
pub fn export_events(app: &App, options: &Events) -> Outcome {
    if options.why.trim().is_empty() {
        return Err("--why is empty; say what the files are for".to_owned());
    }
    let week_of = |name: &str, text: &str| {
        week::parse(text).ok_or_else(|| format!("--{name} is \"{text}\"; it is a week such as 2026-W47, or a day"))
    };
    let weeks = week_of("from", &options.from)?..=week_of("to", &options.to)?;
    if weeks.is_empty() {
        return Err("--from is after --to".to_owned());
    }
    let says = |one: Trait| !options.without.contains(&one);
    let said = research::Said {
        department: says(Trait::Department),
        location: says(Trait::Location),
        tenure: says(Trait::Tenure),
        role: says(Trait::Role),
    };
    let alone = |traits: &[String], people: usize| {
        format!(
            "nothing was written: only {people} people are \"{}\", and {} must share what is said of one; leave \
             something out with --without",
            traits.join(", "),
            research::SHARED
        )
    };
    // What is refused does not leave; what leaves is never without a trace, whatever becomes of it.
    let stands_alone = app
        .store
        .read(&viewer(), |cx| research::stands_alone(cx, said, app.config.metrics))
        .map_err(|error| error.to_string())?;
    if let Some((traits, people)) = stands_alone {
        return Err(alone(&traits, people));
    }
    record(app, None, "events", &options.why)?;
    let bar = indicatif::ProgressBar::new_spinner().with_message("events");
    let outcome = app
        .store
        .read(&viewer(), |cx| {
            research::write(cx, &options.out, weeks, said, app.config.metrics, |count| {
                bar.set_position(count);
            })
        })
        .map_err(|error| error.to_string())?;
    bar.finish_and_clear();
    match outcome {
        research::Outcome::Written(done) => {
            keep(&options.out, "README.md", events_readme(options).as_bytes())?;
            println!(
                "{} events of {} people written to {}",
                done.events,
                done.people,
                options.out.display()
            );
            Ok(())
        }
        research::Outcome::Alone { traits, people } => Err(alone(&traits, people)),
    }
}

fn events_readme(options: &Events) -> String {
    format!(
        "# Events of the forum, pseudonymised\n\n\
         Purpose: {}. To be destroyed on {}.\n\n\
         This is personal data: somebody who knows the forum may still recognise people by what they did when. Do not\n\
         join it with anything, do not hand it on, and do not judge staff by it.\n\n\
         `people.csv`: one row for each person, under a number that was made for this export alone; the key it was made\n\
         with is kept nowhere. Departments and locations of few people are \"others\", tenure is in bands, and at least {}\n\
         people share all that is said of each. `events.csv`: who did what in which ISO week, in which topic, and whom\n\
         it was about. Imports, reading, moderation and texts are not in it.\n",
        options.why,
        options.expires,
        research::SHARED
    )
}

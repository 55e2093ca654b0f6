//! The commands, each a few lines into the library.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::app::App;
use crate::config::Config;
use crate::db::migrate;
use crate::figures;
use crate::forum::metrics::rules;
use crate::forum::people;
use crate::jobs::{Figures, Previews, Worker};
use crate::{demo, import, web};

#[derive(Parser)]
#[command(version, about = "Aquarium: your organisation's own forum", long_about = None)]
struct Cli {
    /// Where the database, the search index, letters and uploads are kept.
    #[arg(long, global = true, default_value = "./data", value_name = "DIR")]
    data: PathBuf,
    /// Where the forum answers.
    #[arg(long, global = true, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// A configuration file on top of DATA/aquarium.toml.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the forum. This is what runs without a command.
    Serve,
    /// Fill an empty forum with an imaginary company, to look around in.
    Demo(demo::Options),
    /// Bring in another forum.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// People: the staff list.
    Person {
        #[command(subcommand)]
        what: Person,
    },
    /// The figures: recount what was published, or rebuild what they are made of.
    Metrics {
        #[command(subcommand)]
        what: figures::Metrics,
    },
    /// Take something out of the forum, as files.
    Export {
        #[command(subcommand)]
        what: Export,
    },
    /// Build the search index anew from the database.
    Reindex,
    /// Check configuration, database and templates, and say what is wrong.
    Check,
}

#[derive(Subcommand)]
enum Import {
    /// Mailing lists: an mbox file, a folder of them, or .tar.zst archives of them.
    Mbox(import::mbox::Options),
    /// A Discourse forum: answers of its API, or pages that an archive made of it.
    Discourse(import::discourse::Options),
    /// A Stack Exchange site: its public dump.
    Stackexchange(import::foreign::Options),
    /// Any forum as a table: docs/importing.md names the columns.
    Csv(import::table::Options),
}

#[derive(Subcommand)]
enum Person {
    /// Take in the staff list: a CSV file with mail, name, department, location, start, end.
    Import { file: PathBuf },
}

#[derive(Subcommand)]
enum Export {
    /// Figures, with their definitions and what was put right since.
    Metrics(figures::Export),
    /// Events for researchers, under numbers made for this export alone; refused when anybody would stand alone.
    Events(figures::Events),
}

type Outcome = Result<(), String>;

pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("aquarium: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn start(cli: Cli) -> Outcome {
    let config = Config::load(&cli.data, cli.config.as_deref())?;
    log(&config)?;
    match cli.command {
        None | Some(Command::Serve) => serve(config, cli.listen),
        Some(Command::Demo(options)) => {
            let (app, _lock) = open_alone(config, cli.listen)?;
            demo::fill(&app, &options)
        }
        Some(Command::Import { what }) => {
            let (app, _lock) = open_alone(config, cli.listen)?;
            match what {
                Import::Mbox(options) => import::mbox::run(&app, &options),
                Import::Discourse(options) => import::discourse::run(&app, &options),
                Import::Stackexchange(options) => import::stackexchange::run(&app, &options),
                Import::Csv(options) => import::table::run(&app, &options),
            }
        }
        Some(Command::Person {
            what: Person::Import { file },
        }) => {
            let (app, _lock) = open_alone(config, cli.listen)?;
            import_staff(&app, &file)
        }
        Some(Command::Metrics { what }) if figures::needs_alone(&what) => {
            let (app, _lock) = open_alone(config, cli.listen)?;
            figures::run(&app, &what)
        }
        Some(Command::Metrics { what }) => {
            let app = open(config, cli.listen)?;
            figures::run(&app, &what)
        }
        Some(Command::Export {
            what: Export::Metrics(options),
        }) => {
            let app = open(config, cli.listen)?;
            figures::export(&app, &options)
        }
        Some(Command::Export {
            what: Export::Events(options),
        }) => {
            let app = open(config, cli.listen)?;
            figures::export_events(&app, &options)
        }
        Some(Command::Reindex) => {
            let (app, _lock) = open_alone(config, cli.listen)?;
            app.search.rebuild(&app).map_err(|error| error.to_string())
        }
        Some(Command::Check) => check(config, cli.listen),
    }
}

fn log(config: &Config) -> Outcome {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.log.level)
        .map_err(|error| format!("log.level is \"{}\": {error}", config.log.level))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let done = if config.log.format == "json" {
        builder.json().try_init()
    } else {
        builder.with_ansi(false).try_init()
    };
    done.map_err(|error| error.to_string())
}

fn open(config: Config, listen: SocketAddr) -> Result<Arc<App>, String> {
    let app = App::new(config, listen)?;
    let url = app.config.database_url();
    for name in migrate::up(app.store.connections()).map_err(|error| format!("{url}: {error}"))? {
        tracing::info!(name, "migrated");
    }
    Ok(Arc::new(app))
}

/// Keeps the numbers of the configuration as a new version where they are new: done by whoever counts with them, and by
/// nobody who only looks.
fn keep_rules(app: &App) -> Outcome {
    let url = app.config.database_url();
    rules::keep(&app.store, &app.config.numbers()).map_err(|error| format!("{url}: {error}"))
}

/// The mark that one process writes to this folder. The system takes it away with the process.
struct Lock {
    _file: std::fs::File,
}

/// Takes the data folder for this process alone, or says who has it.
fn lock(config: &Config) -> Result<Lock, String> {
    std::fs::create_dir_all(&config.data).map_err(|error| format!("{}: {error}", config.data.display()))?;
    let path = config.data.join("in-use");
    let file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    if file.try_lock().is_err() {
        let who = std::fs::read_to_string(&path).unwrap_or_else(|_| "another process".to_owned());
        return Err(format!(
            "{} is in use by {}. Stop it first, or do this on its pages.",
            config.data.display(),
            who.trim()
        ));
    }
    let name = format!("the forum with process number {}\n", std::process::id());
    file.set_len(0).map_err(|error| error.to_string())?;
    std::fs::write(&path, name).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Lock { _file: file })
}

fn open_alone(config: Config, listen: SocketAddr) -> Result<(Arc<App>, Lock), String> {
    let lock = lock(&config)?;
    let app = open(config, listen)?;
    keep_rules(&app)?;
    Ok((app, lock))
}

fn serve(config: Config, listen: SocketAddr) -> Outcome {
    let _lock = lock(&config)?;
    let app = open(config, listen)?;
    keep_rules(&app)?;
    let socket = web::bind(listen)?;
    if let Some(token) = people::set_up_ticket(&app.store).map_err(|error| error.to_string())? {
        println!(
            "Nobody has set up this forum yet. Open this link once, within a week:\n\n    {}/set-up/{token}\n",
            app.site.text
        );
    }
    let worker = Worker::start(Arc::clone(&app));
    let incoming = crate::mail::incoming::Incoming::start(&app)?;
    let previews = Previews::start(Arc::clone(&app))?;
    let figures = Figures::start(Arc::clone(&app))?;
    let gauges = match app.config.server.gauges.as_str() {
        "" => None,
        address => {
            let address = address.parse().map_err(|error| format!("server.gauges: {error}"))?;
            Some(web::bind(address)?)
        }
    };
    let serving = web::serve(Arc::clone(&app), socket)?;
    println!("Aquarium is open at {}", app.site.text);
    let outcome = actix_web::rt::System::new().block_on(async {
        if let Some(socket) = gauges {
            let gauges = web::serve_gauges(Arc::clone(&app), socket).map_err(std::io::Error::other)?;
            actix_web::rt::spawn(gauges);
        }
        web::until_told(serving.server).await
    });
    drop(incoming);
    drop(previews);
    drop(figures);
    worker.stop();
    outcome.map_err(|error| error.to_string())
}

fn import_staff(app: &App, file: &std::path::Path) -> Outcome {
    use crate::access::{Viewer, proof::Forum};
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let report = app
        .store
        .write(&Viewer::system("staff list"), crate::event::Source::Command, |tx| {
            let may = crate::access::proof::for_system::<crate::access::deed::Administer, Forum>(tx.viewer(), Forum)?;
            people::import_staff(tx, &may, &bytes)
        })
        .map_err(|error| format!("{}: {error}", file.display()))?;
    println!(
        "{} lines read: {} new, {} changed, {} as they were, {} refused",
        report.read,
        report.added,
        report.changed,
        report.unchanged,
        report.refused.len()
    );
    for (line, problem) in report.refused {
        println!("{}, line {line}: {problem}", file.display());
    }
    Ok(())
}

fn check(config: Config, listen: SocketAddr) -> Outcome {
    let app = open(config, listen)?;
    let set_up = app
        .store
        .read(&crate::access::Viewer::system("check"), people::is_set_up)
        .map_err(|error| error.to_string())?;
    println!(
        "configuration, database, languages and {} templates are in order",
        app.views.names().len()
    );
    println!(
        "the forum answers at {} and is {}",
        app.site.text,
        if set_up { "set up" } else { "not set up yet" }
    );
    let head = app.audit_head.read()?;
    let chain = app
        .store
        .read(&crate::access::Viewer::system("check"), |cx| {
            crate::forum::audit::verify(cx, head.as_ref())
        })
        .map_err(|error| error.to_string())?;
    match chain.broken_at {
        None => println!(
            "the audit's chain holds: {} rows, {} of them without their names, {} wait for their link",
            chain.linked, chain.erased, chain.waiting
        ),
        Some(place) => {
            return Err(format!(
                "the audit's chain is broken at row {place}: somebody changed what was written"
            ));
        }
    }
    let found = app.store.contradictions().map_err(|error| error.to_string())?;
    for one in &found {
        println!("broken: {} ({} rows, for example {})", one.rule, one.rows, one.example);
    }
    if found.is_empty() {
        println!("the rows agree with each other");
        Ok(())
    } else {
        Err(format!(
            "{} rules are broken; restore a backup, or ask for help with this list",
            found.len()
        ))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_command_is_sound() {
        super::Cli::command().debug_assert();
    }
}

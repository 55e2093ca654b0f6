//! `aquarium demo`: an empty forum becomes the forum of an imaginary company, two years old. The same
//! for the same seed and day; written through the forum's own verbs.

mod cast;
mod guidelines;
mod plan;
mod texts;
mod waiting;
mod world;

use std::sync::Arc;

use clap::Args;

use crate::app::App;
use crate::db::types::Moment;

#[derive(Args, Debug, Clone)]
pub struct Options {
    /// Another number makes another company.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The last day of the two years.
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
    /// The password of all accounts.
    #[arg(long, default_value = "three quiet herons")]
    pub password: String,
}

pub fn fill(app: &Arc<App>, options: &Options) -> Result<(), String> {
    let until = match options.until {
        Some(date) => {
            let at = date
                .at(18, 0, 0, 0)
                .to_zoned(jiff::tz::TimeZone::UTC)
                .map_err(|error| format!("--until: {error}"))?;
            Moment(at.timestamp().as_microsecond()).min(app.clock.now())
        }
        None => app.clock.now(),
    };
    let done = world::build(app, options.seed, until, &options.password).map_err(|error| match error {
        crate::refusal::Refusal::NotFound => {
            "this forum is not empty; the demo fills an empty one (another --data)".to_owned()
        }
        other => other.to_string(),
    })?;
    app.search.rebuild(app).map_err(|error| error.to_string())?;
    crate::jobs::worker::run_out(app).map_err(|error| error.to_string())?;
    crate::forum::metrics::work::bring_up(&app.store, app.config.metrics).map_err(|error| error.to_string())?;
    crate::forum::today::nightly(&app.store, app.config.metrics).map_err(|error| error.to_string())?;
    crate::forum::today::refresh(&app.store).map_err(|error| error.to_string())?;
    println!(
        "{} people, {} topics and {} posts. One password for all: {}\n",
        done.people, done.topics, done.posts, options.password
    );
    for (mail, who) in done.logins {
        println!("    {mail:<40} {who}");
    }
    Ok(())
}

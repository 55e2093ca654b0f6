//! Brings the figures up to date once a day, a little after midnight of the forum's own time, and when the forum
//! starts; in a thread of its own: nobody's letter waits for it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::access::Viewer;
use crate::app::App;
use crate::forum::metrics::outlook;
use crate::forum::metrics::schedule::{self, Often};
use crate::forum::metrics::week::Calendar;
use crate::forum::metrics::work;
use crate::forum::today;
use crate::i18n::Locales;
use crate::refusal::{Refusal, Result};
use crate::views::charts::png;

/// A running thread; ends when dropped, after what it has in hand.
pub struct Figures {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// After midnight so many seconds: what was read in the last seconds of the day is written by then.
const AFTER_MIDNIGHT: i64 = 600;

/// Rounds of half a minute after which it is looked again who waits.
const LIST_ROUNDS: u64 = 10;

impl Figures {
    pub fn start(app: Arc<App>) -> std::result::Result<Self, String> {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("figures".to_owned())
            .spawn(move || {
                let mut day = [None; 2];
                let mut round = 0_u64;
                while !told.load(Ordering::Acquire) {
                    match turn(&app, &mut day) {
                        Ok(()) => {}
                        Err(refusal) => tracing::warn!(%refusal, "the figures are put off"),
                    }
                    if round.is_multiple_of(LIST_ROUNDS)
                        && let Err(refusal) = today::refresh(&app.store)
                    {
                        tracing::warn!(%refusal, "the list of today is put off");
                    }
                    round += 1;
                    std::thread::park_timeout(Duration::from_secs(30));
                }
            })
            .map_err(|error| error.to_string())?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Figures {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the figures ended in a panic");
            }
        }
    }
}

/// Works when the day is another than at the last time.
fn turn(app: &App, [day, night]: &mut [Option<i64>; 2]) -> Result<()> {
    let date = app.store.read(&Viewer::system("figures"), |cx| {
        let now = cx.now().plus_seconds(-AFTER_MIDNIGHT);
        Ok(Calendar::read(cx.conn())?.day(now))
    })?;
    if *day != Some(date) {
        let done = work::bring_up(&app.store, app.config.metrics)?;
        if done != work::Done::default() {
            tracing::info!(?done, "the figures are up to date");
        }
        make_ready(app)?;
        *day = Some(date);
    }
    // What is known of people follows from the figures, so it comes after them.
    if *night != Some(date) {
        today::nightly(&app.store, app.config.metrics)?;
        *night = Some(date);
    }
    send_out(app)
}

/// What the first page of figures would wait for: its forecasts, and a look at the fonts of this machine.
pub fn make_ready(app: &App) -> Result<()> {
    png::is_possible();
    outlook::prepare(&app.store, app.config.metrics)
}

/// Writes figures where they are expected, when a week is newly sealed.
fn send_out(app: &App) -> Result<()> {
    let often = match app.config.exports.every.as_str() {
        "week" => Often::EveryWeek,
        "block" => Often::EveryFourth,
        _ => return Ok(()),
    };
    let locales = Locales::get();
    let folder = match app.config.exports.folder.as_str() {
        "" => app.config.data.join("exports"),
        named => PathBuf::from(named),
    };
    schedule::run(&app.store, often, app.config.metrics, locales.first(), |file| {
        if app.config.exports.folder == "bucket" {
            return app.files.put_in_bucket(&format!("exports/{}", file.name), &file.bytes);
        }
        let path = folder.join(&file.name);
        let away = |error: std::io::Error| Refusal::Away(format!("{}: {error}", path.display()));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(away)?;
        }
        // Whole or not at all, whoever reads it meanwhile.
        let half = path.with_extension("half");
        std::fs::write(&half, &file.bytes).map_err(away)?;
        std::fs::rename(&half, &path).map_err(away)
    })
    .map(|_| ())
}

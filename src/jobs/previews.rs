//! Asks for the pages to which posts lead, one post after the other, in a thread of its own: a slow page keeps
//! nobody waiting. What does not answer is shown as the link that it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::access::Viewer;
use crate::app::App;
use crate::event::Source;
use crate::forum::previews::{self, Card};
use crate::outside::{self, Nothing, Reach, page};
use crate::refusal::Result;

/// A running thread; ends when dropped, after the page that it asks for.
pub struct Previews {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Previews {
    pub fn start(app: Arc<App>) -> std::result::Result<Self, String> {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("previews".to_owned())
            .spawn(move || {
                while !told.load(Ordering::Acquire) {
                    match one(&app, &Reach::Public) {
                        Ok(true) => continue,
                        Ok(false) => {}
                        Err(refusal) => tracing::warn!(%refusal, "previews are put off"),
                    }
                    std::thread::park_timeout(Duration::from_secs(3));
                }
            })
            .map_err(|error| error.to_string())?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Previews {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the previews ended in a panic");
            }
        }
    }
}

/// Looks after the post that has waited longest; whether there was one.
pub fn one(app: &App, reach: &Reach) -> Result<bool> {
    let viewer = Viewer::system("previews");
    let Some((post, links)) = app.store.read(&viewer, previews::next)? else {
        return Ok(false);
    };
    let mut cards = Vec::new();
    for link in &links {
        // A page on which something breaks must not break the previews of all others.
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| card(link, reach)));
        match asked.unwrap_or_else(|_| Err(Nothing("reading it broke".to_owned()))) {
            Ok(Some(card)) => cards.push(card),
            Ok(None) => {}
            Err(Nothing(why)) => tracing::info!(%link, %why, "a page is not described"),
        }
    }
    app.store
        .write(&viewer, Source::System, |tx| previews::keep(tx, post, &links, &cards))?;
    Ok(true)
}

fn card(link: &str, reach: &Reach) -> std::result::Result<Option<Card>, Nothing> {
    let (at, html) = outside::html(link, reach)?;
    Ok(page::describe(&html).map(|described| Card {
        url: link.to_owned(),
        site: at.host_str().unwrap_or_default().to_owned(),
        title: described.title,
        words: described.words,
    }))
}

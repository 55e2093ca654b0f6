//! What is new, without reloading: a stream of events that carry numbers only; the page then fetches what
//! it shows, as whoever is looking. Asked for in any other way, it is the numbers of this moment.
//!
//! Each stream looks when something happened, in this process or, on PostgreSQL, in another; and once a second, since
//! terms end without anything happening. It asks how far the forum has come, in one statement about nobody, and looks
//! further only when that moved. Whoever may not see
//! the topic any more, or is signed out, gets no more events: the stream ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use serde::Serialize;

use super::ask::{Answer, Ask, Shared};
use super::reply::{Body, Reply};
use crate::forum::people;
use crate::forum::reading::news::Stamp;
use crate::forum::topics;
use crate::ids::{AccountId, TopicId};
use crate::refusal::{Refusal, Result};

/// Streams that one process keeps open.
const MOST: usize = 1_000;

/// Seconds between two looks, when nothing is told.
const PACE: u64 = 1;

/// Between two looks, however much is told: a storm of replies is a few events to each reader.
const LEAST: Duration = Duration::from_millis(250);

/// Looks after which something is sent even if nothing happened, so that nobody takes the stream for dead.
const QUIET: u32 = 15;

/// Set when the server stops: an open stream would keep it for as long as it may take.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Ends every stream.
pub(super) fn end_all() {
    STOPPING.store(true, Ordering::Release);
}

static OPEN: AtomicUsize = AtomicUsize::new(0);

/// The numbers of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Numbers {
    /// Lines of the inbox that are new.
    inbox: i64,
    /// Topics with something new.
    unread: usize,
    /// The highest number of a post in the topic that is being read.
    last: i64,
}

/// Counted while it lives.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let before = OPEN.fetch_add(1, Ordering::AcqRel);
        let place = Self;
        (before < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A stream that waits to be opened.
#[derive(Clone)]
pub struct Live {
    shared: Arc<Shared>,
    token: String,
    me: AccountId,
    topic: Option<TopicId>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live")
            .field("topic", &self.topic)
            .finish_non_exhaustive()
    }
}

pub fn show(ask: &Ask) -> Answer {
    let me = ask.me()?.id;
    let topic = match ask.ask_for("topic") {
        "" => None,
        text => Some(TopicId(text.parse().map_err(|_| Refusal::NotFound)?)),
    };
    let live = Live {
        shared: Arc::clone(&ask.shared),
        token: ask.cookies.get("sid").cloned().unwrap_or_default(),
        me,
        topic,
    };
    // Asked once before anything is opened: what is hidden looks absent here too.
    let (_, numbers) = live.look(None)?.ok_or(Refusal::NotFound)?;
    if ask.wants_stream {
        return Ok(Reply::new(actix_web::http::StatusCode::OK, Body::Live(Box::new(live))));
    }
    let text = serde_json::to_string(&numbers).map_err(|error| Refusal::broken(error.to_string()))?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/json", text),
    ))
}

impl Live {
    /// The numbers now, unless nothing happened since `before`. None when there is nobody to tell any more;
    /// a hidden topic is a refusal.
    fn look(&self, before: Option<(Stamp, Numbers)>) -> Result<Option<(Stamp, Numbers)>> {
        let app = &self.shared.app;
        let visitor = people::enter(&app.store, &self.shared.known, Some(&self.token), &app.config.accounts)?;
        if visitor.viewer.id() != Some(self.me) {
            return Ok(None);
        }
        let stamp = Stamp {
            written: app.gathered.written(),
            ..visitor.stamp
        };
        if let Some((known, numbers)) = before
            && known == stamp
        {
            return Ok(Some((stamp, numbers)));
        }
        let news = &self.shared.news;
        let numbers = app.store.read(&visitor.viewer, |cx| {
            let last = match self.topic {
                Some(topic) => topics::find(cx, topic)?.topic.last_number,
                None => 0,
            };
            let now = cx.now();
            let counted = match news.known(self.me, stamp, now) {
                Some(counted) => counted,
                None => news.count(cx, stamp)?,
            };
            Ok(Numbers {
                inbox: counted.lines,
                unread: counted.topics,
                last,
            })
        })?;
        Ok(Some((stamp, numbers)))
    }
}

struct State {
    live: Live,
    before: Option<(Stamp, Numbers)>,
    quiet: u32,
    told: tokio::sync::watch::Receiver<u64>,
    _place: Place,
}

/// The events, until there is nobody to tell any more. None when too many are open: browsers then ask no
/// further.
pub(super) fn events(live: Live) -> Option<impl Stream<Item = std::result::Result<Bytes, actix_web::Error>>> {
    let told = live.shared.app.store.pulse().listen();
    let state = State {
        live,
        told,
        before: None,
        quiet: 0,
        _place: Place::take()?,
    };
    Some(stream::unfold(state, |mut state| async move {
        loop {
            if STOPPING.load(Ordering::Acquire) {
                return None;
            }
            if state.before.is_some() {
                tokio::time::sleep(LEAST).await;
                let rest = Duration::from_secs(PACE).saturating_sub(LEAST);
                // Either is a reason to look; a process that is gone tells nothing, and its streams end with it.
                let _ = tokio::time::timeout(rest, state.told.changed()).await;
            }
            let (live, before) = (state.live.clone(), state.before);
            let found = actix_web::web::block(move || live.look(before)).await;
            let (stamp, numbers) = match found {
                Ok(Ok(Some(found))) => found,
                // Nobody to tell, or nothing that may be told.
                Ok(Ok(None) | Err(Refusal::NotFound | Refusal::Denied(_))) | Err(_) => return None,
                // The database is away: it comes back.
                Ok(Err(_)) => {
                    tokio::time::sleep(Duration::from_secs(PACE)).await;
                    continue;
                }
            };
            let changed = state.before.is_none_or(|(_, known)| known != numbers);
            state.before = Some((stamp, numbers));
            state.quiet += 1;
            if changed {
                state.quiet = 0;
                let data = serde_json::to_string(&numbers).unwrap_or_default();
                return Some((Ok(Bytes::from(format!("data: {data}\n\n"))), state));
            }
            if state.quiet >= QUIET {
                state.quiet = 0;
                return Some((Ok(Bytes::from_static(b":\n\n")), state));
            }
        }
    }))
}

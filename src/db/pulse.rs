//! That something happened: told at once to whoever waits within this process, and on PostgreSQL to the other
//! processes by NOTIFY, which leaves with the commit. It says that, and nothing of what. Whoever hears nothing looks
//! again by the clock, so a pulse that is lost costs a moment.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::prelude::*;
use tokio::sync::watch;

use super::Conn;
use super::pool::Address;

/// The name under which nodes tell each other.
const CHANNEL: &str = "aquarium_pulse";

/// How often a connection is looked at for what came over it: it asks nothing of the database.
const LISTENS_EVERY: Duration = Duration::from_millis(100);

/// How long a listener waits for a database that is away.
const AWAY: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Pulse {
    beats: watch::Sender<u64>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self {
            beats: watch::Sender::new(0),
        }
    }
}

impl Pulse {
    /// Something happened in this process, or another told so.
    pub fn beat(&self) {
        self.beats.send_modify(|beats| *beats = beats.wrapping_add(1));
    }

    pub fn listen(&self) -> watch::Receiver<u64> {
        self.beats.subscribe()
    }
}

/// Tells the other processes, when the transaction ends well. SQLite has none.
pub(crate) fn tell_others(conn: &mut Conn) -> QueryResult<()> {
    if let Conn::Postgres(postgres) = conn {
        diesel::sql_query(format!("NOTIFY {CHANNEL}")).execute(postgres)?;
    }
    Ok(())
}

/// Hears the other processes; ends with the server that it belongs to.
pub struct Listener {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// None for a database that only one process has.
    pub fn start(address: &Address, pulse: &Arc<Pulse>) -> Option<Self> {
        let Address::Postgres(url) = address else { return None };
        let (url, pulse, stop) = (url.clone(), Arc::downgrade(pulse), Arc::new(AtomicBool::new(false)));
        let told = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("pulse".to_owned())
            .spawn(move || {
                while !told.load(Ordering::Acquire) {
                    if let Err(problem) = hear(&url, &pulse, &told) {
                        tracing::warn!(%problem, "other nodes are not heard for a while");
                        std::thread::sleep(AWAY);
                    }
                }
            })
            .expect("the system has a thread to spare at start");
        Some(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the listener ended in a panic");
        }
    }
}

fn hear(url: &str, pulse: &Weak<Pulse>, stop: &AtomicBool) -> Result<(), String> {
    let mut conn = PgConnection::establish(url).map_err(|error| error.to_string())?;
    diesel::sql_query(format!("LISTEN {CHANNEL}"))
        .execute(&mut conn)
        .map_err(|error| error.to_string())?;
    // Whatever happened while nobody listened.
    let Some(first) = pulse.upgrade() else { return Ok(()) };
    first.beat();
    drop(first);
    while !stop.load(Ordering::Acquire) {
        let mut heard = false;
        for notification in conn.notifications_iter() {
            notification.map_err(|error| error.to_string())?;
            heard = true;
        }
        if heard {
            let Some(pulse) = pulse.upgrade() else { return Ok(()) };
            pulse.beat();
        }
        std::thread::sleep(LISTENS_EVERY);
    }
    Ok(())
}

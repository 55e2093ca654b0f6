//! Mail that comes in: answers to our letters and new topics, handed over by a mail server or fetched from
//! a mailbox. What a letter does is in [`take_in`]; it never does more than its sender may in a browser.

pub mod address;
mod imap;
pub mod letter;
mod lmtp;
mod take_in;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::app::App;

pub use imap::fetch;
pub use take_in::{Taken, is_known, take_in};

/// The ways in that are open; closed when this is dropped, after what is in hand.
pub struct Incoming {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    /// Where a mail server hands letters over.
    pub listens: Option<SocketAddr>,
}

impl Incoming {
    /// Opens those that are configured.
    pub fn start(app: &Arc<App>) -> Result<Self, String> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut threads = Vec::new();
        let mut listens = None;
        let config = &app.config.incoming;
        if !config.listen.is_empty() {
            let (address, thread) = lmtp::start(Arc::clone(app), &config.listen, Arc::clone(&stop))?;
            listens = Some(address);
            threads.push(thread);
        }
        if !config.imap_host.is_empty() {
            threads.push(imap::start(Arc::clone(app), Arc::clone(&stop))?);
        }
        Ok(Self { stop, threads, listens })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(address) = self.listens {
            // The one who waits for a visitor gets one; that nobody answers means it has gone already.
            drop(std::net::TcpStream::connect(address));
        }
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("a way in for mail ended in a panic");
            }
        }
    }
}

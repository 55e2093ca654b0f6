//! A mail server for stories: on loopback, one letter at a time, and as willing as the story says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes every letter.
    Kind,
    /// Accepts the connection and says nothing.
    Silent,
    /// Asks to come back later.
    Busy,
    /// Knows nobody of that name.
    Strict,
    /// Now willing, now not: hangs up at the door or in the middle, asks to come back, falls silent, takes a letter
    /// and does not say so. Knows nobody whose name begins with `nobody`.
    Moody,
}

pub(crate) struct PostOffice {
    pub(crate) address: SocketAddr,
    letters: Arc<Mutex<Vec<String>>>,
    closing: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl PostOffice {
    pub(crate) fn open(manner: Manner) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = socket.local_addr().expect("an address");
        let letters = Arc::new(Mutex::new(Vec::new()));
        let closing = Arc::new(AtomicBool::new(false));
        let (taken, end) = (Arc::clone(&letters), Arc::clone(&closing));
        let thread = std::thread::spawn(move || {
            let mut waiting = Vec::new();
            let mut callers = 0_usize;
            for caller in socket.incoming() {
                if end.load(Ordering::Acquire) {
                    return;
                }
                let Ok(caller) = caller else { continue };
                if manner == Manner::Silent {
                    waiting.push(caller);
                } else {
                    // Senders keep their connections; the office does not wait for them to hang up.
                    let taken = Arc::clone(&taken);
                    callers += 1;
                    let mood = if manner == Manner::Moody { callers % 50 } else { 49 };
                    std::thread::spawn(move || converse(&caller, manner, mood, &taken));
                }
            }
        });
        Self {
            address,
            letters,
            closing,
            thread: Some(thread),
        }
    }

    /// What was handed in, the oldest first.
    pub(crate) fn letters(&self) -> Vec<String> {
        self.letters.lock().expect("the bag").clone()
    }
}

fn converse(caller: &TcpStream, manner: Manner, mood: usize, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut say = caller.try_clone()?;
    let mut lines = BufReader::new(caller).lines();
    if mood < 2 {
        return say.write_all(b"421 too busy\r\n");
    }
    say.write_all(b"220 office\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.split([' ', ':']).next().unwrap_or("").to_ascii_uppercase();
        let answer: &[u8] = match (verb.as_str(), manner) {
            ("RCPT", Manner::Busy) => b"451 come back later\r\n",
            ("RCPT", Manner::Strict) => b"550 nobody of that name\r\n",
            ("RCPT", Manner::Moody) if line.to_lowercase().contains("<nobody") => b"550 nobody of that name\r\n",
            ("RCPT", Manner::Moody) if (2..5).contains(&mood) => b"451 come back later\r\n",
            ("DATA", _) => {
                say.write_all(b"354 go on\r\n")?;
                let mut text = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                if mood == 7 {
                    return Ok(());
                }
                taken.lock().expect("the bag").push(text);
                match mood {
                    5 | 6 => return Ok(()),
                    // Silent until the caller gives up.
                    8 => return lines.next().transpose().map(|_| ()),
                    _ => b"250 taken\r\n",
                }
            }
            ("QUIT", _) => return say.write_all(b"221 bye\r\n"),
            _ => b"250 well\r\n",
        };
        say.write_all(answer)?;
    }
    Ok(())
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the office closes");
        }
    }
}

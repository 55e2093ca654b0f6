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
                    std::thread::spawn(move || converse(&caller, manner, &taken));
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

fn converse(caller: &TcpStream, manner: Manner, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut say = caller.try_clone()?;
    let mut lines = BufReader::new(caller).lines();
    say.write_all(b"220 office\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.split([' ', ':']).next().unwrap_or("").to_ascii_uppercase();
        let answer: &[u8] = match (verb.as_str(), manner) {
            ("RCPT", Manner::Busy) => b"451 come back later\r\n",
            ("RCPT", Manner::Strict) => b"550 nobody of that name\r\n",
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
                taken.lock().expect("the bag").push(text);
                b"250 taken\r\n"
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

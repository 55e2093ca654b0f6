//! The door at which a mail server on this machine hands letters over, by LMTP (RFC 2033) or SMTP. Each is
//! answered when what it does is written down: what we cannot write now, the mail server keeps and sends again.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use smtp_proto::Request;
use smtp_proto::request::receiver::DataReceiver;

use super::take_in;
use crate::app::App;
use crate::forum::letters::arrivals::Became;
use crate::refusal::Refusal;

/// Visitors at a time, and how long one may stay and be silent.
const AT_A_TIME: usize = 8;
const STAYS: Duration = Duration::from_secs(600);
const SILENT: Duration = Duration::from_secs(60);
/// Bytes of a command, recipients of a letter.
const LONGEST_LINE: u64 = 2_048;
const RECIPIENTS: usize = 50;

/// Listens on an address of this machine only: who hands letters over is believed about their envelope.
pub(super) fn start(
    app: Arc<App>,
    listen: &str,
    stop: Arc<AtomicBool>,
) -> Result<(SocketAddr, JoinHandle<()>), String> {
    let listener = TcpListener::bind(listen).map_err(|error| format!("incoming.listen {listen}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let inside = Arc::new(AtomicUsize::new(0));
    let thread = std::thread::Builder::new()
        .name("mail door".to_owned())
        .spawn(move || {
            for visitor in listener.incoming() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                match visitor {
                    Ok(stream) => receive(&app, stream, &inside),
                    Err(error) => {
                        tracing::warn!(%error, "a mail server could not be let in");
                        std::thread::park_timeout(Duration::from_millis(200));
                    }
                }
            }
        })
        .map_err(|error| error.to_string())?;
    Ok((address, thread))
}

fn receive(app: &Arc<App>, mut stream: TcpStream, inside: &Arc<AtomicUsize>) {
    if inside.fetch_add(1, Ordering::AcqRel) >= AT_A_TIME {
        inside.fetch_sub(1, Ordering::AcqRel);
        if let Err(error) = stream.write_all(b"421 4.3.2 Too many at a time, come again\r\n") {
            tracing::debug!(%error, "a mail server left before it was sent away");
        }
        return;
    }
    let (app, counted) = (Arc::clone(app), Inside(Arc::clone(inside)));
    let begun = std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
        let _counted = counted;
        if let Err(error) = Talk::new(&app, stream).and_then(Talk::whole) {
            tracing::info!(%error, "a mail server went away in the middle");
        }
    });
    if let Err(error) = begun {
        tracing::warn!(%error, "no thread for a mail server");
    }
}

/// A visitor, who is gone when this is dropped, however that comes.
struct Inside(Arc<AtomicUsize>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One conversation.
struct Talk<'a> {
    app: &'a App,
    reader: BufReader<TcpStream>,
    writer: TcpStream,
    until: Instant,
    /// Each recipient is answered for itself.
    lmtp: bool,
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
}

impl<'a> Talk<'a> {
    fn new(app: &'a App, stream: TcpStream) -> std::io::Result<Self> {
        stream.set_read_timeout(Some(SILENT))?;
        stream.set_write_timeout(Some(SILENT))?;
        Ok(Self {
            app,
            writer: stream.try_clone()?,
            reader: BufReader::new(stream),
            until: Instant::now() + STAYS,
            lmtp: false,
            greeted: false,
            from: None,
            to: Vec::new(),
        })
    }

    fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.writer.write_all(format!("{line}\r\n").as_bytes())
    }

    fn whole(mut self) -> std::io::Result<()> {
        self.say("220 Aquarium takes letters")?;
        while Instant::now() < self.until {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(());
            }
            if !line.ends_with(b"\n") {
                return self.say("500 5.5.2 Too long a line");
            }
            match Request::parse(&mut line.iter()) {
                Ok(Request::Quit) => return self.say("221 2.0.0 Goodbye"),
                Ok(request) => self.answer(request)?,
                Err(_) => self.say("500 5.5.2 Not understood")?,
            }
        }
        self.say("421 4.4.2 Too long a visit")
    }

    fn answer(&mut self, request: Request<std::borrow::Cow<'_, str>>) -> std::io::Result<()> {
        match request {
            Request::Lhlo { .. } | Request::Ehlo { .. } => {
                self.lmtp = matches!(request, Request::Lhlo { .. });
                self.greeted = true;
                self.forget();
                let most = self.app.config.incoming.letter_bytes;
                self.say(&format!(
                    "250-Aquarium\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {most}"
                ))
            }
            Request::Helo { .. } => {
                self.lmtp = false;
                self.greeted = true;
                self.forget();
                self.say("250 Aquarium")
            }
            Request::Mail { from } => {
                if !self.greeted || self.from.is_some() {
                    return self.say("503 5.5.1 Not now");
                }
                if from.size > self.app.config.incoming.letter_bytes {
                    return self.say("552 5.3.4 Too large a letter");
                }
                self.from = Some(from.address.into_owned());
                self.say("250 2.1.0 Go on")
            }
            Request::Rcpt { to } => self.recipient(&to.address),
            Request::Data => self.data(),
            Request::Rset => {
                self.forget();
                self.say("250 2.0.0 Forgotten")
            }
            Request::Noop { .. } => self.say("250 2.0.0 Still here"),
            Request::Vrfy { .. } => self.say("252 2.5.0 Send a letter and see"),
            _ => self.say("502 5.5.1 Not here"),
        }
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn recipient(&mut self, address: &str) -> std::io::Result<()> {
        if self.from.is_none() {
            return self.say("503 5.5.1 From whom?");
        }
        if self.to.len() >= RECIPIENTS {
            return self.say("452 4.5.3 Too many recipients");
        }
        match take_in::is_known(self.app, address) {
            Ok(true) => {
                self.to.push(address.to_owned());
                self.say("250 2.1.5 Go on")
            }
            Ok(false) => self.say("550 5.1.1 Nobody has this address"),
            Err(refusal) => {
                tracing::warn!(%refusal, "a letter is put off");
                self.say("451 4.3.0 Not now, send it again")
            }
        }
    }

    fn data(&mut self) -> std::io::Result<()> {
        let Some(from) = self.from.clone().filter(|_| !self.to.is_empty()) else {
            return self.say("503 5.5.1 To whom?");
        };
        self.say("354 Go on, a dot ends it")?;
        let most = self.app.config.incoming.letter_bytes;
        let (mut letter, mut receiver, mut whole) = (Vec::new(), DataReceiver::new(), false);
        let mut too_large = false;
        while !whole {
            if Instant::now() >= self.until {
                return self.say("421 4.4.2 Too long a visit");
            }
            let some = self.reader.fill_buf()?;
            if some.is_empty() {
                // What was not sent to its end was not sent.
                return Ok(());
            }
            let mut bytes = some.iter();
            whole = receiver.ingest(&mut bytes, &mut letter);
            let used = some.len() - bytes.as_slice().len();
            self.reader.consume(used);
            if letter.len() > most {
                too_large = true;
                letter.clear();
            }
        }
        let to = std::mem::take(&mut self.to);
        self.forget();
        let mut answers = Vec::new();
        for address in &to {
            answers.push(if too_large {
                "552 5.3.4 Too large a letter"
            } else {
                self.take(&letter, address, &from)
            });
        }
        if self.lmtp {
            for answer in answers {
                self.say(answer)?;
            }
            return Ok(());
        }
        // One answer for all: what was taken is not taken again when all are sent once more.
        let worst = answers.iter().find(|answer| answer.starts_with('4'));
        let worst = worst.or_else(|| answers.iter().find(|answer| answer.starts_with('5')));
        let answer = worst
            .or_else(|| answers.first())
            .copied()
            .unwrap_or("554 5.5.1 To nobody");
        self.say(answer)
    }

    fn take(&self, letter: &[u8], address: &str, from: &str) -> &'static str {
        match take_in::take_in(self.app, letter, Some(address), Some(from)) {
            Ok(taken) => match taken.became {
                Became::Posted => "250 2.0.0 Posted",
                Became::Unknown => "550 5.1.1 Nobody has this address",
                Became::Unreadable => "554 5.6.0 Not a letter that can be read",
                // Its sender is told by letter, or is a machine that is told nothing (RFC 3834).
                Became::Refused | Became::Automatic | Became::OtherSender | Became::Unproven => "250 2.0.0 Taken",
            },
            Err(refusal) => {
                if !matches!(refusal, Refusal::Conflict) {
                    tracing::warn!(%refusal, "a letter is put off");
                }
                "451 4.3.0 Not now, send it again"
            }
        }
    }
}

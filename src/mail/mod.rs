//! Sending what stands in the outbox: over SMTP when a server is configured, else as files. A letter
//! is leased before it is sent and marked after, so that a crash between the two repeats it with the
//! same Message-ID and nothing else is lost or doubled.

pub mod incoming;

use std::path::PathBuf;
use std::time::Duration;

use diesel::prelude::*;
use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Message, SmtpTransport, Transport as _};

use crate::access::Viewer;
use crate::app::App;
use crate::config::{Config, SiteUrl};
use crate::db::dialect;
use crate::db::schema::letters;
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::letters::notices;
use crate::refusal::Result;

const LEASE_SECONDS: i64 = 120;
/// Three days of trying, later each time.
pub(crate) const TRIES: i64 = 14;

/// Where letters leave.
pub enum Transport {
    Smtp(SmtpTransport),
    Folder(PathBuf),
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(_) => f.write_str("Smtp"),
            Self::Folder(path) => f.debug_tuple("Folder").field(path).finish(),
        }
    }
}

/// The way out and the sender.
#[derive(Debug)]
pub struct Mail {
    transport: Transport,
    from: Mailbox,
    host: String,
    ours: Option<incoming::address::Ours>,
}

impl Mail {
    pub fn new(config: &Config, site: &SiteUrl) -> std::result::Result<Self, String> {
        let bare = site.host.rsplit_once(':').map_or(site.host.as_str(), |(bare, _)| bare);
        let from = if config.mail.from.is_empty() {
            let host = if bare.starts_with("127.") || bare.starts_with('[') {
                "localhost"
            } else {
                bare
            };
            format!("forum@{host}")
        } else {
            config.mail.from.clone()
        };
        let from: Mailbox = from
            .parse()
            .map_err(|error| format!("mail.from is \"{from}\": {error}"))?;
        let host = from.email.domain().to_owned();
        let transport = if config.mail.host.is_empty() {
            Transport::Folder(config.data.join("letters"))
        } else {
            Transport::Smtp(smtp(config)?)
        };
        Ok(Self {
            transport,
            from,
            host,
            ours: incoming::address::Ours::parse(&config.incoming.address),
        })
    }

    /// Where answers come in, if they do.
    pub fn ours(&self) -> Option<&incoming::address::Ours> {
        self.ours.as_ref()
    }

    fn send(&self, letter: &Letter) -> std::result::Result<(), Failure> {
        let message = self.compose(letter).map_err(Failure::Final)?;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(&message).map(|_| ()).map_err(|error| {
                if is_their_refusal(&error) {
                    Failure::Final(error.to_string())
                } else if error.status().is_some() {
                    Failure::Later(error.to_string())
                } else {
                    Failure::Silent(error.to_string())
                }
            }),
            Transport::Folder(folder) => keep(folder, letter, &message.formatted())
                .map_err(|error| Failure::Later(format!("{}: {error}", folder.display()))),
        }
    }

    fn compose(&self, letter: &Letter) -> std::result::Result<Message, String> {
        let address = letter.to_mail.parse().map_err(|error| format!("{error}"))?;
        let name = plain_name(&letter.to_name);
        let message_id = letter.message_id.replace("aquarium.invalid", &self.host);
        let Letter {
            thread,
            list,
            stop,
            from_name,
            ..
        } = letter;
        let mut builder = Message::builder();
        if !thread.is_empty() {
            // All letters of one conversation answer a first one that was never sent.
            let root = format!("<{}@{}>", thread.replace(':', "-"), self.host);
            builder = builder.in_reply_to(root.clone()).references(root);
        }
        if let (Some(ours), false) = (&self.ours, letter.answers.is_empty()) {
            let answer_to: Mailbox = ours.with(&letter.answers).parse().map_err(|error| format!("{error}"))?;
            builder = builder.reply_to(answer_to);
        }
        if !list.is_empty() {
            builder = builder.raw_header(raw("List-Id", format!("<{list}.{}>", self.host))?);
        }
        if !stop.is_empty() {
            builder = builder
                .raw_header(raw("List-Unsubscribe", format!("<{stop}>"))?)
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())?);
        }
        let from = if from_name.is_empty() {
            self.from.clone()
        } else {
            Mailbox::new(Some(plain_name(from_name)), self.from.email.clone())
        };
        builder
            .from(from)
            .to(Mailbox::new(Some(name), address))
            .subject(&letter.subject)
            .message_id(Some(message_id))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(
                letter.body_text.clone(),
                letter.body_html.clone(),
            ))
            .map_err(|error| error.to_string())
    }
}

/// Whether a server said that this recipient takes no letters, or not this one. Everything else is a fault of our
/// own side or of the way, and is tried again: a wrong password of ours is not the members' doing.
fn is_their_refusal(error: &lettre::transport::smtp::Error) -> bool {
    const THEIRS: [u16; 7] = [501, 550, 551, 552, 553, 554, 556];
    error.is_permanent() && error.status().is_some_and(|code| THEIRS.contains(&u16::from(code)))
}

fn smtp(config: &Config) -> std::result::Result<SmtpTransport, String> {
    let mail = &config.mail;
    let builder = match mail.encryption.as_str() {
        "tls" => SmtpTransport::relay(&mail.host),
        "starttls" => SmtpTransport::starttls_relay(&mail.host),
        _ => Ok(SmtpTransport::builder_dangerous(&mail.host)),
    }
    .map_err(|error| format!("mail.host is \"{}\": {error}", mail.host))?;
    let mut builder = builder
        .port(mail.port)
        .timeout(Some(Duration::from_secs(mail.answer_seconds)));
    if !mail.user.is_empty() {
        builder = builder.credentials(Credentials::new(mail.user.clone(), mail.password.clone()));
    }
    Ok(builder.build())
}

/// Written under another name first: whoever looks into the folder sees whole letters only. The name
/// is the letter's own, so that one written twice is one file.
fn keep(folder: &std::path::Path, letter: &Letter, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let name: String = letter
        .message_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect();
    let whole = folder.join(format!("{:06}-{}-{name}.eml", letter.id, letter.kind));
    let part = whole.with_extension("part");
    let mut file = std::fs::File::create(&part)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    std::fs::rename(part, whole)
}

/// A name that looks like an address or a link would be made one by mail programs, and one without end would make a
/// line that servers may not carry.
fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '@' | '/' | ':' | '<' | '>' | '"' | '\r' | '\n') && !c.is_control())
        .take(LONGEST_NAME)
        .collect()
}

/// A header that has no type of its own.
fn raw(name: &'static str, value: String) -> std::result::Result<header::HeaderValue, String> {
    let name = header::HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
    Ok(header::HeaderValue::new(name, value))
}

/// Characters of a name in a header.
const LONGEST_NAME: usize = 200;

/// Says to other machines that no person wrote this, so that none answers.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

enum Failure {
    /// Nobody answered, or not to the end.
    Silent(String),
    /// This one not now; the server lives.
    Later(String),
    Final(String),
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = letters)]
struct Letter {
    id: i64,
    message_id: String,
    kind: String,
    to_mail: String,
    to_name: String,
    subject: String,
    body_text: String,
    body_html: String,
    attempts: i64,
    thread: String,
    list: String,
    stop: String,
    from_name: String,
    lines: String,
    account_id: Option<crate::ids::AccountId>,
    answers: String,
}

/// Letters that leave in one turn of the worker: what else it does is not kept waiting by a slow mail server.
const A_TURN: usize = 20;

/// Sends letters that are due, one after the other, as many as one turn allows: one that fails does not keep the
/// next. Whether more may wait.
pub fn send_due(app: &App) -> Result<bool> {
    let viewer = Viewer::system("letters");
    for _ in 0..A_TURN {
        let letter = app.store.write(&viewer, Source::System, |tx| {
            let now = Moment(dialect::now(tx.conn())?);
            let found: Option<Letter> = letters::table
                .filter(letters::sent_at.is_null())
                .filter(letters::failed_at.is_null())
                .filter(letters::due_at.le(now))
                .filter(letters::leased_until.lt(now))
                .order(letters::id)
                .select(Letter::as_select())
                .first(tx.conn())
                .optional()?;
            let Some(letter) = found else { return Ok(None) };
            let mine = diesel::update(
                letters::table
                    .find(letter.id)
                    .filter(letters::leased_until.lt(now))
                    .filter(letters::attempts.eq(letter.attempts)),
            )
            .set((
                letters::leased_until.eq(now.plus_seconds(LEASE_SECONDS)),
                letters::attempts.eq(letter.attempts + 1),
            ))
            .execute(tx.conn())?;
            Ok((mine == 1).then_some(letter))
        })?;
        let Some(letter) = letter else { return Ok(false) };
        // What was true when it was written may be over.
        let fresh = app.store.write(&viewer, Source::System, |tx| {
            let (config, site) = (&app.config, &app.site.text);
            if !notices::make_fresh(tx, letter.id, letter.account_id, &letter.lines, config, site)? {
                return Ok(None);
            }
            let fresh: Letter = letters::table
                .find(letter.id)
                .select(Letter::as_select())
                .first(tx.conn())?;
            Ok(Some(Letter {
                attempts: letter.attempts,
                ..fresh
            }))
        })?;
        let Some(letter) = fresh else { continue };
        let outcome = app.mail.send(&letter);
        app.store.write(&viewer, Source::System, |tx| {
            let now = Moment(dialect::now(tx.conn())?);
            let attempt = letter.attempts + 1;
            let row = letters::table.find(letter.id).filter(letters::attempts.eq(attempt));
            match &outcome {
                Ok(()) => diesel::update(row)
                    .set((letters::sent_at.eq(now), letters::problem.eq("")))
                    .execute(tx.conn())?,
                Err(Failure::Later(problem) | Failure::Silent(problem)) if attempt < TRIES => diesel::update(row)
                    .set((
                        letters::leased_until.eq(Moment(0)),
                        letters::due_at.eq(now.plus_seconds(30 << attempt.min(12))),
                        letters::problem.eq(problem),
                    ))
                    .execute(tx.conn())?,
                Err(Failure::Later(problem) | Failure::Silent(problem) | Failure::Final(problem)) => {
                    diesel::update(row)
                        .set((
                            letters::failed_at.eq(now),
                            letters::leased_until.eq(Moment(0)),
                            letters::problem.eq(problem),
                        ))
                        .execute(tx.conn())?
                }
            };
            Ok(())
        })?;
        match outcome {
            Ok(()) => {}
            Err(Failure::Final(problem)) => tracing::warn!(letter = letter.id, %problem, "a letter cannot be sent"),
            Err(Failure::Later(problem)) => {
                tracing::warn!(letter = letter.id, %problem, "a letter was not taken now");
            }
            Err(Failure::Silent(problem)) => {
                tracing::warn!(letter = letter.id, %problem, "a letter did not leave");
                // A server that does not answer would hold up everything else for as long as there are
                // letters; the others have their turn next time.
                return Ok(false);
            }
        }
    }
    // The rest has its turn after everybody else.
    Ok(true)
}

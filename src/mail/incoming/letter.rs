//! A letter that came in, read: who wrote it, to whom, what it says apart from what it quotes, what is
//! attached, and whether a machine wrote it. Pure: it believes nothing of it.

use std::sync::LazyLock;

use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};

use regex::Regex;

use crate::import::html::Converter;
use crate::text::name;
use crate::text::quoted::{self, Parted};

/// Parts of a letter, and characters of text, that are looked at.
const MOST_PARTS: usize = 50;
const LONGEST_TEXT: usize = 1_000_000;
/// Files of one letter.
const MOST_FILES: usize = 20;

/// Why a letter is taken for a machine's (RFC 3834 and what mail servers add to it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    AutoSubmitted,
    Bulk,
    List,
    NoReturn,
    Report,
    Role,
    Loop,
    OutOfOffice,
}

/// A letter as it came.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Without its brackets; empty if it has none.
    pub id: String,
    /// All whom it says it is from.
    pub from: Vec<String>,
    /// All addresses that it names as its goal.
    pub to: Vec<String>,
    pub subject: String,
    pub text: Parted,
    /// Name and bytes of each attached file.
    pub files: Vec<(String, Vec<u8>)>,
    pub automatic: Option<Automatic>,
    /// What mail servers on the way found, the nearest first.
    pub verdicts: Vec<String>,
}

/// Reads a letter. `None` for what is none, or has more parts than anybody writes.
pub fn read(bytes: &[u8], envelope_from: Option<&str>, is_ours: impl Fn(&str) -> bool) -> Option<Arrived> {
    let message = MessageParser::default().parse(bytes)?;
    if message.parts.len() > MOST_PARTS || message.headers().is_empty() {
        return None;
    }
    // Of two such headers mail servers and programs may each believe another.
    let from = match texts(&message, "From").len() {
        1 => addresses(message.from()),
        _ => Vec::new(),
    };
    let mut to: Vec<String> = ["Delivered-To", "X-Original-To", "Envelope-To"]
        .into_iter()
        .flat_map(|header| texts(&message, header))
        .collect();
    to.extend(addresses(message.to()));
    to.extend(addresses(message.cc()));
    // What no database keeps would be tried again for ever.
    let id: String = message.message_id().unwrap_or_default().trim().to_owned();
    let id = id.chars().filter(|c| !c.is_control()).collect();
    let automatic = automatic(&message, &from, envelope_from, &is_ours);
    Some(Arrived {
        subject: name::tidy(message.subject().unwrap_or_default()),
        text: without_secrets(quoted::part(&without_addresses(&text_of(&message)))),
        files: files_of(&message),
        verdicts: texts(&message, "Authentication-Results"),
        id,
        from,
        to,
        automatic,
    })
}

fn addresses(list: Option<&Address<'_>>) -> Vec<String> {
    list.map(|list| {
        list.iter()
            .filter_map(|address| address.address.as_deref())
            .map(|address| address.trim().to_lowercase())
            .collect()
    })
    .unwrap_or_default()
}

/// A header's values as text, as often as it stands there, the topmost first.
fn texts(message: &Message<'_>, header: &str) -> Vec<String> {
    message
        .headers_raw()
        .filter(|(name, _)| name.eq_ignore_ascii_case(header))
        .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn automatic(
    message: &Message<'_>,
    from: &[String],
    envelope_from: Option<&str>,
    is_ours: impl Fn(&str) -> bool,
) -> Option<Automatic> {
    let first = |header: &str| texts(message, header).first().map(|value| value.to_lowercase());
    if first("Auto-Submitted").is_some_and(|value| !value.starts_with("no")) {
        return Some(Automatic::AutoSubmitted);
    }
    let bulk = ["bulk", "junk", "list", "auto_reply"];
    if first("Precedence").is_some_and(|value| bulk.contains(&value.as_str()))
        || first("X-Auto-Response-Suppress").is_some_and(|value| value != "none")
        || first("X-Autoreply").is_some()
        || first("X-Autorespond").is_some()
    {
        return Some(Automatic::Bulk);
    }
    if first("List-Id").is_some() || first("List-Unsubscribe").is_some() {
        return Some(Automatic::List);
    }
    if envelope_from.is_some_and(str::is_empty)
        || first("Return-Path").is_some_and(|path| path.replace(' ', "") == "<>")
    {
        return Some(Automatic::NoReturn);
    }
    if message.is_content_type("multipart", "report") || message.is_content_type("message", "delivery-status") {
        return Some(Automatic::Report);
    }
    let role = |address: &String| {
        let local = address.split('@').next().unwrap_or("").replace(['-', '_', '.'], "");
        matches!(
            local.as_str(),
            "mailerdaemon" | "postmaster" | "noreply" | "donotreply" | "bounce" | "bounces"
        )
    };
    if from.iter().any(role) {
        return Some(Automatic::Role);
    }
    if from.iter().any(|address| is_ours(address)) || first("X-Loop").is_some() {
        return Some(Automatic::Loop);
    }
    // Programs that do not say that they are programs.
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    let away = [
        "out of office",
        "automatic reply",
        "auto-reply",
        "autoreply",
        "automatisch antwoord",
        "afwezig",
        "niet aanwezig",
        "abwesenheit",
        "réponse automatique",
        "undelivered mail",
        "undeliverable",
        "delivery status notification",
        "onbestelbaar",
    ];
    away.iter()
        .any(|words| subject.starts_with(words))
        .then_some(Automatic::OutOfOffice)
}

/// All that somebody wrote, in its order: some programs put a picture between two texts, or a text below a page.
fn text_of(message: &Message<'_>) -> String {
    let cut = |text: &str| -> String { text.chars().filter(|c| *c != '\0').take(LONGEST_TEXT).collect() };
    let bodies: Vec<String> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => {
                let flowed = part
                    .content_type()
                    .and_then(|kind| kind.attribute("format"))
                    .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                Some(if flowed { unflowed(&cut(text)) } else { cut(text) })
            }
            // What cannot be converted says nothing, and its sender hears that nothing was written.
            PartType::Html(html) => Some(Converter::new("").convert(&cut(html)).unwrap_or_else(|why| {
                tracing::info!(%why, "a letter's HTML could not be read");
                String::new()
            })),
            _ => None,
        })
        .collect();
    cut(&bodies.join("\n\n"))
}

/// Addresses of ours that are somebody's alone: those at which letters stop, and those at which one answers.
static OURS_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[^\s<>()\[\]]*/letters/stop/[^\s<>()\[\]]*|[\w.-]+\+[rt]\d+\.\d+\.[0-9a-f]+@[\w.-]+")
        .expect("a fixed expression")
});
/// What is left of such an address where a program broke its line.
static KEYS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9_-]{24,}").expect("a fixed expression"));

/// A letter of ours that is quoted tells its reader's own addresses; nobody else may have them.
fn without_addresses(text: &str) -> String {
    OURS_ALONE.replace_all(text, "…").into_owned()
}

fn without_secrets(parted: Parted) -> Parted {
    Parted {
        rest: KEYS.replace_all(&parted.rest, "…").into_owned(),
        ..parted
    }
}

/// Lines that a mail program broke are one again (RFC 3676); quotes and signatures stay as they are.
fn unflowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let stuffed = line.strip_prefix(' ').unwrap_or(line);
        // A mark that was stuffed is no quote's.
        if stuffed.len() < line.len() && stuffed.starts_with('>') {
            out.push('\\');
        }
        let goes_on = stuffed.ends_with(' ') && stuffed != "-- " && !stuffed.starts_with('>');
        out.push_str(stuffed.trim_end_matches(if goes_on { '\0' } else { '\r' }));
        if !goes_on {
            out.push('\n');
        }
    }
    out
}

fn files_of(message: &Message<'_>) -> Vec<(String, Vec<u8>)> {
    message
        .attachments()
        .filter(|part| !matches!(part.body, PartType::Message(_)))
        .filter(|part| {
            // A program's signature over the letter is no file of anybody's.
            !["pgp-signature", "pkcs7-signature", "x-pkcs7-signature"]
                .iter()
                .any(|kind| part.is_content_type("application", kind))
        })
        .filter(|part| !part.contents().is_empty())
        .map(|part| {
            (
                part.attachment_name().unwrap_or("file").to_owned(),
                part.contents().to_vec(),
            )
        })
        .take(MOST_FILES)
        .collect()
}

/// Whether the mail server that we trust found that a letter is from whom it says. Only its topmost word counts: what
/// stands below it may have been written by anybody.
pub fn is_proven(arrived: &Arrived, authority: &str) -> bool {
    let authority = authority.trim().to_lowercase();
    arrived
        .verdicts
        .iter()
        .map(|verdict| verdict.to_lowercase())
        .find(|verdict| {
            verdict
                .split(';')
                .next()
                .is_some_and(|who| who.split_whitespace().next() == Some(authority.as_str()))
        })
        .is_some_and(|verdict| {
            // What others wrote stands in quotes and in brackets.
            WORDS_OF_OTHERS
                .replace_all(&verdict, " ")
                .split(';')
                .any(|found| found.split_whitespace().next() == Some("dmarc=pass") && is_about(found, arrived))
        })
}

static WORDS_OF_OTHERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""(?:[^"\\]|\\.)*"?|\([^()]*\)?"#).expect("a fixed expression"));

/// Whether a verdict, where it says about whom, is about the sender.
fn is_about(found: &str, arrived: &Arrived) -> bool {
    let about = found
        .split_whitespace()
        .find_map(|word| word.strip_prefix("header.from="));
    let sender = arrived.from.first().and_then(|sender| sender.rsplit('@').next());
    about.is_none_or(|domain| sender.is_some_and(|sender| sender == domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(headers: &str) -> Arrived {
        let raw = format!(
            "From: Nia <nia@x.example>\r\nTo: forum+r1.2.x@f.example\r\nSubject: Re: Pump\r\nMessage-ID: <a@x>\r\n{headers}\r\nBrass.\r\n"
        );
        read(raw.as_bytes(), None, |address| address.starts_with("forum")).expect("a letter")
    }

    #[test]
    fn a_persons_letter_is_a_persons() {
        let arrived = with("");
        assert_eq!(arrived.automatic, None);
        assert_eq!((arrived.id.as_str(), arrived.subject.as_str()), ("a@x", "Re: Pump"));
        assert_eq!(arrived.from, ["nia@x.example"]);
        assert_eq!(arrived.to, ["forum+r1.2.x@f.example"]);
        assert_eq!(arrived.text.said, "Brass.");
        assert_eq!(with("Auto-Submitted: no\r\n").automatic, None);
        assert_eq!(with("X-Auto-Response-Suppress: None\r\n").automatic, None);
    }

    #[test]
    fn machines_are_known_by_what_they_say() {
        for (headers, expected) in [
            ("Auto-Submitted: auto-replied\r\n", Automatic::AutoSubmitted),
            (
                "Auto-Submitted: auto-generated (vacation)\r\n",
                Automatic::AutoSubmitted,
            ),
            ("Precedence: bulk\r\n", Automatic::Bulk),
            ("Precedence: auto_reply\r\n", Automatic::Bulk),
            ("X-Auto-Response-Suppress: All\r\n", Automatic::Bulk),
            ("X-Autoreply: yes\r\n", Automatic::Bulk),
            ("List-Id: <pumps.x.example>\r\n", Automatic::List),
            ("Return-Path: <>\r\n", Automatic::NoReturn),
            ("Content-Type: multipart/report; boundary=x\r\n", Automatic::Report),
            ("X-Loop: forum\r\n", Automatic::Loop),
        ] {
            assert_eq!(with(headers).automatic, Some(expected), "{headers}");
        }
        for subject in [
            "Automatic reply: Pump",
            "Automatisch antwoord: Pomp",
            "Out of Office",
            "Undelivered Mail Returned to Sender",
        ] {
            let raw = format!("From: nia@x.example\r\nSubject: {subject}\r\n\r\nAway.\r\n");
            let arrived = read(raw.as_bytes(), None, |_| false).expect("a letter");
            assert_eq!(arrived.automatic, Some(Automatic::OutOfOffice), "{subject}");
        }
        for from in ["MAILER-DAEMON@x.example", "no-reply@x.example", "postmaster@x.example"] {
            let raw = format!("From: {from}\r\nSubject: x\r\n\r\nx\r\n");
            let arrived = read(raw.as_bytes(), None, |_| false).expect("a letter");
            assert_eq!(arrived.automatic, Some(Automatic::Role), "{from}");
        }
        let raw = "From: forum@f.example\r\nSubject: x\r\n\r\nx\r\n";
        let ours = read(raw.as_bytes(), None, |address| address == "forum@f.example").expect("a letter");
        assert_eq!(ours.automatic, Some(Automatic::Loop));
        let bounced = read(b"From: nia@x.example\r\n\r\nx\r\n", Some(""), |_| false).expect("a letter");
        assert_eq!(bounced.automatic, Some(Automatic::NoReturn));
    }

    #[test]
    fn only_the_topmost_word_of_our_own_server_counts() {
        let ours = "Authentication-Results: mx.f.example; spf=pass; dmarc=pass header.from=x.example\r\n";
        let forged = "Authentication-Results: mx.f.example; dmarc=fail\r\n";
        let others = "Authentication-Results: elsewhere.example; dmarc=pass\r\n";
        let proven = |headers: &str| is_proven(&with(headers), "mx.f.example");
        assert!(proven(ours));
        assert!(proven(&format!("{others}{ours}{forged}")));
        assert!(!proven(&format!("{forged}{ours}")));
        assert!(!proven(others) && !proven(""));
        assert!(!proven("Authentication-Results: mx.f.example.evil; dmarc=pass\r\n"));
        assert!(!proven(
            "Authentication-Results: mx.f.example; x=\"dmarc=pass\"; dmarc=none\r\n"
        ));
    }

    #[test]
    fn html_alone_is_read_and_its_quote_is_cut() {
        let raw = "From: nia@x.example\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Brass, <b>not</b> tin.</p><div>On Mon, 2 Nov 2026, Ada wrote:<blockquote>Tin?</blockquote></div>\r\n";
        let arrived = read(raw.as_bytes(), None, |_| false).expect("a letter");
        assert_eq!(arrived.text.said, "Brass, **not** tin.");
        assert!(arrived.text.rest.contains("Tin?"));
    }

    #[test]
    fn a_quoted_letter_of_ours_gives_no_addresses_away() {
        let raw = "From: nia@x.example\r\n\r\nSee below.\r\n\r\nOn Monday the second Ada wrote:\r\n> https://f.example/letters/stop/abcdefghijklmnopqrstuvwxyz0123456789/reply\r\n> https://f.example/letters/stop/\r\n> zyxwvutsrqponmlkjihgfedcba9876543210\r\n> forum+r12.34.0123456789abcdef0123@f.example\r\n";
        let text = read(raw.as_bytes(), None, |_| false).expect("a letter").text;
        assert_eq!(text.said, "See below.");
        for secret in ["stop", "abcdefghij", "zyxwvut", "0123456789", "r12.34"] {
            assert!(!text.rest.contains(secret), "{secret} in {}", text.rest);
        }
        let between = raw.replace("> https://f.example/letters/stop/\r\n", "\r\nIn between.\r\n\r\n");
        let said = read(between.as_bytes(), None, |_| false).expect("a letter").text.said;
        assert!(
            said.contains("In between.") && !said.contains("abcdefghij") && !said.contains("r12.34"),
            "{said}"
        );
    }

    #[test]
    fn all_texts_of_a_letter_are_read() {
        let raw = "From: nia@x.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nFirst.\r\n--x\r\nContent-Type: text/plain\r\n\r\nSecond.\r\n--x--\r\n";
        let said = read(raw.as_bytes(), None, |_| false).expect("a letter").text.said;
        assert!(said.contains("First.") && said.contains("Second."), "{said}");
        let two = "From: nia@x.example\r\nFrom: oda@x.example\r\n\r\nWho?\r\n";
        assert!(read(two.as_bytes(), None, |_| false).expect("a letter").from.is_empty());
    }

    #[test]
    fn broken_lines_are_one_again() {
        let raw = "From: nia@x.example\r\nContent-Type: text/plain; format=flowed\r\n\r\nA long line that \r\ngoes on.\r\n\r\n > no quote\r\n";
        let arrived = read(raw.as_bytes(), None, |_| false).expect("a letter");
        assert_eq!(arrived.text.said, "A long line that goes on.\n\n\\> no quote");
    }

    #[test]
    fn what_is_no_letter_is_refused_and_never_panics() {
        assert!(read(b"", None, |_| false).is_none());
        let many = format!(
            "From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}--x--\r\n",
            "--x\r\nContent-Type: text/plain\r\n\r\npart\r\n".repeat(500)
        );
        assert!(read(many.as_bytes(), None, |_| false).is_none());
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100);
        let _ = read(nested.as_bytes(), None, |_| false);
        let _ = read(&[0xff, 0x00, b'\n', b'\n', 0xfe], None, |_| false);
        let quoted = format!("From: a@b\r\nContent-Type: text/html\r\n\r\n{}", "<div>".repeat(20_000));
        let _ = read(quoted.as_bytes(), None, |_| false);
    }
}

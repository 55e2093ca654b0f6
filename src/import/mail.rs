//! One mail out of an mbox: its headers, its text, who wrote it and what it answers. Pure.

use mail_parser::MessageParser;
use sha2::{Digest as _, Sha256};

use crate::access::door::hex;
use crate::db::types::Moment;
use crate::text::name;

/// A mail as the archive has it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Where it stands: file and byte.
    pub file: usize,
    pub offset: usize,
    pub id: String,
    pub from_name: String,
    pub from_address: String,
    pub at: Option<Moment>,
    pub subject: String,
    /// What it answers, nearest first.
    pub ancestors: Vec<String>,
    pub body: String,
    /// Something had to be guessed: the id, or the characters.
    pub repaired: bool,
}

impl Mail {
    pub fn text_hash(&self) -> String {
        hex(&Sha256::digest(self.body.trim().as_bytes())[..16])
    }

    /// The keys by which the same person is recognised: the address, unless the archive has mangled
    /// it beyond telling, and the name.
    pub fn person_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        let folded = name::fold(&self.from_name);
        if !folded.is_empty() {
            keys.push(format!("name:{folded}"));
        }
        let address = name::fold(&self.from_address);
        if !address.is_empty() && !address.contains("end|ng") && !address.contains("ending from") {
            keys.push(format!("mail:{address}"));
        }
        if keys.is_empty() {
            keys.push("name:?".to_owned());
        }
        keys
    }

    pub fn called(&self) -> &str {
        if self.from_name.is_empty() {
            // The part before the @ names a person without giving the address away.
            self.from_address
                .split([' ', '@'])
                .find(|part| !part.is_empty())
                .unwrap_or("?")
        } else {
            &self.from_name
        }
    }
}

/// Whether a line begins a mail: `From name at host  Mon Jan  2 15:04:05 2006`. A line of text may
/// begin with `From ` too, so all of it must fit.
pub fn is_envelope(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words: Vec<&[u8]> = rest
        .split(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let [.., weekday, month, day, time, year] = words.as_slice() else {
        return false;
    };
    let one_of = |word: &[u8], all: &str| all.as_bytes().chunks(3).any(|known| known == word);
    words.len() >= 6
        && one_of(weekday, "MonTueWedThuFriSatSun")
        && one_of(month, "JanFebMarAprMayJunJulAugSepOctNovDec")
        && (1..=2).contains(&day.len())
        && day.iter().all(u8::is_ascii_digit)
        && time.len() == 8
        && time.iter().filter(|byte| **byte == b':').count() == 2
        && year.len() == 4
        && year.iter().all(u8::is_ascii_digit)
}

/// Bytes of unknown writing as text: line by line, because one archive may hold several. Says whether
/// something had to be guessed.
fn text_of(bytes: &[u8]) -> (String, bool) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), false);
    }
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&encoding_rs::WINDOWS_1252.decode(line).0),
        }
    }
    (text, true)
}

/// Reads one mail, beginning after its envelope line. `None` when there are no headers at all.
pub fn read(bytes: &[u8], file: usize, offset: usize) -> Option<Mail> {
    let (text, guessed) = text_of(bytes);
    let text = text.replace("\r\n", "\n");
    let (head, body) = match text.split_once("\n\n") {
        Some((head, body)) => (head, body),
        None => (text.as_str(), ""),
    };
    let has_headers = head.lines().any(|line| {
        line.to_ascii_lowercase().starts_with("from:") || line.to_ascii_lowercase().starts_with("message-id:")
    });
    if !has_headers {
        return None;
    }
    let headers = format!("{head}\n\n");
    let parsed = MessageParser::default().parse(headers.as_bytes())?;
    let decoded = |wanted: &str| -> String {
        // Every header is read as if it were a subject: that decodes its words and joins its lines.
        let mut lines = head.lines();
        let mut value = String::new();
        while let Some(line) = lines.next() {
            let Some((key, first)) = line.split_once(':') else {
                continue;
            };
            if key.eq_ignore_ascii_case(wanted) {
                value.push_str(first.trim());
                for line in lines.by_ref() {
                    if !line.starts_with([' ', '\t']) {
                        break;
                    }
                    value.push(' ');
                    value.push_str(line.trim());
                }
                break;
            }
        }
        MessageParser::default()
            .parse(format!("Subject: {value}\n\n").as_bytes())
            .and_then(|message| message.subject().map(ToOwned::to_owned))
            .unwrap_or(value)
    };
    let (from_name, from_address) = sender(&decoded("from"));
    let ids = |text: &str| -> Vec<String> {
        text.split(['<', '>', ' ', '\n', '\t'])
            .map(str::trim)
            .filter(|id| id.contains('@'))
            .map(ToOwned::to_owned)
            .collect()
    };
    let raw = |wanted: &str| -> String {
        let mut value = String::new();
        let mut inside = false;
        for line in head.lines() {
            if inside && line.starts_with([' ', '\t']) {
                value.push(' ');
                value.push_str(line.trim());
                continue;
            }
            inside = line
                .split_once(':')
                .is_some_and(|(key, _)| key.eq_ignore_ascii_case(wanted));
            if inside {
                value.push_str(line.split_once(':').map_or("", |(_, rest)| rest));
            }
        }
        value
    };
    let mut ancestors = ids(&raw("references"));
    ancestors.reverse();
    for id in ids(&raw("in-reply-to")) {
        if !ancestors.contains(&id) {
            ancestors.push(id);
        }
    }
    let mut repaired = guessed;
    let id = ids(&raw("message-id")).into_iter().next().unwrap_or_else(|| {
        repaired = true;
        let digest = Sha256::digest(format!("{head}\n{body}").as_bytes());
        format!("{}@none", hex(&digest[..16]))
    });
    ancestors.retain(|ancestor| *ancestor != id);
    let at = parsed
        .date()
        .map(|date| Moment::from_seconds(date.to_timestamp()))
        .filter(|at| at.seconds() > 0);
    // A NUL is no character for one of the databases.
    let body = body.replace('\0', "").trim_end().to_owned();
    Some(Mail {
        file,
        offset,
        id,
        from_name,
        from_address,
        at,
        subject: name::tidy(&decoded("subject")),
        ancestors,
        body,
        repaired,
    })
}

/// `a at b.example (Ann B)`, `Ann B <a@b.example>` or a bare address.
fn sender(from: &str) -> (String, String) {
    let from = from.replace('"', "");
    if let (Some(open), Some(close)) = (from.find('('), from.rfind(')'))
        && open < close
    {
        let called = name::tidy(&from[open + 1..close]);
        return (called, name::tidy(&from[..open]));
    }
    if let (Some(open), Some(close)) = (from.find('<'), from.rfind('>'))
        && open < close
    {
        return (name::tidy(&from[..open]), name::tidy(&from[open + 1..close]));
    }
    (String::new(), name::tidy(&from))
}

/// A subject without what lists and replies put before it.
pub fn title(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let before = rest;
        if let Some(inside) = rest.strip_prefix('[')
            && let Some((tag, after)) = inside.split_once(']')
            && tag.len() < 40
            && !after.trim().is_empty()
        {
            rest = after.trim_start();
        }
        for prefix in ["re:", "aw:", "antw:", "fwd:", "fw:", "sv:"] {
            if rest.len() > prefix.len()
                && rest.is_char_boundary(prefix.len())
                && rest[..prefix.len()].eq_ignore_ascii_case(prefix)
            {
                rest = rest[prefix.len()..].trim_start();
            }
        }
        if rest == before {
            break;
        }
    }
    if rest.is_empty() {
        "–".to_owned()
    } else {
        rest.to_owned()
    }
}

/// Whether the subject says that this answers something.
pub fn is_reply(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    let bare = lower
        .split_once(']')
        .map_or(lower.as_str(), |(_, rest)| rest)
        .trim_start();
    ["re:", "aw:", "antw:", "sv:"]
        .iter()
        .any(|prefix| lower.starts_with(prefix) || bare.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_the_whole_line() {
        assert!(is_envelope(b"From ann at b.example  Mon Oct  1 15:57:26 2018"));
        assert!(!is_envelope(b"From what I remember, Mon was better"));
        assert!(!is_envelope(b"From: ann at b.example"));
    }

    #[test]
    fn headers_are_decoded_and_joined() {
        let bytes = b"From: ann at b.example (=?iso-8859-1?Q?Ann_B=E9?=)\nDate: Mon, 1 Oct 2018 14:57:26 +0100\n\
            Subject: [list] Re: [list] a\n long one\nIn-Reply-To: <1@b>\nReferences: <0@b>\n\t<1@b>\nMessage-ID: <2@b>\n\nhello\n";
        let mail = read(bytes, 0, 0).expect("a mail");
        assert_eq!(mail.from_name, "Ann Bé");
        assert_eq!(mail.from_address, "ann at b.example");
        assert_eq!(mail.ancestors, ["1@b", "0@b"]);
        assert_eq!(title(&mail.subject), "a long one");
        assert!(is_reply(&mail.subject));
        assert_eq!(mail.at, Some(Moment::from_seconds(1_538_402_246)));
        assert_eq!(mail.body, "hello");
        assert!(!mail.repaired);
    }

    #[test]
    fn mixed_writing_is_read_line_by_line() {
        let mail = read(b"From: a at b (A)\nMessage-ID: <1@b>\n\ncaf\xe9\nna\xc3\xafve\n", 0, 0).expect("a mail");
        assert_eq!(mail.body, "café\nnaïve");
        assert!(mail.repaired);
    }
}

//! What somebody wrote in a mail, apart from what their mail program put below it: the letter that they
//! answer, and their signature. Pure.
//!
//! Nothing inside a block of code is taken for a quote, and a quote that is answered in between stays.

use std::sync::LazyLock;

use regex::Regex;

/// A mail's text in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    pub said: String,
    /// What was cut off, to be shown on request; empty for nothing.
    pub rest: String,
}

/// `On Monday … wrote:` and its like, in the languages that our mail programs speak.
static ANSWERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^\s*>?\s*(?:
            on\s.{5,200}\swrote | op\s.{5,200}\sschreef\b.{0,120} | am\s.{5,200}\sschrieb\b.{0,120}
            | le\s.{5,200}\sa\s(?:é|e)crit | .{0,120}[0-9@<].{0,120}\s(?:wrote|schreef|schrieb)
        )\s*:\s*$",
    )
    .expect("a fixed expression")
});

/// A line that stands above a letter quoted whole.
static ORIGINAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^\s*-{3,}\s*(?:original\smessage|oorspronkelijk\sbericht|forwarded\smessage|doorgestuurd\sbericht
            |ursprüngliche\snachricht)\s*-*\s*$",
    )
    .expect("a fixed expression")
});

/// The headers that Outlook puts above what it quotes.
static FROM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\**(?:from|van|von|de)\s?:\**\s.+").expect("a fixed expression"));
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*\**(?:sent|date|verzonden|datum|gesendet|envoyé|to|aan|an|subject|onderwerp|betreff)\s?:\**\s.+")
        .expect("a fixed expression")
});

/// What a telephone says about itself.
static SENT_FROM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:sent from my|sent from outlook|get outlook for|verstuurd vanaf mijn|verzonden vanaf mijn|von meinem .{2,40} gesendet|outlook voor)\b.{0,60}$")
        .expect("a fixed expression")
});

/// Words of a line, lower-cased, whatever blanks are between them.
fn lower(line: &str) -> String {
    line.to_lowercase().replace('\u{a0}', " ")
}

fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Which lines stand in a block of code, its fences among them.
fn in_code(lines: &[&str]) -> Vec<bool> {
    let mut fence: Option<&str> = None;
    lines
        .iter()
        .map(|line| {
            let bare = line.trim_start();
            match fence {
                Some(open) => {
                    if bare.starts_with(open) {
                        fence = None;
                    }
                    true
                }
                None => {
                    fence = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
                    fence.is_some()
                }
            }
        })
        .collect()
}

/// Whether what somebody answers begins at this line, and how many lines say so.
fn begins_quote(lines: &[&str], at: usize) -> Option<usize> {
    let line = lower(lines[at]);
    if ANSWERS.is_match(&line) || ORIGINAL.is_match(&line) {
        return Some(1);
    }
    // Long names break the sentence in two.
    if let Some(next) = lines.get(at + 1)
        && !line.trim().is_empty()
        && !next.trim().is_empty()
        && line.len() + next.len() < 300
        && ["on ", "op ", "am ", "le "]
            .iter()
            .any(|word| line.trim_start_matches(['>', ' ']).starts_with(word))
        && ANSWERS.is_match(&format!("{} {}", line.trim_end(), lower(next).trim_start()))
    {
        return Some(2);
    }
    let ruled = line.trim().len() >= 10 && line.trim().chars().all(|c| c == '_');
    let head = if ruled { at + 1 } else { at };
    let is_head = lines.get(head).is_some_and(|line| FROM.is_match(&lower(line)))
        && lines
            .iter()
            .skip(head + 1)
            .take(3)
            .any(|line| SENT.is_match(&lower(line)));
    is_head.then_some(head + 1 - at)
}

/// Parts what was said from what was quoted below it.
pub fn part(text: &str) -> Parted {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let code = in_code(&lines);
    let mut end = lines.len();
    for at in 0..lines.len() {
        if code[at] {
            continue;
        }
        // A signature begins with two dashes and a blank.
        if lines[at] == "-- " || SENT_FROM.is_match(&lower(lines[at])) && nothing_below(&lines, &code, at + 1) {
            end = at;
            break;
        }
        if let Some(head) = begins_quote(&lines, at) {
            let plain = |line: &&str| !line.trim().is_empty() && !is_quote(line);
            let below = &lines[(at + head).min(lines.len())..];
            let quotes_by_marks = below
                .iter()
                .find(|line| !line.trim().is_empty())
                .is_some_and(|line| is_quote(line));
            // Answered in between: then the quotes are part of what is said.
            if quotes_by_marks && below.iter().any(plain) {
                continue;
            }
            end = at;
            break;
        }
    }
    // Quotes at the very end, under no sentence, answer nothing.
    let mut kept = end;
    while kept > 0 && !code[kept - 1] && (lines[kept - 1].trim().is_empty() || is_quote(lines[kept - 1])) {
        kept -= 1;
    }
    end = kept;
    Parted {
        said: lines[..end].join("\n").trim().to_owned(),
        rest: lines[end..].join("\n").trim().to_owned(),
    }
}

/// Whether only quotes, blanks and what begins a quote stand from here on.
fn nothing_below(lines: &[&str], code: &[bool], from: usize) -> bool {
    (from..lines.len())
        .find(|at| !lines[*at].trim().is_empty() && !is_quote(lines[*at]))
        .is_none_or(|at| !code[at] && begins_quote(lines, at).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        part(text).said
    }

    #[test]
    fn what_is_quoted_below_is_cut_off_and_kept() {
        let parted = part(
            "Brass.\n\nOn Mon, 2 Nov 2026 at 10:00, Nia via Forum <forum@x.example> wrote:\n> Steel\n> or brass?\n",
        );
        assert_eq!(parted.said, "Brass.");
        assert!(parted.rest.starts_with("On Mon") && parted.rest.ends_with("> or brass?"));
    }

    #[test]
    fn the_languages_and_programs_of_the_house_are_known() {
        for below in [
            "Op ma 2 nov 2026 om 10:00 schreef Nia <nia@x.example>:\n> Staal?",
            "Op 02-11-2026 om 10:00 schreef Nia:\n\n> Staal?",
            "Am 02.11.2026 um 10:00 schrieb Nia:\n> Stahl?",
            "Le lun. 2 nov. 2026 à 10:00, Nia <nia@x.example> a écrit :\n> Acier ?",
            "On Monday the second of November in the year 2026 at ten,\nNia via Forum <forum@x.example> wrote:\n> Steel?",
            "-----Original Message-----\nFrom: Nia\nSubject: x\n\nSteel?",
            "________________________________\nVan: Nia <nia@x.example>\nVerzonden: maandag 2 november 2026 10:00\nAan: Oda\nOnderwerp: x\n\nStaal?",
            "From: Nia <nia@x.example>\nSent: Monday\nTo: Oda\nSubject: x\n\nSteel?",
            "**From:** Nia\n**Sent:** Monday\n\nSteel?",
            "> Steel\n> or brass?",
            "-- \nOda\nPumps and valves",
            "Sent from my telephone",
            "Verstuurd vanaf mijn telefoon\n\nOp ma 2 nov 2026 om 10:00 schreef Nia <nia@x.example>:\n> Staal?",
        ] {
            assert_eq!(
                said(&format!("Brass, I think.\nOr tin.\n\n{below}")),
                "Brass, I think.\nOr tin.",
                "{below}"
            );
        }
    }

    #[test]
    fn code_is_never_a_quote() {
        let text = "Like this:\n\n```\n> prompt\nOn Monday somebody wrote:\n-- \nFrom: a\nTo: b\n```\n\nDoes it run?";
        assert_eq!(
            part(text),
            Parted {
                said: text.to_owned(),
                rest: String::new()
            }
        );
        let open = "Like this:\n~~~\n> prompt\n-- \nmore";
        assert_eq!(said(open), open);
        let ends = "See:\n\n```\n> prompt\n```";
        assert_eq!(said(ends), ends);
    }

    #[test]
    fn what_is_answered_in_between_stays() {
        let text = "On Monday the second Nia wrote:\n> Steel?\n\nNo.\n\n> Brass?\n\nYes.";
        assert_eq!(said(text), text);
        // A sentence that looks like one of ours but has nothing below it.
        assert_eq!(said("As Nia wrote: brass."), "As Nia wrote: brass.");
    }

    #[test]
    fn a_letter_that_only_quotes_says_nothing_of_its_own() {
        let parted = part("\n\nOn Monday the second Nia wrote:\n> Steel?");
        assert_eq!(parted.said, "");
        assert!(!parted.rest.is_empty());
    }
}

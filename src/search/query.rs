//! What people type into the search box: words, "phrases", -not, and `author: space: board: tag:
//! kind: is: in: before: after:`. Anything can be typed; nothing is an error, and nothing costs more than its
//! share: at most 32 terms of 256 characters in all.

use crate::i18n::Locales;
use crate::kinds::TopicKind;

const MOST_TERMS: usize = 32;
const LONGEST: usize = 256;

/// A kind of topic by its word, or by what it is called in any language.
fn kind(word: &str) -> Option<TopicKind> {
    let locales = Locales::get();
    TopicKind::from_word(word).or_else(|| {
        TopicKind::ALL.iter().copied().find(|kind| {
            let key = format!("kind-{}", kind.word());
            locales
                .all()
                .any(|lang| locales.word(lang, &key).to_lowercase() == word)
        })
    })
}

/// What `is:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Questions with an answer.
    Solved,
    /// Questions without one.
    Unanswered,
    /// What I wrote.
    Mine,
    /// Posts that carry a file; asked for with `has:file`.
    File,
}

impl State {
    /// In English and in Dutch, whatever the page speaks.
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "solved" | "opgelost" => Some(Self::Solved),
            "unanswered" | "onbeantwoord" => Some(Self::Unanswered),
            "mine" | "mijn" => Some(Self::Mine),
            _ => None,
        }
    }
}

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Relevance,
    /// The newest first.
    Newest,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Each must occur. More than one word in one: next to each other.
    pub terms: Vec<String>,
    pub without: Vec<String>,
    pub authors: Vec<String>,
    pub spaces: Vec<String>,
    pub boards: Vec<String>,
    pub tags: Vec<String>,
    pub kinds: Vec<TopicKind>,
    /// States that a topic must be in: solved, unanswered, mine.
    pub states: Vec<State>,
    /// The words must stand in the title.
    pub in_title: bool,
    /// Days, as written: from the first moment of `after` to the first of `before`.
    pub before: Option<jiff::civil::Date>,
    pub after: Option<jiff::civil::Date>,
    /// What looked like a filter and was none, in the words of the person.
    pub unknown: Vec<String>,
}

impl Parsed {
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
            && self.authors.is_empty()
            && self.spaces.is_empty()
            && self.boards.is_empty()
            && self.tags.is_empty()
            && self.kinds.is_empty()
            && self.states.is_empty()
            && self.before.is_none()
            && self.after.is_none()
    }
}

/// Divides at blanks, but not inside quotation marks; the marks stay.
fn pieces(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut piece = String::new();
    let mut quoted = false;
    for character in text.chars().take(LONGEST) {
        let character = if matches!(character, '“' | '”' | '„') {
            '"'
        } else {
            character
        };
        if character == '"' {
            quoted = !quoted;
            piece.push('"');
        } else if character.is_whitespace() && !quoted {
            if !piece.is_empty() {
                all.push(std::mem::take(&mut piece));
            }
        } else {
            piece.push(character);
        }
    }
    if !piece.is_empty() {
        all.push(piece);
    }
    all.truncate(MOST_TERMS);
    all
}

pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    for piece in pieces(text) {
        let bare = |text: &str| text.replace('"', " ").trim().to_owned();
        if let Some((key, value)) = piece.split_once(':')
            && !piece.starts_with('"')
        {
            let value = bare(value);
            let known = match key.to_lowercase().as_str() {
                _ if value.is_empty() => false,
                "author" | "auteur" => push(&mut parsed.authors, value.trim_start_matches('@')),
                "space" | "ruimte" => push(&mut parsed.spaces, &value),
                "board" | "bord" => push(&mut parsed.boards, &value),
                "tag" | "label" => push(&mut parsed.tags, value.trim_start_matches('#')),
                "kind" | "soort" => match kind(&value.to_lowercase()) {
                    Some(kind) => {
                        parsed.kinds.push(kind);
                        true
                    }
                    None => false,
                },
                "is" => match State::from_word(&value.to_lowercase()) {
                    Some(state) => {
                        parsed.states.push(state);
                        true
                    }
                    None => false,
                },
                "has" | "heeft" if matches!(value.to_lowercase().as_str(), "file" | "picture" | "bestand" | "foto") => {
                    parsed.states.push(State::File);
                    true
                }
                "in" if matches!(value.to_lowercase().as_str(), "title" | "titel") => {
                    parsed.in_title = true;
                    true
                }
                "before" | "voor" => day(&mut parsed.before, &value),
                "after" | "na" => day(&mut parsed.after, &value),
                // A colon in a word is no filter: `std::vec`, `10:30`.
                _ => {
                    push(&mut parsed.terms, &bare(&piece));
                    continue;
                }
            };
            if !known {
                parsed.unknown.push(piece);
            }
            continue;
        }
        match piece.strip_prefix('-') {
            Some(rest) if !bare(rest).is_empty() => push(&mut parsed.without, &bare(rest)),
            _ => push(&mut parsed.terms, &bare(&piece)),
        };
    }
    parsed
}

fn push(to: &mut Vec<String>, value: &str) -> bool {
    if value.chars().any(char::is_alphanumeric) {
        to.push(value.to_owned());
    }
    true
}

fn day(to: &mut Option<jiff::civil::Date>, value: &str) -> bool {
    match value.parse() {
        Ok(date) => {
            *to = Some(date);
            true
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_filters() {
        let parsed =
            parse(r#"pump "warm restart" -cold author:@nia kind:question after:2026-01-31 space:"Field work""#);
        assert_eq!(parsed.terms, ["pump", "warm restart"]);
        assert_eq!(parsed.without, ["cold"]);
        assert_eq!(parsed.authors, ["nia"]);
        assert_eq!(parsed.spaces, ["Field work"]);
        assert_eq!(parsed.kinds, [TopicKind::Question]);
        assert_eq!(parsed.after, Some(jiff::civil::date(2026, 1, 31)));
        assert!(parsed.unknown.is_empty());
    }

    #[test]
    fn states_and_places() {
        let parsed = parse("pump is:solved is:Onbeantwoord is:mine in:title is:blue");
        assert_eq!(parsed.states, [State::Solved, State::Unanswered, State::Mine]);
        assert!(parsed.in_title);
        assert_eq!(parsed.unknown, ["is:blue"]);
        assert_eq!(parse("in:the").terms, ["in:the"]);
    }

    #[test]
    fn anything_can_be_typed() {
        assert!(parse("").is_empty());
        assert!(parse("\"\" - : ((( [*").is_empty());
        assert_eq!(parse("std::vec 10:30").terms, ["std::vec", "10:30"]);
        assert_eq!(parse("before:yesterday").unknown, ["before:yesterday"]);
        assert_eq!(parse(&"a ".repeat(500)).terms.len(), MOST_TERMS);
    }
}

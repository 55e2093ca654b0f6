//! What a page says about itself at its beginning: its title and a sentence. Pure.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{excerpt, name};

/// A page in two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub title: String,
    pub words: String,
}

/// Bytes at the beginning of a page that are looked at.
const HEAD: usize = 64 * 1024;
const LONGEST_TITLE: usize = 150;
const LONGEST_WORDS: usize = 250;

static TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)<title[^>]*>([^<]+)</title").expect("a fixed expression"));
static META: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?is)<meta\s(?:[^>"']|"[^"]*"|'[^']*')+>"#).expect("a fixed expression"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)\b(name|property|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#)
        .expect("a fixed expression")
});

/// `None` for a page that says nothing about itself.
pub fn describe(html: &str) -> Option<Described> {
    let html = &html[..html.floor_char_boundary(HEAD)];
    let mut all: Vec<(String, String)> = Vec::new();
    for tag in META.find_iter(html).take(100) {
        let (mut called, mut content) = (String::new(), None);
        for found in ATTRIBUTE.captures_iter(tag.as_str()) {
            let value = (2..=4)
                .find_map(|group| found.get(group))
                .map_or("", |value| value.as_str());
            if found[1].eq_ignore_ascii_case("content") {
                content = Some(value.to_owned());
            } else {
                called = value.to_lowercase();
            }
        }
        if let Some(content) = content {
            all.push((called, content));
        }
    }
    let meta = |wanted: &[&str]| {
        wanted
            .iter()
            .find_map(|wanted| all.iter().find(|(called, _)| called == wanted))
            .map(|(_, content)| one_line(content))
            .filter(|text| !text.is_empty())
    };
    let title = meta(&["og:title", "twitter:title"])
        .or_else(|| TITLE.captures(html).map(|found| one_line(&found[1])))
        .filter(|title| !title.is_empty())?;
    let words = meta(&["og:description", "description", "twitter:description"]).unwrap_or_default();
    Some(Described {
        title: excerpt::beginning(&title, LONGEST_TITLE),
        words: excerpt::beginning(&words, LONGEST_WORDS),
    })
}

fn one_line(text: &str) -> String {
    name::tidy(&excerpt::plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_described_in_its_own_words() {
        let page = "<html><head><title>Pump\n&amp; valve</title><meta name=description content=\"All &lt;b&gt; about them\"></head>";
        let found = describe(page).expect("described");
        assert_eq!(
            (found.title.as_str(), found.words.as_str()),
            ("Pump & valve", "All <b> about them")
        );
        let social = "<META content='The manual' PROPERTY='og:title'><title>x</title>";
        assert_eq!(describe(social).expect("described").title, "The manual");
        for silent in [
            "",
            "<p>text",
            "<title></title>",
            "<title> </title>",
            "<meta name=description content=x>",
        ] {
            assert_eq!(describe(silent), None, "{silent}");
        }
        let long = format!("<title>{}</title>", "pump ".repeat(300));
        assert!(describe(&long).expect("described").title.chars().count() <= LONGEST_TITLE + 2);
    }
}

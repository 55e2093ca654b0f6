//! Text in, text out. Pure: knows no people, no database and no pages.

pub mod csv;
pub mod diff;
pub mod excerpt;
pub mod language;
pub mod letter;
pub mod markdown;
pub mod name;
pub mod quoted;
pub mod resemblance;
pub mod slug;

use serde::Serialize;

/// Markup that is safe to print as it is. Made only by [`markdown`] and [`letter`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Html(String);

impl Html {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// Escapes for both element text and quoted attributes.
pub fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

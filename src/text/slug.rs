//! The words after the number in an address. They may change; the number decides.

use unicode_normalization::UnicodeNormalization as _;

const LONGEST: usize = 60;

/// `Café: open?` becomes `cafe-open`. May be empty, for a title in a script without Latin letters.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for character in title.nfkd() {
        if character.is_ascii_alphanumeric() {
            out.push(character.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && !is_mark(character) {
            out.push('-');
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character) || character == '\''
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_survive() {
        assert_eq!(super::slug("Café: open?"), "cafe-open");
        assert_eq!(super::slug("日本"), "");
    }
}

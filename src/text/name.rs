//! Names: one account cannot dress up as another.

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::confusable_detection::skeleton;

/// Names that would speak for the forum itself.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "aquarium",
    "everyone",
    "forum",
    "help",
    "here",
    "mod",
    "moderator",
    "moderatoren",
    "moderators",
    "moderator-team",
    "nobody",
    "office",
    "postmaster",
    "root",
    "staff",
    "support",
    "system",
    "team",
];

/// The unique key of an @name: what it looks like, so that `pau1` and `paul` are one.
pub fn name_key(name: &str) -> String {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).collect();
    skeleton(&lower)
        .filter(|c| !matches!(c, '.' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Letters, digits, dot, dash and underscore; 2 to 30 characters; a letter or digit at both ends.
pub fn is_name(name: &str) -> bool {
    (2..=30).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'))
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && !RESERVED.contains(&name)
}

/// An @name made from what somebody is called: `Ada van Dam` becomes `ada.van.dam`.
pub fn suggest(display_name: &str) -> String {
    let plain = super::slug::slug(display_name).replace('-', ".");
    let cut: String = plain.chars().take(24).collect();
    let name = cut.trim_matches('.').to_owned();
    if is_name(&name) { name } else { "member".to_owned() }
}

/// What somebody is called, without characters that cannot be seen or that turn the text around.
pub fn tidy(text: &str) -> String {
    text.nfc()
        .filter(|c| !is_invisible(*c))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Control, zero-width and direction characters. Line breaks and tabs are not among them.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The key under which a word is compared: case, width and accents of writing do not count.
pub fn fold(text: &str) -> String {
    tidy(&text.nfkc().collect::<String>()).to_lowercase()
}

/// The key of a mail address. Only the part after the @ is case-blind by rule, but nobody's mail
/// server tells `Ada@` from `ada@`, and two accounts that differ so are a trap.
pub fn mail_key(mail: &str) -> String {
    mail.trim().to_lowercase()
}

/// Whether something can be a mail address at all: one @, no blanks, a dot or a bare host behind it.
pub fn is_mail(mail: &str) -> bool {
    mail.len() <= 254
        && mail.parse::<lettre::Address>().is_ok()
        && !mail.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Two letters for those who have no picture.
pub fn initials(display_name: &str) -> String {
    let mut words = display_name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookalikes_share_a_key() {
        assert_eq!(name_key("pau1"), name_key("paul"));
        assert_eq!(name_key("n.ia"), name_key("nia"));
        assert_ne!(name_key("nia"), name_key("mia"));
    }

    #[test]
    fn names_are_plain_and_nobody_is_the_admin() {
        assert!(is_name("ada.van.dam"));
        for bad in ["a", "Ada", "ada van", ".ada", "admin", "ad\u{0430}"] {
            assert!(!is_name(bad), "{bad}");
        }
        assert_eq!(suggest("Ada van Dam"), "ada.van.dam");
        assert_eq!(tidy("A\u{202e}da \u{200b} x"), "Ada x");
        assert_eq!(initials("Ada van Dam"), "AD");
    }
}

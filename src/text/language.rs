//! In which of the forum's languages a text is written.

use whatlang::{Detector, Lang};

/// Below this many letters a guess is worse than what the author usually writes.
const ENOUGH: usize = 40;

/// `en` or `nl`; `fallback` when the text is too short to tell.
pub fn detect(text: &str, fallback: &str) -> String {
    if text.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return fallback.to_owned();
    }
    match Detector::with_allowlist(vec![Lang::Eng, Lang::Nld]).detect_lang(text) {
        Some(Lang::Nld) => "nl".to_owned(),
        Some(_) => "en".to_owned(),
        None => fallback.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn long_texts_speak_for_themselves() {
        assert_eq!(
            detect("Weet iemand waarom de pomp na de herstart meteen uitvalt?", "en"),
            "nl"
        );
        assert_eq!(
            detect("Does anybody know why the pump trips right after restart?", "nl"),
            "en"
        );
        assert_eq!(detect("ok", "nl"), "nl");
    }
}

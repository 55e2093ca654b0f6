//! A naive Bayes classifier over the words of a text: how much likelier it is among one kind of texts
//! than among another. Pure: it knows counts, and not where they are kept.
//!
//! The formula is Graham's in the form of Robinson: each feature's share among both kinds is drawn
//! towards one half as far as it was rarely seen, the strongest features are taken, and their logarithms
//! are added and divided by the root of their number.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

/// How often a feature was seen, in texts of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    pub spam: u32,
    pub ordinary: u32,
}

/// How many texts were seen of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub spam: u32,
    pub ordinary: u32,
}

/// A text's score, and what speaks most for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The sum of the logarithms of the features' odds, over the root of their number; above zero is
    /// likelier spam than not. Between about -6 and 6.
    pub odds: f64,
    /// The features that speak for spam, the strongest first.
    pub reasons: Vec<String>,
}

/// A feature seen as rarely as this counts half.
const STRENGTH: f64 = 0.6;
/// Only so many features speak: a long text is not surer than a short one.
const SPEAK: usize = 150;
/// So many voices more than there are: one rare word is no reason.
const FEW: f64 = 6.0;
/// Features that say less than this say nothing.
const LEAST: f64 = 0.1;

/// Letters of a long word's beginning.
const BEGINNING: usize = 6;

/// What a text has: its words, neighbouring pairs of them, and signs of its making. Each once.
pub fn features(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut words: Vec<String> = Vec::new();
    let mut links = 0;
    for token in text.split_whitespace() {
        let bare =
            token.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | '[' | ']' | ',' | ';'));
        let lower = bare.to_lowercase();
        if lower.contains("://") || lower.starts_with("www.") {
            links += 1;
            words.push("‹link›".to_owned());
            continue;
        }
        if bare.contains('@') && bare.contains('.') {
            words.push("‹address›".to_owned());
            continue;
        }
        let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
        // What is written as code says so, and nothing of its parts.
        if bare.contains(['_', '=', '\\', '{', '(', '<']) || bare.contains("::") {
            words.push("‹code›".to_owned());
            continue;
        }
        // A compound is a word: who builds for Windows wins nothing.
        if bare.contains('-') && bare.chars().all(|c| c.is_alphanumeric() || c == '-') {
            words.push(bare.to_lowercase());
            continue;
        }
        for word in bare.unicode_words() {
            let word = word.to_lowercase();
            if word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
                words.push(
                    if word.len() > 5 {
                        "‹long number›"
                    } else {
                        "‹number›"
                    }
                    .to_owned(),
                );
            } else if word.chars().count() <= 40 {
                words.push(word);
            }
        }
    }
    for pair in words
        .windows(2)
        .filter(|pair| !pair.iter().any(|word| word.starts_with('‹')))
    {
        all.insert(format!("{} {}", pair[0], pair[1]));
    }
    // The beginning of a long word stands for its family: subscribe, subscriber, abonneer, abonnee.
    for word in words
        .iter()
        .filter(|word| !word.starts_with('‹') && word.chars().count() > BEGINNING)
    {
        all.insert(word.chars().take(BEGINNING).chain(['…']).collect());
    }
    all.extend(words);
    if text.lines().any(|line| line.starts_with('>')) {
        all.insert("‹quote›".to_owned());
    }
    if links > 1 {
        all.insert("‹links›".to_owned());
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if letters > 20 && capitals * 3 > letters {
        all.insert("‹capitals›".to_owned());
    }
    if text.matches('!').count() > 2 {
        all.insert("‹exclamations›".to_owned());
    }
    if text.contains(['€', '$', '£']) {
        all.insert("‹money›".to_owned());
    }
    all
}

/// Scores features that were counted elsewhere.
pub fn score(counted: &[(String, Seen)], totals: Totals) -> Score {
    let (spam, ordinary) = (f64::from(totals.spam.max(1)), f64::from(totals.ordinary.max(1)));
    let mut said: Vec<(f64, &str)> = counted
        .iter()
        .filter(|(_, seen)| seen.spam + seen.ordinary > 0)
        .map(|(feature, seen)| {
            let (in_spam, in_ordinary) = (f64::from(seen.spam) / spam, f64::from(seen.ordinary) / ordinary);
            let share = in_spam / (in_spam + in_ordinary);
            let times = f64::from(seen.spam + seen.ordinary);
            let drawn = (STRENGTH * 0.5 + times * share) / (STRENGTH + times);
            ((drawn / (1.0 - drawn)).ln(), feature.as_str())
        })
        .filter(|(says, _)| says.abs() >= LEAST)
        .collect();
    said.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
    said.truncate(SPEAK);
    // A long text has more features that speak, by chance too; as many voices of chance add up to the
    // root of their number. Of a few voices each must be sure.
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let voices = (said.len() as f64 + FEW).sqrt();
    let odds = said.iter().map(|(says, _)| says).sum::<f64>() / voices;
    Score {
        odds,
        reasons: said
            .iter()
            .filter(|(says, _)| *says > 0.0)
            .take(5)
            .map(|(_, feature)| (*feature).to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words_its_pairs_and_its_signs() {
        let found = features("Cheap loan!!! Cheap loan at https://x.example now www.y.example");
        for feature in ["cheap", "cheap loan", "‹link›", "‹links›", "‹exclamations›"] {
            assert!(found.contains(feature), "{feature} in {found:?}");
        }
        assert!(features("").is_empty());
    }

    #[test]
    fn what_was_never_seen_says_nothing() {
        let totals = Totals { spam: 10, ordinary: 10 };
        let none = score(&[("word".to_owned(), Seen::default())], totals);
        assert!(none.odds.abs() < f64::EPSILON && none.reasons.is_empty());
        let both = score(&[("word".to_owned(), Seen { spam: 5, ordinary: 5 })], totals);
        assert!(both.odds.abs() < f64::EPSILON);
    }

    #[test]
    fn what_only_spam_has_speaks_for_spam() {
        let totals = Totals {
            spam: 10,
            ordinary: 1000,
        };
        let said = score(
            &[
                ("loan".to_owned(), Seen { spam: 8, ordinary: 1 }),
                ("pump".to_owned(), Seen { spam: 0, ordinary: 90 }),
            ],
            totals,
        );
        assert_eq!(said.reasons, ["loan"]);
        assert!(said.odds.is_finite());
    }
}

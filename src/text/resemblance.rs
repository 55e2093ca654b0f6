//! Which of two kinds of texts a text resembles more: logistic regression over its words, pairs of
//! words, runs of letters and signs of its making. Pure: it learns from the texts it is given, and does
//! not know where they came from.
//!
//! Each feature falls into one of [`SLOTS`] slots by its hash (the "hashing trick", Weinberger and others
//! 2009), weights are found by `AdaGrad` (Duchi and others 2011) over the texts in a shuffled order that is
//! the same each time, and a text's features are scaled so that a long text is not surer than a short one.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use unicode_segmentation::UnicodeSegmentation as _;

/// Slots for features. Two features that share one are rare enough not to matter, and all weights
/// together are half a megabyte.
pub const SLOTS: usize = 1 << 17;
const SLOT_BITS: u32 = 17;

/// Runs of so many letters, blanks among them: what is left of a word that somebody disguised.
const RUNS: [usize; 2] = [4, 5];
/// Characters of a text whose runs are looked at.
const RUN_OVER: usize = 4_000;
/// Letters of a long word's beginning.
const BEGINNING: usize = 6;

/// The features of one text, for learning: its slots, each once.
#[derive(Debug, Clone)]
pub struct Slots(Box<[u32]>);

impl Slots {
    pub fn of(text: &str) -> Self {
        Self(Features::of(text).0.into_keys().collect())
    }
}

/// The features of one text: their slots, each once, and what a feature is called if it can be shown.
#[derive(Debug, Clone, Default)]
pub struct Features(BTreeMap<u32, Option<String>>);

impl Features {
    pub fn of(text: &str) -> Self {
        let mut all = Self::default();
        let (words, links) = words_of(text);
        for pair in words.windows(2).filter(|pair| !pair.iter().any(|word| is_sign(word))) {
            all.say(format!("{} {}", pair[0], pair[1]));
        }
        for word in &words {
            // The beginning of a long word stands for its family: subscribe, subscriber, abonneer, abonnee.
            if !is_sign(word) && word.chars().count() > BEGINNING {
                all.put(&word.chars().take(BEGINNING).chain(['…']).collect::<String>());
            }
        }
        all.say_signs(text, words.len(), links);
        for word in words {
            all.say(word);
        }
        let letters: Vec<char> = std::iter::once(' ')
            .chain(text.chars().flat_map(char::to_lowercase).take(RUN_OVER))
            .chain([' '])
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        let mut run = String::new();
        for long in RUNS {
            for window in letters.windows(long) {
                run.clear();
                run.extend(window);
                all.put(&run);
            }
        }
        all
    }

    fn say_signs(&mut self, text: &str, words: usize, links: usize) {
        // Short or long, in powers of two.
        let long = words.checked_ilog2().unwrap_or_default();
        self.put(&format!("‹about {long}›"));
        if links > 0 {
            self.put(&format!("‹link in about {long}›"));
        }
        if links > 1 {
            self.say("‹links›".to_owned());
        }
        if text.contains('\n') {
            self.put("‹lines›");
        }
        if text.lines().any(|line| line.starts_with('>')) {
            self.put("‹quote›");
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        if capitals == 0 {
            self.put("‹no capitals›");
        }
        if letters > 20 && capitals * 3 > letters {
            self.say("‹capitals›".to_owned());
        }
        if text.matches('!').count() > 2 {
            self.say("‹exclamations›".to_owned());
        }
        if text.contains(['€', '$', '£']) {
            self.say("‹money›".to_owned());
        }
    }

    /// A feature that can be shown to people.
    fn say(&mut self, feature: String) {
        self.0.insert(slot(&feature), Some(feature));
    }

    /// A feature that only counts.
    fn put(&mut self, feature: &str) {
        self.0.entry(slot(feature)).or_default();
    }
}

/// By how much each of so many features counts.
fn share(features: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let many = features.max(1) as f64;
    1.0 / many.sqrt()
}

fn slot(feature: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    feature.hash(&mut hasher);
    u32::try_from(hasher.finish() >> (64 - SLOT_BITS)).expect("seventeen bits")
}

/// Letters of a word that says something to people; `u` and `the` count, and explain nothing.
const TELLING: usize = 4;

/// Whether a feature explains anything to whoever reads it.
fn tells(feature: &str) -> bool {
    is_sign(feature) || feature.split(' ').any(|word| word.chars().count() >= TELLING)
}

fn is_sign(word: &str) -> bool {
    word.starts_with('‹')
}

/// Whether a text has an address of a page.
pub fn has_link(text: &str) -> bool {
    words_of(text).1 > 0
}

/// The words of a text in their order, without what stands for numbers, links and code.
pub fn words(text: &str) -> Vec<String> {
    let (mut words, _) = words_of(text);
    words.retain(|word| !is_sign(word));
    words
}

/// The words of a text in their order, with signs in the place of what is not a word, and how many links it has.
fn words_of(text: &str) -> (Vec<String>, usize) {
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
    (words, links)
}

/// A text's resemblance, and what speaks most for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Natural logarithm of the odds that a text is of the first kind; above zero is likelier than not.
    /// Mostly between -6 and 6.
    pub odds: f64,
    /// The words that speak for the first kind, the strongest first; five at most.
    pub reasons: Vec<String>,
}

/// What was learned: a weight for each slot, and one for every text.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    weights: Vec<f32>,
    base: f64,
}

/// Times that all texts are looked at.
const ROUNDS: usize = 8;
/// How far the first step goes.
const STEP: f64 = 0.5;
/// What each slot is taken to have moved before: with less, the first text that has a word decides it.
const INERTIA: f64 = 0.1;
/// Of each weight is lost with each step, so that what was seen once says little.
const DECAY: f64 = 1e-6;
/// A text that is known as surely as this has nothing to teach.
const SURE: f64 = 0.01;

impl Model {
    /// Learns from texts, each with whether it is of the first kind. The same texts in the same order give
    /// the same model.
    pub fn learn(texts: &[(Slots, bool)]) -> Self {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        let mut weights = vec![0.0_f64; SLOTS];
        let mut moved = vec![INERTIA; SLOTS];
        let (mut base, mut base_moved) = (0.0, INERTIA);
        let mut dice = 12_345_u64;
        for _ in 0..ROUNDS {
            for last in (1..order.len()).rev() {
                // Knuth's generator: the order must only be without a pattern.
                dice = dice
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let drawn = usize::try_from(dice >> 33).expect("31 bits") % (last + 1);
                order.swap(last, drawn);
            }
            for at in &order {
                let (Slots(slots), first) = &texts[*at];
                let share = share(slots.len());
                let odds = base + share * slots.iter().map(|slot| weights[*slot as usize]).sum::<f64>();
                let error = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(*first));
                if error.abs() < SURE {
                    continue;
                }
                for slot in slots {
                    let slot = *slot as usize;
                    let slope = error * share + DECAY * weights[slot];
                    moved[slot] += slope * slope;
                    weights[slot] -= STEP * slope / moved[slot].sqrt();
                }
                base_moved += error * error;
                base -= STEP * error / base_moved.sqrt();
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "seven digits are plenty")]
        let weights = weights.into_iter().map(|weight| weight as f32).collect();
        Self { weights, base }
    }

    pub fn score(&self, features: &Features) -> Score {
        let weight = |slot: &u32| f64::from(self.weights[*slot as usize]);
        let odds = self.base + share(features.0.len()) * features.0.keys().map(weight).sum::<f64>();
        let mut said: Vec<(f64, &str)> = features
            .0
            .iter()
            .filter_map(|(slot, says)| Some((weight(slot), says.as_deref()?)))
            .filter(|(says, word)| *says > 0.0 && tells(word))
            .collect();
        said.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        Score {
            odds,
            reasons: said.into_iter().take(5).map(|(_, word)| word.to_owned()).collect(),
        }
    }

    /// As bytes: the base, then each slot's weight, little end first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.base.to_le_bytes().to_vec();
        for weight in &self.weights {
            bytes.extend(weight.to_le_bytes());
        }
        bytes
    }

    /// `None` if these bytes are no model of this size.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (base, rest) = bytes.split_first_chunk::<8>()?;
        let (weights, []) = rest.as_chunks::<4>() else {
            return None;
        };
        (weights.len() == SLOTS).then(|| Self {
            weights: weights.iter().map(|weight| f32::from_le_bytes(*weight)).collect(),
            base: f64::from_le_bytes(*base),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(features: &Features) -> Vec<&str> {
        features.0.values().flatten().map(String::as_str).collect()
    }

    fn taught() -> Model {
        let texts = [
            ("Cheap loan, apply today at https://x.example", true),
            ("A loan without questions, write to us", true),
            ("Win a phone, click here", true),
            ("The pump of the lock leaks again", false),
            ("Which valve fits the pump in the lock?", false),
            ("The minutes of the meeting are in the folder", false),
        ]
        .map(|(text, first)| (Slots::of(text), first));
        Model::learn(&texts)
    }

    #[test]
    fn a_text_is_its_words_its_pairs_and_its_signs() {
        let found = Features::of("Cheap loan!!! Cheap loan at https://x.example now www.y.example");
        let said = said(&found);
        for feature in ["cheap", "cheap loan", "‹link›", "‹links›", "‹exclamations›"] {
            assert!(said.contains(&feature), "{feature} in {said:?}");
        }
        assert!(has_link("see www.y.example") && !has_link("see y"));
        assert_eq!(words("see www.y.example at 5"), ["see", "at"]);
    }

    #[test]
    fn what_resembles_the_taught_is_told_from_the_rest_and_says_why() {
        let model = taught();
        let loan = model.score(&Features::of("Who wants a cheap loan today?"));
        let pump = model.score(&Features::of("Who mends the pump in the lock?"));
        assert!(loan.odds > 0.0 && pump.odds < 0.0, "{loan:?} {pump:?}");
        assert!(loan.reasons.contains(&"loan".to_owned()), "{loan:?}");
        assert!(!loan.reasons.contains(&"pump".to_owned()));
        let short = model.score(&Features::of("a to us: a loan, to us"));
        assert!(short.reasons.iter().all(|word| word.contains("loan")), "{short:?}");
    }

    #[test]
    fn nothing_taught_says_nothing() {
        let none = Model::learn(&[]).score(&Features::of("a loan"));
        assert!(none.odds.abs() < f64::EPSILON && none.reasons.is_empty());
    }

    #[test]
    fn a_model_comes_back_from_its_bytes_and_half_a_model_does_not() {
        let model = taught();
        let bytes = model.to_bytes();
        assert_eq!(Model::from_bytes(&bytes), Some(model));
        assert_eq!(Model::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Model::from_bytes(&bytes[..bytes.len() - 4]), None);
        assert_eq!(Model::from_bytes(&[]), None);
    }
}

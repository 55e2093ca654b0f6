//! Words that are nearly those that were typed: compounds taken apart or put together by words that the forum
//! itself contains, one typing mistake, the beginning of a word. What is found with them is decided like
//! everything else that is found.

use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query};
use tantivy::tokenizer::TokenStream as _;
use tantivy::{Searcher, Term};

use super::build::anywhere;
use super::hits::wrong;
use super::index::Open;
use crate::refusal::Result;

/// Letters of a part of a compound, and of a word that is looked at for one.
const PART: usize = 4;

/// Ways to take one word apart.
const WAYS: usize = 2;

/// How much less a compound's parts say than the word itself, and a word with a mistake in it.
const PARTS_SAY: f32 = 0.4;
const NEARLY_SAYS: f32 = 0.3;

/// Letters of a word of which one may be wrong, and of a beginning.
const MISTAKEN: usize = 4;
const BEGUN: usize = 3;

/// The words of a text as the index has them.
fn tokens(open: &Open, analyzer: &str, text: &str) -> Result<Vec<String>> {
    let mut analyzer = open
        .index
        .tokenizers()
        .get(analyzer)
        .ok_or_else(|| wrong("an analyzer is missing"))?;
    let mut stream = analyzer.token_stream(text);
    let mut found = Vec::new();
    while stream.advance() {
        found.push(stream.token().text.clone());
    }
    Ok(found)
}

/// The words that a sign joins: `BASIC-editor` is two.
pub(super) fn parts(open: &Open, text: &str) -> Result<Vec<String>> {
    tokens(open, "plain", text)
}

/// The one word that a text is. None: it is a phrase, or none at all.
fn one_word(open: &Open, analyzer: &str, text: &str) -> Result<Option<String>> {
    let mut found = tokens(open, analyzer, text)?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// In how many posts a word stands, whatever its ending.
fn known(open: &Open, searcher: &Searcher, word: &str) -> Result<u64> {
    let fields = open.fields;
    let mut posts = 0;
    // Short posts are taken for either language.
    for (analyzer, places) in [
        ("stem_nl", [fields.nl, fields.title_nl]),
        ("stem_en", [fields.en, fields.title_en]),
    ] {
        let Some(stem) = one_word(open, analyzer, word)? else {
            continue;
        };
        for field in places {
            posts += searcher.doc_freq(&Term::from_field_text(field, &stem)).map_err(wrong)?;
        }
    }
    Ok(posts)
}

/// The ways in which a long word is two words of this forum, the best known first: with the letters that Dutch
/// puts between them, and without.
fn apart(open: &Open, searcher: &Searcher, word: &str) -> Result<Vec<(String, String)>> {
    if word.len() < 2 * PART || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(Vec::new());
    }
    let mut ways: Vec<(u64, String, String)> = Vec::new();
    for at in PART..=word.len() - PART {
        let (head, tail) = word.split_at(at);
        let after = known(open, searcher, tail)?;
        if after == 0 {
            continue;
        }
        for joint in ["", "s", "en", "e"] {
            let Some(head) = head.strip_suffix(joint).filter(|head| head.len() >= PART) else {
                continue;
            };
            let before = known(open, searcher, head)?;
            if before > 0 {
                ways.push((before.min(after), head.to_owned(), tail.to_owned()));
                break;
            }
        }
    }
    ways.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ways.truncate(WAYS);
    Ok(ways.into_iter().map(|(_, head, tail)| (head, tail)).collect())
}

/// A word or phrase, or the two words that it is made of.
pub(super) fn or_apart(open: &Open, searcher: &Searcher, text: &str, in_title: bool) -> Result<Option<Box<dyn Query>>> {
    let Some(query) = anywhere(open, text, in_title)? else {
        return Ok(None);
    };
    let mut either: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Should, query)];
    if let Some(word) = one_word(open, "plain", text)? {
        for (head, tail) in apart(open, searcher, &word)? {
            let (Some(head), Some(tail)) = (anywhere(open, &head, in_title)?, anywhere(open, &tail, in_title)?) else {
                continue;
            };
            let both: Box<dyn Query> = Box::new(BooleanQuery::new(vec![(Occur::Must, head), (Occur::Must, tail)]));
            either.push((Occur::Should, Box::new(BoostQuery::new(both, PARTS_SAY))));
        }
    }
    Ok(Some(Box::new(BooleanQuery::new(either))))
}

/// The compound that two neighbouring words make, as the forum writes it.
pub(super) fn together(open: &Open, searcher: &Searcher, one: &str, other: &str) -> Result<Option<String>> {
    let (Some(one), Some(other)) = (one_word(open, "plain", one)?, one_word(open, "plain", other)?) else {
        return Ok(None);
    };
    if one.len() < PART || other.len() < PART {
        return Ok(None);
    }
    for (head, tail) in [(&other, &one), (&one, &other)] {
        for joint in ["", "s", "en"] {
            let word = format!("{head}{joint}{tail}");
            let term = Term::from_field_text(open.fields.exact, &word);
            if searcher.doc_freq(&term).map_err(wrong)? > 0 {
                return Ok(Some(word));
            }
        }
    }
    Ok(None)
}

/// A word, or one that differs by a single typing mistake, or that begins so.
pub(super) fn nearly(open: &Open, text: &str, in_title: bool) -> Result<Option<Box<dyn Query>>> {
    let Some(query) = anywhere(open, text, in_title)? else {
        return Ok(None);
    };
    let mut either: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Should, query)];
    if let Some(word) = one_word(open, "plain", text)? {
        let fields = [Some(open.fields.title), (!in_title).then_some(open.fields.exact)];
        let letters = word.chars().count();
        for field in fields.into_iter().flatten() {
            let term = Term::from_field_text(field, &word);
            let mut near: Vec<Box<dyn Query>> = Vec::new();
            if letters >= MISTAKEN {
                near.push(Box::new(FuzzyTermQuery::new(term.clone(), 1, true)));
            }
            if letters >= BEGUN {
                near.push(Box::new(FuzzyTermQuery::new_prefix(term, 0, true)));
            }
            either.extend(near.into_iter().map(|query| {
                let query: Box<dyn Query> = Box::new(BoostQuery::new(query, NEARLY_SAYS));
                (Occur::Should, query)
            }));
        }
    }
    Ok(Some(Box::new(BooleanQuery::new(either))))
}

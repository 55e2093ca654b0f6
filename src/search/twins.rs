//! Questions that were asked before: titles of the same space that share most of their words with a new
//! one. Only what the viewer sees, decided by the database.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::TokenStream as _;

use super::index::{Open, Search, unsigned};
use crate::access::{Cx, scope};
use crate::db::schema::{posts, topics};
use crate::ids::{PostId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::{Refusal, Result};

/// Words that say nothing about what is asked, in the languages of the index.
const EMPTY_WORDS: &[&str] = &[
    "a", "about", "an", "and", "any", "are", "at", "be", "but", "by", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "not", "of", "on", "or",
    "our", "so", "than", "that", "the", "their", "there", "this", "to", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "would", "you", "your", "aan", "al", "als", "bij", "dan", "dat", "de",
    "deze", "die", "dit", "door", "een", "en", "er", "geen", "hebben", "heeft", "het", "hoe", "ik", "is", "je", "kan",
    "maar", "me", "men", "met", "mijn", "naar", "niet", "nog", "of", "om", "onze", "ook", "op", "over", "te", "tot",
    "uit", "van", "voor", "waar", "waarom", "wanneer", "wat", "we", "welke", "werd", "wie", "worden", "zijn",
];

/// Whether a word says nothing about what is asked.
pub(super) fn says_nothing(word: &str) -> bool {
    EMPTY_WORDS.contains(&word.to_lowercase().as_str())
}

/// The share of words, of all that occur in either title, that twins have in common.
const SHARE: f64 = 0.5;

/// How many are shown.
const MOST: usize = 3;

fn wrong(error: impl std::fmt::Display) -> Refusal {
    Refusal::broken(format!("search: {error}"))
}

/// The stems of a title's words that say something, in one language.
pub(super) fn stems(open: &Open, analyzer: &str, title: &str) -> Result<BTreeSet<String>> {
    let mut analyzer = open
        .index
        .tokenizers()
        .get(analyzer)
        .ok_or_else(|| wrong("an analyzer is missing"))?;
    let mut stream = analyzer.token_stream(title);
    let mut all = BTreeSet::new();
    while stream.advance() {
        let token = stream.token();
        let word = title
            .get(token.offset_from..token.offset_to)
            .unwrap_or("")
            .to_lowercase();
        if !EMPTY_WORDS.contains(&word.as_str()) {
            all.insert(token.text.clone());
        }
    }
    Ok(all)
}

/// The share of common words: 0 to 1, the better of both languages.
fn alike(open: &Open, one: &str, other: &str) -> Result<f64> {
    let mut best = 0.0_f64;
    for analyzer in ["stem_en", "stem_nl"] {
        let (one, other) = (stems(open, analyzer, one)?, stems(open, analyzer, other)?);
        let common = one.intersection(&other).count();
        // One word in common is a subject, not a question.
        if common >= 2 {
            #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
            let share = common as f64 / one.union(&other).count() as f64;
            best = best.max(share);
        }
    }
    Ok(best)
}

/// Questions of a space whose titles are like this one, the most alike first, at most three. While the
/// index is being built there are none.
pub fn of_question(cx: &mut Cx<'_>, search: &Search, space: SpaceId, title: &str) -> Result<Vec<(TopicId, String)>> {
    let Some(open) = search.open() else {
        return Ok(Vec::new());
    };
    let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (field, analyzer) in [(open.fields.title_en, "stem_en"), (open.fields.title_nl, "stem_nl")] {
        for word in stems(&open, analyzer, title)? {
            let term = Term::from_field_text(field, &word);
            words.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
    }
    if words.is_empty() || search.is_rebuilding() {
        return Ok(Vec::new());
    }
    let only = |term: Term| -> (Occur, Box<dyn Query>) {
        let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        (Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0)))
    };
    let query = BooleanQuery::new(vec![
        (Occur::Must, Box::new(BooleanQuery::new(words))),
        only(Term::from_field_u64(open.fields.space, unsigned(space.0))),
        only(Term::from_field_text(open.fields.kind, TopicKind::Question.word())),
    ]);
    let searcher = open.reader.searcher();
    let top = searcher
        .search(&query, &TopDocs::with_limit(20).order_by_score())
        .map_err(|error| {
            search.distrust();
            wrong(error)
        })?;
    let mut ids = Vec::with_capacity(top.len());
    for (_, address) in top {
        let column = searcher
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64("post")
            .map_err(wrong)?;
        ids.extend(
            column
                .first(address.doc_id)
                .and_then(|id| i64::try_from(id).ok())
                .map(PostId),
        );
    }
    let condition = scope::posts(cx);
    let rows: Vec<(TopicId, String)> = posts::table
        .inner_join(topics::table)
        .filter(posts::id.eq_any(ids))
        .filter(condition)
        .filter(posts::space_id.eq(space))
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .select((topics::id, topics::title))
        .load(cx.conn())?;
    let mut found = Vec::new();
    for (id, other) in rows {
        let share = alike(&open, title, &other)?;
        if share >= SHARE {
            found.push((share, id, other));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, id, title)| (id, title)).collect())
}

//! Topics about the same: those whose titles and first posts share words with a title. The index proposes, for
//! nobody in particular; what is shown of it is what the viewer sees.

use std::collections::HashMap;

use diesel::prelude::*;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::hits::{topics_at, wrong};
use super::index::Search;
use super::twins::stems;
use crate::access::{Cx, scope};
use crate::db::schema::topics;
use crate::ids::TopicId;
use crate::kinds::PostState;
use crate::refusal::Result;

/// Posts that are looked at; of a topic that is talked about much, several.
const LOOKED_AT: usize = 60;

/// How many are shown.
const SHOWN: usize = 4;

/// Words of a title that a topic must share, of those that say something; of a title of one word, that one.
const SHARED: usize = 2;

/// Topics that share words with a title, the nearest first, whoever may see them: to be asked about with
/// [`shown`]. While the index is being built there are none.
pub fn candidates(search: &Search, title: &str) -> Result<Vec<TopicId>> {
    let Some(open) = search.open() else {
        return Ok(Vec::new());
    };
    let fields = open.fields;
    let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut most = 0;
    // A word counts once, in whichever language and place it is found.
    let english = stems(&open, "stem_en", title)?;
    let dutch = stems(&open, "stem_nl", title)?;
    for (en, nl) in english.iter().map(|word| (Some(word), None)).chain(
        dutch
            .iter()
            .filter(|word| !english.contains(*word))
            .map(|word| (None, Some(word))),
    ) {
        let word = en.or(nl).map_or("", String::as_str);
        let places: [(Field, f32); 4] = [
            (fields.title_en, 3.0),
            (fields.title_nl, 3.0),
            (fields.en, 1.0),
            (fields.nl, 1.0),
        ];
        let anywhere = places
            .into_iter()
            .map(|(field, weight)| {
                let term = Term::from_field_text(field, word);
                let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                let query: Box<dyn Query> = Box::new(BoostQuery::new(query, weight));
                (Occur::Should, query)
            })
            .collect();
        words.push((Occur::Should, Box::new(BooleanQuery::new(anywhere))));
        most += 1;
    }
    if words.is_empty() || search.is_rebuilding() {
        return Ok(Vec::new());
    }
    let query = BooleanQuery::with_minimum_required_clauses(words, SHARED.min(most));
    let searcher = open.reader.searcher();
    let top = searcher
        .search(&query, &TopDocs::with_limit(LOOKED_AT).order_by_score())
        .map_err(|error| {
            search.distrust();
            wrong(error)
        })?;
    topics_at(&searcher, top.into_iter().map(|(_, address)| address))
}

/// Those of them that the viewer sees, the nearest first, at most four; without the one that is looked at.
pub fn shown(cx: &mut Cx<'_>, candidates: &[TopicId], but: Option<TopicId>) -> Result<Vec<(TopicId, String)>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let condition = scope::topics(cx);
    let mut titles: HashMap<TopicId, String> = topics::table
        .filter(topics::id.eq_any(candidates.to_vec()))
        .filter(condition)
        .filter(topics::state.eq(PostState::Published))
        .select((topics::id, topics::title))
        .load::<(TopicId, String)>(cx.conn())?
        .into_iter()
        .collect();
    Ok(candidates
        .iter()
        .filter(|id| Some(**id) != but)
        .filter_map(|id| titles.remove(id).map(|title| (*id, title)))
        .take(SHOWN)
        .collect())
}

//! What is offered while somebody types a search: titles with words that begin so, and tags. The index proposes from
//! the spaces that the viewer reads, and the database decides.

use diesel::prelude::*;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::alike;
use super::forgiving::parts;
use super::hits::{topics_at, wrong};
use super::index::{Search, unsigned};
use crate::access::Cx;
use crate::db::schema::tags;
use crate::ids::{SpaceId, TopicId};
use crate::refusal::Result;
use crate::text::name;

/// Titles that are looked at.
const LOOKED_AT: usize = 60;
/// Tags that are offered.
const TAGS: i64 = 3;
/// Letters from which something is offered.
const FROM: usize = 2;

#[derive(Debug, Clone, Default)]
pub struct Offered {
    pub topics: Vec<(TopicId, String)>,
    pub tags: Vec<String>,
}

/// For what was typed so far: the last word may be a beginning.
pub fn offered(cx: &mut Cx<'_>, search: &Search, typed: &str) -> Result<Offered> {
    let typed: String = typed.trim().chars().take(100).collect();
    if typed.chars().count() < FROM || typed.contains(':') {
        return Ok(Offered::default());
    }
    let readable = cx.readable().to_vec();
    let candidates = titles(search, &typed, &readable)?;
    Ok(Offered {
        topics: alike::shown(cx, &candidates, None)?,
        tags: begun_tags(cx, &typed)?,
    })
}

fn titles(search: &Search, typed: &str, readable: &[SpaceId]) -> Result<Vec<TopicId>> {
    let Some(open) = search.open().filter(|_| !search.is_rebuilding()) else {
        return Ok(Vec::new());
    };
    let field = open.fields.title;
    let mut words = parts(&open, typed)?;
    let Some(last) = words.pop() else {
        return Ok(Vec::new());
    };
    let mut every: Vec<(Occur, Box<dyn Query>)> = words
        .iter()
        .map(|word| {
            let term = Term::from_field_text(field, word);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Must, query)
        })
        .collect();
    let begun = FuzzyTermQuery::new_prefix(Term::from_field_text(field, &last), 0, false);
    every.push((Occur::Must, Box::new(begun)));
    let here = readable
        .iter()
        .map(|space| Term::from_field_u64(open.fields.space, unsigned(space.0)));
    let here: Box<dyn Query> = Box::new(TermSetQuery::new(here));
    every.push((Occur::Must, here));
    let searcher = open.reader.searcher();
    let top = searcher
        .search(
            &BooleanQuery::new(every),
            &TopDocs::with_limit(LOOKED_AT).order_by_fast_field::<i64>("at", tantivy::Order::Desc),
        )
        .map_err(|error| {
            search.distrust();
            wrong(error)
        })?;
    topics_at(&searcher, top.into_iter().map(|(_, address)| address))
}

fn begun_tags(cx: &mut Cx<'_>, typed: &str) -> Result<Vec<String>> {
    let readable = cx.readable().to_vec();
    let pattern = format!("{}%", name::fold(typed).replace(['%', '_', '\\'], ""));
    // The same word in several spaces is one search.
    Ok(tags::table
        .filter(tags::space_id.eq_any(readable))
        .filter(tags::name_key.like(pattern))
        .group_by(tags::name)
        .order(tags::name)
        .select(tags::name)
        .limit(TAGS)
        .load(cx.conn())?)
}

//! What was asked, as a query of the index: words and how closely they must be said, and filters that name only what
//! the viewer sees. Looks nothing up.

use diesel::prelude::*;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TokenStream as _;
use tantivy::{Searcher, Term};

use super::forgiving;
use super::hits::{How, wrong};
use super::index::{Open, unsigned};
use super::query::{Parsed, State};
use super::twins;
use crate::access::{Cx, scope};
use crate::db::Backend;
use crate::db::dialect::lower;
use crate::db::schema::{accounts, boards, post_files, posts, spaces, topics};
use crate::forum::topics::tag_care;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::Result;
use crate::text::name;

/// The whole question as a query. `None` when a filter names nothing that the viewer may see: that is
/// an empty answer, the same for hidden and absent.
pub(super) fn build(
    cx: &mut Cx<'_>,
    open: &Open,
    searcher: &Searcher,
    parsed: &Parsed,
    how: How,
) -> Result<Option<Box<dyn Query>>> {
    let fields = open.fields;
    let readable = cx.readable();
    if readable.is_empty() || parsed.is_empty() {
        return Ok(None);
    }
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    if !parsed.terms.is_empty() {
        let Some(query) = words(open, searcher, parsed, how)? else {
            return Ok(None);
        };
        clauses.push((Occur::Must, query));
    }
    for term in &parsed.without {
        if let Some(query) = anywhere(open, term, parsed.in_title)? {
            clauses.push((Occur::MustNot, query));
        }
    }
    let mut allowed: Vec<SpaceId> = readable.to_vec();
    if !parsed.spaces.is_empty() {
        allowed = named_spaces(cx, &parsed.spaces)?;
    }
    let mut only = |field: Field, ids: Vec<i64>| {
        if ids.is_empty() {
            return false;
        }
        let terms = ids.into_iter().map(|id| Term::from_field_u64(field, unsigned(id)));
        let query: Box<dyn Query> = Box::new(TermSetQuery::new(terms));
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        true
    };
    if !only(fields.space, allowed.iter().map(|id| id.0).collect()) {
        return Ok(None);
    }
    if !parsed.boards.is_empty() && !only(fields.board, named_boards(cx, &parsed.boards)?) {
        return Ok(None);
    }
    if !parsed.authors.is_empty() && !only(fields.author, named_people(cx, &parsed.authors)?) {
        return Ok(None);
    }
    for state in &parsed.states {
        let there = match state {
            State::Mine => match cx.viewer().id() {
                Some(me) => only(fields.author, vec![me.0]),
                None => false,
            },
            State::File => only(fields.post, with_files(cx)?),
            State::Solved | State::Unanswered => only(fields.topic, questions(cx, *state)?),
        };
        if !there {
            return Ok(None);
        }
    }
    for tag in &parsed.tags {
        let meant = tag_care::meant_by(cx, tag)?
            .iter()
            .map(|key| (Occur::Should, word(fields.tag, key)))
            .collect();
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(meant))));
    }
    if !parsed.kinds.is_empty() {
        let kinds = parsed
            .kinds
            .iter()
            .map(|kind| (Occur::Should, word(fields.kind, kind.word())))
            .collect();
        clauses.push((Occur::Must, Box::new(BooleanQuery::new(kinds))));
    }
    if parsed.before.is_some() || parsed.after.is_some() {
        let moment = |date: jiff::civil::Date| {
            date.to_zoned(jiff::tz::TimeZone::UTC)
                .map_or(0, |at| at.timestamp().as_microsecond())
        };
        let after = parsed.after.map_or(i64::MIN, moment);
        let before = parsed.before.map_or(i64::MAX, moment);
        let range = RangeQuery::new(
            std::ops::Bound::Included(Term::from_field_i64(fields.at, after)),
            std::ops::Bound::Excluded(Term::from_field_i64(fields.at, before)),
        );
        let range: Box<dyn Query> = Box::new(range);
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(range, 0.0))));
    }
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

fn word(field: Field, text: &str) -> Box<dyn Query> {
    let query: Box<dyn Query> = Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::Basic,
    ));
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// Words that are joined to a compound are looked at in a query of so many.
const JOINED: usize = 6;

/// All the words that were typed: each as it is, as a compound's parts, or two of them as one compound; or else
/// as they might have been meant.
pub(super) fn words(open: &Open, searcher: &Searcher, parsed: &Parsed, how: How) -> Result<Option<Box<dyn Query>>> {
    if how == How::Some {
        return some(open, searcher, parsed);
    }
    let nearly = how == How::Nearly;
    let all = |but: Option<(usize, &str)>| -> Result<Option<Box<dyn Query>>> {
        let mut every: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (place, term) in parsed.terms.iter().enumerate() {
            let term = match but {
                Some((at, word)) if place == at => word,
                Some((at, _)) if place == at + 1 => continue,
                _ => term.as_str(),
            };
            let query = if nearly {
                forgiving::nearly(open, term, parsed.in_title)?
            } else {
                forgiving::or_apart(open, searcher, term, parsed.in_title)?
            };
            every.extend(query.map(|query| (Occur::Must, query)));
        }
        Ok(if every.is_empty() {
            None
        } else {
            Some(Box::new(BooleanQuery::new(every)))
        })
    };
    let Some(plain) = all(None)? else { return Ok(None) };
    if nearly || !(2..=JOINED).contains(&parsed.terms.len()) {
        return Ok(Some(plain));
    }
    let mut either: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Should, plain)];
    for (place, pair) in parsed.terms.windows(2).enumerate() {
        if let Some(word) = forgiving::together(open, searcher, &pair[0], &pair[1])?
            && let Some(query) = all(Some((place, &word)))?
        {
            either.push((Occur::Should, query));
        }
    }
    Ok(Some(Box::new(BooleanQuery::new(either))))
}

/// Any of the words, those that say nothing left out: the more of them, and the rarer, the better.
fn some(open: &Open, searcher: &Searcher, parsed: &Parsed) -> Result<Option<Box<dyn Query>>> {
    let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for term in &parsed.terms {
        // A phrase stays one; a word with a sign in it is several.
        let parts = if term.contains(char::is_whitespace) {
            vec![term.clone()]
        } else {
            forgiving::parts(open, term)?
        };
        for part in parts.iter().filter(|part| !twins::says_nothing(part)) {
            let query = forgiving::or_apart(open, searcher, part, parsed.in_title)?;
            any.extend(query.map(|query| (Occur::Should, query)));
        }
    }
    if any.len() < 2 {
        return Ok(None);
    }
    Ok(Some(Box::new(BooleanQuery::new(any))))
}

/// A word or phrase in any of the texts, as it is written and by its stem. A title is short, and by that its words
/// weigh more already. The weights are those of docs/search.md.
pub(super) fn anywhere(open: &Open, text: &str, in_title: bool) -> Result<Option<Box<dyn Query>>> {
    let fields = open.fields;
    let titles = [fields.title, fields.title_en, fields.title_nl];
    let mut either: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (field, analyzer, weight) in [
        (fields.title, "plain", 1.0),
        (fields.title_en, "stem_en", 0.5),
        (fields.title_nl, "stem_nl", 0.5),
        (fields.exact, "plain", 1.0),
        (fields.en, "stem_en", 1.0),
        (fields.nl, "stem_nl", 1.0),
    ] {
        if in_title && !titles.contains(&field) {
            continue;
        }
        let mut analyzer = open
            .index
            .tokenizers()
            .get(analyzer)
            .ok_or_else(|| wrong("an analyzer is missing"))?;
        let mut stream = analyzer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(Term::from_field_text(field, &stream.token().text));
        }
        let query: Box<dyn Query> = match terms.len() {
            0 => continue,
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            // What was put between quotes stands so, next to each other.
            _ if text.contains(char::is_whitespace) => Box::new(PhraseQuery::new(terms)),
            _ => joined_by_a_sign(terms),
        };
        either.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
    }
    if either.is_empty() {
        return Ok(None);
    }
    Ok(Some(Box::new(BooleanQuery::new(either))))
}

/// `BASIC-editor`, `macro's`: best as it is written, and also with something between.
fn joined_by_a_sign(terms: Vec<Term>) -> Box<dyn Query> {
    let each = terms
        .iter()
        .map(|term| {
            let query: Box<dyn Query> = Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs));
            (Occur::Must, query)
        })
        .collect();
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(PhraseQuery::new(terms))),
        (Occur::Must, Box::new(BooleanQuery::new(each))),
    ]))
}

/// Questions that are looked at for `is:`, the newest first.
const QUESTIONS: i64 = 20_000;

/// The questions with or without an answer that the viewer sees. The database knows it; an index would
/// have to be told of every mark.
fn questions(cx: &mut Cx<'_>, state: State) -> Result<Vec<i64>> {
    let condition = scope::topics(cx);
    let mut query = topics::table
        .filter(condition)
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .order(topics::id.desc())
        .select(topics::id)
        .limit(QUESTIONS)
        .into_boxed::<Backend>();
    query = match state {
        State::Solved => query.filter(topics::answer_id.is_not_null()),
        _ => query.filter(topics::answer_id.is_null()),
    };
    let ids: Vec<TopicId> = query.load(cx.conn())?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Posts with files that are looked at for `has:file`, the newest first.
const WITH_FILES: i64 = 20_000;

fn with_files(cx: &mut Cx<'_>) -> Result<Vec<i64>> {
    let condition = scope::posts(cx);
    let ids: Vec<PostId> = posts::table
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::id.eq_any(post_files::table.select(post_files::post_id)))
        .order(posts::id.desc())
        .select(posts::id)
        .limit(WITH_FILES)
        .load(cx.conn())?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

fn matches(called: &str, wanted: &[String]) -> bool {
    let called = name::fold(called);
    wanted.iter().any(|wanted| called.contains(&name::fold(wanted)))
}

pub(super) fn named_spaces(cx: &mut Cx<'_>, wanted: &[String]) -> Result<Vec<SpaceId>> {
    let readable = cx.readable().to_vec();
    let rows: Vec<(SpaceId, String)> = spaces::table
        .filter(spaces::id.eq_any(readable))
        .select((spaces::id, spaces::name))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| matches(&row.1, wanted))
        .map(|row| row.0)
        .collect())
}

fn named_boards(cx: &mut Cx<'_>, wanted: &[String]) -> Result<Vec<i64>> {
    let readable = cx.readable().to_vec();
    let rows: Vec<(BoardId, String)> = boards::table
        .filter(boards::space_id.eq_any(readable))
        .select((boards::id, boards::name))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| matches(&row.1, wanted))
        .map(|row| row.0.0)
        .collect())
}

/// The filters that name nothing which the viewer sees, as they were typed.
pub fn names_nothing(cx: &mut Cx<'_>, parsed: &Parsed) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for (filter, wanted, found) in [
        ("author", &parsed.authors, named_people(cx, &parsed.authors)?.len()),
        ("space", &parsed.spaces, named_spaces(cx, &parsed.spaces)?.len()),
        ("board", &parsed.boards, named_boards(cx, &parsed.boards)?.len()),
    ] {
        if found == 0 {
            all.extend(wanted.iter().map(|wanted| format!("{filter}:{wanted}")));
        }
    }
    Ok(all)
}

/// People by @name, or by the whole or the beginning of what they are called.
fn named_people(cx: &mut Cx<'_>, wanted: &[String]) -> Result<Vec<i64>> {
    let mut all = Vec::new();
    for wanted in wanted {
        let pattern = format!("{}%", wanted.to_lowercase().replace(['%', '_'], ""));
        let rows: Vec<AccountId> = accounts::table
            .filter(
                accounts::name_key
                    .eq(name::name_key(wanted))
                    .or(lower(accounts::display_name).like(pattern.clone()))
                    .or(lower(accounts::display_name).like(format!("% {pattern}"))),
            )
            .order(accounts::id)
            .select(accounts::id)
            .limit(200)
            .load(cx.conn())?;
        all.extend(rows.into_iter().map(|id| id.0));
    }
    Ok(all)
}

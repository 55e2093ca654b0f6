//! Finding: the index proposes, the database decides. What the viewer may not see is neither in the
//! results nor in their number.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::schema::Field;
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::build::build;
use super::facets::{Facets, Tally};
use super::index::{Open, Search};
use super::query::{Parsed, Sort};
use crate::access::{Cx, scope};
use crate::db::schema::{accounts, boards, posts, spaces, topics};
use crate::db::types::Moment;
use crate::ids::{AccountId, PostId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::{Refusal, Result};
use crate::text::excerpt;

pub const HITS_A_PAGE: usize = 20;

/// A stretch of an excerpt, and whether it is what was looked for.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub hit: bool,
}

#[derive(Debug, Clone)]
pub struct Hit {
    pub post: PostId,
    pub topic: TopicId,
    pub title: String,
    pub kind: TopicKind,
    pub answered: bool,
    pub space: String,
    pub board: String,
    pub author: String,
    pub author_id: AccountId,
    pub at: Moment,
    pub language: String,
    pub excerpt: Vec<Run>,
}

#[derive(Debug, Clone, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// How many the index knows of in the spaces that the viewer reads.
    pub total: usize,
    pub more: bool,
    pub rebuilding: bool,
    /// How many of the hits, the last ones, only come near what was asked.
    pub near: usize,
    /// Where the hits are and whose they are, in numbers.
    pub facets: Facets,
}

impl Found {
    /// The hits that say all that was asked.
    pub fn exactly(&self) -> &[Hit] {
        &self.hits[..self.hits.len() - self.near]
    }
}

pub(super) fn wrong(error: impl std::fmt::Display) -> Refusal {
    Refusal::broken(format!("search: {error}"))
}

/// The topics of what the index proposed, each once, in its order.
pub(super) fn topics_at(searcher: &Searcher, addresses: impl Iterator<Item = DocAddress>) -> Result<Vec<TopicId>> {
    let mut found: Vec<TopicId> = Vec::new();
    for address in addresses {
        let column = searcher
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64("topic")
            .map_err(wrong)?;
        let topic = column.first(address.doc_id).and_then(|id| i64::try_from(id).ok());
        if let Some(topic) = topic.map(TopicId)
            && !found.contains(&topic)
        {
            found.push(topic);
        }
    }
    Ok(found)
}

/// One page of results, in this order; filters alone have no best, and come newest first. Pages count from one.
pub fn find(cx: &mut Cx<'_>, search: &Search, parsed: &Parsed, sort: Sort, page: usize) -> Result<Found> {
    let page = page.clamp(1, 50);
    let Some(open) = search.open() else {
        return Ok(Found {
            rebuilding: true,
            ..Found::default()
        });
    };
    let (mut found, tally) = one_page(cx, search, &open, (parsed, sort), page, How::All)?;
    if found.total > FEW {
        found.facets = tally.named(cx)?;
    }
    // By time, what only comes near would be anything.
    let fills = page == 1 && !parsed.terms.is_empty() && (sort == Sort::Relevance || found.total == 0);
    for how in How::IN_TURN.into_iter().skip(1) {
        if !fills || found.hits.len() >= FILLED {
            break;
        }
        let (near, _) = one_page(cx, search, &open, (parsed, Sort::Relevance), page, how)?;
        for hit in near.hits {
            if found.hits.len() < FILLED && found.hits.iter().all(|known| known.post != hit.post) {
                found.hits.push(hit);
                found.near += 1;
            }
        }
    }
    Ok(found)
}

/// Of so few hits nobody needs to be told where they are.
const FEW: usize = 3;

/// Up to so many hits, what comes near fills a page on which little is found.
const FILLED: usize = 10;

/// How closely what is found must say what was asked: each fills up what the one before left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// All the words, or what they are made of.
    All,
    /// Some of them: whoever asks a question in a sentence.
    Some,
    /// All of them, each with a mistake or only begun.
    Nearly,
}

impl How {
    pub(super) const IN_TURN: [Self; 3] = [Self::All, Self::Some, Self::Nearly];
}

/// What is found with the words as they are, or with words that come near them.
fn one_page(
    cx: &mut Cx<'_>,
    search: &Search,
    open: &Open,
    (parsed, sort): (&Parsed, Sort),
    page: usize,
    how: How,
) -> Result<(Found, Tally)> {
    let rebuilding = search.is_rebuilding();
    let searcher = open.reader.searcher();
    let Some(query) = build(cx, open, &searcher, parsed, how)? else {
        let nothing = Found {
            rebuilding,
            ..Found::default()
        };
        return Ok((nothing, Tally::default()));
    };
    // A little more than a page: some may have gone since they were indexed.
    let skip = (page - 1) * HITS_A_PAGE;
    let top = TopDocs::with_limit(HITS_A_PAGE * 2).and_offset(skip);
    let counts = Tally::of_all();
    let outcome = if parsed.terms.is_empty() || sort == Sort::Newest {
        let newest = top.order_by_fast_field::<i64>("at", tantivy::Order::Desc);
        searcher
            .search(&query, &(newest, Count, counts))
            .map(|(top, total, tally)| (top.into_iter().map(|(_, at)| at).collect::<Vec<_>>(), total, tally))
    } else {
        let best = top.tweak_score(weighed(cx.now()));
        searcher
            .search(&query, &(best, Count, counts))
            .map(|(top, total, tally)| (top.into_iter().map(|(_, at)| at).collect::<Vec<_>>(), total, tally))
    };
    let (addresses, total, tally) = outcome.map_err(|error| {
        search.distrust();
        wrong(error)
    })?;
    let mut ids = Vec::with_capacity(addresses.len());
    for address in addresses {
        let column = searcher
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64("post")
            .map_err(wrong)?;
        if let Some(id) = column.first(address.doc_id) {
            ids.push(PostId(i64::try_from(id).unwrap_or(0)));
        }
    }
    let mut hits = looked_up(cx, open, &searcher, &*query, &ids)?;
    let more = hits.len() > HITS_A_PAGE;
    hits.truncate(HITS_A_PAGE);
    let found = Found {
        facets: Facets::default(),
        total: if more {
            total.max(skip + HITS_A_PAGE + 1)
        } else {
            total.min(skip + hits.len())
        },
        more,
        near: 0,
        hits,
        rebuilding,
    };
    Ok((found, tally))
}

/// What a post that was written this moment weighs more than one of long ago.
const FRESH: f32 = 0.15;
/// Days in which half of that is lost.
const HALF_LIFE: f32 = 365.0;
/// What the post weighs more that answered its question.
const ANSWERS: f32 = 0.15;

/// How much a text says about the words, a little more when it is fresh and when it is an answer. An index without
/// dates is weighed by the words alone.
pub(super) fn weighed(
    now: Moment,
) -> impl Fn(&SegmentReader) -> Box<dyn Fn(DocId, Score) -> Score> + Send + Sync + 'static {
    move |segment: &SegmentReader| {
        let fast = segment.fast_fields();
        let (Ok(at), Ok(answer)) = (fast.i64("at"), fast.u64("answer")) else {
            return Box::new(|_, score| score);
        };
        Box::new(move |doc, score| {
            #[expect(clippy::cast_precision_loss, reason = "an age in days")]
            let fresh = at.first(doc).map_or(0.0, |at| {
                let days = (now.0 - at).max(0) as f32 / (86_400.0 * 1_000_000.0);
                FRESH * 0.5_f32.powf(days / HALF_LIFE)
            });
            let answers = if answer.first(doc) == Some(1) { ANSWERS } else { 0.0 };
            score * (1.0 + fresh + answers)
        })
    }
}

type Row = (
    (PostId, TopicId, String, String, Moment),
    (String, TopicKind, Option<PostId>),
    (AccountId, String),
    (String, String),
);

/// The posts as the viewer may see them now, in the order of `ids`.
fn looked_up(cx: &mut Cx<'_>, open: &Open, searcher: &Searcher, query: &dyn Query, ids: &[PostId]) -> Result<Vec<Hit>> {
    let condition = scope::posts(cx);
    let rows: Vec<Row> = posts::table
        .inner_join(topics::table.inner_join(boards::table).inner_join(spaces::table))
        .inner_join(accounts::table)
        .filter(posts::id.eq_any(ids.to_vec()))
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .select((
            (
                posts::id,
                topics::id,
                posts::body_html,
                posts::language,
                posts::created_at,
            ),
            (topics::title, topics::kind, topics::answer_id),
            (accounts::id, accounts::display_name),
            (spaces::name, boards::name),
        ))
        .load(cx.conn())?;
    let mut generators: HashMap<Field, SnippetGenerator> = HashMap::new();
    for field in [open.fields.en, open.fields.nl, open.fields.exact] {
        let mut generator = SnippetGenerator::create(searcher, query, field).map_err(wrong)?;
        generator.set_max_num_chars(240);
        generators.insert(field, generator);
    }
    let mut by_id: HashMap<PostId, Hit> = HashMap::with_capacity(rows.len());
    for ((post, topic, html, language, at), (title, kind, answer), (author_id, author), (space, board)) in rows {
        let text = excerpt::plain(&html);
        let stemmed = if language == "nl" {
            open.fields.nl
        } else {
            open.fields.en
        };
        let mut runs = Vec::new();
        for field in [stemmed, open.fields.exact] {
            if let Some(generator) = generators.get(&field) {
                runs = marked(&generator.snippet(&text));
            }
            if runs.iter().any(|run| run.hit) {
                break;
            }
        }
        if !runs.iter().any(|run| run.hit) {
            runs = vec![Run {
                text: excerpt::beginning(&text, 240),
                hit: false,
            }];
        }
        by_id.insert(
            post,
            Hit {
                post,
                topic,
                title,
                kind,
                answered: answer.is_some(),
                space,
                board,
                author,
                author_id,
                at,
                language,
                excerpt: runs,
            },
        );
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

fn marked(snippet: &tantivy::snippet::Snippet) -> Vec<Run> {
    let text = snippet.fragment();
    let mut runs = Vec::new();
    let mut done = 0;
    for range in snippet.highlighted() {
        if range.start > done {
            runs.push(Run {
                text: text[done..range.start].to_owned(),
                hit: false,
            });
        }
        if range.end > done {
            runs.push(Run {
                text: text[range.start.max(done)..range.end].to_owned(),
                hit: true,
            });
            done = range.end;
        }
    }
    if done < text.len() {
        runs.push(Run {
            text: text[done..].to_owned(),
            hit: false,
        });
    }
    runs
}

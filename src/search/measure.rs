//! Ranking measured: texts that are no posts in an index of the same shape, asked with the same queries as the
//! search page, and beside them plain BM25 over all of a text's words. For the bench only: here nobody looks, and
//! nothing of the forum is read.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::TokenStream as _;
use tantivy::{TantivyDocument, Term};

use super::build::words;
use super::hits::{How, wrong};
use super::index::{Open, unsigned};
use super::query::parse;
use crate::refusal::Result;

/// A text of a collection.
pub struct Text {
    pub title: String,
    pub body: String,
    pub dutch: bool,
}

/// Texts in an index: ours, and one for plain BM25.
pub struct Collection {
    ours: Open,
    plain: Open,
}

/// Which ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// All words of a text, in small letters, any of the query's words.
    Bm25,
    /// As the search page does.
    Ours,
}

impl Collection {
    /// Puts texts into two indexes below `folder`.
    pub fn new(folder: &Path, texts: &[Text]) -> Result<Self> {
        let ours = Open::at(&folder.join("ours"), true).map_err(wrong)?;
        let plain = Open::at(&folder.join("plain"), true).map_err(wrong)?;
        let mut to_ours = Vec::with_capacity(texts.len());
        let mut to_plain = Vec::with_capacity(texts.len());
        for (number, text) in texts.iter().enumerate() {
            let number = unsigned(i64::try_from(number).unwrap_or(0));
            let mut document = TantivyDocument::default();
            document.add_u64(ours.fields.post, number);
            document.add_text(ours.fields.title, &text.title);
            document.add_text(ours.fields.exact, &text.body);
            let (title, body) = if text.dutch {
                (ours.fields.title_nl, ours.fields.nl)
            } else {
                (ours.fields.title_en, ours.fields.en)
            };
            document.add_text(title, &text.title);
            document.add_text(body, &text.body);
            to_ours.push(document);
            let mut document = TantivyDocument::default();
            document.add_u64(plain.fields.post, number);
            document.add_text(plain.fields.exact, format!("{}\n{}", text.title, text.body));
            to_plain.push(document);
        }
        ours.add(to_ours)?;
        plain.add(to_plain)?;
        Ok(Self { ours, plain })
    }

    /// The numbers of the texts, the best first, at most `most`.
    pub fn rank(&self, ranking: Ranking, asked: &str, most: usize) -> Result<Vec<usize>> {
        match ranking {
            Ranking::Bm25 => {
                let mut analyzer = self
                    .plain
                    .index
                    .tokenizers()
                    .get("plain")
                    .ok_or_else(|| wrong("an analyzer is missing"))?;
                let mut stream = analyzer.token_stream(asked);
                let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                while stream.advance() {
                    let term = Term::from_field_text(self.plain.fields.exact, &stream.token().text);
                    any.push((
                        Occur::Should,
                        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                    ));
                }
                top(&self.plain, &BooleanQuery::new(any), most)
            }
            Ranking::Ours => {
                let parsed = parse(asked);
                let searcher = self.ours.reader.searcher();
                let mut found: Vec<usize> = Vec::new();
                for how in How::IN_TURN {
                    if let Some(query) = words(&self.ours, &searcher, &parsed, how)? {
                        for one in top(&self.ours, &*query, most)? {
                            if !found.contains(&one) {
                                found.push(one);
                            }
                        }
                    }
                    // As the page does: what only comes near fills up what little is exactly so.
                    if found.len() >= 10 {
                        break;
                    }
                }
                Ok(found)
            }
        }
    }
}

fn top(open: &Open, query: &dyn Query, most: usize) -> Result<Vec<usize>> {
    let searcher = open.reader.searcher();
    let top = searcher
        .search(query, &TopDocs::with_limit(most).order_by_score())
        .map_err(wrong)?;
    let mut found = Vec::with_capacity(top.len());
    for (_, address) in top {
        let column = searcher
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64("post")
            .map_err(wrong)?;
        found.extend(
            column
                .first(address.doc_id)
                .and_then(|number| usize::try_from(number).ok()),
        );
    }
    Ok(found)
}

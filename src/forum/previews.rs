//! What a post shows about the pages to which it leads, where the admins want that: which links, when they are asked
//! for, and what is kept. Asking is for `jobs::previews`; nothing here goes out.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::access::{Cx, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::{posts, preview_wishes, settings, topics};
use crate::ids::PostId;
use crate::kinds::{Format, PostState};
use crate::refusal::{Refusal, Result};

/// Links of one post that are shown.
const MOST: usize = 3;

/// The setting, in the table of settings.
pub(crate) const SETTING: &str = "previews";

/// A page, as a post shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub url: String,
    pub site: String,
    pub title: String,
    pub words: String,
}

/// The addresses that stand alone on a line of a text, outside of code and quotes; each once.
pub fn links(body: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut fence: Option<&str> = None;
    let mut found = Vec::new();
    for line in body.lines() {
        let bare = line.trim();
        if let Some(open) = fence {
            if bare.starts_with(open) {
                fence = None;
            }
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        let indented = line.starts_with("    ") || line.starts_with('\t');
        let address = bare.trim_start_matches('<').trim_end_matches('>');
        let is_address = (address.starts_with("https://") || address.starts_with("http://"))
            && !address.contains(char::is_whitespace)
            && !indented;
        if is_address && found.len() < MOST && seen.insert(address.to_owned()) {
            found.push(address.to_owned());
        }
    }
    found
}

fn are_on(cx: &mut Cx<'_>) -> Result<bool> {
    let on: Option<String> = settings::table
        .find(SETTING)
        .select(settings::value)
        .first(cx.conn())
        .optional()?;
    Ok(on.as_deref() == Some("yes"))
}

/// Takes away what a post showed, and asks anew for what it leads to now.
pub(crate) fn ask(tx: &mut Tx<'_>, post: PostId, format: Format, body: &str) -> Result<()> {
    diesel::update(posts::table.find(post).filter(posts::previews.is_not_null()))
        .set(posts::previews.eq(None::<String>))
        .execute(tx.conn())?;
    if format != Format::Markdown || links(body).is_empty() || !are_on(tx)? {
        return Ok(());
    }
    let row = (preview_wishes::post_id.eq(post), preview_wishes::asked_at.eq(tx.now()));
    each_backend!(tx.conn(), c => diesel::insert_into(preview_wishes::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The post that has waited longest, with its links. None while it is held or gone: then nobody reads it.
pub fn next(cx: &mut Cx<'_>) -> Result<Option<(PostId, Vec<String>)>> {
    if !are_on(cx)? {
        return Ok(None);
    }
    let found: Option<(PostId, String)> = preview_wishes::table
        .inner_join(posts::table)
        .filter(posts::state.eq(PostState::Published))
        .order(preview_wishes::asked_at)
        .select((posts::id, posts::body))
        .first(cx.conn())
        .optional()?;
    Ok(found.map(|(post, body)| (post, links(&body))))
}

/// Keeps what was found for a post, if it still leads there.
pub(crate) fn keep(tx: &mut Tx<'_>, post: PostId, asked: &[String], cards: &[Card]) -> Result<()> {
    let body: String = posts::table.find(post).select(posts::body).first(tx.conn())?;
    let now = links(&body);
    if now != asked && !now.is_empty() {
        // Edited meanwhile: its wish stands, for what it leads to now.
        return Ok(());
    }
    let wished = diesel::delete(preview_wishes::table.find(post)).execute(tx.conn())?;
    // Another node was sooner, or an admin switched it off while the pages were asked for.
    if wished == 0 || cards.is_empty() || now != asked || !are_on(tx)? {
        return Ok(());
    }
    let text = serde_json::to_string(cards).map_err(|error| Refusal::broken(error.to_string()))?;
    diesel::update(posts::table.find(post))
        .set(posts::previews.eq(Some(text)))
        .execute(tx.conn())?;
    let topic = posts::table.filter(posts::id.eq(post)).select(posts::topic_id);
    diesel::update(topics::table.filter(topics::id.eq_any(topic)))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// The cards that a post shows.
pub fn parse(kept: Option<&str>) -> Result<Vec<Card>> {
    kept.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(text).map_err(|error| Refusal::broken(error.to_string()))
    })
}

/// Switched off, none is shown any more and none is asked for.
pub(crate) fn forget_all(tx: &mut Tx<'_>) -> Result<()> {
    diesel::delete(preview_wishes::table).execute(tx.conn())?;
    let shown = posts::table
        .filter(posts::previews.is_not_null())
        .select(posts::topic_id);
    diesel::update(topics::table.filter(topics::id.eq_any(shown)))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    diesel::update(posts::table.filter(posts::previews.is_not_null()))
        .set(posts::previews.eq(None::<String>))
        .execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_those_that_stand_alone() {
        let body = "See https://a.example/inline here.\n\nhttps://b.example/x\n<http://c.example>\n> https://quoted.example\n\
                    ```\nhttps://code.example\n```\n    https://indented.example\nhttps://b.example/x\nftp://d.example\n\
                    https://e.example\nhttps://f.example";
        assert_eq!(
            links(body),
            ["https://b.example/x", "http://c.example", "https://e.example"]
        );
    }
}

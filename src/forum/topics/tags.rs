//! Tags: words on topics, belonging to a space.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::{Cx, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::{tag_synonyms, tags, topic_tags, topics};
use crate::ids::{SpaceId, TagId, TopicId};
use crate::kinds::PostState;
use crate::refusal::Result;
use crate::text::name;

/// `Pumps, firmware` becomes two tags; each once, at most 40 characters.
pub fn parse(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split([',', ';', '\n']) {
        let tag: String = name::tidy(part.trim().trim_start_matches('#'))
            .to_lowercase()
            .chars()
            .take(40)
            .collect();
        if !tag.is_empty() && !found.contains(&tag) {
            found.push(tag);
        }
    }
    found
}

pub fn of(cx: &mut Cx<'_>, topic: TopicId) -> Result<Vec<String>> {
    Ok(of_many(cx, &[topic])?.remove(&topic).unwrap_or_default())
}

pub fn of_many(cx: &mut Cx<'_>, of: &[TopicId]) -> Result<HashMap<TopicId, Vec<String>>> {
    let rows: Vec<(TopicId, String)> = topic_tags::table
        .inner_join(tags::table)
        .filter(topic_tags::topic_id.eq_any(of.to_vec()))
        .select((topic_tags::topic_id, tags::name))
        .order(tags::name)
        .load(cx.conn())?;
    let mut all: HashMap<TopicId, Vec<String>> = HashMap::new();
    for (topic, tag) in rows {
        all.entry(topic).or_default().push(tag);
    }
    Ok(all)
}

/// The tags in use in a space, those on most topics first.
pub fn in_use(cx: &mut Cx<'_>, space: SpaceId) -> Result<Vec<(String, i64)>> {
    if !cx.readable().contains(&space) {
        return Ok(Vec::new());
    }
    let mut rows: Vec<(String, i64)> = topic_tags::table
        .inner_join(tags::table)
        .inner_join(topics::table)
        .filter(tags::space_id.eq(space))
        .filter(topics::state.eq(PostState::Published))
        .group_by(tags::name)
        .select((tags::name, diesel::dsl::count_star()))
        .load(cx.conn())?;
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows.truncate(30);
    Ok(rows)
}

/// Makes the topic's tags exactly these.
pub(crate) fn keep(tx: &mut Tx<'_>, space: SpaceId, topic: TopicId, words: &[String]) -> Result<()> {
    diesel::delete(topic_tags::table.filter(topic_tags::topic_id.eq(topic))).execute(tx.conn())?;
    for word in words {
        let key = name::fold(word);
        let present: Option<TagId> = tags::table
            .filter(tags::space_id.eq(space))
            .filter(tags::name_key.eq(&key))
            .select(tags::id)
            .first(tx.conn())
            .optional()?;
        let present = match present {
            Some(tag) => Some(tag),
            // Another word for a tag is that tag.
            None => tag_synonyms::table
                .find((space, &key))
                .select(tag_synonyms::tag_id)
                .first(tx.conn())
                .optional()?,
        };
        let tag = match present {
            Some(tag) => tag,
            None => diesel::insert_into(tags::table)
                .values((tags::space_id.eq(space), tags::name.eq(word), tags::name_key.eq(&key)))
                .returning(tags::id)
                .get_result(tx.conn())?,
        };
        let row = (topic_tags::topic_id.eq(topic), topic_tags::tag_id.eq(tag));
        each_backend!(tx.conn(), c => diesel::insert_into(topic_tags::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_between_commas() {
        assert_eq!(super::parse("Pumps, #firmware,, pumps"), ["pumps", "firmware"]);
    }
}

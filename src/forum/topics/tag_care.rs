//! Looking after the tags of a space: what one stands for, other words that are taken for it, and two that become
//! one. Which tags a topic has is `tags`.

use std::collections::HashMap;

use diesel::prelude::*;

use super::tags;
use crate::access::{Cx, May, Seen, Tx, deed};
use crate::db::conn::each_backend;
use crate::db::dialect;
use crate::db::schema::{tag_synonyms, tags as rows, topic_tags, topics};
use crate::event::Event;
use crate::forum::reading::follow::{self, Followed};
use crate::forum::spaces::SpaceRow;
use crate::ids::{SpaceId, TagId, TopicId};
use crate::kinds::{JobKind, PostState};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// A tag as the page shows it.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: TagId,
    pub name: String,
    pub description: String,
    pub synonyms: Vec<String>,
    pub topics: i64,
}

/// Tags of one page; a space with more has another problem.
const MOST: i64 = 500;

/// Characters of what a tag stands for.
const LONGEST: usize = 200;

/// All tags of a space that whoever looks may see, by name.
pub fn all(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Line>> {
    let found: Vec<(TagId, String, String)> = rows::table
        .filter(rows::space_id.eq(space.id))
        .order(rows::name)
        .select((rows::id, rows::name, rows::description))
        .limit(MOST)
        .load(cx.conn())?;
    let counted: HashMap<TagId, i64> = topic_tags::table
        .inner_join(rows::table)
        .inner_join(topics::table)
        .filter(rows::space_id.eq(space.id))
        .filter(topics::state.eq(PostState::Published))
        .group_by(topic_tags::tag_id)
        .select((topic_tags::tag_id, diesel::dsl::count_star()))
        .load::<(TagId, i64)>(cx.conn())?
        .into_iter()
        .collect();
    let mut synonyms: HashMap<TagId, Vec<String>> = HashMap::new();
    let others: Vec<(TagId, String)> = tag_synonyms::table
        .filter(tag_synonyms::space_id.eq(space.id))
        .order(tag_synonyms::name)
        .select((tag_synonyms::tag_id, tag_synonyms::name))
        .load(cx.conn())?;
    for (tag, other) in others {
        synonyms.entry(tag).or_default().push(other);
    }
    Ok(found
        .into_iter()
        .map(|(id, name, description)| Line {
            topics: counted.get(&id).copied().unwrap_or(0),
            synonyms: synonyms.remove(&id).unwrap_or_default(),
            id,
            name,
            description,
        })
        .collect())
}

/// The name of a tag of this space.
fn called(tx: &mut Tx<'_>, space: SpaceId, tag: TagId) -> Result<(String, String)> {
    rows::table
        .filter(rows::id.eq(tag))
        .filter(rows::space_id.eq(space))
        .select((rows::name, rows::name_key))
        .first(tx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}

/// The topics that carry a tag are found by its words, and shown with them.
fn retold(tx: &mut Tx<'_>, tag: TagId) -> Result<()> {
    let carriers: Vec<TopicId> = topic_tags::table
        .filter(topic_tags::tag_id.eq(tag))
        .select(topic_tags::topic_id)
        .load(tx.conn())?;
    for some in carriers.chunks(500) {
        diesel::update(topics::table.filter(topics::id.eq_any(some.to_vec())))
            .set(topics::version.eq(topics::version + 1))
            .execute(tx.conn())?;
    }
    for topic in carriers {
        tx.ask_for(JobKind::IndexTopic, topic.0)?;
    }
    Ok(())
}

fn also_called(tx: &mut Tx<'_>, space: SpaceId, tag: TagId, name: &str) -> Result<()> {
    let row = (
        tag_synonyms::space_id.eq(space),
        tag_synonyms::name_key.eq(name::fold(name)),
        tag_synonyms::name.eq(name),
        tag_synonyms::tag_id.eq(tag),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(tag_synonyms::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

fn changed(tx: &mut Tx<'_>, space: SpaceId) -> Result<()> {
    tx.record(&Event::SpaceChanged { space, what: "tags" })?;
    Ok(())
}

/// What a tag is called, stands for, and is also called, as the form has it.
pub struct Change {
    pub name: String,
    pub description: String,
    pub synonyms: String,
}

/// Changes a tag. What it was called before leads to it from then on.
pub fn change(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, tag: TagId, change: &Change) -> Result<()> {
    dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let (before, before_key) = called(tx, space.id, tag)?;
    let mut problems = Problems::default();
    let wanted = tags::parse(&change.name);
    let [name] = wanted.as_slice() else {
        return Err(Problems::one("name", "problem-tag-name"));
    };
    let key = name::fold(name);
    let description = name::tidy(&change.description);
    if description.chars().count() > LONGEST {
        problems.add("description", "problem-too-long");
    }
    let synonyms = tags::parse(&change.synonyms);
    let keys: Vec<String> = synonyms.iter().map(|one| name::fold(one)).collect();
    let mut all_keys = keys.clone();
    all_keys.push(key.clone());
    // A word leads to one tag: two that mean the same are merged.
    let taken: Vec<(TagId, String)> = rows::table
        .filter(rows::space_id.eq(space.id))
        .filter(rows::id.ne(tag))
        .filter(rows::name_key.eq_any(all_keys.clone()))
        .select((rows::id, rows::name_key))
        .load(tx.conn())?;
    let meant: Vec<String> = tag_synonyms::table
        .filter(tag_synonyms::space_id.eq(space.id))
        .filter(tag_synonyms::tag_id.ne(tag))
        .filter(tag_synonyms::name_key.eq_any(all_keys))
        .select(tag_synonyms::name_key)
        .load(tx.conn())?;
    let is_taken = |wanted: &String| taken.iter().any(|(_, key)| key == wanted) || meant.contains(wanted);
    if is_taken(&key) {
        problems.add("name", "problem-tag-taken");
    }
    if keys.iter().any(is_taken) {
        problems.add("synonyms", "problem-tag-taken");
    }
    problems.check()?;
    diesel::update(rows::table.find(tag))
        .set((
            rows::name.eq(name),
            rows::name_key.eq(&key),
            rows::description.eq(&description),
        ))
        .execute(tx.conn())?;
    diesel::delete(tag_synonyms::table.filter(tag_synonyms::tag_id.eq(tag))).execute(tx.conn())?;
    for one in synonyms.iter().filter(|one| name::fold(one) != key) {
        also_called(tx, space.id, tag, one)?;
    }
    if before_key != key {
        also_called(tx, space.id, tag, &before)?;
        retold(tx, tag)?;
    }
    changed(tx, space.id)
}

/// One tag becomes another: its topics, those who follow it, and its name, which leads to the other from then on.
pub fn merge(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, from: TagId, into: TagId) -> Result<()> {
    dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let (name, _) = called(tx, space.id, from)?;
    if from == into {
        return Err(Problems::one("into", "problem-choose"));
    }
    match called(tx, space.id, into) {
        Ok(_) => {}
        Err(Refusal::NotFound) => return Err(Problems::one("into", "problem-choose")),
        Err(other) => return Err(other),
    }
    let carriers: Vec<TopicId> = topic_tags::table
        .filter(topic_tags::tag_id.eq(from))
        .select(topic_tags::topic_id)
        .load(tx.conn())?;
    for some in carriers.chunks(500) {
        let rows: Vec<_> = some
            .iter()
            .map(|topic| (topic_tags::topic_id.eq(*topic), topic_tags::tag_id.eq(into)))
            .collect();
        each_backend!(tx.conn(), c => diesel::insert_into(topic_tags::table)
            .values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    diesel::delete(topic_tags::table.filter(topic_tags::tag_id.eq(from))).execute(tx.conn())?;
    follow::carry(tx, Followed::Tag, from.0, into.0)?;
    follow::forget(tx, Followed::Tag, from.0)?;
    diesel::update(tag_synonyms::table.filter(tag_synonyms::tag_id.eq(from)))
        .set(tag_synonyms::tag_id.eq(into))
        .execute(tx.conn())?;
    diesel::delete(rows::table.find(from)).execute(tx.conn())?;
    also_called(tx, space.id, into, &name)?;
    retold(tx, into)?;
    changed(tx, space.id)
}

/// The keys of the tags that a word stands for in the spaces the viewer reads: itself, and what it is a synonym of.
pub fn meant_by(cx: &mut Cx<'_>, word: &str) -> Result<Vec<String>> {
    let key = name::fold(word);
    let readable = cx.readable().to_vec();
    let mut keys: Vec<String> = tag_synonyms::table
        .inner_join(rows::table.on(rows::id.eq(tag_synonyms::tag_id)))
        .filter(tag_synonyms::space_id.eq_any(readable))
        .filter(tag_synonyms::name_key.eq(&key))
        .select(rows::name_key)
        .distinct()
        .load(cx.conn())?;
    keys.push(key);
    Ok(keys)
}

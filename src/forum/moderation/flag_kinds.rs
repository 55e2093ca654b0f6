//! The kinds of flags: the standard ones, which a forum may take off its list, and those that it adds.
//! What was flagged under a kind that ended keeps its name.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::access::{May, Tx, deed, proof::Forum};
use crate::db::Conn;
use crate::db::schema::flag_kinds;
use crate::db::types::Moment;
use crate::event::Event;
use crate::i18n::{Lang, Locales};
use crate::kinds::Report;
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// A kind of flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagKind {
    pub word: String,
    /// Its name in each language that the forum gave it one; of a standard kind none.
    pub names: BTreeMap<String, String>,
    /// It weighs twice as much in the queue.
    pub urgent: bool,
    pub ended: bool,
}

impl FlagKind {
    pub fn is_standard(&self) -> bool {
        Report::from_word(&self.word).is_some()
    }

    /// What it is called on a page.
    pub fn label(&self, lang: Lang) -> String {
        let locales = Locales::get();
        if self.is_standard() {
            return locales.word(lang, &format!("report-{}", self.word.replace('_', "-")));
        }
        self.names
            .get(locales.tag(lang))
            .or_else(|| self.names.values().next())
            .cloned()
            .unwrap_or_else(|| self.word.clone())
    }

    /// Hundredths of a point that one flag of it brings, before it is weighed by who was right.
    pub fn urgency(&self) -> i64 {
        match Report::from_word(&self.word) {
            Some(Report::PrivateData) => 250,
            Some(Report::Unkind | Report::Spam) => 200,
            Some(_) => 100,
            None if self.urgent => 200,
            None => 100,
        }
    }
}

/// The standard kinds, with none ended: what a forum begins with.
pub fn standard() -> Vec<FlagKind> {
    Report::ALL
        .iter()
        .map(|report| FlagKind {
            word: report.word().to_owned(),
            names: BTreeMap::new(),
            urgent: false,
            ended: false,
        })
        .collect()
}

/// All kinds of this forum: the standard ones first, "other" at the end.
pub(crate) fn read(conn: &mut Conn) -> QueryResult<Vec<FlagKind>> {
    let rows: Vec<(String, String, bool, Option<Moment>)> = flag_kinds::table
        .order((flag_kinds::made_at, flag_kinds::word))
        .select((
            flag_kinds::word,
            flag_kinds::names,
            flag_kinds::urgent,
            flag_kinds::ended_at,
        ))
        .load(conn)?;
    let mut all = standard();
    let other = all.pop();
    for (word, names, urgent, ended) in rows {
        if let Some(known) = all.iter_mut().find(|kind| kind.word == word) {
            known.ended = ended.is_some();
            continue;
        }
        all.push(FlagKind {
            word,
            names: serde_json::from_str(&names)
                .map_err(|error| diesel::result::Error::DeserializationError(error.into()))?,
            urgent,
            ended: ended.is_some(),
        });
    }
    all.extend(other);
    Ok(all)
}

/// Names as they are kept: at least one, none too short or too long.
fn sound(names: &BTreeMap<String, String>) -> Result<String> {
    let names: BTreeMap<String, String> = names
        .iter()
        .map(|(language, text)| (language.clone(), name::tidy(text)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if names.is_empty() || names.values().any(|text| !(2..=60).contains(&text.chars().count())) {
        return Err(Problems::one("name", "problem-flag-kind-name"));
    }
    serde_json::to_string(&names).map_err(|error| Refusal::broken(error.to_string()))
}

/// The most kinds that a forum adds.
const MOST: usize = 12;

/// Adds a kind, with a name in at least one language.
pub fn add(
    tx: &mut Tx<'_>,
    _: &May<deed::Administer, Forum>,
    names: &BTreeMap<String, String>,
    urgent: bool,
) -> Result<()> {
    let names = sound(names)?;
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let known = read(tx.conn())?;
    let own = known.iter().filter(|kind| !kind.is_standard()).count();
    if own >= MOST {
        return Err(Problems::one("name", "problem-flag-kinds-many"));
    }
    let now = tx.now();
    diesel::insert_into(flag_kinds::table)
        .values((
            flag_kinds::word.eq(format!("own_{}", own + 1)),
            flag_kinds::names.eq(names),
            flag_kinds::urgent.eq(urgent),
            flag_kinds::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    changed(tx)
}

/// Gives a kind of the forum's own other names, or another urgency. What was flagged with it keeps its word, and is
/// called anew. The standard kinds are called as the languages call them.
pub fn rename(
    tx: &mut Tx<'_>,
    _: &May<deed::Administer, Forum>,
    word: &str,
    names: &BTreeMap<String, String>,
    urgent: bool,
) -> Result<()> {
    let names = sound(names)?;
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let known = read(tx.conn())?.into_iter().find(|kind| kind.word == word);
    if known.is_none_or(|kind| kind.is_standard()) {
        return Err(Refusal::NotFound);
    }
    diesel::update(flag_kinds::table.find(word))
        .set((flag_kinds::names.eq(names), flag_kinds::urgent.eq(urgent)))
        .execute(tx.conn())?;
    changed(tx)
}

/// Takes a kind off the list, or puts it back. "Other" stays: everything must be sayable.
pub fn end(tx: &mut Tx<'_>, _: &May<deed::Administer, Forum>, word: &str, ended: bool) -> Result<()> {
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let known = read(tx.conn())?.into_iter().find(|kind| kind.word == word);
    if known.is_none() || word == Report::Other.word() {
        return Err(Refusal::NotFound);
    }
    let now = tx.now();
    let ended = ended.then_some(now);
    let changed_rows = diesel::update(flag_kinds::table.find(word))
        .set(flag_kinds::ended_at.eq(ended))
        .execute(tx.conn())?;
    if changed_rows == 0 {
        diesel::insert_into(flag_kinds::table)
            .values((
                flag_kinds::word.eq(word),
                flag_kinds::names.eq("{}"),
                flag_kinds::made_at.eq(now),
                flag_kinds::ended_at.eq(ended),
            ))
            .execute(tx.conn())?;
    }
    changed(tx)
}

/// The kinds are part of what is kept ready of the settings.
fn changed(tx: &mut Tx<'_>) -> Result<()> {
    tx.record(&Event::SettingsChanged)?;
    tx.access_moved();
    Ok(())
}

//! The texts that a reason begins with: the forum's own in each language, and in their place those that
//! a space words itself. Moderators change them before they are sent.

use diesel::prelude::*;

use super::flag_kinds::FlagKind;
use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::schema::canned_texts;
use crate::event::Event;
use crate::forum::spaces::SpaceRow;
use crate::i18n::{Lang, Locales};
use crate::ids::SpaceId;
use crate::kinds::{Decision, Report};
use crate::refusal::{Problems, Refusal, Result};

/// A text of a space: what it is about (a kind of flag, or one of [`DECISIONS`]), its language, its words.
#[derive(Debug, Clone, Queryable)]
pub struct Text {
    pub about: String,
    pub language: String,
    pub words: String,
}

/// Decisions with a text of their own, whatever was flagged.
pub const DECISIONS: [Decision; 5] = [
    Decision::Close,
    Decision::Move,
    Decision::Slow,
    Decision::Refuse,
    Decision::Uphold,
];

/// What a space can word itself: each kind of flag, and the decisions that are about more than words.
pub fn subjects(kinds: &[FlagKind]) -> Vec<String> {
    kinds
        .iter()
        .filter(|kind| !kind.ended)
        .map(|kind| kind.word.clone())
        .chain(DECISIONS.map(|decision| decision.word().to_owned()))
        .collect()
}

/// The forum's own text; a kind that the forum added begins like "other".
pub fn by_default(lang: Lang, about: &str) -> String {
    let standard = Report::from_word(about).is_some() || DECISIONS.iter().any(|decision| decision.word() == about);
    let about = if standard { about } else { Report::Other.word() };
    Locales::get().word(lang, &format!("canned-{}", about.replace('_', "-")))
}

/// The texts of a space, for those who moderate it.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Text>> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    load(cx, space.id)
}

fn load(cx: &mut Cx<'_>, space: SpaceId) -> Result<Vec<Text>> {
    Ok(canned_texts::table
        .filter(canned_texts::space_id.eq(space))
        .order((canned_texts::about, canned_texts::language))
        .select((canned_texts::about, canned_texts::language, canned_texts::words))
        .load(cx.conn())?)
}

/// With which words a reason begins: about what, in the language of whoever will read it.
pub fn beginning(cx: &mut Cx<'_>, space: SpaceId, about: &str, lang: Lang) -> Result<String> {
    let own: Option<String> = canned_texts::table
        .find((space, about, Locales::get().tag(lang)))
        .select(canned_texts::words)
        .first(cx.conn())
        .optional()?;
    Ok(own.unwrap_or_else(|| by_default(lang, about)))
}

/// Characters of a text at most: as many as a reason has.
const LONGEST: usize = 500;

/// Keeps the texts of a space as they are on its page; one that is empty or the forum's own is kept no more.
pub fn change(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, texts: &[Text]) -> Result<()> {
    if texts.iter().any(|text| text.words.trim().chars().count() > LONGEST) {
        return Err(Problems::one("texts", "problem-too-long"));
    }
    let locales = Locales::get();
    crate::db::dialect::hold(tx.conn(), "spaces", space.id.0)?;
    for text in texts {
        let words = text.words.replace("\r\n", "\n").trim().to_owned();
        let Some(lang) = locales.find(&text.language) else {
            continue;
        };
        // What the page does not show, of a kind that ended, stays.
        diesel::delete(canned_texts::table.find((space.id, &text.about, &text.language))).execute(tx.conn())?;
        if words.is_empty() || words == by_default(lang, &text.about) {
            continue;
        }
        diesel::insert_into(canned_texts::table)
            .values((
                canned_texts::space_id.eq(space.id),
                canned_texts::about.eq(&text.about),
                canned_texts::language.eq(&text.language),
                canned_texts::words.eq(words),
            ))
            .execute(tx.conn())?;
    }
    tx.record(&Event::SpaceChanged {
        space: space.id,
        what: "texts",
    })?;
    Ok(())
}

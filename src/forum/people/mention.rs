//! Whom somebody can name in a space: people who see it. And whom they named who does not, so that it is said
//! before anything is posted.

use diesel::prelude::*;

use super::account::readers_among;
use super::{directory, groups};
use crate::access::{Cx, Seen};
use crate::db::dialect::lower;
use crate::db::schema::{accounts, memberships};
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, SpaceId};
use crate::kinds::{AccountKind, Standing, Visibility};
use crate::refusal::{Refusal, Result};
use crate::text::{markdown, name};

/// How many are offered, and how many are asked about to find them.
const OFFERED: usize = 8;
const ASKED: i64 = 60;

/// People who see a space and are called so: by the beginning of their name, or of any part of what they are
/// called. Their @name, and what they are called.
pub fn to_mention(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, begins: &str) -> Result<Vec<(String, String)>> {
    let begins = begins.to_lowercase().replace(['%', '_', '\\'], "");
    if begins.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = accounts::table
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .filter(
            lower(accounts::name)
                .like(format!("{begins}%"))
                .or(lower(accounts::display_name).like(format!("{begins}%")))
                .or(lower(accounts::display_name).like(format!("% {begins}%"))),
        )
        .order((accounts::display_name, accounts::id))
        .select((accounts::id, accounts::name, accounts::display_name))
        .limit(ASKED)
        .into_boxed::<crate::db::Backend>();
    // Where only members read, nobody else needs to be asked about.
    if matches!(space.visibility, Visibility::Private | Visibility::Hybrid) {
        let members = memberships::table
            .filter(memberships::space_id.eq(space.id))
            .select(memberships::account_id);
        query = query.filter(accounts::id.eq_any(members));
    }
    let found: Vec<(AccountId, String, String)> = query.load(cx.conn())?;
    let ids: Vec<AccountId> = found.iter().map(|row| row.0).collect();
    let readers = readers_among(cx, &ids, space.id, space.visibility)?;
    let me = cx.viewer().id();
    let mut all: Vec<(String, String)> = found
        .into_iter()
        .filter(|(id, ..)| readers.contains(id) && Some(*id) != me)
        .map(|(_, name, called)| (name, called))
        .take(OFFERED)
        .collect();
    // Groups come after people: whoever types a name mostly means somebody.
    for group in groups::begun(cx, space.id, space.visibility, &begins)? {
        if !group.is_too_large() && all.iter().all(|(name, _)| *name != group.word) {
            let called = if group.called.is_empty() {
                space.name.clone()
            } else {
                group.called
            };
            all.push((group.word, format!("{called} ({})", group.people.len())));
        }
    }
    Ok(all)
}

/// The groups that a text names and that are too large to be told, with how many they are.
pub fn crowds(cx: &mut Cx<'_>, space: SpaceId, visibility: Visibility, body: &str) -> Result<Vec<(String, usize)>> {
    Ok(groups::named(cx, space, visibility, body)?
        .into_iter()
        .filter(groups::Group::is_too_large)
        .map(|group| (group.word, group.people.len()))
        .collect())
}

/// The people a text names who do not see the space it is written in; only those whom the writer knows of.
pub fn cannot_see(cx: &mut Cx<'_>, space: SpaceId, visibility: Visibility, body: &str) -> Result<Vec<String>> {
    let keys: Vec<String> = markdown::mentions(body).iter().map(|one| name::name_key(one)).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(AccountId, String)> = accounts::table
        .filter(accounts::name_key.eq_any(keys))
        .order(accounts::name)
        .select((accounts::id, accounts::name))
        .load(cx.conn())?;
    let ids: Vec<AccountId> = found.iter().map(|row| row.0).collect();
    let readers = readers_among(cx, &ids, space, visibility)?;
    let mut unseen = Vec::new();
    for (id, name) in found.into_iter().filter(|(id, _)| !readers.contains(id)) {
        match directory::find(cx, id) {
            Ok(_) => unseen.push(name),
            Err(Refusal::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(unseen)
}

/// Who is meant by an @name, with or without its sign, among those who see a space; nobody who does not.
pub fn named(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, text: &str) -> Result<Option<AccountId>> {
    let key = name::name_key(text.trim().trim_start_matches('@'));
    let found: Option<AccountId> = accounts::table
        .filter(accounts::name_key.eq(key))
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .select(accounts::id)
        .first(cx.conn())
        .optional()?;
    let Some(found) = found else { return Ok(None) };
    let readers = readers_among(cx, &[found], space.id, space.visibility)?;
    Ok(readers.contains(&found).then_some(found))
}

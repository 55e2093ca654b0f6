//! Finding spaces: the ones I read, and the cards of those that an admin only knows of.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::{Cx, Place, Placed, Seen, SpaceFacts, Verb, scope};
use crate::db::schema::{accounts, memberships, spaces};
use crate::db::types::Moment;
use crate::forum::topics::Reminder;
use crate::ids::{AccountId, SpaceId};
use crate::kinds::{AccountKind, Joining, SpaceRole, Visibility};
use crate::refusal::Result;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = spaces)]
pub struct SpaceRow {
    pub id: SpaceId,
    pub name: String,
    pub visibility: Visibility,
    pub joining: Joining,
    pub concept_for: String,
    pub concept_about: String,
    pub concept_gain: String,
    pub guidelines: String,
    pub guidelines_html: String,
    pub names_actors: bool,
    pub position: i64,
    pub created_at: Moment,
    pub archived_at: Option<Moment>,
    /// Hours within which a review should be decided.
    pub review_hours: i64,
    /// Zero as long as there have been none.
    pub guidelines_version: i64,
    /// The reminders of the composer that are on, as words.
    pub reminders: String,
    /// Visitors may ask for an account here, while everybody may read it.
    pub admits_visitors: bool,
}

impl SpaceRow {
    pub fn reminds(&self, of: Reminder) -> bool {
        self.reminders.split(' ').any(|word| word == of.word())
    }

    /// A space for tests of what only looks at its settings.
    #[cfg(test)]
    pub(crate) fn nowhere() -> Self {
        Self {
            id: SpaceId(0),
            name: String::new(),
            visibility: Visibility::Internal,
            joining: Joining::Open,
            concept_for: String::new(),
            concept_about: String::new(),
            concept_gain: String::new(),
            guidelines: String::new(),
            guidelines_html: String::new(),
            names_actors: false,
            position: 0,
            created_at: Moment(0),
            archived_at: None,
            review_hours: 24,
            guidelines_version: 0,
            reminders: String::new(),
            admits_visitors: false,
        }
    }

    pub fn facts(&self) -> SpaceFacts {
        SpaceFacts {
            id: self.id,
            visibility: self.visibility,
            joining: self.joining,
            archived: self.archived_at.is_some(),
        }
    }
}

impl Placed for SpaceRow {
    fn place(&self) -> Place {
        Place::space(self.facts())
    }
}

pub type Space = Seen<SpaceRow>;

pub(super) fn row(cx: &mut Cx<'_>, id: SpaceId) -> Result<Option<SpaceRow>> {
    Ok(spaces::table
        .find(id)
        .select(SpaceRow::as_select())
        .first(cx.conn())
        .optional()?)
}

/// A space that the viewer reads.
pub fn find(cx: &mut Cx<'_>, id: SpaceId) -> Result<Space> {
    let row = row(cx, id)?;
    Seen::look(cx.viewer(), row)
}

/// What anybody may know of a space whose card they may see: name, size and managers.
#[derive(Debug, Clone)]
pub struct Card {
    pub id: SpaceId,
    pub name: String,
    pub visibility: Visibility,
    pub joining: Joining,
    pub archived: bool,
    pub members: i64,
    pub guests: i64,
    pub managers: Vec<(AccountId, String)>,
}

pub fn find_card(cx: &mut Cx<'_>, id: SpaceId) -> Result<Card> {
    let row = row(cx, id)?;
    let space = Seen::look_as(cx.viewer(), row, Verb::SeeCard)?.into_inner();
    card(cx, &space)
}

/// The cards of every space: what an admin sees of the forum.
pub fn cards(cx: &mut Cx<'_>) -> Result<Vec<Card>> {
    let rows: Vec<SpaceRow> = spaces::table
        .select(SpaceRow::as_select())
        .order((spaces::position, spaces::id))
        .load(cx.conn())?;
    let viewer = std::sync::Arc::clone(cx.viewer());
    let mut cards = Vec::new();
    for row in rows {
        if let Ok(space) = Seen::look_as(&viewer, Some(row), Verb::SeeCard) {
            cards.push(card(cx, &space)?);
        }
    }
    Ok(cards)
}

/// The spaces whose cards the viewer may see and that they do not read, by name.
pub fn closed_to_me(cx: &mut Cx<'_>) -> Result<Vec<(SpaceId, String)>> {
    let readable = cx.readable_spaces();
    let rows: Vec<SpaceRow> = spaces::table
        .filter(spaces::id.ne_all(readable))
        .filter(spaces::archived_at.is_null())
        .select(SpaceRow::as_select())
        .order((spaces::position, spaces::id))
        .load(cx.conn())?;
    let viewer = std::sync::Arc::clone(cx.viewer());
    Ok(rows
        .into_iter()
        .filter(|row| crate::access::decide(&viewer, Verb::SeeCard, &row.place()) == crate::access::Verdict::Allow)
        .map(|row| (row.id, row.name))
        .collect())
}

pub fn card(cx: &mut Cx<'_>, space: &SpaceRow) -> Result<Card> {
    let sizes = sizes(cx, &[space.id])?;
    let (members, guests) = sizes.get(&space.id).copied().unwrap_or((0, 0));
    let managers = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq(space.id))
        .filter(memberships::role.eq(SpaceRole::CommunityManager))
        .select((accounts::id, accounts::display_name))
        .order(accounts::display_name)
        .load(cx.conn())?;
    Ok(Card {
        id: space.id,
        name: space.name.clone(),
        visibility: space.visibility,
        joining: space.joining,
        archived: space.archived_at.is_some(),
        members,
        guests,
        managers,
    })
}

/// Members and, of them, guests.
pub(super) fn sizes(cx: &mut Cx<'_>, of: &[SpaceId]) -> Result<HashMap<SpaceId, (i64, i64)>> {
    let rows: Vec<(SpaceId, AccountKind, i64)> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq_any(of.to_vec()))
        .group_by((memberships::space_id, accounts::kind))
        .select((memberships::space_id, accounts::kind, diesel::dsl::count_star()))
        .load(cx.conn())?;
    let mut sizes: HashMap<SpaceId, (i64, i64)> = HashMap::new();
    for (space, kind, count) in rows {
        let size = sizes.entry(space).or_default();
        size.0 += count;
        if kind == AccountKind::Guest {
            size.1 += count;
        }
    }
    Ok(sizes)
}

/// Every space that the viewer reads, in order, with its size.
pub fn all_for_index(cx: &mut Cx<'_>) -> Result<Vec<(SpaceRow, i64, i64)>> {
    let condition = scope::spaces(cx);
    let rows: Vec<SpaceRow> = spaces::table
        .filter(condition)
        .select(SpaceRow::as_select())
        .order((spaces::position, spaces::id))
        .load(cx.conn())?;
    let ids: Vec<SpaceId> = rows.iter().map(|row| row.id).collect();
    let sizes = sizes(cx, &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (members, guests) = sizes.get(&row.id).copied().unwrap_or((0, 0));
            (row, members, guests)
        })
        .collect())
}

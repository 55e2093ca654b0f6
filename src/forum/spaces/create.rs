//! Making a space. Admins do; whoever makes one manages it until they hand it on.

use diesel::prelude::*;

use crate::access::{May, Tx, deed, proof::Forum};
use crate::db::schema::spaces;
use crate::event::Event;
use crate::ids::SpaceId;
use crate::kinds::{Joining, SpaceRole, Visibility};
use crate::refusal::{Problems, Result};
use crate::text::name;

#[derive(Debug, Clone)]
pub struct New {
    pub name: String,
    pub visibility: Visibility,
    pub joining: Joining,
    pub concept_for: String,
    pub concept_about: String,
    pub concept_gain: String,
}

impl New {
    fn check(&self) -> Result<()> {
        let mut problems = Problems::default();
        super::settings::check_name(&mut problems, &self.name);
        super::settings::check_concept(
            &mut problems,
            [&self.concept_for, &self.concept_about, &self.concept_gain],
        );
        if self.joining == Joining::Open && self.visibility == Visibility::Private {
            problems.add("joining", "problem-private-open");
        }
        problems.check()
    }
}

pub fn create(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, new: &New) -> Result<SpaceId> {
    new.check()?;
    let position: Option<i64> = spaces::table
        .select(diesel::dsl::max(spaces::position))
        .first(tx.conn())?;
    let now = tx.now();
    let id: SpaceId = diesel::insert_into(spaces::table)
        .values((
            spaces::name.eq(name::tidy(&new.name)),
            spaces::visibility.eq(new.visibility),
            spaces::joining.eq(new.joining),
            spaces::concept_for.eq(name::tidy(&new.concept_for)),
            spaces::concept_about.eq(name::tidy(&new.concept_about)),
            spaces::concept_gain.eq(name::tidy(&new.concept_gain)),
            spaces::position.eq(position.unwrap_or(0) + 1),
            spaces::created_at.eq(now),
        ))
        .returning(spaces::id)
        .get_result(tx.conn())?;
    crate::forum::moderation::hold::by_default(tx, id, new.visibility)?;
    tx.record(&Event::SpaceCreated { space: id })?;
    if let Some(me) = tx.viewer().id() {
        super::enter(tx, id, me, SpaceRole::CommunityManager, "created")?;
    }
    Ok(id)
}

//! Changing, archiving and restoring a space.

use diesel::prelude::*;

use super::find::SpaceRow;
use crate::access::{May, Tx, deed};
use crate::db::schema::{accounts, memberships, spaces};
use crate::event::Event;
use crate::forum::topics::Reminder;
use crate::ids::AccountId;
use crate::kinds::{AccountKind, JobKind, Joining, Visibility};
use crate::refusal::{Problems, Result};
use crate::text::{markdown, name};

pub struct Change {
    pub name: String,
    pub visibility: Visibility,
    pub joining: Joining,
    pub concept_for: String,
    pub concept_about: String,
    pub concept_gain: String,
    pub guidelines: String,
    pub names_actors: bool,
    /// Hours within which a review should be decided: 1 to 720.
    pub review_hours: i64,
    /// The reminders of the composer that are on.
    pub reminders: Vec<Reminder>,
    /// Visitors of a public space may ask for an account here.
    pub admits_visitors: bool,
}

pub(super) fn check_name(problems: &mut Problems, text: &str) {
    let length = name::tidy(text).chars().count();
    if !(2..=80).contains(&length) {
        problems.add("name", "problem-space-name");
    }
}

pub(super) fn check_concept(problems: &mut Problems, lines: [&String; 3]) {
    for (field, line) in ["concept_for", "concept_about", "concept_gain"].into_iter().zip(lines) {
        let length = name::tidy(line).chars().count();
        if !(2..=200).contains(&length) {
            problems.add(field, "problem-concept");
        }
    }
}

pub fn change(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>, change: &Change) -> Result<()> {
    let mut problems = Problems::default();
    check_name(&mut problems, &change.name);
    check_concept(
        &mut problems,
        [&change.concept_for, &change.concept_about, &change.concept_gain],
    );
    if !(1..=720).contains(&change.review_hours) {
        problems.add("review_hours", "problem-review-hours");
    }
    if change.guidelines.len() > 65_536 {
        problems.add("guidelines", "problem-too-long");
    }
    if change.joining == Joining::Open && change.visibility == Visibility::Private {
        problems.add("joining", "problem-private-open");
    }
    // A space that only employees may read cannot keep its guests: they go first, by a decision.
    if matches!(change.visibility, Visibility::Internal | Visibility::Private)
        && matches!(space.visibility, Visibility::Hybrid | Visibility::Public)
        && has_guests(tx, &space)?
    {
        problems.add("visibility", "problem-has-guests");
    }
    problems.check()?;
    // Of two who change them at once one comes second, and makes a version of its own.
    crate::db::dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let (mut version, guidelines): (i64, String) = spaces::table
        .find(space.id)
        .select((spaces::guidelines_version, spaces::guidelines))
        .first(tx.conn())?;
    if change.guidelines != guidelines {
        version = super::guidelines::keep(tx, space.id, version, &change.guidelines)?;
    }
    let reminders: Vec<&str> = change.reminders.iter().map(|reminder| reminder.word()).collect();
    let visibility_changed = change.visibility != space.visibility;
    if visibility_changed {
        crate::forum::moderation::hold::by_default(tx, space.id, change.visibility)?;
    }
    diesel::update(spaces::table.find(space.id))
        .set((
            spaces::name.eq(name::tidy(&change.name)),
            spaces::visibility.eq(change.visibility),
            spaces::joining.eq(change.joining),
            spaces::concept_for.eq(name::tidy(&change.concept_for)),
            spaces::concept_about.eq(name::tidy(&change.concept_about)),
            spaces::concept_gain.eq(name::tidy(&change.concept_gain)),
            spaces::guidelines.eq(&change.guidelines),
            spaces::guidelines_html.eq(markdown::render(&change.guidelines, &|_| None).into_string()),
            spaces::names_actors.eq(change.names_actors),
            spaces::review_hours.eq(change.review_hours),
            spaces::guidelines_version.eq(version),
            spaces::reminders.eq(reminders.join(" ")),
            spaces::admits_visitors.eq(change.admits_visitors),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::SpaceChanged {
        space: space.id,
        what: if visibility_changed { "visibility" } else { "settings" },
    })?;
    if visibility_changed {
        tx.ask_for(JobKind::EndAccess, space.id.0)?;
    }
    Ok(())
}

fn has_guests(tx: &mut Tx<'_>, space: &SpaceRow) -> Result<bool> {
    let guest: Option<AccountId> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq(space.id))
        .filter(accounts::kind.eq(AccountKind::Guest))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    Ok(guest.is_some())
}

pub fn archive(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(spaces::table.find(space.id))
        .set(spaces::archived_at.eq(now))
        .execute(tx.conn())?;
    tx.record(&Event::SpaceArchived { space: space.id })?;
    Ok(())
}

pub fn restore(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>) -> Result<()> {
    diesel::update(spaces::table.find(space.id))
        .set(spaces::archived_at.eq(None::<crate::db::types::Moment>))
        .execute(tx.conn())?;
    tx.record(&Event::SpaceRestored { space: space.id })?;
    Ok(())
}

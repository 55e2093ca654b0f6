//! The guidelines of the demo's spaces.

use crate::access::{Tx, deed};
use crate::forum::spaces;
use crate::forum::topics::Reminder;
use crate::ids::SpaceId;
use crate::refusal::Result;

/// What everybody keeps to in a space of colleagues.
pub(super) const FIELD: &str = "\
Write as you would speak to a colleague at the bench.

1. Be kind: about the machine, not about the person.
2. One question, one topic.
3. No private data, no pictures of people who were not asked.
4. No trade.

A moderator who takes something away says which of these it was.";

/// The same in a space with guests from outside.
pub(super) const PARTNER: &str = "\
Everybody here builds or installs what we make.

1. Be kind: about the machine, not about the person.
2. No prices and no trade.
3. What is said here stays here: nothing of customers by name.";

/// Gives a space its guidelines, as one of its managers.
pub(super) fn give(tx: &mut Tx<'_>, space: SpaceId, text: &str) -> Result<()> {
    let found = spaces::find(tx, space)?;
    let row = found.clone().into_inner();
    spaces::change(
        tx,
        found.may::<deed::Manage>()?,
        &spaces::Change {
            name: row.name,
            visibility: row.visibility,
            joining: row.joining,
            concept_for: row.concept_for,
            concept_about: row.concept_about,
            concept_gain: row.concept_gain,
            guidelines: text.to_owned(),
            names_actors: row.names_actors,
            review_hours: row.review_hours,
            reminders: Reminder::ALL.to_vec(),
            admits_visitors: row.admits_visitors,
        },
    )
}

//! What is worth doing today, for those who manage a space: who waits, who is new, who is falling silent, and what
//! one click can do about it. Things are found by `waiting` (every few minutes) and by `people` (every night), a
//! lot is drawn when they are found, and what came of it is compared by `effect`. Nobody who waits for an answer is
//! ever held back.
//!
//! Not here: the models (`metrics::models::worklist`), what a person is shown of it (`choices` and the page of what
//! is kept), and any score of a person: an item says what is the case, and nothing of what somebody is worth.

mod act;
mod between;
mod by_topics;
pub mod choices;
pub mod effect;
pub mod expertise;
mod experts;
mod invite;
mod judge;
pub mod kinds;
mod lapse;
mod letter;
mod list;
mod lots;
mod make;
pub mod mine;
mod notes;
mod people;
mod sentence;
mod waiting;

use crate::refusal::Result;

/// Reads a few at a time: a statement has room for so many values only.
fn in_parts<T: Clone, R>(all: &[T], mut read: impl FnMut(Vec<T>) -> Result<Vec<R>>) -> Result<Vec<R>> {
    let mut found = Vec::new();
    for few in all.chunks(1_000) {
        found.extend(read(few.to_vec())?);
    }
    Ok(found)
}

pub use act::{Note, dismiss, done, ended_meanwhile, last_words, note};
pub use experts::{Expert, who_knows};
pub(crate) use letter::write as write_letters;
pub use list::{Item, List, Written, find, is_for, list, managed, titles};
pub use make::Facts;
pub(crate) use notes::{any_due as any_note_due, leave as leave_notes, words_of};
pub use people::nightly;
pub use sentence::{key, sentence};
pub use waiting::refresh;

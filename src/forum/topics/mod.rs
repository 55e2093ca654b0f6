//! Topics: one conversation each.

mod answer;
mod close;
mod edit;
mod find;
mod graft;
pub mod list;
mod move_to;
mod pin;
mod reminders;
mod start;
pub mod tag_care;
pub mod tags;

pub use answer::{mark, unmark};
pub(crate) use close::{check_slow, set_closed, set_slow};
pub use close::{close, reopen, slow};
pub use edit::{Change, edit};
pub(crate) use find::veil;
pub use find::{InBoard, Topic, TopicRow, at, find, take};
pub(crate) use graft::{follow_posts, set_place, settle, unmake};
pub use graft::{merge, reparent, split, split_off};
pub use move_to::{Audience, audience, move_to};
pub(crate) use move_to::{recount, set_board};
pub use pin::{pin, unpin};
pub use reminders::{LATEST, Reminder, of_reply as reminders};
pub use start::{New, start};

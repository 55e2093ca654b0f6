//! Moderation: whatever moderators must decide is a review, and so is each of their direct acts. Here
//! reviews are opened, found, taken, decided, appealed against and undone. The list of those that wait
//! is the queue; what members of a space may read of it is the log.

pub mod appeal;
pub mod canned;
mod changes;
pub mod claim;
pub mod decide;
pub mod figures;
mod find;
pub mod flag_kinds;
pub mod hold;
pub mod log;
pub mod look;
mod open;
pub(crate) mod overdue;
pub mod queue;
pub mod sanctions;
pub mod spam;
mod undo;

pub(crate) use changes::{Changes, PostPlace};
pub use find::{InReview, Review, ReviewRow, find, find_decision};
pub(crate) use open::{
    bring_what_nobody_decides, changed_under, flag, forget_escalation, forget_words, log_act, log_act_on, log_entry,
    log_member_out, open_application,
};
pub use undo::{Newer, UNDO_DAYS, in_the_way, undo_decision, undoable};

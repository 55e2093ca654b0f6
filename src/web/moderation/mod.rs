//! The pages of moderation: the queue and each review for those who decide, the decision for the one it
//! is about, and the log for the members of a space.

mod decisions;
mod figures;
mod graft;
mod holding;
mod log;
mod queue;
mod review;

pub use decisions::{appeal, decision, decisions};
pub use figures::figures;
pub use graft::{merge, merge_form, reparent, reparent_form, split, split_form};
pub use holding::{add_phrase, add_rule, hold_topic, holding, remove_phrase, remove_rule};
pub use log::log;
pub use queue::queue;
pub use review::{decide, escalate, free, hand, note, show, take, undo};

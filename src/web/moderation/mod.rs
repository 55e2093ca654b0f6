//! The pages of moderation: the queue and each review for those who decide, the decision for the one it
//! is about, and the log for the members of a space.

mod decisions;
mod log;
mod queue;
mod review;

pub use decisions::{appeal, decision, decisions};
pub use log::log;
pub use queue::queue;
pub use review::{decide, escalate, free, hand, note, show, take, undo};

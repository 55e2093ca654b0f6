//! What must happen, but not now: after an event, on a list in the database, by a worker thread.

pub mod consequences;
pub mod figures;
pub mod previews;
mod queue;
pub mod worker;

pub use figures::Figures;
pub use previews::Previews;
pub use worker::{Bell, Worker};

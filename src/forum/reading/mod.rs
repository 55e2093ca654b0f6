//! What each person has read: kept per post, as ranges of numbers, gathered in memory and written in
//! batches, because no page waits for a write.

pub mod bookmarks;
pub mod drafts;
pub mod follow;
pub mod gather;
pub mod news;
pub mod ranges;
pub mod unread;

pub use gather::{Gathered, carry, read_on, visited_on};
pub use unread::{mark_all, read_own};

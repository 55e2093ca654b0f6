//! Posts: one contribution each; every one but the first replies to a post, and so they form a tree.

mod edit;
mod find;
pub mod path;
mod remove;
mod reply;
mod report;
mod revisions;
mod thank;
pub mod thread;
pub(crate) mod write;

pub(crate) use edit::{Rewritten, rewrite, unwrite};
pub use edit::{edit, share};
pub use find::{InTopic, Post, PostRow, at, find, standing, take};
pub(crate) use remove::{Standing, last_word, set_state};
pub use remove::{remove, restore};
pub use reply::{Sent, reply};
pub use report::report;
pub use revisions::{Version, history, keeps_back};
pub use thank::{thank, thanked_by, withdraw};
pub(crate) use write::{keep_trimmed, publish};

//! Spaces: one audience each, and the only place where access is decided.

mod create;
pub mod entry;
mod find;
pub mod guidelines;
mod members;
mod roles;
mod settings;

pub use create::{New, create};
pub use find::{Card, Space, SpaceRow, all_for_index, card, cards, closed_to_me, find, find_card};
pub(crate) use members::enter;
pub use members::{Asked, Belongs, ask_to_join, asked, join, leave, let_in, members, refuse, remove_member, take_in};
pub use roles::give_role;
pub use settings::{Change, archive, change, restore};

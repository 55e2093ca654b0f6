//! Foreign forums into ours, through the forum's own rooms. What cannot be read is named, never
//! dropped in silence; a second run adds nothing.

pub mod bbcode;
pub mod discourse;
mod files;
pub mod foreign;
pub mod html;
pub mod mail;
pub mod mbox;
mod report;
pub mod stackexchange;
pub mod table;

pub use report::{Report, Unreadable};

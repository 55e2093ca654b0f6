//! Foreign forums into ours, through the forum's own rooms. What cannot be read is named, never
//! dropped in silence; a second run adds nothing.

pub mod mail;
pub mod mbox;

//! Sentences in the reader's language. Pure: knows no people and no database. The sentences stand in
//! `config/locales/<language>/`; a third language is one folder there.

mod format;
mod locales;
mod message;

pub use format::When;
pub use locales::{Lang, Locales};
pub use message::{Arg, Message};

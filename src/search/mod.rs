//! Full-text search. The database is the truth; the index is a shadow of it that may be lost at any
//! time: it rebuilds itself while the forum serves, and every hit is looked up again, as the viewer,
//! before it is shown.

pub mod alike;
mod build;
mod facets;
mod forgiving;
pub mod gaps;
mod hits;
mod index;
pub mod measure;
mod query;
pub mod suggest;
mod twins;

pub use build::names_nothing;
pub use facets::{Facets, Share};
pub use hits::{Found, Hit, Run, find};
pub use index::Search;
pub use query::{Parsed, Sort, State, parse};
pub use twins::of_question as twins;

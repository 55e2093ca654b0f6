//! Who may do what, and the only doors to the database.
//!
//! * A [`Viewer`] is whoever is looking. [`Store::read`] and [`Store::write`] demand one and hand the
//!   work a [`Cx`] or [`Tx`] that carries it: there is no connection without a viewer.
//! * [`policy::decide`] is the one rule: pure, over viewer, verb and place. Its answer is *allow*,
//!   *hide* (looks like absent) or *deny* (with a reason and a way onward).
//! * [`scope`] is the same rule for lists, as a condition in SQL; a property test holds the two together.
//! * Proofs travel with the thing: [`Seen`] was looked at through the policy, and [`May`] proves one
//!   verb on one thing. Both are minted here and nowhere else, and a verb's function takes its `May`
//!   by value: nobody can check one thing and change another.
//!
//! Not here: what a verb does (`forum`), and what a refusal looks like (`web::error`).

pub mod door;
pub mod place;
pub mod policy;
pub mod proof;
pub mod scope;
pub mod verb;
pub mod viewer;

pub use door::{Cx, Store, Tx};
pub use place::{BoardFacts, Place, PostFacts, ReviewFacts, SpaceFacts, TopicFacts};
pub use policy::{Verdict, decide};
pub use proof::{May, Placed, Seen, on_forum};
pub use verb::{Verb, deed};
pub use viewer::{Person, Viewer};

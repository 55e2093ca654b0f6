//! Plumbing for two databases. Knows tables, connections and dialects; knows no people and no rules.

pub(crate) mod conn;
pub(crate) mod dialect;
pub mod migrate;
pub mod pool;
pub mod pulse;
pub(crate) mod schema;
pub mod soundness;
pub mod types;

pub(crate) use conn::{Backend, Conn};

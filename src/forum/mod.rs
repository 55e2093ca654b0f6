//! Forum life: what happens here, a folder for each noun and a file for each verb. Knows nothing of
//! HTTP. Everything takes a `Cx` (looks) or a `Tx` (does), and verbs take a proof that they may.

pub mod audit;
pub mod bench_rows;
pub mod boards;
pub mod bring_in;
pub mod business;
pub mod champions;
pub mod feeds;
pub mod files;
pub mod inbox;
pub mod letters;
pub mod metrics;
pub mod moderation;
pub mod old_addresses;
pub(crate) mod operation;
pub mod people;
pub mod plan;
pub mod polls;
pub mod posts;
pub mod previews;
pub mod reading;
pub mod settings;
pub mod spaces;
pub mod today;
pub mod topics;

//! HTTP: turns a request into a question or a deed, and the answer into a page. Nobody else knows
//! cookies, forms or status codes. docs/architecture.md shows the way of a request.

mod about;
mod admin;
mod ask;
mod assets;
mod boards;
mod bookmarks;
mod chrome;
mod drafts;
mod error;
mod feeds;
mod figures;
mod files;
mod follows;
mod form;
mod gauges;
mod grounds;
mod guard;
mod inbox;
mod letters;
mod lines;
mod lists;
mod live;
mod moderation;
mod people;
mod polls;
mod posts;
mod reply;
pub mod routes;
mod search;
mod send;
mod server;
mod set_up;
mod settings;
mod sign_in;
mod spaces;
mod today;
mod topics;

pub use gauges::serve_gauges;
pub use server::{Serving, bind, serve, until_told};

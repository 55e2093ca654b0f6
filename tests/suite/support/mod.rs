//! What stories are told with: databases, a forum with the fixed cast, and people who walk through it.

pub(crate) mod bucket_server;
pub(crate) mod client;
pub(crate) mod database;
pub(crate) mod letters;
pub(crate) mod mail_servers;
pub(crate) mod post_office;
pub(crate) mod world;

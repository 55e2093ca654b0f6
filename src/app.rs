//! What every room shares, built once: configuration, store, search, mail. Passed by `Arc`; there are
//! no globals.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::access::Store;
use crate::clock::Clock;
use crate::config::{Config, SiteUrl};
use crate::db::pool::{Address, Connections};
use crate::forum::audit;
use crate::forum::files::Files;
use crate::forum::people::password::Hasher;
use crate::forum::reading::Gathered;
use crate::gauges::Gauges;
use crate::i18n::Locales;
use crate::jobs::{Bell, consequences};
use crate::mail::Mail;
use crate::search::Search;
use crate::search::gaps::Gaps;
use crate::views::Views;

pub struct App {
    pub config: Config,
    pub site: SiteUrl,
    pub clock: Arc<Clock>,
    pub store: Store,
    pub search: Search,
    pub mail: Mail,
    pub views: Views,
    pub hasher: Hasher,
    pub gathered: Gathered,
    pub gaps: Gaps,
    pub gauges: Gauges,
    pub files: Files,
    pub audit_head: audit::Head,
    pub bell: Arc<Bell>,
}

impl App {
    /// Builds everything; touches the data folder, but not yet the database. `listen` is where the
    /// forum answers, from which its address follows when none is configured.
    pub fn new(config: Config, listen: SocketAddr) -> Result<Self, String> {
        std::fs::create_dir_all(&config.data).map_err(|error| format!("{}: {error}", config.data.display()))?;
        let site = config.site_url(listen)?;
        let clock = Arc::new(Clock::default());
        let bell = Arc::new(Bell::default());
        let connections = Connections::new(Address::parse(&config.database_url())?, config.readers());
        let rings = Arc::clone(&bell);
        let store = Store::new(
            connections,
            Arc::clone(&clock),
            consequences::of,
            Arc::new(move || rings.ring()),
        );
        Locales::load()?;
        Ok(Self {
            search: Search::new(config.data.join("index")),
            mail: Mail::new(&config, &site)?,
            views: Views::load()?,
            hasher: Hasher::new(config.accounts.hash_memory, config.accounts.hash_rounds),
            gathered: Gathered::default(),
            gaps: Gaps::default(),
            gauges: Gauges::default(),
            files: Files::new(&config)?,
            audit_head: audit::Head::new(&config.data),
            config,
            site,
            clock,
            store,
            bell,
        })
    }
}

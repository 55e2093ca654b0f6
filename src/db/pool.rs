//! Connections: opened by the scheme of the URL, set up the same way each time, and checked. SQLite
//! has many readers and one writer; PostgreSQL's connections are all alike.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};

use super::Conn;

/// Where the forum's rows are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Sqlite(String),
    Postgres(String),
}

impl Address {
    /// Reads a database URL. SQLite takes nearly any string for a file name, so a scheme is asked
    /// for and an unknown one is refused by name.
    pub fn parse(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", rest)) if !rest.is_empty() => Ok(Self::Sqlite(rest.trim_start_matches("//").to_owned())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            Some((scheme, _)) => Err(format!(
                "database.url begins with \"{scheme}:\", but only sqlite: and postgres: are known"
            )),
            None => Err("database.url has no scheme: write sqlite:PATH or postgres://USER@HOST/NAME".to_owned()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Reading,
    Writing,
}

#[derive(Debug)]
pub(crate) struct Manager {
    address: Address,
    what_for: Use,
}

impl Manager {
    fn set_up(&self, conn: &mut Conn) -> Result<(), Problem> {
        match conn {
            Conn::Sqlite(sqlite) => {
                sqlite.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
                     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; \
                     PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864; \
                     PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
                )?;
                super::dialect::teach_lower(sqlite)?;
                if self.what_for == Use::Reading {
                    sqlite.batch_execute("PRAGMA query_only = ON;")?;
                }
                demand_pragmas(sqlite)
            }
            Conn::Postgres(postgres) => {
                postgres.batch_execute(
                    "SET statement_timeout = '30s'; SET lock_timeout = '5s'; \
                     SET idle_in_transaction_session_timeout = '60s'; \
                     SET client_min_messages = warning;",
                )?;
                demand_settings(postgres)
            }
        }
    }
}

/// What may go wrong with a connection.
#[derive(Debug)]
pub(crate) enum Problem {
    Open(ConnectionError),
    Query(diesel::result::Error),
    Unsafe(String),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open(source) => write!(f, "the database cannot be opened: {source}"),
            Self::Query(source) => write!(f, "the database does not answer: {source}"),
            Self::Unsafe(what) => write!(f, "the database would not keep what it promised: {what}"),
        }
    }
}

impl std::error::Error for Problem {}

impl From<diesel::result::Error> for Problem {
    fn from(source: diesel::result::Error) -> Self {
        Self::Query(source)
    }
}

#[derive(diesel::QueryableByName)]
struct Setting {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

/// A forum that loses an acknowledged post is no forum: refuse to run on settings that would.
fn demand_pragmas(conn: &mut SqliteConnection) -> Result<(), Problem> {
    let rows: Vec<Setting> = diesel::sql_query(
        "SELECT 'journal_mode' AS name, lower(journal_mode) AS value FROM pragma_journal_mode \
         UNION ALL SELECT 'synchronous', CAST(synchronous AS TEXT) FROM pragma_synchronous \
         UNION ALL SELECT 'foreign_keys', CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys",
    )
    .load(conn)?;
    for row in rows {
        let wanted = match row.name.as_str() {
            "journal_mode" => "wal",
            "synchronous" => "2",
            _ => "1",
        };
        if row.value != wanted {
            return Err(Problem::Unsafe(format!(
                "SQLite's {} is {} instead of {wanted}",
                row.name, row.value
            )));
        }
    }
    Ok(())
}

fn demand_settings(conn: &mut PgConnection) -> Result<(), Problem> {
    let rows: Vec<Setting> = diesel::sql_query(
        "SELECT name::text AS name, setting::text AS value FROM pg_settings \
         WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting <> 'on'",
    )
    .load(conn)?;
    match rows.first() {
        Some(row) => Err(Problem::Unsafe(format!(
            "PostgreSQL's {} is {} instead of on",
            row.name, row.value
        ))),
        None => Ok(()),
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = Problem;

    fn connect(&self) -> Result<Conn, Problem> {
        let mut conn = match &self.address {
            Address::Sqlite(path) => Conn::Sqlite(SqliteConnection::establish(path).map_err(Problem::Open)?),
            Address::Postgres(url) => Conn::Postgres(PgConnection::establish(url).map_err(Problem::Open)?),
        };
        self.set_up(&mut conn)?;
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Problem> {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok(())
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        use diesel::connection::TransactionManager as _;
        <Conn as Connection>::TransactionManager::is_broken_transaction_manager(conn)
    }
}

pub(crate) type Checkout = PooledConnection<Manager>;

/// Connections of one use, and whether the last who asked got none because none could be opened.
struct Queue {
    pool: Pool<Manager>,
    away: AtomicBool,
}

impl Queue {
    /// Waits for a connection; only a moment when the database is known to be away, so that everybody
    /// is told at once instead of standing in line for it.
    fn take(&self) -> Result<Checkout, diesel::r2d2::PoolError> {
        let known_away = self.away.load(Ordering::Relaxed) && self.pool.state().connections == 0;
        let taken = if known_away {
            self.pool.get_timeout(A_MOMENT)
        } else {
            self.pool.get()
        };
        self.away.store(taken.is_err(), Ordering::Relaxed);
        taken
    }
}

const A_MOMENT: Duration = Duration::from_millis(250);

/// The connections of one process.
pub struct Connections {
    readers: Queue,
    writers: Queue,
    pub address: Address,
}

impl Connections {
    /// `readers`: how many connections may read at once. Opens nothing yet, so that a forum whose
    /// database is away can start and say so.
    pub fn new(address: Address, readers: u32) -> Self {
        let builder = || {
            Pool::builder()
                .min_idle(Some(0))
                .connection_timeout(Duration::from_secs(5))
                // Asking each connection before each use costs a round trip a request; PostgreSQL
                // connections do break, SQLite's do not.
                .test_on_check_out(matches!(address, Address::Postgres(_)))
                .error_handler(Box::new(QuietErrors))
        };
        let manager = |what_for| Manager {
            address: address.clone(),
            what_for,
        };
        let queue = |pool| Queue {
            pool,
            away: AtomicBool::new(false),
        };
        let writers = match address {
            // One at a time and in turn: polling for the lock is unfair, a queue is not.
            Address::Sqlite(_) => 1,
            Address::Postgres(_) => readers.max(2),
        };
        Self {
            readers: queue(builder().max_size(readers).build_unchecked(manager(Use::Reading))),
            writers: queue(builder().max_size(writers).build_unchecked(manager(Use::Writing))),
            address,
        }
    }

    pub(crate) fn reader(&self) -> Result<Checkout, diesel::r2d2::PoolError> {
        self.readers.take()
    }

    pub(crate) fn writer(&self) -> Result<Checkout, diesel::r2d2::PoolError> {
        self.writers.take()
    }

    /// One connection outside the pools, to migrate and to check before serving.
    pub(crate) fn single(&self) -> Result<Conn, Box<dyn std::error::Error + Send + Sync>> {
        let manager = Manager {
            address: self.address.clone(),
            what_for: Use::Writing,
        };
        Ok(manager.connect()?)
    }
}

/// r2d2 would print each failed attempt to reconnect; the request that waited logs it once instead.
#[derive(Debug)]
struct QuietErrors;

impl<E: std::error::Error> diesel::r2d2::HandleError<E> for QuietErrors {
    fn handle_error(&self, error: E) {
        tracing::debug!(%error, "a database connection could not be opened");
    }
}

//! The migrations, compiled in, one folder a database with the same names in both.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::conn::Conn;
use super::pool::Connections;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// Brings the database to the present shape. Returns the names of what was done.
pub fn up(connections: &Connections) -> Result<Vec<String>, Anything> {
    let mut conn = connections.single()?;
    let done = match &mut conn {
        Conn::Sqlite(sqlite) => sqlite.run_pending_migrations(SQLITE)?,
        Conn::Postgres(postgres) => postgres.run_pending_migrations(POSTGRES)?,
    };
    Ok(done.iter().map(ToString::to_string).collect())
}

/// Takes everything down again; a test proves that the way down exists.
pub fn down(connections: &Connections) -> Result<(), Anything> {
    let mut conn = connections.single()?;
    match &mut conn {
        Conn::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE)?,
        Conn::Postgres(postgres) => postgres.revert_all_migrations(POSTGRES)?,
    };
    Ok(())
}

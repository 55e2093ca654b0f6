//! One connection type for both databases. Only this folder names the two behind it.

use diesel::prelude::*;

#[derive(diesel::MultiConnection)]
pub(crate) enum Conn {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

pub(crate) type Backend = <Conn as diesel::Connection>::Backend;

/// Runs one diesel expression once per database: the way to upserts and batches, which the joined
/// connection type does not offer.
macro_rules! each_backend {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($c) => $body,
            $crate::db::Conn::Sqlite($c) => $body,
        }
    };
}
pub(crate) use each_backend;

/// A transaction that writes. SQLite's transactions begin without a lock, and one that reads first
/// and writes later fails at once when somebody else has written in between, whatever the busy
/// timeout. So the first statement is a write that changes nothing: the lock is taken there, and
/// nested transactions stay savepoints.
#[expect(clippy::disallowed_methods, reason = "the paved road itself")]
pub(crate) fn write_transaction<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<diesel::result::Error>,
{
    conn.transaction(|conn| {
        if let Conn::Sqlite(sqlite) = conn {
            diesel::sql_query("DELETE FROM write_gate WHERE 0").execute(sqlite)?;
        }
        work(conn)
    })
}

/// A transaction that only reads: all its queries see one moment.
#[expect(clippy::disallowed_methods, reason = "the paved road itself")]
pub(crate) fn read_transaction<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<diesel::result::Error>,
{
    if matches!(conn, Conn::Postgres(_)) {
        return work(conn);
    }
    conn.transaction(work)
}

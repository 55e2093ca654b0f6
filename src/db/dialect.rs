//! The few sentences that must differ between the two databases, each with a name.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use super::Conn;

/// Which unique rule a statement broke: the name of the column or constraint, as far as the
/// database says it. SQLite says `UNIQUE constraint failed: accounts.mail_key`, PostgreSQL
/// `accounts_mail_key_key`; both contain the column's name.
pub(crate) fn violated(error: &Error) -> Option<String> {
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => Some(
            info.constraint_name()
                .map_or_else(|| info.message().to_owned(), ToOwned::to_owned),
        ),
        _ => None,
    }
}

/// Takes the row's lock for the rest of the transaction, where transactions run side by side.
/// SQLite's writers are alone already.
pub(crate) fn hold(conn: &mut Conn, table: &'static str, id: i64) -> QueryResult<()> {
    if let Conn::Postgres(postgres) = conn {
        diesel::sql_query(format!("SELECT id FROM {table} WHERE id = $1 FOR NO KEY UPDATE"))
            .bind::<diesel::sql_types::BigInt, _>(id)
            .execute(postgres)?;
    }
    Ok(())
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// In small letters, of every alphabet: what PostgreSQL does by itself, and SQLite only for English.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Teaches a connection to SQLite what [`lower`] means.
pub(super) fn teach_lower(conn: &mut SqliteConnection) -> QueryResult<()> {
    lower_utils::register_impl(conn, |text: String| text.to_lowercase())
}

#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    now: i64,
}

/// The database's own time in microseconds: the judge of leases, because the clocks of two nodes differ.
pub(crate) fn now(conn: &mut Conn) -> QueryResult<i64> {
    let sql = match conn {
        Conn::Postgres(_) => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now",
        Conn::Sqlite(_) => "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) AS now",
    };
    let row: Now = diesel::sql_query(sql).get_result(conn)?;
    Ok(row.now)
}

/// Hands out what the database learned to its planner; after a load that changed its size.
pub(crate) fn learn_sizes(conn: &mut Conn) -> QueryResult<()> {
    diesel::sql_query("ANALYZE").execute(conn)?;
    Ok(())
}

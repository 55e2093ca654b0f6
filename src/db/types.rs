//! The column types that mean the same on both databases: moments as microseconds, words as enums.

use diesel::sql_types::BigInt;
use diesel_derive_newtype::DieselNewType;
use jiff::Timestamp;
use serde::Serialize;

/// A moment: microseconds since 1970 UTC. Comes from [`crate::clock`] or from an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, DieselNewType)]
pub struct Moment(pub i64);

const _: fn() = || {
    // A moment travels as BIGINT, never as a database's own timestamp: those differ between the two.
    fn is_bigint<T: diesel::expression::AsExpression<BigInt>>() {}
    is_bigint::<Moment>();
};

impl Moment {
    pub const MICROS_PER_SECOND: i64 = 1_000_000;

    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(Self::MICROS_PER_SECOND))
    }

    pub fn seconds(self) -> i64 {
        self.0.div_euclid(Self::MICROS_PER_SECOND)
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * Self::MICROS_PER_SECOND)
    }

    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }

    /// Whole days since 1970 in UTC.
    pub fn day(self) -> i64 {
        self.seconds().div_euclid(86_400)
    }

    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Words in the database, enums in the code: one list, checked in both directions.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
            serde::Serialize, serde::Deserialize,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.word().to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let word = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                Self::from_word(&word).ok_or_else(|| format!("{} has no word {word:?}", stringify!($name)).into())
            }
        }
    };
}
pub(crate) use text_enum;

//! The numbers of things, each with a type of its own, so that a post's cannot be taken for a topic's.

macro_rules! ids {
    ($($name:ident),+ $(,)?) => {$(
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize,
            serde::Deserialize, diesel_derive_newtype::DieselNewType,
        )]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids!(
    AccountId,
    BoardId,
    DepartmentId,
    EventId,
    FileId,
    ImportId,
    InvitationId,
    PostId,
    ReviewId,
    SessionId,
    SpaceId,
    TagId,
    TopicId,
);

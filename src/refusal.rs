//! Why something was not done, in the forum's own terms. `web::error` gives each its page and status.

use crate::db::types::Moment;
use crate::i18n::Message;

pub type Result<T, E = Refusal> = std::result::Result<T, E>;

#[derive(Debug)]
pub enum Refusal {
    /// Absent or hidden: the two are told apart nowhere.
    NotFound,
    /// May be seen, may not be done, and here is why.
    Denied(Reason),
    /// What was typed cannot be taken as it is.
    Invalid(Problems),
    /// Somebody changed the same thing meanwhile.
    Conflict,
    /// This key has already made a post, from another text.
    AlreadyPosted(crate::ids::PostId),
    /// Too often; welcome again at this moment.
    TooSoon(Moment),
    /// Ours to mend. Logged with the request's id, shown as nothing but that id.
    Broken(Broken),
    /// The database is away, or its disk is full: nothing was done, try again.
    Away(String),
}

/// A failure with the chain of what caused it, kept as text so that it can travel between threads.
#[derive(Debug)]
pub struct Broken(pub String);

/// Why a visible thing may not be done. Each is a sentence `refusal-…` in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    SignInFirst,
    MembersOnly,
    SpaceArchived,
    BoardArchived,
    TopicClosed,
    NotTheAuthor,
    ModeratorsOnly,
    ManagersOnly,
    AdminsOnly,
    NotAQuestion,
    PostGone,
    OwnPost,
    KindNotHere,
    ByInvitationOnly,
    EmployeesOnly,
    LastManager,
    AlreadyMember,
    /// A silence in this space is not over.
    Silenced,
    /// A review about oneself, or of one's own flag or decision.
    OwnCase,
    AppealedAlready,
    UndoTooLate,
    PollEnded,
    /// A secret vote is final: nothing joins it to whoever gave it.
    VotedSecretly,
    PollHasVotes,
}

impl Reason {
    pub const ALL: &'static [Self] = &[
        Self::SignInFirst,
        Self::MembersOnly,
        Self::SpaceArchived,
        Self::BoardArchived,
        Self::TopicClosed,
        Self::NotTheAuthor,
        Self::ModeratorsOnly,
        Self::ManagersOnly,
        Self::AdminsOnly,
        Self::NotAQuestion,
        Self::PostGone,
        Self::OwnPost,
        Self::KindNotHere,
        Self::ByInvitationOnly,
        Self::EmployeesOnly,
        Self::LastManager,
        Self::AlreadyMember,
        Self::Silenced,
        Self::OwnCase,
        Self::AppealedAlready,
        Self::UndoTooLate,
        Self::PollEnded,
        Self::VotedSecretly,
        Self::PollHasVotes,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::SignInFirst => "refusal-sign-in-first",
            Self::MembersOnly => "refusal-members-only",
            Self::SpaceArchived => "refusal-space-archived",
            Self::BoardArchived => "refusal-board-archived",
            Self::TopicClosed => "refusal-topic-closed",
            Self::NotTheAuthor => "refusal-not-the-author",
            Self::ModeratorsOnly => "refusal-moderators-only",
            Self::ManagersOnly => "refusal-managers-only",
            Self::AdminsOnly => "refusal-admins-only",
            Self::NotAQuestion => "refusal-not-a-question",
            Self::PostGone => "refusal-post-gone",
            Self::OwnPost => "refusal-own-post",
            Self::KindNotHere => "refusal-kind-not-here",
            Self::ByInvitationOnly => "refusal-by-invitation-only",
            Self::EmployeesOnly => "refusal-employees-only",
            Self::LastManager => "refusal-last-manager",
            Self::AlreadyMember => "refusal-already-member",
            Self::Silenced => "refusal-silenced",
            Self::OwnCase => "refusal-own-case",
            Self::AppealedAlready => "refusal-appealed-already",
            Self::UndoTooLate => "refusal-undo-too-late",
            Self::PollEnded => "refusal-poll-ended",
            Self::VotedSecretly => "refusal-voted-secretly",
            Self::PollHasVotes => "refusal-poll-has-votes",
        }
    }
}

/// What is wrong with what was typed, each problem beside its field.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<(&'static str, Message)>);

impl Problems {
    pub fn one(field: &'static str, message: impl Into<Message>) -> Refusal {
        Refusal::Invalid(Self(vec![(field, message.into())]))
    }

    pub fn add(&mut self, field: &'static str, message: impl Into<Message>) {
        self.0.push((field, message.into()));
    }

    /// Nothing wrong: go on. Otherwise all of it at once.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(self))
        }
    }
}

impl Refusal {
    pub fn broken(source: impl std::fmt::Display) -> Self {
        Self::Broken(Broken(source.to_string()))
    }
}

/// A missing row is a mistake of ours unless the code asked with `.optional()`.
impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        let text = error.to_string();
        let away = match &error {
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Error::BrokenTransactionManager => true,
            // SQLite names neither as a kind of its own.
            Error::DatabaseError(..) => [
                "disk is full",
                "disk I/O error",
                "database is locked",
                "unable to open database",
                "readonly database",
                "terminating connection",
                "server closed the connection",
                "could not connect",
                "No space left on device",
                "could not extend file",
                "the database system is",
            ]
            .iter()
            .any(|sign| text.contains(sign)),
            _ => false,
        };
        if away {
            Self::Away(text)
        } else if text.contains("deadlock detected") {
            // Of two that waited for each other PostgreSQL lets one go on: to the other it is as if somebody
            // had changed the same thing meanwhile.
            Self::Conflict
        } else {
            Self::broken(text)
        }
    }
}

impl From<diesel::r2d2::PoolError> for Refusal {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Away(error.to_string())
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such thing, or you may not see it"),
            Self::Denied(reason) => write!(f, "not allowed: {reason:?}"),
            Self::Invalid(problems) => {
                f.write_str("this cannot be taken as it is:")?;
                for (field, message) in &problems.0 {
                    write!(f, " {field}: {}", message.key)?;
                }
                Ok(())
            }
            Self::Conflict => f.write_str("somebody changed the same thing meanwhile"),
            Self::AlreadyPosted(post) => write!(f, "already posted as {post}"),
            Self::TooSoon(_) => f.write_str("too often"),
            Self::Broken(Broken(what)) => f.write_str(what),
            Self::Away(what) => write!(f, "the database is away: {what}"),
        }
    }
}

impl std::error::Error for Refusal {}

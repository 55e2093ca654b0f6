//! Every verb of the forum, once: as a value for tables and tests, and as a type for proofs.

macro_rules! verbs {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verb { $($(#[$meta])* $name),+ }

        impl Verb {
            pub const ALL: &'static [Verb] = &[$(Verb::$name),+];
        }

        /// A verb as a type.
        pub trait Deed {
            const VERB: Verb;
        }

        /// The verbs as types: `May<deed::Reply, Post>`.
        pub mod deed {
            $(
                #[derive(Debug, Clone, Copy)]
                pub struct $name;
                impl super::Deed for $name {
                    const VERB: super::Verb = super::Verb::$name;
                }
            )+
        }
    };
}

verbs! {
    /// Know that it exists and read it.
    See,
    /// Know a space's name, size and managers, and nothing in it.
    SeeCard,
    /// Enter a space that one does not belong to, with a reason, for a while.
    Enter,
    SeeMembers,
    Join,
    AskToJoin,
    Leave,
    StartTopic,
    /// Start a topic in a board that keeps this to moderators, or an announcement.
    StartTopicAsModerator,
    Reply,
    Thank,
    Report,
    EditPost,
    /// Let all members edit one's own post, or keep it to oneself again.
    ShareEditing,
    SeeHistory,
    RemovePost,
    RestorePost,
    /// Read the text of a removed post.
    SeeRemoved,
    MarkAnswer,
    EditTopic,
    Close,
    Pin,
    Move,
    /// Read reports and decide about them.
    Moderate,
    /// Know that a review exists, and read everything about it.
    SeeReview,
    /// Take a review and decide it.
    DecideReview,
    /// Read the decision about oneself, and ask once to look again.
    SeeDecision,
    /// Read what was done in a space: which rule, and why.
    SeeLog,
    /// Whether a space, or the forum, grows: the totals that everybody who belongs may know.
    SeeTotals,
    /// Whether a space grows, and who is needed: figures that name nobody.
    SeeHealth,
    /// Settings, boards, members and roles of a space.
    Manage,
    /// Say something about oneself on one's own page: a name, a picture, a text.
    ShowOneself,
    /// Read the figures of moderation of the whole forum.
    SeeFigures,
    /// Say what the business case is computed from.
    KeepFigures,
    /// Make spaces; see people's administration.
    Administer,
}

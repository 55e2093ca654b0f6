//! The kinds of things and states, as words: the same on the page, in the code and in the tables.

use crate::db::types::text_enum;

text_enum! {
    pub enum AccountKind {
        Employee = "employee",
        Guest = "guest",
        /// Made by an import: cannot sign in, is never counted, suggested or mailed.
        Placeholder = "placeholder",
    }
}

text_enum! {
    pub enum Standing {
        Active = "active",
        Waiting = "waiting",
        Suspended = "suspended",
        Deactivated = "deactivated",
    }
}

text_enum! {
    pub enum ForumRole {
        None = "none",
        CommunityManager = "community_manager",
        WorksCouncil = "works_council",
        Admin = "admin",
    }
}

text_enum! {
    /// How a person likes to read a topic.
    pub enum View {
        Tree = "tree",
        Flat = "flat",
    }
}

text_enum! {
    /// Who reads a space.
    pub enum Visibility {
        Internal = "internal",
        Private = "private",
        Hybrid = "hybrid",
        Public = "public",
    }
}

text_enum! {
    /// How one becomes a member.
    pub enum Joining {
        Open = "open",
        Request = "request",
        Invitation = "invitation",
    }
}

text_enum! {
    pub enum SpaceRole {
        Member = "member",
        Moderator = "moderator",
        CommunityManager = "community_manager",
    }
}

impl SpaceRole {
    pub fn moderates(self) -> bool {
        matches!(self, Self::Moderator | Self::CommunityManager)
    }
}

text_enum! {
    pub enum WhoStarts {
        Members = "members",
        Moderators = "moderators",
    }
}

text_enum! {
    pub enum TopicKind {
        Discussion = "discussion",
        Question = "question",
        Case = "case",
        Announcement = "announcement",
        Introduction = "introduction",
    }
}

text_enum! {
    pub enum PostState {
        Published = "published",
        /// Waits for a moderator before anybody else sees it.
        Held = "held",
        Hidden = "hidden",
        RemovedByAuthor = "removed_by_author",
        RemovedByModerator = "removed_by_moderator",
    }
}

text_enum! {
    /// How a post's source is written.
    pub enum Format {
        Markdown = "markdown",
        /// A mail's plain text.
        Mail = "mail",
    }
}

text_enum! {
    /// How one chooses in a poll.
    pub enum PollKind {
        One = "one",
        Many = "many",
        /// In the order in which one wants them; counted by instant run-off.
        Ranked = "ranked",
    }
}

text_enum! {
    /// Why a post is reported.
    pub enum Report {
        OffTopic = "off_topic",
        Unkind = "unkind",
        WrongSpace = "wrong_space",
        Spam = "spam",
        PrivateData = "private_data",
        Other = "other",
    }
}

text_enum! {
    /// Why something is before the moderators.
    pub enum ReviewKind {
        /// Members flagged a post.
        Flag = "flag",
        /// A post waits before publication.
        Held = "held",
        /// The classifier takes a held post for spam.
        Spam = "spam",
        /// A post contains a phrase that is watched.
        Phrase = "phrase",
        /// Somebody asked for an account and confirmed the address.
        Account = "account",
        /// Somebody asks to look again at a decision about them.
        Appeal = "appeal",
        /// A moderator did something unasked: decided from the start.
        Act = "act",
    }
}

text_enum! {
    /// Who or what brought a review.
    pub enum ReviewSource {
        Member = "member",
        Rule = "rule",
        Author = "author",
        Moderator = "moderator",
    }
}

text_enum! {
    /// How moderators decide a review.
    pub enum Decision {
        /// Publishes what was held.
        Approve = "approve",
        /// Leaves what was flagged as it is.
        Keep = "keep",
        /// Takes out of sight; its author may still read and mend it.
        Hide = "hide",
        Remove = "remove",
        /// Removes it, and everything else that the account wrote in this space.
        Spam = "spam",
        /// Changes the text, and publishes it when it was held.
        Edit = "edit",
        Close = "close",
        /// Everybody replies in this topic at most once in so many minutes.
        Slow = "slow",
        Move = "move",
        /// Refuses an account that somebody asked for.
        Refuse = "refuse",
        /// The first decision was wrong: what it changed is put back.
        Overturn = "overturn",
        /// The first decision stands.
        Uphold = "uphold",
    }
}

impl Decision {
    /// Whether it found the flags right.
    pub fn upholds_flags(self) -> bool {
        !matches!(self, Self::Keep | Self::Approve | Self::Overturn)
    }

    /// Whether the author is owed a reason.
    pub fn needs_reason(self) -> bool {
        !matches!(self, Self::Keep | Self::Approve | Self::Overturn)
    }
}

text_enum! {
    /// A formal word to an account, or a limit on what it may do.
    pub enum SanctionKind {
        Warning = "warning",
        /// Reads this space and does not write in it.
        Silence = "silence",
        /// Does not enter the forum.
        Suspension = "suspension",
    }
}

text_enum! {
    /// What happened to a review.
    pub enum LineKind {
        Opened = "opened",
        Flagged = "flagged",
        Taken = "taken",
        Freed = "freed",
        Handed = "handed",
        Escalated = "escalated",
        Note = "note",
        /// Its author changed what is judged.
        Changed = "changed",
        Decided = "decided",
        Undone = "undone",
        Appealed = "appealed",
    }
}

text_enum! {
    /// What is held back before publication.
    pub enum HoldKind {
        /// The first posts of a guest; `amount` of them.
        GuestsFirst = "guests_first",
        EveryPost = "every_post",
        /// Posts with links by accounts younger than `amount` days.
        YoungLinks = "young_links",
        /// Posts of guests that carry a file or a picture.
        GuestsFiles = "guests_files",
    }
}

text_enum! {
    /// What happens to a post with a watched phrase.
    pub enum PhraseAct {
        Hold = "hold",
        Flag = "flag",
        Mask = "mask",
        Refuse = "refuse",
    }
}

text_enum! {
    /// What must happen, but not now. `jobs` has a file for each.
    pub enum JobKind {
        /// Bring one post in the search index up to date.
        IndexPost = "index_post",
        /// The same for all posts of a topic.
        IndexTopic = "index_topic",
        /// Tell the people whom an event concerns.
        Notify = "notify",
        /// Take away what somebody may no longer see.
        EndAccess = "end_access",
    }
}

text_enum! {
    /// What a line in somebody's inbox tells.
    pub enum InboxKind {
        Reply = "reply",
        Mention = "mention",
        Answer = "answer",
        /// My question, or one I follow, is solved.
        Solved = "solved",
        /// A post in what I follow.
        Followed = "followed",
        /// A topic began in what I follow.
        NewTopic = "new_topic",
        /// A bookmark of mine.
        Reminder = "reminder",
        /// Somebody thanked me for a post.
        Thanked = "thanked",
        Report = "report",
        JoinAsked = "join_asked",
        /// Somebody who manages a space wrote to me.
        Note = "note",
        /// Somebody who does not belong here entered with a reason.
        Entered = "entered",
        JoinRefused = "join_refused",
        Joined = "joined",
        Role = "role",
        /// A decision about my post or about me.
        Decided = "decided",
        /// How it ended with what I flagged.
        FlagEnded = "flag_ended",
    }
}

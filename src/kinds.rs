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
        Removed = "removed",
        Restored = "restored",
        Moved = "moved",
        Closed = "closed",
        Report = "report",
        JoinAsked = "join_asked",
        JoinRefused = "join_refused",
        Joined = "joined",
        Role = "role",
    }
}

//! What can happen here: the forum's verbs in the past tense. Rows of `events`, the source of every
//! figure; docs/events.md explains each in the words of the page. What follows from an event is
//! decided in `jobs::consequences`, in one match without a wildcard.

use serde_json::{Value, json};

use crate::db::types::text_enum;
use crate::ids::{AccountId, BoardId, DepartmentId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::TopicKind;

text_enum! {
    /// By which road a deed came in.
    pub enum Source {
        Page = "page",
        Mail = "mail",
        Import = "import",
        Demo = "demo",
        Command = "command",
        System = "system",
    }
}

text_enum! {
    /// What is read by some only, and written down for auditors when it is.
    pub enum PrivateThing {
        /// Who flagged, raw reasons and notes.
        Review = "review",
        /// What somebody else's post said before it was taken away.
        RemovedText = "removed_text",
        /// An account's address and sessions, by an admin.
        Account = "account",
        /// To whom letters went.
        Letters = "letters",
        Audit = "audit",
        /// Who flagged what, and what was said of it.
        Queue = "queue",
        /// A page, while a space is entered with a reason; by its address.
        EnteredPage = "entered_page",
        /// What is worth doing today in a space: a list with names.
        WorkList = "work_list",
        /// The same as a letter.
        MondayLetter = "monday_letter",
        /// What makes people champions of a space: those who let it be seen.
        Champions = "champions",
    }
}

/// Where a post stands: what every event about one carries.
#[derive(Debug, Clone, Copy)]
pub struct At {
    pub space: SpaceId,
    pub board: BoardId,
    pub topic: TopicId,
    pub post: PostId,
    pub parent: Option<PostId>,
    pub author: AccountId,
}

#[derive(Debug, Clone)]
pub enum Event {
    AccountCreated {
        account: AccountId,
        how: &'static str,
    },
    AccountDeactivated {
        account: AccountId,
    },
    AccountReactivated {
        account: AccountId,
    },
    ForumRoleGiven {
        account: AccountId,
        role: &'static str,
    },
    MailChanged {
        account: AccountId,
    },
    PasswordChanged {
        account: AccountId,
        how: &'static str,
    },
    ResetLinkIssued {
        account: AccountId,
    },
    ProfileChanged {
        account: AccountId,
    },
    InvitationCreated {
        space: Option<SpaceId>,
        uses: i64,
    },
    InvitationEnded {
        space: Option<SpaceId>,
    },
    StaffImported {
        people: i64,
    },
    /// What the forum is called, how it is entered, what it says of itself.
    SettingsChanged,
    SpaceCreated {
        space: SpaceId,
    },
    SpaceChanged {
        space: SpaceId,
        what: &'static str,
    },
    /// Somebody who does not belong to a space reads in it for a while.
    SpaceEntered {
        space: SpaceId,
        entry: i64,
        minutes: i64,
    },
    /// And left before the time was over.
    SpaceLeftEarly {
        space: SpaceId,
    },
    /// Somebody chose to be told more, or less, about something.
    Followed {
        space: SpaceId,
        kind: &'static str,
        level: &'static str,
    },
    GuidelinesAccepted {
        space: SpaceId,
        version: i64,
    },
    /// Something that is not for everybody who reads here was read by those whose task it is.
    PrivateRead {
        space: Option<SpaceId>,
        about: Option<AccountId>,
        what: PrivateThing,
        subject: i64,
        /// The address of a page, without what was asked of it.
        page: String,
    },
    SpaceArchived {
        space: SpaceId,
    },
    SpaceRestored {
        space: SpaceId,
    },
    JoinAsked {
        space: SpaceId,
    },
    JoinRefused {
        space: SpaceId,
        account: AccountId,
    },
    Joined {
        space: SpaceId,
        account: AccountId,
        how: &'static str,
    },
    Left {
        space: SpaceId,
        account: AccountId,
        how: &'static str,
    },
    RoleGiven {
        space: SpaceId,
        account: AccountId,
        role: &'static str,
    },
    RoleEnded {
        space: SpaceId,
        account: AccountId,
        role: &'static str,
    },
    BoardCreated {
        space: SpaceId,
        board: BoardId,
    },
    BoardChanged {
        space: SpaceId,
        board: BoardId,
    },
    BoardArchived {
        space: SpaceId,
        board: BoardId,
    },
    BoardRestored {
        space: SpaceId,
        board: BoardId,
    },
    TopicStarted {
        at: At,
        kind: &'static str,
    },
    TopicChanged {
        at: At,
        what: &'static str,
    },
    TopicClosed {
        at: At,
    },
    TopicReopened {
        at: At,
    },
    TopicSlowed {
        at: At,
        minutes: i64,
    },
    TopicPinned {
        at: At,
    },
    TopicUnpinned {
        at: At,
    },
    TopicMoved {
        at: At,
        from_space: SpaceId,
        from_board: BoardId,
    },
    Replied {
        at: At,
        parent_author: AccountId,
    },
    /// All members may edit a post, or no longer.
    EditingShared {
        at: At,
        wiki: bool,
    },
    /// About polls: what was voted is in no event.
    PollMade {
        at: At,
        poll: i64,
    },
    Voted {
        at: At,
        poll: i64,
    },
    PollEnded {
        at: At,
        poll: i64,
    },
    PollRemoved {
        at: At,
        poll: i64,
    },
    PostEdited {
        at: At,
        by_author: bool,
    },
    PostRemoved {
        at: At,
        by_author: bool,
    },
    PostRestored {
        at: At,
    },
    PostReported {
        at: At,
        reason: String,
    },
    Mentioned {
        at: At,
        account: AccountId,
    },
    Thanked {
        at: At,
    },
    ThankWithdrawn {
        at: At,
    },
    /// The moment came at which somebody wanted to be reminded of a post.
    Reminded {
        at: At,
        account: AccountId,
    },
    AnswerMarked {
        at: At,
        by_asker: bool,
    },
    AnswerUnmarked {
        at: At,
    },
    /// A branch became a topic; it is the place of the new topic.
    TopicSplit {
        at: At,
        from_topic: TopicId,
    },
    /// A topic became a branch of another, whose place it is.
    TopicsMerged {
        at: At,
        from_topic: TopicId,
    },
    PostReparented {
        at: At,
    },
    /// A post waits for a moderator before anybody else sees it.
    PostHeld {
        at: At,
        why: &'static str,
    },
    PostApproved {
        at: At,
    },
    ReviewDecided {
        space: SpaceId,
        topic: Option<TopicId>,
        post: Option<PostId>,
        review: ReviewId,
        about: Option<AccountId>,
        decision: &'static str,
        /// Done on the post's own page, and not in the queue, which writes the letter itself.
        by_act: bool,
    },
    ReviewUndone {
        space: SpaceId,
        review: ReviewId,
        about: Option<AccountId>,
    },
    ReviewEscalated {
        space: SpaceId,
        review: ReviewId,
    },
    /// Somebody took it, gave it back, handed it on or left a note.
    ReviewHandled {
        space: SpaceId,
        review: ReviewId,
        how: &'static str,
    },
    Appealed {
        space: SpaceId,
        review: ReviewId,
    },
    /// The audit left as a file.
    AuditExported {
        rows: i64,
    },
    Searched {
        found: i64,
    },
    /// An input of the business case is another now; shares from 0 to 1.
    CaseChanged {
        input: &'static str,
        low: f64,
        base: f64,
        high: f64,
    },
    /// Concept, target or calendar of a space changed; in which part.
    PlanChanged {
        space: SpaceId,
        what: &'static str,
    },
    /// Somebody said that they do, or do not, know about what they were taken to know about.
    ExpertiseCorrected {
        account: AccountId,
        knows: bool,
    },
    /// Somebody lets the managers of a space see what makes them a champion, or not any longer.
    ChampionChosen {
        space: SpaceId,
        account: AccountId,
        shows: bool,
    },
    /// Something on the list of what is worth doing is over: by whom, the event says; the item knows the reason.
    WorkEnded {
        space: SpaceId,
        item: i64,
        kind: &'static str,
        how: &'static str,
    },
    /// What somebody who manages a space wrote to somebody left; the words are in no event.
    NoteSent {
        space: SpaceId,
        topic: Option<TopicId>,
        account: AccountId,
        by: AccountId,
        note: i64,
    },
    /// Somebody chose to be on no list for a while, on none at all, or to be offered suggestions.
    ListsChosen {
        account: AccountId,
        paused: bool,
        objects: bool,
        suggestions: bool,
    },
    /// Figures of a space, or of the forum, left as a file.
    FiguresExported {
        space: Option<SpaceId>,
        format: &'static str,
        /// What for, in words of whoever took them; empty where nobody was asked.
        why: String,
    },
    /// So many could take part when a week ended: in a space, or in the whole forum.
    AudienceCounted {
        space: Option<SpaceId>,
        week: i64,
        people: i64,
    },
    /// Something that was written elsewhere came in: told as of the moment it was written, and counted nowhere
    /// but in views of history.
    BroughtIn {
        at: At,
        /// Of a topic, its kind; none of a reply.
        kind: Option<TopicKind>,
        /// Whom it was for, where it answers nothing that names them.
        to: Option<AccountId>,
        /// In which department its author worked then.
        department: Option<DepartmentId>,
    },
    Imported {
        space: SpaceId,
        topics: i64,
        posts: i64,
    },
}

/// An event as its row in the log, but for who, when and by which road.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) verb: &'static str,
    pub(crate) space: Option<SpaceId>,
    pub(crate) board: Option<BoardId>,
    pub(crate) topic: Option<TopicId>,
    pub(crate) post: Option<PostId>,
    pub(crate) parent: Option<PostId>,
    pub(crate) about: Option<AccountId>,
    pub(crate) particulars: Option<Value>,
}

impl Row {
    fn of(verb: &'static str) -> Self {
        Self {
            verb,
            ..Self::default()
        }
    }

    fn post(verb: &'static str, at: At) -> Self {
        Self {
            verb,
            space: Some(at.space),
            board: Some(at.board),
            topic: Some(at.topic),
            post: Some(at.post),
            parent: at.parent,
            about: Some(at.author),
            particulars: None,
        }
    }

    fn space(self, space: SpaceId) -> Self {
        Self {
            space: Some(space),
            ..self
        }
    }

    fn board(self, board: BoardId) -> Self {
        Self {
            board: Some(board),
            ..self
        }
    }

    fn about(self, account: AccountId) -> Self {
        Self {
            about: Some(account),
            ..self
        }
    }

    fn with(self, particulars: Value) -> Self {
        Self {
            particulars: Some(particulars),
            ..self
        }
    }
}

impl Event {
    pub(crate) fn row(&self) -> Row {
        match *self {
            Self::AccountCreated { account, how } => {
                Row::of("account_created").about(account).with(json!({ "how": how }))
            }
            Self::AccountDeactivated { account } => Row::of("account_deactivated").about(account),
            Self::AccountReactivated { account } => Row::of("account_reactivated").about(account),
            Self::ForumRoleGiven { account, role } => {
                Row::of("forum_role_given").about(account).with(json!({ "role": role }))
            }
            Self::MailChanged { account } => Row::of("mail_changed").about(account),
            Self::PasswordChanged { account, how } => {
                Row::of("password_changed").about(account).with(json!({ "how": how }))
            }
            Self::ResetLinkIssued { account } => Row::of("reset_link_issued").about(account),
            Self::ProfileChanged { account } => Row::of("profile_changed").about(account),
            Self::InvitationCreated { space, uses } => Row {
                space,
                ..Row::of("invitation_created").with(json!({ "uses": uses }))
            },
            Self::InvitationEnded { space } => Row {
                space,
                ..Row::of("invitation_ended")
            },
            Self::SettingsChanged => Row::of("settings_changed"),
            Self::StaffImported { people } => Row::of("staff_imported").with(json!({ "people": people })),
            Self::SpaceCreated { space } => Row::of("space_created").space(space),
            Self::SpaceChanged { space, what } => Row::of("space_changed").space(space).with(json!({ "what": what })),
            Self::SpaceEntered { space, entry, minutes } => Row::of("space_entered")
                .space(space)
                .with(json!({ "entry": entry, "minutes": minutes })),
            Self::SpaceLeftEarly { space } => Row::of("space_left_early").space(space),
            Self::Followed { space, kind, level } => Row::of("followed")
                .space(space)
                .with(json!({ "kind": kind, "level": level })),
            Self::GuidelinesAccepted { space, version } => Row::of("guidelines_accepted")
                .space(space)
                .with(json!({ "version": version })),
            Self::PrivateRead {
                space,
                about,
                what,
                subject,
                ref page,
            } => Row {
                space,
                about,
                ..Row::of("private_read").with(if page.is_empty() {
                    json!({ "what": what.word(), "subject": subject })
                } else {
                    json!({ "what": what.word(), "page": page })
                })
            },
            Self::SpaceArchived { space } => Row::of("space_archived").space(space),
            Self::SpaceRestored { space } => Row::of("space_restored").space(space),
            Self::JoinAsked { space } => Row::of("join_asked").space(space),
            Self::JoinRefused { space, account } => Row::of("join_refused").space(space).about(account),
            Self::Joined { space, account, how } => Row::of("joined")
                .space(space)
                .about(account)
                .with(json!({ "how": how })),
            Self::Left { space, account, how } => {
                Row::of("left").space(space).about(account).with(json!({ "how": how }))
            }
            Self::RoleGiven { space, account, role } => Row::of("role_given")
                .space(space)
                .about(account)
                .with(json!({ "role": role })),
            Self::RoleEnded { space, account, role } => Row::of("role_ended")
                .space(space)
                .about(account)
                .with(json!({ "role": role })),
            Self::BoardCreated { space, board } => Row::of("board_created").space(space).board(board),
            Self::BoardChanged { space, board } => Row::of("board_changed").space(space).board(board),
            Self::BoardArchived { space, board } => Row::of("board_archived").space(space).board(board),
            Self::BoardRestored { space, board } => Row::of("board_restored").space(space).board(board),
            Self::TopicStarted { at, kind } => Row::post("topic_started", at).with(json!({ "kind": kind })),
            Self::TopicChanged { at, what } => Row::post("topic_changed", at).with(json!({ "what": what })),
            Self::TopicClosed { at } => Row::post("topic_closed", at),
            Self::TopicSlowed { at, minutes } => Row::post("topic_slowed", at).with(json!({ "minutes": minutes })),
            Self::TopicReopened { at } => Row::post("topic_reopened", at),
            Self::TopicPinned { at } => Row::post("topic_pinned", at),
            Self::TopicUnpinned { at } => Row::post("topic_unpinned", at),
            Self::TopicMoved {
                at,
                from_space,
                from_board,
            } => Row::post("topic_moved", at).with(json!({ "from_space": from_space, "from_board": from_board })),
            Self::Replied { at, parent_author } => Row {
                about: Some(parent_author),
                ..Row::post("replied", at)
            },
            Self::EditingShared { at, wiki } => Row::post("editing_shared", at).with(json!({ "wiki": wiki })),
            Self::PollMade { at, poll } => Row::post("poll_made", at).with(json!({ "poll": poll })),
            Self::Voted { at, poll } => Row::post("voted", at).with(json!({ "poll": poll })),
            Self::PollEnded { at, poll } => Row::post("poll_ended", at).with(json!({ "poll": poll })),
            Self::PollRemoved { at, poll } => Row::post("poll_removed", at).with(json!({ "poll": poll })),
            Self::PostEdited { at, by_author } => Row::post("post_edited", at).with(json!({ "by_author": by_author })),
            Self::PostRemoved { at, by_author } => {
                Row::post("post_removed", at).with(json!({ "by_author": by_author }))
            }
            Self::PostRestored { at } => Row::post("post_restored", at),
            Self::PostReported { at, ref reason } => Row::post("post_reported", at).with(json!({ "reason": reason })),
            Self::Mentioned { at, account } => Row::post("mentioned", at).about(account),
            Self::Thanked { at } => Row::post("thanked", at),
            Self::Reminded { at, account } => Row::post("reminded", at).about(account),
            Self::ThankWithdrawn { at } => Row::post("thank_withdrawn", at),
            Self::AnswerMarked { at, by_asker } => Row::post("answer_marked", at).with(json!({ "by_asker": by_asker })),
            Self::AnswerUnmarked { at } => Row::post("answer_unmarked", at),
            Self::TopicSplit { at, from_topic } => {
                Row::post("topic_split", at).with(json!({ "from_topic": from_topic }))
            }
            Self::TopicsMerged { at, from_topic } => {
                Row::post("topics_merged", at).with(json!({ "from_topic": from_topic }))
            }
            Self::PostReparented { at } => Row::post("post_reparented", at),
            Self::PostHeld { at, why } => Row::post("post_held", at).with(json!({ "why": why })),
            Self::PostApproved { at } => Row::post("post_approved", at),
            Self::ReviewDecided {
                space,
                topic,
                post,
                review,
                about,
                decision,
                by_act,
            } => Row {
                topic,
                post,
                about,
                ..Row::of("review_decided")
                    .space(space)
                    .with(json!({ "review": review, "decision": decision, "act": by_act }))
            },
            Self::ReviewUndone { space, review, about } => Row {
                about,
                ..Row::of("review_undone").space(space).with(json!({ "review": review }))
            },
            Self::ReviewHandled { space, review, how } => Row::of("review_handled")
                .space(space)
                .with(json!({ "review": review, "how": how })),
            Self::ReviewEscalated { space, review } => Row::of("review_escalated")
                .space(space)
                .with(json!({ "review": review })),
            Self::Appealed { space, review } => Row::of("appealed").space(space).with(json!({ "review": review })),
            Self::AuditExported { rows } => Row::of("audit_exported").with(json!({ "rows": rows })),
            Self::FiguresExported { space, format, ref why } => Row {
                space,
                ..Row::of("figures_exported").with(json!({ "format": format, "why": why }))
            },
            Self::AudienceCounted { space, week, people } => Row {
                space,
                ..Row::of("audience_counted").with(json!({ "week": week, "people": people }))
            },
            Self::BroughtIn {
                at,
                kind,
                to,
                department,
            } => {
                let mut said = serde_json::Map::new();
                if let Some(kind) = kind {
                    said.insert("kind".to_owned(), json!(kind));
                }
                if let Some(to) = to {
                    said.insert("to".to_owned(), json!(to));
                }
                if let Some(department) = department {
                    said.insert("department".to_owned(), json!(department));
                }
                let verb = if kind.is_some() {
                    "topic_brought_in"
                } else {
                    "reply_brought_in"
                };
                Row::post(verb, at).with(Value::Object(said))
            }
            Self::Searched { found } => Row::of("searched").with(json!({ "found": found })),
            Self::CaseChanged { input, low, base, high } => {
                Row::of("case_changed").with(json!({ "input": input, "low": low, "base": base, "high": high }))
            }
            Self::ExpertiseCorrected { account, knows } => Row::of("expertise_corrected")
                .about(account)
                .with(json!({ "knows": knows })),
            Self::ChampionChosen { space, account, shows } => Row::of("champion_chosen")
                .space(space)
                .about(account)
                .with(json!({ "shows": shows })),
            Self::PlanChanged { space, what } => Row::of("plan_changed").space(space).with(json!({ "what": what })),
            Self::WorkEnded { space, item, kind, how } => Row::of("work_ended")
                .space(space)
                .with(json!({ "item": item, "kind": kind, "how": how })),
            Self::NoteSent {
                space,
                topic,
                account,
                by,
                note,
            } => Row {
                topic,
                ..Row::of("note_sent")
                    .space(space)
                    .about(account)
                    .with(json!({ "note": note, "by": by }))
            },
            Self::ListsChosen {
                account,
                paused,
                objects,
                suggestions,
            } => Row::of("lists_chosen").about(account).with(json!({
                "paused": paused, "objects": objects, "suggestions": suggestions
            })),
            Self::Imported { space, topics, posts } => Row::of("imported")
                .space(space)
                .with(json!({ "topics": topics, "posts": posts })),
        }
    }

    /// Whether somebody may see or do more or less than before.
    pub(crate) fn moves_access(&self) -> bool {
        matches!(
            self,
            Self::AccountCreated { .. }
                | Self::AccountDeactivated { .. }
                | Self::AccountReactivated { .. }
                | Self::ForumRoleGiven { .. }
                | Self::PasswordChanged { .. }
                | Self::SpaceCreated { .. }
                | Self::SpaceChanged { .. }
                | Self::SpaceArchived { .. }
                | Self::SpaceRestored { .. }
                | Self::Joined { .. }
                | Self::Left { .. }
                | Self::RoleGiven { .. }
                | Self::RoleEnded { .. }
                | Self::ProfileChanged { .. }
                | Self::MailChanged { .. }
                // What a board is called and whether it is open stands on pages kept for visitors.
                | Self::BoardChanged { .. }
                | Self::BoardArchived { .. }
                | Self::BoardRestored { .. }
        )
    }

    /// Whether a name or picture that stands on ready pages may have changed.
    pub(crate) fn moves_people(&self) -> bool {
        matches!(
            self,
            Self::ProfileChanged { .. }
                | Self::AccountDeactivated { .. }
                | Self::AccountReactivated { .. }
                | Self::RoleGiven { .. }
                | Self::RoleEnded { .. }
        )
    }

    /// What auditors read: acts of admins and moderators, and readings of what is private.
    pub(crate) fn is_audited(&self) -> bool {
        matches!(
            self,
            Self::AccountCreated { .. }
                | Self::AccountDeactivated { .. }
                | Self::AccountReactivated { .. }
                | Self::ForumRoleGiven { .. }
                | Self::MailChanged { .. }
                | Self::PasswordChanged { .. }
                | Self::ResetLinkIssued { .. }
                | Self::InvitationCreated { .. }
                | Self::InvitationEnded { .. }
                | Self::StaffImported { .. }
                | Self::SpaceCreated { .. }
                | Self::SpaceChanged { .. }
                | Self::SpaceEntered { .. }
                | Self::SpaceLeftEarly { .. }
                | Self::PrivateRead { .. }
                | Self::SpaceArchived { .. }
                | Self::SpaceRestored { .. }
                | Self::RoleGiven { .. }
                | Self::RoleEnded { .. }
                | Self::TopicMoved { .. }
                | Self::TopicClosed { .. }
                | Self::TopicReopened { .. }
                | Self::TopicSlowed { .. }
                | Self::TopicPinned { .. }
                | Self::TopicUnpinned { .. }
                | Self::PostReparented { .. }
                | Self::BoardCreated { .. }
                | Self::BoardChanged { .. }
                | Self::BoardArchived { .. }
                | Self::BoardRestored { .. }
                | Self::JoinRefused { .. }
                | Self::SettingsChanged
                | Self::AuditExported { .. }
                | Self::FiguresExported { .. }
                | Self::CaseChanged { .. }
                | Self::PlanChanged { .. }
                | Self::TopicSplit { .. }
                | Self::TopicsMerged { .. }
                | Self::ReviewDecided { .. }
                | Self::ReviewUndone { .. }
                | Self::ReviewEscalated { .. }
                | Self::ReviewHandled { .. }
                | Self::Left { how: "removed", .. }
                | Self::Imported { .. }
        )
    }
}

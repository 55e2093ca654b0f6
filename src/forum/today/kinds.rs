//! The kinds of things on the list, and what the model knows of each: what it is worth, how long it takes, when it
//! presses, whether it is compared, and by what it is judged. Numbers of ours, and a version of their own: whoever
//! changes one changes what is measured.

use crate::db::types::text_enum;
use crate::forum::metrics::models::worklist::Gain;

/// Goes up when a number below changes.
const VERSION: i64 = 2;

/// Under which numbers an item is made: those below, and those of the list that the operator sets, of which this is the
/// version. Every item keeps it, and only those of one version are compared.
pub fn version(of_list: i64) -> i64 {
    (VERSION - 1) * 1_000 + of_list
}

text_enum! {
    pub enum WorkKind {
        /// The first topic of somebody new has no reply.
        Newcomer = "newcomer",
        /// A question has no reply.
        Question = "question",
        /// Somebody joined and wrote nothing yet.
        Welcome = "welcome",
        /// Somebody of the inner rings is falling silent, by their own measure.
        Lapsing = "lapsing",
        /// Somebody reads often, wrote nothing yet, and wants suggestions.
        Reader = "reader",
        /// Questions wait in a board that somebody knows about who has not been here lately.
        Expert = "expert",
        /// A role is held for ten months.
        Role = "role",
        /// One person gives the first reply too often.
        Load = "load",
        /// Topics of one of the team that nobody answered: nobody waits, it is about how the team writes.
        OneWay = "one_way",
        /// A topic that many thanked for and that is not pinned.
        Feature = "feature",
        /// Two departments that care about the same and hardly answer each other.
        Bridge = "bridge",
        /// The sponsor has answered nobody for four weeks.
        Sponsor = "sponsor",
    }
}

text_enum! {
    /// What the lot said when an item was made.
    pub enum Arm {
        /// On the list.
        Shown = "shown",
        /// Recorded and never shown, to compare with.
        HeldBack = "held_back",
        /// On the list; those who know are proposed by what they wrote.
        Nearest = "nearest",
        /// On the list; of those who know, somebody of another department is proposed first.
        Elsewhere = "elsewhere",
    }
}

text_enum! {
    pub enum Ended {
        /// Somebody did something about it.
        Done = "done",
        Dismissed = "dismissed",
        /// It was over by itself.
        Over = "over",
    }
}

text_enum! {
    /// Why something is taken off the list without doing it.
    pub enum Reason {
        /// Dealt with outside the forum.
        Elsewhere = "elsewhere",
        NotNow = "not_now",
        /// What the item says is not so.
        Mistaken = "mistaken",
        /// Whoever it is about would not want it.
        Unwelcome = "unwelcome",
    }
}

/// What the lot decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// Half are held back.
    HalfHeldBack,
    /// All are shown; who is proposed first differs.
    WhoIsAsked,
    /// Nothing.
    None,
}

/// By what it is judged whether it came out well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// The one it is about writes within so many days.
    Writes(i64),
    /// Its topic has a reply within so many hours.
    Replied(i64),
    /// The one it is about answers somebody else within so many days.
    Answers(i64),
    /// One of the topics it speaks of has a reply of somebody else within so many days.
    AnyReplied(i64),
    /// Two people of the departments it is about, who said nothing to each other in the quarter before, reply to one
    /// another within so many days.
    Meets(i64),
    /// So many days later the one it is about does not give most of the first replies any more.
    Eased(i64),
    /// So many days later the one it is about does not hold the role any more, or holds it anew.
    HandedOn(i64),
}

impl WorkKind {
    pub const fn trial(self) -> Trial {
        match self {
            Self::Newcomer | Self::Question => Trial::WhoIsAsked,
            Self::Welcome
            | Self::Lapsing
            | Self::Reader
            | Self::Expert
            | Self::OneWay
            | Self::Feature
            | Self::Bridge => Trial::HalfHeldBack,
            // Whoever carries too much is helped, a role is not left to run out for the sake of a number, and sponsors are
            // too few.
            Self::Role | Self::Load | Self::Sponsor => Trial::None,
        }
    }

    pub const fn judged(self) -> Judged {
        match self {
            Self::Newcomer => Judged::Writes(30),
            Self::Question => Judged::Replied(24),
            Self::Welcome | Self::Expert => Judged::Writes(14),
            Self::Lapsing | Self::Reader => Judged::Writes(28),
            Self::Sponsor => Judged::Answers(14),
            Self::OneWay => Judged::AnyReplied(7),
            Self::Feature => Judged::Replied(14 * 24),
            Self::Bridge => Judged::Meets(28),
            Self::Load => Judged::Eased(28),
            Self::Role => Judged::HandedOn(120),
        }
    }

    pub const fn gain(self) -> Gain {
        match self {
            Self::Newcomer | Self::Welcome => Gain::Newcomer,
            Self::Lapsing | Self::Role | Self::Load => Gain::Core,
            Self::Question | Self::Expert | Self::OneWay | Self::Bridge | Self::Sponsor => Gain::Question,
            Self::Reader | Self::Feature => Gain::Reader,
        }
    }

    /// Minutes that it takes.
    pub const fn minutes(self) -> f64 {
        match self {
            Self::Newcomer | Self::Question => 4.0,
            Self::Welcome | Self::Reader | Self::Expert => 3.0,
            Self::Lapsing | Self::Sponsor => 5.0,
            Self::Feature => 6.0,
            Self::Role | Self::Load | Self::OneWay | Self::Bridge => 15.0,
        }
    }

    /// At which age it presses by half, and over how long that rises; in hours since it is so.
    pub const fn presses(self) -> (f64, f64) {
        match self {
            Self::Newcomer => (12.0, 4.0),
            Self::Question => (24.0, 8.0),
            Self::Welcome => (48.0, 24.0),
            Self::Expert => (72.0, 24.0),
            Self::Lapsing | Self::Reader => (7.0 * 24.0, 3.0 * 24.0),
            Self::Role | Self::Load | Self::OneWay | Self::Feature | Self::Bridge | Self::Sponsor => {
                (14.0 * 24.0, 7.0 * 24.0)
            }
        }
    }

    /// Days after which it is over by itself.
    pub const fn lasts(self) -> i64 {
        match self {
            Self::Newcomer | Self::Question => 60,
            Self::Welcome | Self::Expert | Self::Feature => 14,
            Self::Lapsing | Self::Reader | Self::Load | Self::OneWay | Self::Bridge | Self::Sponsor => 28,
            Self::Role => 120,
        }
    }

    /// Whether it is over when the one it is about writes.
    pub const fn ends_by_writing(self) -> bool {
        matches!(self, Self::Welcome | Self::Lapsing | Self::Reader | Self::Expert)
    }

    /// Whether it is over when the one it is about answers somebody else, and by nothing less.
    pub const fn ends_by_answering(self) -> bool {
        matches!(self, Self::Sponsor)
    }

    /// Whether it is somebody who waits for an answer.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Newcomer | Self::Question)
    }

    /// Whether one can write to somebody because of it.
    pub const fn can_write(self) -> bool {
        !matches!(
            self,
            Self::Role | Self::Load | Self::OneWay | Self::Feature | Self::Bridge
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_never_held_back() {
        for kind in WorkKind::ALL {
            assert!(
                !(kind.waits() && kind.trial() == Trial::HalfHeldBack),
                "{}",
                kind.word()
            );
            assert!(kind.minutes() > 0.0 && kind.lasts() > 0);
            // Each is judged, and before it is over.
            match kind.judged() {
                Judged::Answers(days)
                | Judged::AnyReplied(days)
                | Judged::Meets(days)
                | Judged::Eased(days)
                | Judged::HandedOn(days) => assert!(days <= kind.lasts()),
                Judged::Writes(days) => assert!(days <= kind.lasts().max(30)),
                Judged::Replied(hours) => assert!(hours <= kind.lasts() * 24),
            }
        }
    }
}

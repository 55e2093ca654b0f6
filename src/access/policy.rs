//! The one rule. Pure: everything it looks at is in its arguments. The matrix that
//! `tests/suite/access` prints from it is what people review.

use super::place::{Place, ReviewFacts};
use super::verb::Verb;
use super::viewer::Person;
use super::viewer::Viewer;
use crate::ids::SpaceId;
use crate::kinds::{AccountKind, ForumRole, Joining, PostState, SpaceRole, Visibility, WhoStarts};
use crate::refusal::Reason;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    /// Looks exactly like absent.
    Hide,
    Deny(Reason),
}

use Verdict::{Allow, Deny, Hide};

/// May this viewer do this here? A missing fact never allows.
pub fn decide(viewer: &Viewer, verb: Verb, place: &Place) -> Verdict {
    if matches!(viewer, Viewer::System(_)) {
        return Allow;
    }
    let Some(space) = &place.space else {
        return on_the_forum(viewer, verb);
    };
    if verb == Verb::SeeCard {
        return if sees(viewer, place) || answers_for_the_forum(viewer) {
            Allow
        } else {
            Hide
        };
    }
    // The glass that is broken: only where one is outside, by those who answer for the forum.
    if verb == Verb::Enter {
        return if answers_for_the_forum(viewer) && !sees(viewer, place) {
            Allow
        } else {
            Hide
        };
    }
    if matches!(verb, Verb::SeeReview | Verb::DecideReview | Verb::SeeDecision) {
        return match place.review {
            Some(review) => on_a_review(viewer, verb, space.id, review),
            None => Hide,
        };
    }
    // To act is to see, always first.
    if !sees(viewer, place) {
        return Hide;
    }
    if verb == Verb::See {
        return Allow;
    }
    let Viewer::Person(person) = viewer else {
        return Deny(Reason::SignInFirst);
    };
    let role = person.role_in(space.id);
    let member = role.is_some();
    let moderates = role.is_some_and(SpaceRole::moderates);
    let manages = role == Some(SpaceRole::CommunityManager);
    let own_topic = place.topic.is_some_and(|topic| topic.author == person.id);
    let own_post = place.post.is_some_and(|post| post.author == person.id);
    let state = place.post.map(|post| post.state);

    // What only looks.
    match verb {
        Verb::SeeMembers => return Allow,
        Verb::SeeHistory => {
            return match state {
                Some(PostState::Published) => Allow,
                Some(_) if moderates => Allow,
                _ => Hide,
            };
        }
        Verb::SeeRemoved => {
            return match state {
                Some(_) if moderates => Allow,
                Some(PostState::Held | PostState::Hidden | PostState::RemovedByModerator) if own_post => Allow,
                _ => Hide,
            };
        }
        Verb::Moderate => return if moderates { Allow } else { Hide },
        Verb::SeeLog => {
            return if member || person.entered.contains_key(&space.id) {
                Allow
            } else {
                Hide
            };
        }
        Verb::SeeTotals => {
            return if member || answers_for_the_forum(viewer) {
                Allow
            } else {
                Hide
            };
        }
        Verb::SeeHealth => {
            return if manages || answers_for_the_forum(viewer) {
                Allow
            } else {
                Hide
            };
        }
        Verb::Manage => return if manages { Allow } else { Deny(Reason::ManagersOnly) },
        _ => {}
    }

    // What changes something, in an order that names the reason which helps most.
    match verb {
        Verb::Join | Verb::AskToJoin if member => return Deny(Reason::AlreadyMember),
        Verb::Leave => return if member { Allow } else { Deny(Reason::MembersOnly) },
        // Looking in for an hour is no way to stay.
        Verb::Join | Verb::AskToJoin if person.entered.contains_key(&space.id) => {
            return Deny(Reason::ByInvitationOnly);
        }
        Verb::Join | Verb::AskToJoin if space.archived => return Deny(Reason::SpaceArchived),
        Verb::Join => {
            return match space.joining {
                Joining::Open if may_belong(viewer, space.visibility) => Allow,
                Joining::Open => Deny(Reason::EmployeesOnly),
                Joining::Request | Joining::Invitation => Deny(Reason::ByInvitationOnly),
            };
        }
        Verb::AskToJoin => {
            return match space.joining {
                Joining::Request if may_belong(viewer, space.visibility) => Allow,
                Joining::Request => Deny(Reason::EmployeesOnly),
                _ => Deny(Reason::ByInvitationOnly),
            };
        }
        _ => {}
    }
    let gone = state.is_some_and(|state| state != PostState::Published);
    if !member {
        // A word to the moderators is open to everyone who reads what it is about.
        return match verb {
            Verb::Report if gone => Deny(Reason::PostGone),
            // Whoever looks in for an hour does nothing.
            Verb::Report if person.entered.contains_key(&space.id) => Deny(Reason::MembersOnly),
            Verb::Report => Allow,
            _ => Deny(Reason::MembersOnly),
        };
    }
    if space.archived {
        return Deny(Reason::SpaceArchived);
    }
    if place.board.is_some_and(|board| board.archived) && verb != Verb::Report {
        return Deny(Reason::BoardArchived);
    }
    let closed = place.topic.is_some_and(|topic| topic.closed);
    // Whoever is silenced reads, and may take back what they wrote.
    if person.silenced.contains_key(&space.id)
        && matches!(
            verb,
            Verb::StartTopic
                | Verb::StartTopicAsModerator
                | Verb::Reply
                | Verb::EditPost
                | Verb::ShareEditing
                | Verb::RestorePost
                | Verb::EditTopic
                | Verb::MarkAnswer
        )
    {
        return Deny(Reason::Silenced);
    }

    match verb {
        Verb::StartTopicAsModerator => {
            if moderates {
                Allow
            } else {
                Deny(Reason::ModeratorsOnly)
            }
        }
        Verb::StartTopic => match place.board.map(|board| board.who_starts) {
            Some(WhoStarts::Members) => Allow,
            Some(WhoStarts::Moderators) if moderates => Allow,
            Some(WhoStarts::Moderators) => Deny(Reason::ModeratorsOnly),
            None => Hide,
        },
        Verb::Reply if closed && !moderates => Deny(Reason::TopicClosed),
        Verb::Reply if gone => Deny(Reason::PostGone),
        Verb::Reply => Allow,
        Verb::Thank if gone => Deny(Reason::PostGone),
        Verb::Thank if own_post => Deny(Reason::OwnPost),
        Verb::Thank => Allow,
        Verb::Report if own_post => Deny(Reason::OwnPost),
        Verb::Report if gone => Deny(Reason::PostGone),
        Verb::Report => Allow,
        Verb::EditPost if gone => Deny(Reason::PostGone),
        Verb::EditPost if moderates => Allow,
        Verb::EditPost if own_post && closed => Deny(Reason::TopicClosed),
        Verb::EditPost if own_post => Allow,
        Verb::EditPost if place.post.is_some_and(|post| post.wiki) && closed => Deny(Reason::TopicClosed),
        Verb::EditPost if place.post.is_some_and(|post| post.wiki) => Allow,
        Verb::EditPost => Deny(Reason::NotTheAuthor),
        Verb::ShareEditing if gone => Deny(Reason::PostGone),
        Verb::ShareEditing if own_post && closed => Deny(Reason::TopicClosed),
        Verb::ShareEditing if own_post => Allow,
        Verb::ShareEditing => Deny(Reason::NotTheAuthor),
        Verb::RemovePost if gone => Deny(Reason::PostGone),
        Verb::RemovePost if moderates || own_post => Allow,
        Verb::RemovePost => Deny(Reason::NotTheAuthor),
        Verb::RestorePost => match state {
            Some(PostState::RemovedByAuthor) if own_post => Allow,
            // Nobody undoes what a colleague decided about them.
            Some(PostState::RemovedByModerator | PostState::Hidden) if moderates && !own_post => Allow,
            _ => Deny(Reason::ModeratorsOnly),
        },
        Verb::MarkAnswer => match place.topic {
            Some(topic) if !topic.question => Deny(Reason::NotAQuestion),
            Some(_) if gone || place.post.is_some_and(|post| post.first) => Deny(Reason::PostGone),
            Some(_) if own_topic || moderates => Allow,
            _ => Deny(Reason::NotTheAuthor),
        },
        Verb::EditTopic if moderates => Allow,
        Verb::EditTopic if own_topic && closed => Deny(Reason::TopicClosed),
        Verb::EditTopic if own_topic => Allow,
        Verb::EditTopic => Deny(Reason::NotTheAuthor),
        Verb::Close | Verb::Pin | Verb::Move if moderates => Allow,
        Verb::Close | Verb::Pin | Verb::Move => Deny(Reason::ModeratorsOnly),
        _ => Hide,
    }
}

/// A review is for those who moderate its space today, and for admins when one of them asked for help.
/// Nobody decides about themselves, about their own flag, or on an appeal against their own decision.
fn on_a_review(viewer: &Viewer, verb: Verb, space: SpaceId, review: ReviewFacts) -> Verdict {
    let Viewer::Person(person) = viewer else {
        return Hide;
    };
    if verb == Verb::SeeDecision {
        return if review.about == Some(person.id) { Allow } else { Hide };
    }
    // Who flagged one's own post, and what colleagues say of it, is not for oneself.
    if review.about == Some(person.id) {
        return Hide;
    }
    let moderates = person.role_in(space).is_some_and(SpaceRole::moderates);
    if !(moderates || review.escalated && viewer.is_admin()) {
        return Hide;
    }
    if verb == Verb::SeeReview {
        return Allow;
    }
    let own = review.flagged_by_viewer || review.decided_first_by == Some(person.id);
    if own { Deny(Reason::OwnCase) } else { Allow }
}

fn on_the_forum(viewer: &Viewer, verb: Verb) -> Verdict {
    match (viewer, verb) {
        (Viewer::Person(person), Verb::Administer) => match person.forum_role {
            ForumRole::Admin => Allow,
            _ => Hide,
        },
        // Everybody who works here; guests are of their spaces.
        (Viewer::Person(person), Verb::SeeTotals) => {
            if person.kind == AccountKind::Employee {
                Allow
            } else {
                Hide
            }
        }
        (Viewer::Person(person), Verb::SeeFigures) => match person.forum_role {
            ForumRole::Admin | ForumRole::CommunityManager | ForumRole::WorksCouncil => Allow,
            ForumRole::None => Hide,
        },
        // The works council reads, and decides nothing here.
        (Viewer::Person(person), Verb::KeepFigures) => match person.forum_role {
            ForumRole::Admin | ForumRole::CommunityManager => Allow,
            ForumRole::WorksCouncil => Deny(Reason::ManagersOnly),
            ForumRole::None => Hide,
        },
        // A profile is no road around a silence.
        (Viewer::Person(person), Verb::ShowOneself) => {
            if person.silenced.is_empty() {
                Allow
            } else {
                Deny(Reason::Silenced)
            }
        }
        _ => Hide,
    }
}

fn answers_for_the_forum(viewer: &Viewer) -> bool {
    viewer.person().is_some_and(|person| person.answers_for_the_forum())
}

/// Whether the viewer reads this space, and then this post in it.
fn sees(viewer: &Viewer, place: &Place) -> bool {
    let Some(space) = &place.space else {
        return false;
    };
    if !reads_space(viewer, space.id, space.visibility) {
        return false;
    }
    match (place.post.map(|post| (post.state, post.author)), viewer) {
        // A held post is its author's and the moderators' until it is approved.
        (Some((PostState::Held, author)), Viewer::Person(person)) => {
            person.id == author || person.role_in(space.id).is_some_and(SpaceRole::moderates)
        }
        (Some((PostState::Held, _)), _) => false,
        _ => true,
    }
}

/// Reading is decided on the space and nowhere lower.
pub fn reads_space(viewer: &Viewer, id: SpaceId, visibility: Visibility) -> bool {
    match viewer {
        Viewer::System(_) => true,
        Viewer::Visitor => visibility == Visibility::Public,
        Viewer::Person(person) => person_reads(person, id, visibility),
    }
}

pub fn person_reads(person: &Person, id: SpaceId, visibility: Visibility) -> bool {
    let belongs = person.role_in(id).is_some() || person.entered.contains_key(&id);
    account_reads(person.kind, belongs, visibility)
}

/// The same of an account that may enter: `belongs` as a member, or for a while with a reason.
pub fn account_reads(kind: AccountKind, belongs: bool, visibility: Visibility) -> bool {
    let employee = kind == AccountKind::Employee;
    match visibility {
        Visibility::Public => true,
        Visibility::Internal => employee,
        Visibility::Private => employee && belongs,
        Visibility::Hybrid => belongs,
    }
}

/// Whether the viewer's kind of account may be a member of such a space.
pub fn may_belong(viewer: &Viewer, visibility: Visibility) -> bool {
    match viewer {
        Viewer::Visitor => false,
        Viewer::System(_) => true,
        Viewer::Person(person) => kind_may_belong(person.kind, visibility),
    }
}

pub fn kind_may_belong(kind: AccountKind, visibility: Visibility) -> bool {
    match visibility {
        Visibility::Internal | Visibility::Private => kind == AccountKind::Employee,
        Visibility::Hybrid | Visibility::Public => kind != AccountKind::Placeholder,
    }
}

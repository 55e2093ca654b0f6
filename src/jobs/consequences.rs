//! What follows from each event, in one match without a wildcard: a new event does not compile until
//! somebody has said what follows from it.

use crate::event::Event;
use crate::ids::EventId;
use crate::kinds::JobKind;

pub fn of(event: &Event, id: EventId) -> Vec<(JobKind, i64)> {
    let notify = (JobKind::Notify, id.0);
    match *event {
        Event::TopicStarted { at, .. } | Event::PostEdited { at, .. } => vec![(JobKind::IndexPost, at.post.0)],
        Event::Replied { at, .. } => vec![(JobKind::IndexPost, at.post.0), notify],
        Event::PostRemoved { at, by_author } => {
            let index = if at.parent.is_none() {
                (JobKind::IndexTopic, at.topic.0)
            } else {
                (JobKind::IndexPost, at.post.0)
            };
            if by_author { vec![index] } else { vec![index, notify] }
        }
        Event::PostRestored { at } => {
            let index = if at.parent.is_none() {
                (JobKind::IndexTopic, at.topic.0)
            } else {
                (JobKind::IndexPost, at.post.0)
            };
            vec![index, notify]
        }
        Event::TopicChanged { at, .. } => vec![(JobKind::IndexTopic, at.topic.0)],
        Event::TopicMoved { at, .. } => vec![(JobKind::IndexTopic, at.topic.0), notify],
        Event::Mentioned { .. }
        | Event::AnswerMarked { .. }
        | Event::TopicClosed { .. }
        | Event::PostReported { .. }
        | Event::JoinAsked { .. }
        | Event::JoinRefused { .. }
        | Event::RoleGiven { .. } => vec![notify],
        Event::Joined { how, .. } => {
            // Who joined by themselves knows.
            if matches!(how, "let_in" | "invited" | "welcomed") {
                vec![notify]
            } else {
                vec![]
            }
        }
        Event::Left { space, .. } | Event::RoleEnded { space, .. } => vec![(JobKind::EndAccess, space.0)],
        Event::AccountCreated { .. }
        | Event::AccountDeactivated { .. }
        | Event::AccountReactivated { .. }
        | Event::ForumRoleGiven { .. }
        | Event::MailChanged { .. }
        | Event::PasswordChanged { .. }
        | Event::ResetLinkIssued { .. }
        | Event::ProfileChanged { .. }
        | Event::InvitationCreated { .. }
        | Event::InvitationEnded { .. }
        | Event::StaffImported { .. }
        | Event::SpaceCreated { .. }
        | Event::SpaceChanged { .. }
        | Event::SpaceArchived { .. }
        | Event::SpaceRestored { .. }
        | Event::BoardCreated { .. }
        | Event::BoardChanged { .. }
        | Event::BoardArchived { .. }
        | Event::BoardRestored { .. }
        | Event::TopicReopened { .. }
        | Event::TopicPinned { .. }
        | Event::TopicUnpinned { .. }
        | Event::Thanked { .. }
        | Event::ThankWithdrawn { .. }
        | Event::AnswerUnmarked { .. }
        | Event::Searched { .. }
        | Event::Imported { .. } => vec![],
    }
}

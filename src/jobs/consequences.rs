//! What follows from each event, in one match without a wildcard: a new event does not compile until
//! somebody has said what follows from it.

use crate::event::Event;
use crate::ids::EventId;
use crate::kinds::JobKind;

pub fn of(event: &Event, id: EventId) -> Vec<(JobKind, i64)> {
    let notify = (JobKind::Notify, id.0);
    match *event {
        Event::PostEdited { at, .. } => vec![(JobKind::IndexPost, at.post.0)],
        Event::TopicStarted { at, .. } | Event::Replied { at, .. } => vec![(JobKind::IndexPost, at.post.0), notify],
        Event::TopicChanged { at, .. } => vec![(JobKind::IndexTopic, at.topic.0)],
        Event::Mentioned { .. }
        | Event::AnswerMarked { .. }
        | Event::Thanked { .. }
        | Event::Reminded { .. }
        | Event::PostReported { .. }
        | Event::JoinAsked { .. }
        | Event::SpaceEntered { .. }
        | Event::JoinRefused { .. }
        | Event::ReviewDecided { .. }
        | Event::ReviewUndone { .. }
        | Event::NoteSent { .. }
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
        | Event::SettingsChanged
        | Event::SpaceCreated { .. }
        | Event::SpaceChanged { .. }
        | Event::SpaceLeftEarly { .. }
        | Event::GuidelinesAccepted { .. }
        | Event::Followed { .. }
        | Event::PrivateRead { .. }
        | Event::SpaceArchived { .. }
        | Event::SpaceRestored { .. }
        | Event::BoardCreated { .. }
        | Event::BoardChanged { .. }
        | Event::BoardArchived { .. }
        | Event::BoardRestored { .. }
        | Event::TopicReopened { .. }
        | Event::TopicSlowed { .. }
        | Event::TopicPinned { .. }
        | Event::TopicUnpinned { .. }
        | Event::ThankWithdrawn { .. }
        | Event::AnswerUnmarked { .. }
        // Whoever moderates sees it in the queue; the author sees that it waits.
        // The index follows a post's state and place, whoever changed them; whom it concerns is told of
        // the decision.
        | Event::PostRemoved { .. }
        | Event::PostRestored { .. }
        | Event::TopicClosed { .. }
        | Event::TopicMoved { .. }
        | Event::AuditExported { .. }
        | Event::TopicSplit { .. }
        | Event::TopicsMerged { .. }
        | Event::PostReparented { .. }
        | Event::PostHeld { .. }
        | Event::PostApproved { .. }
        | Event::ReviewEscalated { .. }
        | Event::ReviewHandled { .. }
        | Event::EditingShared { .. }
        | Event::PollMade { .. }
        | Event::Voted { .. }
        | Event::PollEnded { .. }
        | Event::PollRemoved { .. }
        | Event::Appealed { .. }
        | Event::Searched { .. }
        | Event::AudienceCounted { .. }
        | Event::FiguresExported { .. }
        | Event::BroughtIn { .. }
        | Event::WorkEnded { .. }
        | Event::CaseChanged { .. }
        | Event::PlanChanged { .. }
        | Event::ExpertiseCorrected { .. }
        | Event::ChampionChosen { .. }
        | Event::ListsChosen { .. }
        | Event::Imported { .. } => vec![],
    }
}

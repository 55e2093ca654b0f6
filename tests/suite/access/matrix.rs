//! The matrix: who may do what where, printed from the policy itself. A change of it is a change of
//! the rules, and is reviewed as one.

use std::collections::HashMap;
use std::fmt::Write as _;

use aquarium::access::{
    BoardFacts, Person, Place, PostFacts, ReviewFacts, SpaceFacts, TopicFacts, Verb, Verdict, Viewer, decide,
};
use aquarium::db::types::Moment;
use aquarium::ids::{AccountId, SpaceId};
use aquarium::kinds::{AccountKind, ForumRole, Joining, PostState, SpaceRole, View, Visibility, WhoStarts};

use crate::Rule;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        ("access::the_matrix_is_as_reviewed", reviewed),
        ("access::to_act_is_to_see", act_is_see),
    ]
}

const HERE: SpaceId = SpaceId(1);
const AUTHOR: AccountId = AccountId(7);

fn person(id: i64, kind: AccountKind, forum_role: ForumRole, role: Option<SpaceRole>) -> Viewer {
    Viewer::Person(Box::new(Person {
        id: AccountId(id),
        kind,
        forum_role,
        department: None,
        name: "x".to_owned(),
        display_name: "X".to_owned(),
        picture: None,
        language: "en".to_owned(),
        time_zone: "UTC".to_owned(),
        view: View::Tree,
        read_before: Moment(0),
        seen_inbox_at: Moment(0),
        joined: HashMap::new(),
        silenced: HashMap::new(),
        entered: HashMap::new(),
        accepted: HashMap::new(),
        memberships: role.map(|role| (HERE, role)).into_iter().collect::<HashMap<_, _>>(),
        readable: Vec::new(),
        until: None,
    }))
}

/// An admin who is no member and entered by giving a reason.
fn entered() -> Viewer {
    match person(11, AccountKind::Employee, ForumRole::Admin, None) {
        Viewer::Person(mut person) => {
            person.entered.insert(HERE, Moment(1));
            Viewer::Person(person)
        }
        other => other,
    }
}

/// A member whose silence here is not over.
fn silenced() -> Viewer {
    match person(12, AccountKind::Employee, ForumRole::None, Some(SpaceRole::Member)) {
        Viewer::Person(mut person) => {
            person.silenced.insert(HERE, Moment(1));
            Viewer::Person(person)
        }
        other => other,
    }
}

fn cast() -> Vec<(&'static str, Viewer)> {
    use AccountKind::{Employee, Guest};
    let none = ForumRole::None;
    vec![
        ("visitor", Viewer::Visitor),
        ("guest elsewhere", person(1, Guest, none, None)),
        ("guest here", person(2, Guest, none, Some(SpaceRole::Member))),
        ("employee", person(3, Employee, none, None)),
        ("member", person(4, Employee, none, Some(SpaceRole::Member))),
        ("silenced", silenced()),
        ("author", person(7, Employee, none, Some(SpaceRole::Member))),
        ("moderator", person(5, Employee, none, Some(SpaceRole::Moderator))),
        ("manager", person(6, Employee, none, Some(SpaceRole::CommunityManager))),
        ("admin elsewhere", person(8, Employee, ForumRole::Admin, None)),
        ("forum manager", person(10, Employee, ForumRole::CommunityManager, None)),
        ("admin who entered", entered()),
        ("works council", person(9, Employee, ForumRole::WorksCouncil, None)),
    ]
}

fn space(visibility: Visibility) -> SpaceFacts {
    SpaceFacts {
        id: HERE,
        visibility,
        joining: if visibility == Visibility::Private {
            Joining::Request
        } else {
            Joining::Open
        },
        archived: false,
    }
}

fn places() -> Vec<(String, Place)> {
    let mut all = vec![("the forum".to_owned(), Place::forum())];
    for visibility in Visibility::ALL {
        all.push((format!("{} space", visibility.word()), Place::space(space(*visibility))));
    }
    let board = BoardFacts {
        archived: false,
        who_starts: WhoStarts::Members,
    };
    let topic = TopicFacts {
        author: AUTHOR,
        closed: false,
        question: true,
        announcement: false,
        imported: false,
    };
    let within = |visibility| Place::space(space(visibility)).board(board).topic(topic);
    for (name, visibility, state) in [
        ("published post, internal", Visibility::Internal, PostState::Published),
        ("published post, private", Visibility::Private, PostState::Published),
        ("published post, hybrid", Visibility::Hybrid, PostState::Published),
        ("published post, public", Visibility::Public, PostState::Published),
        ("held post, internal", Visibility::Internal, PostState::Held),
        (
            "removed by a moderator, internal",
            Visibility::Internal,
            PostState::RemovedByModerator,
        ),
        (
            "removed by its author, internal",
            Visibility::Internal,
            PostState::RemovedByAuthor,
        ),
    ] {
        let post = PostFacts {
            author: AUTHOR,
            state,
            first: false,
            wiki: false,
        };
        all.push((name.to_owned(), within(visibility).post(post)));
    }
    let together = PostFacts {
        author: AUTHOR,
        state: PostState::Published,
        first: false,
        wiki: true,
    };
    all.push((
        "a post that members edit together, internal".to_owned(),
        within(Visibility::Internal).post(together),
    ));
    let post = PostFacts {
        author: AUTHOR,
        state: PostState::Published,
        first: false,
        wiki: false,
    };
    let review = |about, escalated, decided_first_by| {
        Place::space(space(Visibility::Private)).review(ReviewFacts {
            about: Some(about),
            escalated,
            decided_first_by,
            flagged_by_viewer: false,
        })
    };
    all.push((
        "review of the moderator's own flag, private".to_owned(),
        Place::space(space(Visibility::Private)).review(ReviewFacts {
            about: Some(AUTHOR),
            escalated: false,
            decided_first_by: None,
            flagged_by_viewer: true,
        }),
    ));
    all.push(("review, private".to_owned(), review(AUTHOR, false, None)));
    all.push(("review, private, escalated".to_owned(), review(AUTHOR, true, None)));
    all.push((
        "appeal against the author's decision, private".to_owned(),
        review(AccountId(777), false, Some(AUTHOR)),
    ));
    let closed = TopicFacts { closed: true, ..topic };
    all.push((
        "published post, internal, closed topic".to_owned(),
        Place::space(space(Visibility::Internal))
            .board(board)
            .topic(closed)
            .post(post),
    ));
    all.push((
        "published post, internal, archived space".to_owned(),
        Place::space(SpaceFacts {
            archived: true,
            ..space(Visibility::Internal)
        })
        .board(board)
        .topic(topic)
        .post(post),
    ));
    all
}

fn reviewed() {
    let cast = cast();
    let mut text = String::from("A allowed · . looks absent · - refused with a reason\n");
    for (name, place) in places() {
        writeln!(text, "\n{name}").expect("a string");
        let heads: Vec<&str> = cast.iter().map(|(name, _)| *name).collect();
        writeln!(text, "{:24}{}", "", heads.join(" | ")).expect("a string");
        for verb in Verb::ALL {
            let line: Vec<String> = cast
                .iter()
                .map(|(name, viewer)| {
                    let mark = match decide(viewer, *verb, &place) {
                        Verdict::Allow => "A",
                        Verdict::Hide => ".",
                        Verdict::Deny(_) => "-",
                    };
                    format!("{mark:^width$}", width = name.len())
                })
                .collect();
            writeln!(text, "{:24}{}", format!("{verb:?}"), line.join(" | ")).expect("a string");
        }
    }
    insta::with_settings!({ snapshot_path => "../snapshots/access", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("matrix", text);
    });
}

/// Nothing can be done to what cannot be seen, and a visitor does nothing at all.
fn act_is_see() {
    let mut checks = 0;
    for (name, place) in places() {
        for (who, viewer) in cast() {
            if place.space.is_none() {
                continue;
            }
            let sees = decide(&viewer, Verb::See, &place) == Verdict::Allow;
            // A review is seen by a verb of its own: an admin who was asked for help sees it, and nothing
            // else of the space; and the one it is about sees the decision alone.
            let sees_review = decide(&viewer, Verb::SeeReview, &place) == Verdict::Allow;
            for verb in Verb::ALL {
                let allowed = decide(&viewer, *verb, &place) == Verdict::Allow;
                checks += 1;
                let seen = match verb {
                    Verb::SeeCard | Verb::Enter | Verb::SeeReview | Verb::SeeDecision => true,
                    Verb::DecideReview => sees_review,
                    _ => sees,
                };
                assert!(!allowed || seen, "{who} may {verb:?} in {name} without seeing it");
                if who == "visitor" && allowed {
                    assert!(
                        matches!(verb, Verb::See | Verb::SeeCard),
                        "a visitor may {verb:?} in {name}"
                    );
                }
            }
        }
    }
    assert!(checks > 2_000, "{checks} checks");
}

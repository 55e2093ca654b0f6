//! Two people at the same moment: what they do meets in the database, one comes second and is told,
//! and afterwards the rows agree with each other. On PostgreSQL the two really run side by side.

use std::sync::Barrier;

use aquarium::access::{deed, on_forum};
use aquarium::forum::posts::{self, Sent};
use aquarium::forum::{boards, people, topics};
use aquarium::ids::{PostId, TopicId};
use aquarium::kinds::{ForumRole, Report, TopicKind};
use aquarium::refusal::{Reason, Refusal, Result};

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("races::replies_meet_a_move", reply_and_move),
        ("races::moves_in_opposite_directions", moves),
        ("races::a_post_is_removed_once", removals),
        ("races::thanks_and_edits_meet_removals", storm),
        ("races::one_form_makes_one_post", one_form),
        ("races::one_admin_stays", admins),
        ("races::a_report_is_made_once", reports),
    ]
}

const ROUNDS: usize = 15;

pub(crate) fn sound(town: &Town) {
    let found = town.app.store.contradictions().expect("the rules can be asked");
    assert!(found.is_empty(), "{found:#?}");
}

/// Both at once, as near as two threads come.
pub(crate) fn together<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    let gate = Barrier::new(2);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            gate.wait();
            one()
        });
        let second = scope.spawn(|| {
            gate.wait();
            other()
        });
        (
            first.join().expect("the first ends"),
            second.join().expect("the second ends"),
        )
    })
}

pub(crate) fn topic(town: &Town, who: &str, room: &str, title: &str) -> (TopicId, PostId) {
    let board = town.boards[room];
    town.as_person(who, |tx| {
        let board = boards::find(tx, board)?;
        topics::start(
            tx,
            board,
            &topics::New {
                kind: TopicKind::Discussion,
                title: title.to_owned(),
                tags: vec!["storm".to_owned()],
                body: format!("{title}, at first"),
                key: String::new(),
                accepts: 0,
            },
            &town.app.config.limits,
        )
    })
}

/// The first post of a topic, by its path.
pub(crate) fn posts_of(town: &Town, path: &str) -> PostId {
    let id = path
        .split(['/', '-'])
        .nth(2)
        .and_then(|id| id.parse().ok())
        .map(TopicId)
        .expect("a number");
    town.as_person("ada", |tx| Ok(topics::find(tx, id)?.topic.first_post_id))
        .expect("a first post")
}

pub(crate) fn reply(town: &Town, who: &str, to: PostId, body: &str, key: &str) -> Result<PostId> {
    town.try_as(who, |tx| {
        let post = posts::take(tx, to)?.may::<deed::Reply>()?;
        posts::reply(
            tx,
            post,
            &Sent {
                body: body.to_owned(),
                key: key.to_owned(),
                accepts: 0,
            },
            &town.app.config.limits,
        )
    })
}

fn move_to(town: &Town, who: &str, id: TopicId, room: &str) -> Result<()> {
    let board = town.boards[room];
    town.try_as(who, |tx| {
        let target = boards::find(tx, board)?;
        let topic = topics::take(tx, id)?.may::<deed::Move>()?;
        topics::move_to(tx, topic, &target)
    })
}

fn remove(town: &Town, who: &str, post: PostId) -> Result<()> {
    town.try_as(who, |tx| {
        let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
        posts::remove(tx, post, "Said twice")
    })
}

fn reply_and_move(town: &Town) {
    let (id, first) = topic(town, "pia", "Kitchen", "Which way");
    for round in 0..ROUNDS {
        let to = if round % 2 == 0 { "Cellar" } else { "Kitchen" };
        let (replied, moved) = together(
            || reply(town, "pia", first, &format!("Round {round}"), ""),
            || move_to(town, "ada", id, to),
        );
        replied.expect("pia reads both rooms");
        moved.expect("ada moderates both");
    }
    sound(town);
    // Everything that was said is in the topic.
    let page = town
        .sign_in("ada")
        .visit(&format!("/topics/{id}?view=flat"))
        .body
        .clone();
    for round in 0..ROUNDS {
        assert!(page.contains(&format!("Round {round}<")), "round {round} is lost");
    }
}

fn moves(town: &Town) {
    let (one, _) = topic(town, "pia", "Kitchen", "There");
    let (other, _) = topic(town, "pia", "Cellar", "Back");
    for round in 0..ROUNDS {
        let (to, fro) = if round % 2 == 0 {
            ("Cellar", "Kitchen")
        } else {
            ("Kitchen", "Cellar")
        };
        let (a, b) = together(|| move_to(town, "ada", one, to), || move_to(town, "ada", other, fro));
        a.expect("the one moves");
        b.expect("the other moves");
    }
    sound(town);
}

fn removals(town: &Town) {
    let (_, first) = topic(town, "nia", "Kitchen", "Twice");
    for round in 0..ROUNDS {
        let post = reply(town, "nia", first, &format!("Again {round}"), "").expect("a reply");
        let (by_author, by_moderator) = together(|| remove(town, "nia", post), || remove(town, "mo", post));
        assert!(
            by_author.is_ok() != by_moderator.is_ok(),
            "exactly one removes it: {by_author:?}, {by_moderator:?}"
        );
    }
    sound(town);
}

fn storm(town: &Town) {
    let (_, first) = topic(town, "nia", "Kitchen", "Weather");
    for round in 0..ROUNDS {
        let post = reply(town, "nia", first, &format!("Rain {round}"), "").expect("a reply");
        let thank = || {
            town.try_as("pia", |tx| {
                let post = posts::take(tx, post)?.may::<deed::Thank>()?;
                posts::thank(tx, post)
            })
        };
        let edit = || {
            town.try_as("nia", |tx| {
                let post = posts::take(tx, post)?.may::<deed::EditPost>()?;
                let version = post.post.version;
                posts::edit(tx, post, "Sun", version, &town.app.config.limits)
            })
        };
        // Whoever finds the post gone is refused; nobody is broken.
        let whole = |outcome: Result<()>| match outcome {
            Ok(()) | Err(Refusal::NotFound | Refusal::Denied(_) | Refusal::Conflict) => {}
            Err(other) => panic!("{other}"),
        };
        let ((), (thanked, edited)) = together(
            || remove(town, "mo", post).expect("mo removes it"),
            || (thank(), edit()),
        );
        whole(thanked);
        whole(edited);
    }
    sound(town);
}

fn one_form(town: &Town) {
    let (_, first) = topic(town, "nia", "Kitchen", "Pressed twice");
    for round in 0..ROUNDS {
        let key = format!("form-{round}");
        let send = || reply(town, "nia", first, "Pressed", &key);
        let (one, other) = together(send, send);
        assert_eq!(one.expect("a post"), other.expect("the same post"));
    }
    sound(town);
    let page = town.sign_in("nia").visit(&format!("/posts/{first}")).body.clone();
    assert_eq!(page.matches("<p>Pressed</p>").count(), ROUNDS);
}

fn admins(town: &Town) {
    let mo = town.people["mo"];
    let ada = town.people["ada"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::give_forum_role(tx, may, mo, ForumRole::Admin)
    });
    let step_down = |who: &'static str, id| {
        move || {
            town.try_as(who, |tx| {
                let may = on_forum::<deed::Administer>(tx.viewer())?;
                people::give_forum_role(tx, may, id, ForumRole::None)
            })
        }
    };
    let (one, other) = together(step_down("ada", ada), step_down("mo", mo));
    let stayed = [&one, &other]
        .iter()
        .filter(|outcome| matches!(outcome, Err(Refusal::Denied(Reason::LastManager))))
        .count();
    assert_eq!(stayed, 1, "one stays: {one:?}, {other:?}");
}

fn reports(town: &Town) {
    let (_, first) = topic(town, "nia", "Kitchen", "Too salty");
    let report = || {
        town.try_as("pia", |tx| {
            let post = posts::take(tx, first)?.may::<deed::Report>()?;
            posts::report(tx, post, Report::Unkind.word(), "")
        })
    };
    let (one, other) = together(report, report);
    one.expect("reported");
    other.expect("known already");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue").sees("One flag");
    assert_eq!(mo.count(".queue-item"), 1, "{}", mo.text());
}

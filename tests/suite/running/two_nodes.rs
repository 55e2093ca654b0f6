//! Two nodes on one database, two thousand deeds in pairs: decisions against decisions, approving against
//! editing and removing, splitting against replying, taking against taking. Exactly one of what excludes
//! the other wins, the loser is told, and afterwards all counters equal the rows.

use std::sync::Arc;

use aquarium::access::{Tx, Viewer, deed};
use aquarium::app::App;
use aquarium::event::Source;
use aquarium::forum::moderation::{self, claim, decide, hold};
use aquarium::forum::{people, posts, spaces, topics};
use aquarium::ids::{PostId, ReviewId};
use aquarium::kinds::{Decision, HoldKind, PostState, Report};
use aquarium::refusal::{Refusal, Result};

use super::races::{reply, sound, together, topic};
use crate::Story;
use crate::support::world::{Town, config};

pub(crate) fn stories() -> Vec<Story> {
    vec![("two_nodes::exactly_one_wins_and_the_loser_is_told", storm)]
}

/// Rounds of each of the four kinds; a round is two deeds at once.
const ROUNDS: usize = 250;

/// Another node on the same database.
struct Node {
    app: App,
    _folder: tempfile::TempDir,
}

impl Node {
    fn beside(town: &Town) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the second node");
        let url = &town.app.config.database.url;
        let app = App::new(config(folder.path(), url), town.address()).expect("the second node is built");
        Self { app, _folder: folder }
    }

    fn viewer(&self, town: &Town, who: &str) -> Arc<Viewer> {
        people::viewer_of(&self.app.store, town.people[who]).expect("somebody of the cast")
    }

    fn does<T>(&self, viewer: &Arc<Viewer>, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.app.store.write(viewer, Source::Page, work)
    }
}

fn decided(decision: Decision) -> decide::Decided {
    decide::Decided {
        decision,
        sanction: None,
        rule: String::new(),
        reason: "Because.".to_owned(),
        board: None,
        text: None,
        minutes: 0,
    }
}

/// The open review of a post, and its version.
fn about(town: &Town, post: PostId) -> (ReviewId, i64) {
    town.as_person("mo", |tx| {
        for number in 1.. {
            let (entries, more) = moderation::queue::page(tx, &moderation::queue::Filter::default(), number)?;
            if let Some(entry) = entries.iter().find(|entry| entry.review.post_id == Some(post)) {
                return Ok((entry.review.id, entry.review.version));
            }
            assert!(more, "the post waits for a decision");
        }
        unreachable!("the pages end")
    })
}

fn flagged(town: &Town, first: PostId, round: usize) -> (PostId, ReviewId, i64) {
    let post = reply(town, "pia", first, &format!("Salt {round}"), "").expect("a reply");
    town.as_person("nia", |tx| {
        let post = posts::take(tx, post)?.may::<deed::Report>()?;
        posts::report(tx, post, Report::Unkind.word(), "")
    });
    let (review, version) = about(town, post);
    (post, review, version)
}

/// One did it, and the other was told that somebody was faster.
fn one_wins<T: std::fmt::Debug>(one: &Result<T>, other: &Result<T>) {
    match (one, other) {
        (Ok(_), Err(Refusal::Conflict)) | (Err(Refusal::Conflict), Ok(_)) => {}
        both => panic!("exactly one wins: {both:?}"),
    }
}

fn storm(town: &Town) {
    let node = Node::beside(town);
    let ada = node.viewer(town, "ada");
    let (nia, pia) = (node.viewer(town, "nia"), node.viewer(town, "pia"));
    let limits = &town.app.config.limits;
    let site = "http://127.0.0.1";
    let as_mo = |id: ReviewId, seen: i64, what: &decide::Decided| {
        town.try_as("mo", |tx| decide::decide(tx, id, seen, what, limits, site))
    };
    let (id, first) = topic(town, "nia", "Kitchen", "Storm");
    for round in 0..ROUNDS {
        // Decide against decide.
        let (_, review, seen) = flagged(town, first, round);
        let (one, other) = together(
            || as_mo(review, seen, &decided(Decision::Remove)),
            || {
                node.does(&ada, |tx| {
                    decide::decide(tx, review, seen, &decided(Decision::Keep), limits, site)
                })
            },
        );
        one_wins(&one, &other);

        // Take against take.
        let (_, review, seen) = flagged(town, first, round);
        let (one, other) = together(
            || town.try_as("mo", |tx| claim::take(tx, review, seen)),
            || node.does(&ada, |tx| claim::take(tx, review, seen)),
        );
        one_wins(&one, &other);
        as_mo(review, seen + 1, &decided(Decision::Keep)).expect("whoever has it, it can be decided");

        // Split against reply, below the post that goes.
        let post = reply(town, "pia", first, &format!("Aside {round}"), "").expect("a reply");
        let (split, replied) = together(
            || {
                town.try_as("mo", |tx| {
                    let post = posts::take(tx, post)?.may::<deed::Move>()?;
                    topics::split(tx, post, "An aside", "Its own matter.", limits)
                })
            },
            || {
                node.does(&pia, |tx| {
                    let post = posts::take(tx, post)?.may::<deed::Reply>()?;
                    let sent = posts::Sent {
                        body: format!("Below {round}"),
                        key: String::new(),
                        accepts: 0,
                    };
                    posts::reply(tx, post, &sent, limits)
                })
            },
        );
        let new = split.expect("it is split off");
        let below = replied.expect("and answered, in whichever topic it was");
        let stands = town.as_person("pia", |tx| Ok(posts::find(tx, below)?.topic.id));
        assert_eq!(stands, new, "a reply goes where its parent went");
    }
    town.as_person("ada", |tx| {
        let space = spaces::find(tx, town.spaces["Kitchen"])?.may::<deed::Manage>()?;
        hold::add_rule(tx, &space, None, HoldKind::EveryPost, 0)
    });
    for round in 0..ROUNDS {
        // Approve against edit and remove, by the author.
        let post = reply(town, "nia", first, &format!("Held {round}"), "").expect("a post that waits");
        let (review, seen) = about(town, post);
        let (approved, by_author) = together(
            || as_mo(review, seen, &decided(Decision::Approve)),
            || {
                node.does(&nia, |tx| {
                    let found = posts::take(tx, post)?;
                    if round % 2 == 0 {
                        posts::remove(tx, found.may::<deed::RemovePost>()?, "")
                    } else {
                        let version = found.post.version;
                        posts::edit(tx, found.may::<deed::EditPost>()?, "Changed", version, limits)
                    }
                })
            },
        );
        approved.unwrap_or_else(|refusal| assert!(matches!(refusal, Refusal::Conflict), "{refusal}"));
        // What waits is neither edited nor removed by its author; approved, it is.
        by_author.unwrap_or_else(|refusal| {
            assert!(matches!(refusal, Refusal::Denied(_) | Refusal::Conflict), "{refusal}");
        });
    }
    for round in 0..ROUNDS {
        // Approve against edit and remove, by two who moderate: one of them decides.
        let post = reply(town, "nia", first, &format!("Waits {round}"), "").expect("a post that waits");
        let (review, seen) = about(town, post);
        let version = town.as_person("ada", |tx| Ok(posts::find(tx, post)?.post.version));
        let against = if round % 2 == 0 {
            decided(Decision::Remove)
        } else {
            decide::Decided {
                text: Some((format!("Said otherwise {round}"), version)),
                ..decided(Decision::Edit)
            }
        };
        let (one, other) = together(
            || as_mo(review, seen, &decided(Decision::Approve)),
            || node.does(&ada, |tx| decide::decide(tx, review, seen, &against, limits, site)),
        );
        one_wins(&one, &other);
        let stands = town.as_person("ada", |tx| {
            let found = posts::find(tx, post)?;
            Ok((found.post.state, found.post.body.clone()))
        });
        let approved = one.is_ok();
        let expected = match (approved, round % 2) {
            (true, _) => (PostState::Published, format!("Waits {round}")),
            (false, 0) => (PostState::RemovedByModerator, format!("Waits {round}")),
            (false, _) => (PostState::Published, format!("Said otherwise {round}")),
        };
        assert_eq!(stands, expected, "what the winner decided");
    }
    let page = town.sign_in("nia").visit(&format!("/topics/{id}")).status;
    assert_eq!(page, 200);
    sound(town);
}

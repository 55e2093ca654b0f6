//! Whatever moderators did, undone in reverse, is as if it had never been: acts on topics and posts, and
//! decisions of reviews, in any order.

use aquarium::access::{Tx, deed};
use aquarium::forum::moderation::decide::{Decided, decide};
use aquarium::forum::moderation::queue::{self, Entry, Filter};
use aquarium::forum::moderation::{self, hold, log};
use aquarium::forum::{boards, posts, spaces, topics};
use aquarium::ids::{BoardId, PostId, ReviewId, TopicId};
use aquarium::kinds::{Decision, PostState};
use aquarium::refusal::Result;

use crate::Story;
use crate::running_support::{reply as say, sound, topic as begin};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("undoing::acts_undone_in_reverse_never_were", acts),
        ("undoing::decisions_undone_in_reverse_never_were", decisions),
    ]
}

/// What Ada sees last in the logs, and its version.
pub(crate) fn latest_act(town: &Town) -> (ReviewId, i64) {
    let rooms = ["Kitchen", "Cellar"].map(|room| town.spaces[room]);
    town.app
        .store
        .read(&town.viewer("ada"), |cx| {
            let mut newest = None;
            for room in rooms {
                let space = spaces::find(cx, room)?;
                let (entries, _) = log::of_space(cx, &space, 1)?;
                newest = newest.max(entries.iter().map(|entry| entry.id).max());
            }
            let newest = newest.expect("an act");
            Ok((newest, moderation::find(cx, newest)?.review.version))
        })
        .expect("the log")
}

/// All threads as Ada reads them, and what the board counts.
fn picture(town: &Town, topics: &[TopicId]) -> String {
    let mut ada = town.sign_in("ada");
    let mut all = String::new();
    for topic in topics {
        ada.visit(&format!("/topics/{topic}"));
        let thread = ada.body.split("<ol class=\"thread\">").nth(1).unwrap_or("");
        let thread = thread
            .split("<nav")
            .next()
            .unwrap_or("")
            .split("<form")
            .next()
            .unwrap_or("");
        all.push_str(thread);
        all.push('\n');
    }
    ada.visit(&format!("/boards/{}", town.boards["Kitchen"]));
    let table = ada
        .body
        .split("<table")
        .nth(1)
        .unwrap_or("")
        .split("</table")
        .next()
        .unwrap_or("");
    all.push_str(table);
    // What is new to Ada is not what the topics are.
    let new = regex::Regex::new(", [0-9]+ new| <b class=\"new\">new</b>").expect("an expression");
    new.replace_all(&all, "").into_owned()
}

/// A small generator of our own: the same story every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// Two topics of Nia's with a few branches of Pia's each.
struct Wood {
    trees: Vec<TopicId>,
    leaves: Vec<PostId>,
}

fn wood(town: &Town, dice: &mut Dice) -> Wood {
    let (mut trees, mut leaves) = (Vec::new(), Vec::new());
    for title in ["Oak", "Elm"] {
        let (topic, first) = begin(town, "nia", "Kitchen", title);
        let mut here = vec![first];
        for number in 0..9 {
            let to = dice.one(&here);
            here.push(say(town, "pia", to, &format!("{title} {number}"), "").expect("a reply"));
        }
        trees.push(topic);
        leaves.extend(here);
    }
    Wood { trees, leaves }
}

/// One act of Ada's, drawn by lot; a topic if it made one. What cannot be done here errs.
fn act(town: &Town, tx: &mut Tx<'_>, wood: &Wood, dice: &mut Dice) -> Result<Option<TopicId>> {
    let (post, other) = (dice.one(&wood.leaves), dice.one(&wood.leaves));
    let (tree, into) = (dice.one(&wood.trees), dice.one(&wood.trees));
    match dice.roll(9) {
        0 => {
            let post = posts::take(tx, post)?.may::<deed::Move>()?;
            return topics::split(tx, post, "A sapling", "", &town.app.config.limits).map(Some);
        }
        1 => {
            let post = posts::take(tx, post)?.may::<deed::Move>()?;
            topics::reparent(tx, post, other)?;
        }
        2 => {
            let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
            posts::remove(tx, post, "Pruned")?;
        }
        3 => {
            let topic = topics::take(tx, tree)?.may::<deed::Close>()?;
            topics::close(tx, topic, "Winter")?;
        }
        4 => {
            let topic = topics::take(tx, tree)?.may::<deed::Close>()?;
            topics::slow(tx, topic, 10, "Winter")?;
        }
        5 => {
            let topic = topics::take(tx, tree)?.may::<deed::Pin>()?;
            topics::pin(tx, topic)?;
        }
        6 => {
            let topic = topics::take(tx, tree)?.may::<deed::Close>()?;
            hold::hold_topic(tx, &topic, 24)?;
        }
        7 => {
            let cellar = boards::find(tx, town.boards["Cellar"])?;
            let topic = topics::take(tx, tree)?.may::<deed::Move>()?;
            topics::move_to(tx, topic, &cellar)?;
        }
        _ => {
            let target = topics::take(tx, into)?;
            let topic = topics::take(tx, tree)?.may::<deed::Move>()?;
            topics::merge(tx, topic, &target, "")?;
        }
    }
    Ok(None)
}

/// Undoes one after the other, the latest first: each time everything is as it was before.
fn undo_all(
    town: &Town,
    wood: &Wood,
    mut done: Vec<(ReviewId, i64)>,
    mut pictures: Vec<(usize, String)>,
    what: &[String],
) {
    while let Some((act, version)) = done.pop() {
        town.as_person("ada", |tx| moderation::undo_decision(tx, act, version));
        sound(town);
        let (known, before) = pictures.pop().expect("a picture");
        let now = picture(town, &wood.trees[..known]);
        let at = now.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            let bytes = &text.as_bytes()[at.saturating_sub(80)..(at + 120).min(text.len())];
            String::from_utf8_lossy(bytes).into_owned()
        };
        assert!(
            now == before,
            "undoing {} of {what:?}: {}\ninstead of: {}",
            what[done.len()],
            near(&now),
            near(&before)
        );
    }
}

/// Marks of what is new would tell pictures apart that are the same.
fn read_all(town: &Town) {
    town.settle();
    town.sign_in("ada").visit("/unread").submit("/read", &[]);
}

fn acts(town: &Town) {
    for seed in [7, 23, 101, 4711] {
        let mut dice = Dice(seed);
        let mut wood = wood(town, &mut dice);
        read_all(town);
        let mut pictures = vec![(wood.trees.len(), picture(town, &wood.trees))];
        let mut done = Vec::new();
        while done.len() < 10 {
            let Ok(made) = town.try_as("ada", |tx| act(town, tx, &wood, &mut dice)) else {
                continue;
            };
            wood.trees.extend(made);
            let act = latest_act(town);
            if done.contains(&act) {
                // It was done already: a closed topic is closed.
                continue;
            }
            sound(town);
            done.push(act);
            pictures.push((wood.trees.len(), picture(town, &wood.trees)));
        }
        pictures.pop();
        let what: Vec<String> = done.iter().map(|(act, _)| format!("act {act}")).collect();
        undo_all(town, &wood, done, pictures, &what);
    }
}

/// Everything that waits for Ada.
fn waiting(town: &Town) -> Vec<Entry> {
    town.app
        .store
        .read(&town.viewer("ada"), |cx| Ok(queue::page(cx, &Filter::default(), 1)?.0))
        .expect("the queue")
}

fn answer(entry: &Entry, decision: Decision, cellar: BoardId) -> Decided {
    let shown = entry.post.as_ref().expect("a post");
    Decided {
        decision,
        sanction: None,
        rule: "Be kind".to_owned(),
        reason: "Pruned".to_owned(),
        board: Some(cellar),
        text: Some(("Trimmed".to_owned(), shown.version)),
        minutes: 10,
    }
}

fn decisions(town: &Town) {
    let mut seen = std::collections::BTreeSet::new();
    for seed in [3, 19, 271, 1729, 65537, 31] {
        let mut dice = Dice(seed);
        let mut wood = wood(town, &mut dice);
        // Half of it is flagged, and a third topic has replies that are held.
        for leaf in wood.leaves.iter().step_by(2) {
            town.try_as("oda", |tx| {
                let post = posts::take(tx, *leaf)?.may::<deed::Report>()?;
                posts::report(tx, post, "unkind", "")
            })
            .expect("a flag");
        }
        let (ash, first) = begin(town, "nia", "Kitchen", "Ash");
        town.as_person("ada", |tx| {
            let topic = topics::take(tx, ash)?.may::<deed::Close>()?;
            hold::hold_topic(tx, &topic, 24)
        });
        for number in 0..3 {
            say(town, "pia", first, &format!("Ash {number}"), "").expect("a held reply");
        }
        wood.trees.push(ash);
        read_all(town);
        let (mut pictures, mut done, mut what) = (Vec::new(), Vec::new(), Vec::new());
        while done.len() < 10 {
            let before = (wood.trees.len(), picture(town, &wood.trees));
            // Now and then an act in between.
            let decision = dice.roll(4);
            let (id, version, name) = if decision == 0 {
                let Ok(made) = town.try_as("ada", |tx| act(town, tx, &wood, &mut dice)) else {
                    continue;
                };
                wood.trees.extend(made);
                let (act, version) = latest_act(town);
                (act, version, "an act".to_owned())
            } else {
                let all = waiting(town);
                let Some(entry) = all.get(dice.roll(all.len())) else {
                    break;
                };
                let Some(shown) = &entry.post else { continue };
                let stands = moderation::decide::Stands {
                    first: shown.first,
                    closed: shown.closed,
                };
                let choices = moderation::decide::choices(entry.review.kind, Some(shown.state), stands);
                // What removes everything of an author leaves little to decide: late in the story only.
                let mut decision = dice.one(&choices);
                if decision == Decision::Spam && done.len() < 6 {
                    decision = Decision::Keep;
                }
                let decided = answer(entry, decision, town.boards["Cellar"]);
                let (id, limits) = (entry.review.id, &town.app.config.limits);
                let outcome = town.try_as("ada", |tx| {
                    decide(tx, id, entry.review.version, &decided, limits, &town.app.site.text)
                });
                if outcome.is_err() {
                    continue;
                }
                seen.insert((decision.word(), shown.state == PostState::Held));
                let version = town.as_person("ada", |tx| Ok(moderation::find(tx, id)?.review.version));
                (id, version, format!("{} of {:?}", decision.word(), shown.state))
            };
            if done.contains(&(id, version)) {
                continue;
            }
            sound(town);
            done.push((id, version));
            what.push(name);
            pictures.push(before);
        }
        undo_all(town, &wood, done, pictures, &what);
    }
    // A story in which nothing was decided proves nothing.
    for expected in ["keep", "hide", "remove", "edit", "slow", "close", "spam"] {
        assert!(
            seen.contains(&(expected, false)),
            "{expected} was never decided: {seen:?}"
        );
    }
    for expected in ["approve", "remove", "edit"] {
        assert!(seen.contains(&(expected, true)), "{expected} of what is held: {seen:?}");
    }
}

//! Branches that change their tree: split off, merged, given another parent; and whatever was done,
//! undone in reverse, is as if it had never been.

use aquarium::access::deed;
use aquarium::forum::moderation::{self, log};
use aquarium::forum::{posts, spaces, topics};
use aquarium::ids::{PostId, ReviewId, TopicId};

use super::a_topic::{posts as on_page, reply, start};
use crate::Story;
use crate::running_support::{reply as say, sound, topic as begin};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("grafts::a_branch_becomes_a_topic", split),
        ("grafts::two_topics_become_one", merged),
        ("grafts::what_is_undone_in_reverse_never_was", reverse),
        ("grafts::an_answer_since_stands_in_the_way", in_the_way),
    ]
}

/// Nia's question; Pia's aside below it, with two replies; Nia's second thought.
fn talk(town: &Town) -> (String, [i64; 4]) {
    let mut nia = town.sign_in("nia");
    let path = start(&mut nia, town, "Kitchen", "question", "Rice", "How long?");
    let mut pia = town.sign_in("pia");
    let aside = reply(&mut pia, &path, "Whose pan is this?");
    let below = format!("/posts/{aside}/reply");
    nia.visit(&below)
        .submit(&below, &[("body", "Mine."), ("do", "post")])
        .is(200);
    let mine = *on_page(&nia).iter().max().expect("a post");
    let deeper = format!("/posts/{mine}/reply");
    pia.visit(&deeper)
        .submit(&deeper, &[("body", "Then wash it."), ("do", "post")])
        .is(200);
    let wash = *on_page(&pia).iter().max().expect("a post");
    let second = reply(&mut nia, &path, "Twelve minutes, I think.");
    (path, [aside, mine, wash, second])
}

fn split(town: &Town) {
    let (path, [aside, mine, wash, second]) = talk(town);
    let split = format!("/posts/{aside}/split");
    town.sign_in("nia").visit(&split).is(403);
    let mut mo = town.sign_in("mo");
    // Oda has read all of it.
    let mut oda = town.sign_in("oda");
    oda.visit(&path).sees("Then wash it.");
    town.settle();
    mo.visit(&split).sees("Whose pan is this?");
    mo.submit(&split, &[("title", "")]).is(422);
    mo.submit(&split, &[("title", "Pans"), ("reason", "Its own matter.")])
        .sees("The branch is a topic of its own now")
        .sees("Split off from Rice")
        .sees("2 replies");
    let pans = mo.path.clone();
    assert_eq!(on_page(&mo), [aside, mine, wash]);
    mo.visit(&path).sees("Went on in a topic of its own").sees("One reply");
    assert_eq!(on_page(&mo).last(), Some(&second));
    sound(town);
    // Addresses of posts lead on, what was read stays read, and it is found where it is.
    oda.visit(&format!("/posts/{wash}")).sees("Pans");
    oda.visit("/unread").sees_not("Pans");
    town.settle();
    oda.visit("/search?q=wash").sees("Pans");
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("Branch split off")
        .sees("Its own matter.");
    // A number that was given is not given again: the next reply is new to whoever has read the branch.
    let mut nia_again = town.sign_in("nia");
    reply(&mut nia_again, &path, "Stir once.");
    oda.visit(&path).sees("1 new on this page");
    // Undone, everything is where it was, and the topic is gone.
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]));
    let review = mo
        .links()
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("the act");
    mo.visit(&review).submit("/undo", &[]).sees("Undone");
    mo.visit(&pans).is(404);
    mo.visit(&path).sees("5 replies");
    sound(town);
}

fn merged(town: &Town) {
    let (path, _) = talk(town);
    let mut pia = town.sign_in("pia");
    let other = start(&mut pia, town, "Kitchen", "question", "Rice again", "How much water?");
    let number = |path: &str| path.split(['/', '-']).nth(2).expect("a number").to_owned();
    let merge = format!("/topics/{}/merge", number(&other));
    pia.visit(&merge).is(403);
    let mut mo = town.sign_in("mo");
    mo.visit(&merge).submit(&merge, &[("into", "no number")]).is(422);
    mo.submit(&merge, &[("into", &other)]).is(422);
    // Not into what the moderator does not see.
    let hidden = start(&mut pia, town, "Cellar", "discussion", "Wine", "Red?");
    mo.visit(&merge).submit(&merge, &[("into", &hidden)]).is(404);
    mo.visit(&merge)
        .submit(&merge, &[("into", &format!("http://forum.example{path}"))])
        .sees("The topics are one now")
        .sees("How much water?")
        .sees("5 replies");
    pia.visit(&other).sees("How long?").sees("How much water?");
    pia.visit("/latest").sees_not("Rice again");
    sound(town);
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]));
    let review = ada
        .links()
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("the act");
    ada.visit(&review).submit("/undo", &[]).sees("Undone");
    pia.visit(&other).sees("How much water?").sees_not("How long?");
    pia.visit("/latest").sees("Rice again");
    sound(town);
}

fn latest_act(town: &Town) -> (ReviewId, i64) {
    let space = town.spaces["Kitchen"];
    town.app
        .store
        .read(&town.viewer("ada"), |cx| {
            let space = spaces::find(cx, space)?;
            let (entries, _) = log::of_space(cx, &space, 1)?;
            let newest = entries.iter().map(|entry| entry.id).max().expect("an act");
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
        all.push_str(&thread.replace(" <b class=\"new\">new</b>", ""));
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
    all.push_str(&table.replace(" <b class=\"new\">new</b>", ""));
    all
}

fn reverse(town: &Town) {
    for seed in [7, 23, 101, 4711] {
        rounds(town, seed);
    }
}

/// Two topics with a few branches each, and ten acts on them, by a small generator of our own: the same
/// story every time.
fn rounds(town: &Town, mut seed: u64) {
    let mut next = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below.max(1)
    };
    let mut trees: Vec<TopicId> = Vec::new();
    let mut leaves: Vec<PostId> = Vec::new();
    for title in ["Oak", "Elm"] {
        let (topic, first) = begin(town, "nia", "Kitchen", title);
        let mut here = vec![first];
        for number in 0..9 {
            let to = here[next(here.len())];
            here.push(say(town, "pia", to, &format!("{title} {number}"), "").expect("a reply"));
        }
        trees.push(topic);
        leaves.extend(here);
    }
    town.settle();
    // Marks of what is new would tell pictures apart that are the same.
    let mut ada = town.sign_in("ada");
    ada.visit("/unread").submit("/read", &[]);
    let mut pictures = vec![(trees.len(), picture(town, &trees))];
    let mut acts = Vec::new();
    while acts.len() < 10 {
        let post = leaves[next(leaves.len())];
        let other = leaves[next(leaves.len())];
        let limits = &town.app.config.limits;
        let which = next(5);
        let tree = trees[next(trees.len())];
        let into = trees[next(trees.len())];
        let outcome = town.try_as("ada", |tx| match which {
            0 => {
                let post = posts::take(tx, post)?.may::<deed::Move>()?;
                topics::split(tx, post, "A sapling", "", limits).map(Some)
            }
            1 => {
                let post = posts::take(tx, post)?.may::<deed::Move>()?;
                topics::reparent(tx, post, other).map(|()| None)
            }
            2 => {
                let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
                posts::remove(tx, post, "Pruned").map(|()| None)
            }
            3 => {
                let topic = topics::take(tx, tree)?.may::<deed::Close>()?;
                topics::close(tx, topic, "Winter").map(|()| None)
            }
            _ => {
                let target = topics::take(tx, into)?;
                let topic = topics::take(tx, tree)?.may::<deed::Move>()?;
                topics::merge(tx, topic, &target, "").map(|()| None)
            }
        });
        // What cannot be done here changes nothing.
        let Ok(made) = outcome else { continue };
        trees.extend(made);
        let act = latest_act(town);
        if acts.contains(&act) {
            // It was done already: a closed topic is closed.
            continue;
        }
        sound(town);
        acts.push(act);
        pictures.push((trees.len(), picture(town, &trees)));
    }
    pictures.pop();
    while let Some((act, version)) = acts.pop() {
        town.as_person("ada", |tx| moderation::undo_decision(tx, act, version));
        sound(town);
        let (known, before) = pictures.pop().expect("a picture");
        let now = picture(town, &trees[..known]);
        let at = now.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            let bytes = &text.as_bytes()[at.saturating_sub(80)..(at + 120).min(text.len())];
            String::from_utf8_lossy(bytes).into_owned()
        };
        assert!(
            now == before,
            "undoing {act}: {}\ninstead of: {}",
            near(&now),
            near(&before)
        );
    }
}

fn in_the_way(town: &Town) {
    let (_, [aside, _, wash, _]) = talk(town);
    let mut mo = town.sign_in("mo");
    let split = format!("/posts/{aside}/split");
    mo.visit(&split).submit(&split, &[("title", "Pans")]).is(200);
    let pans = mo.path.clone();
    let (act, version) = latest_act(town);
    say(town, "nia", PostId(wash), "Washed.", "").expect("a reply");
    mo.visit(&format!("/reviews/{act}"))
        .submit("/undo", &[])
        .is(409)
        .sees("newer acts stand in the way")
        .sees("A reply since");
    mo.visit(&pans).sees("Washed.");
    town.try_as("mo", |tx| moderation::undo_decision(tx, act, version))
        .expect_err("refused");
    sound(town);
}

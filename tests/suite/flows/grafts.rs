//! Branches that change their tree: split off, merged, given another parent.

use aquarium::forum::moderation;
use aquarium::ids::PostId;

use super::a_topic::{posts as on_page, reply, start};
use super::undoing::latest_act;
use crate::Story;
use crate::running_support::{reply as say, sound};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("grafts::a_branch_becomes_a_topic", split),
        ("grafts::two_topics_become_one", merged),
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

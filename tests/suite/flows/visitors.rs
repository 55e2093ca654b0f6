//! A forum with a public space, as people without an account meet it: from pages that are kept ready.

use super::a_topic::{reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("visitors::read_what_is_public_and_nothing_else", public),
        ("visitors::read_names_as_they_are_written", names),
    ]
}

/// Opens the kitchen to everybody, or closes it.
fn open_up(town: &Town, visibility: &str) {
    let settings = format!("/spaces/{}/settings", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    ada.visit(&settings)
        .submit(&settings, &[("visibility", visibility)])
        .is(200);
}

fn public(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Open day", "Come and taste.");
    let mut first = town.visitor();
    first.visit(&topic).sees("Sign in").sees_not("Come and taste");
    open_up(town, "public");
    let mut second = town.visitor();
    first.visit(&topic).sees("Open day").sees("Come and taste").sees("Soup");
    second.visit(&topic).sees("Come and taste");
    // The same page for both, and to each their own form.
    let token = |client: &crate::support::client::Client| client.form("/language").1[0].1.clone();
    assert_ne!(token(&first), token(&second));
    assert!(!first.body.contains('\u{2}'), "no mark is left in the page");
    first.submit("/language", &[("language", "nl")]);
    first.visit(&topic).sees("Come and taste").sees("Aanmelden");
    second.visit(&topic).sees("Sign in");
    // What changes on the page changes in the page that is kept.
    reply(&mut nia, &topic, "Bring a bowl.");
    second.visit(&topic).sees("Bring a bowl.");
    let board = format!("/boards/{}/settings", town.boards["Kitchen"]);
    let mut ada = town.sign_in("ada");
    ada.visit(&board).submit(&board, &[("name", "Broth")]).is(200);
    second.visit(&topic).sees("Broth").sees_not(">Soup<");
    let edit = format!("/topics/{}/edit", topic.split(['/', '-']).nth(2).expect("a number"));
    nia.visit(&edit)
        .submit(&edit, &[("title", "Open evening"), ("tags", "taste")])
        .is(200);
    second
        .visit(&topic)
        .sees("Open evening")
        .sees("taste")
        .sees_not("Open day");
    open_up(town, "internal");
    second.visit(&topic).sees("Sign in").sees_not("Come and taste");
}

fn names(town: &Town) {
    let mut nia = town.sign_in("nia");
    let called = "Nia <b>\"&</b>";
    nia.visit("/settings")
        .submit("/settings", &[("display_name", called)])
        .is(200);
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Signs", "A \u{1}\u{2}bell.");
    reply(&mut nia, &topic, "Another");
    nia.visit(&topic);
    assert_eq!(nia.count("ol.outline li"), 2);
    // The outline is written without a template, and escapes all the same.
    assert_eq!(nia.count("ol.outline b"), 0);
    nia.sees(called).sees("A bell.");
}

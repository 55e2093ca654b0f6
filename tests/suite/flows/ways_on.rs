//! No page is a dead end: what is refused says where to go on, and nothing that was typed is lost on the way.

use super::a_topic::start;
use crate::Story;
use crate::support::letters::{letters, link_in};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("ways_on::a_used_link_says_so", used_link),
        ("ways_on::a_refused_reply_leads_back", back),
        ("ways_on::another_template_keeps_what_was_typed", template),
        ("ways_on::the_rules_are_read_at_the_door", rules),
        ("ways_on::beyond_the_last_page_is_the_first", beyond),
        ("ways_on::a_search_for_nobody_says_so", nobody),
        ("ways_on::wrong_numbers_and_days_are_refused", wrong),
    ]
}

fn used_link(town: &Town) {
    town.visitor()
        .visit("/reset")
        .submit("/reset", &[("mail", "nia@cast.example")])
        .is(200);
    town.settle();
    let link = link_in(letters(town).last().expect("a letter"), "http://");
    let path = link[link.find("/reset/").expect("a path")..].to_owned();
    let mut nia = town.visitor();
    nia.visit(&path)
        .submit(&path, &[("password", "four quiet herons")])
        .is(200);
    // Used, or never given: the same answer, and a way to another.
    for path in [path.as_str(), "/reset/nonsense"] {
        let mut again = town.visitor();
        again.visit(path).is(404).sees("This link leads nowhere any more");
        assert!(again.links().contains(&"/reset".to_owned()));
    }
    town.visitor()
        .visit("/join/nonsense")
        .is(404)
        .sees("leads nowhere any more");
    // What is hidden still looks absent.
    nia.visit("/topics/99999").sees_not("leads nowhere any more");
}

fn back(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "Long or short?");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic);
    let number = topic.split(['/', '-']).nth(2).expect("a number");
    let close = format!("/topics/{number}/close");
    town.sign_in("mo")
        .visit(&close)
        .submit(&close, &[("reason", "Enough.")])
        .is(200);
    pia.submit("/reply", &[("body", "Long words, typed slowly."), ("do", "post")])
        .is(403);
    assert!(pia.body.contains("Long words, typed slowly."));
    let back = pia.links().into_iter().find(|link| link.starts_with("/posts/"));
    pia.visit(&back.expect("a way back")).is(200).sees("Long or short?");
}

fn template(town: &Town) {
    let soup = town.boards["Kitchen"];
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/boards/{soup}/topics/new"))
        .submit(
            "/topics",
            &[
                ("title", "Leeks in winter"),
                ("tags", "leeks"),
                ("body", "Half a thought"),
                ("do", "template:question"),
            ],
        )
        .is(200);
    let (_, form) = nia.form("/topics");
    let has = |name: &str, value: &str| form.contains(&(name.to_owned(), value.to_owned()));
    assert!(
        has("title", "Leeks in winter") && has("tags", "leeks") && has("kind", "question"),
        "{form:?}"
    );
    assert!(nia.body.contains("Half a thought"));
    // A kind that is none here is absent.
    nia.submit("/topics", &[("do", "template:nonsense")]).is(404);
}

fn rules(town: &Town) {
    let mut visitor = town.visitor();
    visitor.visit("/rules").is(200);
    // And nothing is offered that leads nowhere.
    assert_eq!(visitor.count(".masthead nav a"), 0);
    visitor.visit("/sign-in");
    assert_eq!(visitor.count(".masthead nav a"), 0);
    let mut nia = town.sign_in("nia");
    nia.visit("/rules");
    assert!(nia.count(".masthead nav a") >= 4);
}

fn beyond(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(&mut nia, town, "Kitchen", "discussion", "Leeks", "Long or short?");
    nia.visit("/latest?page=99").is(200).sees("Leeks");
    for path in ["/for-you?page=99", "/bookmarks?page=99", "/unread?page=99"] {
        nia.get(path).is(303);
    }
    town.sign_in("ada")
        .visit("/admin/people?q=zzz")
        .is(200)
        .sees("Nobody is called so.");
}

fn nobody(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(&mut nia, town, "Kitchen", "question", "Leeks", "Long or short?");
    town.settle();
    nia.visit("/search?q=leeks+author:nobody").sees("author:nobody");
    // A space that one does not see is called by nobody either.
    nia.visit("/search?q=leeks+space:Cellar").sees("space:Cellar");
    nia.visit("/search?q=leeks+author:nia").sees("Long or short?");
    nia.visit("/search?q=leeks+soort:vraag").sees("Long or short?");
    nia.visit("/search?q=leeks+soort:discussie").sees("Nothing found");
}

fn wrong(town: &Town) {
    let soup = town.boards["Kitchen"];
    let settings = format!("/boards/{soup}/settings");
    let mut ada = town.sign_in("ada");
    for position in ["-1", "abc", "1000000"] {
        ada.visit(&settings)
            .submit(&settings, &[("position", position)])
            .is(422)
            .sees("A whole number from 0 to 1000.");
    }
    let members = format!("/spaces/{}/members", town.spaces["Kitchen"]);
    let role = format!("{members}/{}/role", town.people["mo"]);
    ada.visit(&members)
        .submit(&role, &[("role", "moderator"), ("until", "someday")])
        .is(422);
    ada.visit(&members)
        .submit(&role, &[("role", "moderator"), ("until", "2030-05-01")])
        .is(200);
    // Changed again without touching the day, the day stays.
    let (_, form) = ada.visit(&members).form(&role);
    assert!(
        form.contains(&("until".to_owned(), "2030-05-01".to_owned())),
        "{form:?}"
    );
}

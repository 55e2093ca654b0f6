//! What moderators owe those they decide about, and each other: a rule and a reason with every act, a name where the
//! space gives it, a line in the log for each, an undo that puts back everything, and a queue that explains itself.

use super::a_topic::{reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("by_the_book::each_act_asks_for_its_grounds", grounds),
        ("by_the_book::what_went_wrong_with_a_title_goes_back_whole", retitled),
        ("by_the_book::who_leaves_a_list_is_told", member_out),
        ("by_the_book::a_note_takes_what_nobody_has", note),
        ("by_the_book::the_queue_counts_what_one_may_decide", counted),
        ("by_the_book::a_late_page_says_what_changed", late),
        ("by_the_book::kinds_of_flags_are_called_anew", renamed),
        ("by_the_book::a_name_where_the_space_gives_it", named),
        ("by_the_book::rules_hold_where_they_say", rules),
        ("by_the_book::a_review_is_handed_on_and_upheld", handed),
    ]
}

/// The number in a topic's address.
fn number(topic: &str) -> &str {
    topic.split(['/', '-']).nth(2).expect("a number")
}

fn grounds(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Ladles", "Where is the ladle?");
    let id = number(&topic).to_owned();
    let post = reply(&mut nia, &topic, "Which idiot has it?");
    let mut mo = town.sign_in("mo");
    // Another's words: by which rule, and why.
    let edit = format!("/posts/{post}/edit");
    nia.visit(&edit).sees_not("as the author reads it");
    mo.visit(&edit).sees("as the author reads it");
    mo.submit(
        &edit,
        &[
            ("body", "Who has it?"),
            ("do", "save"),
            ("rule", "Be kind"),
            ("reason", "Without the insult it is a question."),
        ],
    )
    .is(200);
    let close = format!("/topics/{id}/close");
    mo.visit(&close)
        .submit(&close, &[("rule", "One thing at a time"), ("reason", "It was found.")])
        .is(200);
    town.settle();
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    nia.visit(&log)
        .sees("Be kind")
        .sees("Without the insult it is a question.")
        .sees("One thing at a time")
        .sees("It was found.");
    let all = letters(town);
    let closed = all
        .iter()
        .find(|letter| letter.contains("It was found."))
        .expect("a letter");
    assert!(closed.contains("Rule: One thing at a time"), "{closed}");
    // What nobody gave is no empty line; what is too long is said beside its field, and nothing is done.
    let other = start(&mut nia, town, "Kitchen", "discussion", "Sieves", "Whose sieve?");
    let close = format!("/topics/{}/close", number(&other));
    mo.visit(&close).submit(&close, &[("rule", &"x".repeat(301))]).is(422);
    nia.visit(&other).sees_not("Closed");
    mo.visit(&close).submit(&close, &[]).is(200);
    town.settle();
    let bare = letters(town)
        .into_iter()
        .find(|letter| letter.contains("has been closed") && !letter.contains("It was found."))
        .or_else(|| {
            letters(town)
                .into_iter()
                .rfind(|letter| letter.contains("A decision in Kitchen"))
        })
        .expect("a letter");
    assert!(!bare.contains("Rule: –") && !bare.contains("Reason: –"), "{bare}");
    // Nobody reopens their own topic that a colleague closed.
    let own = start(&mut mo, town, "Kitchen", "discussion", "Rota", "Who cleans?");
    let close = format!("/topics/{}/close", number(&own));
    town.sign_in("ada").visit(&close).submit(&close, &[]).is(200);
    mo.visit(&own).submit(&format!("{close}/undo"), &[]).is(403);
    crate::running_support::sound(town);
}

fn retitled(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Pots", "How big?");
    let id = number(&topic).to_owned();
    let answer = reply(&mut town.sign_in("pia"), &topic, "Five litres.");
    let edit = format!("/topics/{id}/edit");
    nia.visit(&edit).submit(&edit, &[("tags", "steel, soup")]).is(200);
    nia.visit(&topic)
        .submit(&format!("/posts/{answer}/answer"), &[])
        .is(200);
    nia.visit(&topic).sees("Solved").sees("steel");
    let mut mo = town.sign_in("mo");
    mo.visit(&edit)
        .submit(&edit, &[("title", "Pans"), ("kind", "discussion"), ("tags", "copper")])
        .is(200);
    nia.visit(&topic)
        .sees("Pans")
        .sees("copper")
        .sees_not("steel")
        .sees_not("Solved");
    mo.visit("/queue");
    let undo = mo.form("/undo").0;
    mo.submit(&undo, &[]).sees("Undone");
    nia.visit(&topic)
        .sees("Pots")
        .sees("steel")
        .sees("soup")
        .sees("Solved")
        .sees("Question")
        .sees_not("copper");
    // Kind and tags alone are an act too.
    mo.visit(&edit).submit(&edit, &[("tags", "copper")]).is(200);
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("Kind or tags changed");
    // What the author did since stands in the way, and is named.
    mo.visit(&edit).submit(&edit, &[("title", "Kettles")]).is(200);
    nia.visit(&edit).submit(&edit, &[("title", "Cauldrons")]).is(200);
    mo.visit("/queue");
    let undo = mo.form("/undo").0;
    mo.submit(&undo, &[])
        .is(409)
        .sees("newer acts stand in the way")
        .sees("Title changed");
    nia.visit(&topic).sees("Cauldrons");
    crate::running_support::sound(town);
}

fn member_out(town: &Town) {
    let bridge = town.spaces["Bridge"];
    let gus = town.people["gus"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{bridge}/members"))
        .submit(&format!("/spaces/{bridge}/members/{gus}/remove"), &[])
        .is(200);
    town.settle();
    ada.visit(&format!("/spaces/{bridge}/log"))
        .sees("Taken off the list of members");
    ada.visit("/admin/audit").sees("left").sees("review_decided");
    let letter = letters(town)
        .into_iter()
        .find(|letter| letter.contains("no longer a member of Bridge"))
        .expect("a letter");
    assert!(letter.contains("gus@cast.example"), "{letter}");
    town.sign_in("gus")
        .visit("/decisions")
        .sees("Taken off the list of members");
}

fn note(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Tongs", "Mine!");
    let post = reply(&mut nia, &topic, "Mine, I said!");
    flag(town, "pia", post, "unkind");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let review = first(&mut mo);
    mo.visit(&review)
        .submit(&format!("{review}/note"), &[("words", "I know both.")])
        .sees("Give it back");
    town.sign_in("ada").visit("/admin/audit").sees("review_handled");
    // Renewed by each act, free again fifteen minutes after the last.
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(10 * 60));
    mo.visit(&review)
        .submit(&format!("{review}/note"), &[("words", "Still on it.")]);
    town.app.clock.set(now.plus_seconds(20 * 60));
    mo.visit("/queue?only=mine").sees("Tongs");
    town.app.clock.set(now.plus_seconds(26 * 60));
    mo.visit("/queue?only=mine").sees_not("Tongs");
    mo.visit(&review).sees("Nobody has it yet");
}

fn counted(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Whisks", "Mine!");
    let post = reply(&mut nia, &topic, "Hands off!");
    flag(town, "mo", post, "unkind");
    let mut mo = town.sign_in("mo");
    // Mo's own flag waits for somebody else: it is in the list, and not in Mo's count.
    mo.visit("/queue").sees("nothing waits").sees("Whisks");
    let mut ada = town.sign_in("ada");
    ada.visit("/queue").sees("one waits");
    let review = first(&mut ada);
    ada.visit(&review).submit(&format!("{review}/take"), &[]).is(200);
    let who = town.people["ada"];
    mo.visit(&format!("/queue?taken={who}")).sees("Whisks");
    mo.visit(&format!("/queue?taken={}", town.people["pia"]))
        .sees_not("Whisks");
    // Its place is explained by what was added to it, and by nothing that changed since.
    ada.visit(&review);
    let before = ada.words_in("dl.figures");
    for reader in ["pia", "oda", "nia"] {
        town.sign_in(reader).visit(&topic);
    }
    town.settle();
    ada.visit(&review);
    assert_eq!(ada.words_in("dl.figures"), before);
}

fn late(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Graters", "Mine!");
    let post = reply(&mut nia, &topic, "Hands off!");
    flag(town, "pia", post, "off_topic");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let review = first(&mut mo);
    mo.visit(&review);
    let split = mo
        .links()
        .into_iter()
        .find(|link| link.contains("/split?review="))
        .expect("a way to split");
    mo.visit(&split);
    // Nia changes her words while Mo thinks of a title: the review says so, and nothing is done.
    let edit = format!("/posts/{post}/edit");
    nia.visit(&edit)
        .submit(&edit, &[("body", "Sorry."), ("do", "save")])
        .is(200);
    mo.submit("/split", &[("title", "Whose grater")])
        .is(409)
        .sees("Something happened to this review meanwhile")
        .sees("Its author changed it")
        .sees("Sorry.");
    nia.visit(&topic).sees("Sorry.").sees_not("Whose grater");
    // A closed topic is not slowed down, and only who answers for the space suspends.
    let close = format!("/topics/{}/close", number(&topic));
    mo.visit(&close).submit(&close, &[]).is(200);
    mo.visit(&review).sees_not("No access to the forum");
    assert_eq!(mo.count("input[value='slow']"), 0);
    town.sign_in("ada").visit(&review).sees("No access to the forum");
}

fn renamed(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/flags")
        .submit("/admin/flags", &[("name.en", "Out of date"), ("name.nl", "Verouderd")])
        .sees("Out of date");
    let change = "/admin/flags/change";
    ada.submit(
        change,
        &[
            ("word", "own_1"),
            ("do", "rename"),
            ("name.en", "Old news"),
            ("name.nl", "Oud nieuws"),
            ("urgent", "yes"),
        ],
    )
    .sees("Old news")
    .sees("urgent")
    .sees_not("Out of date");
    let (_, mut fields) = ada.form(change);
    fields.retain(|(name, _)| name == "token");
    for (name, value) in [("word", "spam"), ("do", "rename"), ("name.en", "Junk")] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    ada.post(change, &fields).is(404);
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Menus", "Last year's.");
    let post = reply(&mut nia, &topic, "And the one before.");
    town.sign_in("pia")
        .visit(&format!("/posts/{post}/report"))
        .sees("Old news");
}

fn named(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let settings = format!("/spaces/{kitchen}/settings");
    let mut ada = town.sign_in("ada");
    ada.visit(&settings)
        .submit(&settings, &[("names_actors", "yes")])
        .is(200);
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Peelers", "Mine!");
    let post = reply(&mut nia, &topic, "Hands off!");
    flag(town, "pia", post, "unkind");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[("decision", "remove"), ("reason", "Not like this.")],
    );
    town.settle();
    nia.visit("/for-you").sees("Post removed, by Mo:");
    let letter = letters(town)
        .into_iter()
        .find(|letter| letter.contains("Not like this."))
        .expect("a letter");
    assert!(letter.contains("It was decided by Mo."), "{letter}");
}

fn rules(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let holding = format!("/spaces/{kitchen}/holding");
    let rules = format!("{holding}/rules");
    let mut ada = town.sign_in("ada");
    // Links by accounts younger than seven days, in the kitchen's first board only.
    let board = town.boards["Kitchen"];
    ada.visit(&holding)
        .submit(
            &rules,
            &[
                ("kind", "young_links"),
                ("amount", "7"),
                ("board", &board.0.to_string()),
            ],
        )
        .sees("Saved");
    let new = format!("/spaces/{kitchen}/boards/new");
    ada.visit(&new)
        .submit(
            &format!("/spaces/{kitchen}/boards"),
            &[("name", "Pantry"), ("description", "Jars")],
        )
        .is(200);
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Shops", "Which shop?");
    reply(&mut nia, &topic, "See https://shop.example for pans.");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees_not("shop.example");
    reply(&mut nia, &topic, "Without a link it stands.");
    pia.visit(&topic).sees("Without a link it stands.");
    // On the other board nothing is held.
    nia.visit(&format!("/spaces/{kitchen}"));
    let pantry = nia
        .links()
        .into_iter()
        .find(|link| link.contains("pantry"))
        .expect("the other board");
    let id = pantry.split(['/', '-']).nth(2).expect("a number").to_owned();
    nia.visit(&format!("/boards/{id}/topics/new")).submit(
        "/topics",
        &[
            ("kind", "discussion"),
            ("title", "Jars"),
            ("body", "See https://jars.example for jars."),
            ("do", "post"),
        ],
    );
    pia.visit("/latest").sees("Jars");
    // Eight days later the account is young no more.
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(8));
    nia = town.sign_in("nia");
    reply(&mut nia, &topic, "See https://later.example for more.");
    town.sign_in("pia")
        .visit(&topic)
        .sees("later.example")
        .sees_not("shop.example");
    crate::running_support::sound(town);
}

fn handed(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Spoons", "Mine!");
    let post = reply(&mut nia, &topic, "Hands off!");
    flag(town, "pia", post, "unkind");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let review = first(&mut mo);
    let ada = town.people["ada"].to_string();
    mo.visit(&review)
        .submit(&format!("{review}/hand"), &[("to", &ada)])
        .sees("Handed over.")
        .sees("Ada Admin has it.");
    // Nobody is handed what is about them, or is no moderator.
    let (action, mut fields) = mo.form(&format!("{review}/hand"));
    fields.retain(|(name, _)| name != "to");
    fields.push(("to".to_owned(), town.people["nia"].to_string()));
    mo.post(&action, &fields).is(422);
    decide(
        &mut mo,
        &review,
        &[("decision", "remove"), ("reason", "Not like this.")],
    );
    // Nia appeals; Ada, who did not decide it, finds it was right.
    nia.visit("/decisions");
    let decision = nia
        .links()
        .into_iter()
        .find(|link| link.starts_with("/decisions/"))
        .expect("a decision");
    nia.visit(&decision)
        .submit(&format!("{decision}/appeal"), &[("words", "It was a joke.")])
        .is(200);
    let mut ada = town.sign_in("ada");
    ada.visit("/queue?kind=appeal");
    let appeal = super::moderation::first_of(&mut ada, "/queue?kind=appeal");
    decide(&mut ada, &appeal, &[("decision", "uphold"), ("reason", "It stands.")]);
    town.settle();
    nia.visit("/for-you").sees("It stands.");
    town.sign_in("pia").visit(&topic).sees_not("Hands off!");
    // Once is all.
    nia.visit(&decision).sees_not("It was a joke.");
    assert_eq!(nia.count(&format!("form[action='{decision}/appeal']")), 0);
    crate::running_support::sound(town);
}

//! Ways around moderation that were open once: what was taken out read in the history, a decision about words
//! nobody saw, one's own flag found right, a post put back after its review had ended.

use aquarium::access::{deed, on_forum};
use aquarium::forum::people;
use aquarium::forum::spaces;
use aquarium::kinds::{ForumRole, SpaceRole};

use super::a_topic::{posts, reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("loopholes::what_a_moderator_took_out_is_out_of_the_history", taken_out),
        ("loopholes::a_term_that_is_over_is_over", term),
        ("loopholes::what_nobody_here_may_decide_is_the_admins", nobody),
        ("loopholes::nobody_finds_their_own_flag_right", own_flag),
        ("loopholes::what_changed_under_a_decision_is_not_decided", changed_under),
        ("loopholes::spam_answers_what_else_was_asked_until_undone", spam),
        ("loopholes::putting_back_is_no_way_around", put_back),
        ("loopholes::each_act_is_told_and_in_the_log", acts),
        ("loopholes::an_undo_leaves_alone_what_it_did_not_do", undo),
        ("loopholes::a_role_goes_before_a_sanction", roles_first),
        ("loopholes::names_are_found_in_any_letters", names),
        (
            "loopholes::nobody_merges_into_a_place_they_do_not_moderate",
            foreign_ground,
        ),
        ("loopholes::what_is_older_than_a_month_stays", too_late),
        ("loopholes::a_silence_holds_in_titles_and_answers", silenced_titles),
    ]
}

fn edit(client: &mut Client, post: i64, body: &str) {
    let path = format!("/posts/{post}/edit");
    client
        .visit(&path)
        .submit(&path, &[("body", body), ("do", "save")])
        .is(200);
}

/// A topic by Nia with a reply by Pia.
fn talk(town: &Town, title: &str, words: &str) -> (String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", title, "White or green?");
    let post = reply(&mut town.sign_in("pia"), &topic, words);
    (topic, post)
}

fn number(path: &str) -> String {
    path.split(['/', '-']).nth(2).expect("a number").to_owned()
}

fn taken_out(town: &Town) {
    let (_, post) = talk(town, "Leeks", "Call me on 0470 999 111, or wrte.");
    let mut pia = town.sign_in("pia");
    edit(&mut pia, post, "Call me on 0470 999 111, or write.");
    edit(&mut pia, post, "Call me on 0470 999 111, or write to me.");
    let history = format!("/posts/{post}/history");
    let mut oda = town.sign_in("oda");
    oda.visit(&history).sees("0470 999 111");
    let mut mo = town.sign_in("mo");
    edit(&mut mo, post, "Write to me.");
    edit(&mut pia, post, "Write to me, please.");
    // Every version before it said it as well.
    oda.visit(&history)
        .is(200)
        .sees("Write to me")
        .sees("please")
        .sees_not("0470");
    mo.visit(&history).sees("0470 999 111");
    pia.visit(&history).sees("0470 999 111");
}

fn term(town: &Town) {
    let (kitchen, mo, ada) = (town.spaces["Kitchen"], town.people["mo"], town.people["ada"]);
    let until = town.app.clock.now().plus_days(10);
    town.as_person("ada", |tx| {
        let may = spaces::find(tx, kitchen)?.may::<deed::Manage>()?;
        spaces::give_role(tx, may, mo, SpaceRole::CommunityManager, Some(until))
    });
    town.as_person("ada", |tx| {
        let may = spaces::find(tx, kitchen)?.may::<deed::Manage>()?;
        spaces::give_role(tx, may, ada, SpaceRole::CommunityManager, Some(until.plus_days(10)))
    });
    let settings = format!("/spaces/{kitchen}/settings");
    town.sign_in("mo").visit(&settings).is(200);
    // Mo's year is over, and Ada answers for the kitchen: he is a member like others.
    town.app.clock.set(until.plus_seconds(1));
    let mut mo = town.sign_in("mo");
    mo.visit(&settings);
    mo.is(403);
    mo.visit("/queue").is(404);
    // Hers is over too, but somebody has to hand the keys on.
    town.app.clock.set(until.plus_days(11));
    town.sign_in("ada").visit(&settings).is(200);
}

fn nobody(town: &Town) {
    let oda = town.people["oda"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::give_forum_role(tx, may, oda, ForumRole::Admin)
    });
    let (_, post) = talk(town, "Leeks", "Only fools cook leeks.");
    flag(town, "mo", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let mut oda = town.sign_in("oda");
    oda.visit(&review).is(404);
    // Mo may not decide his own flag, but may ask for help.
    mo.visit(&review);
    assert_eq!(mo.count("#decide"), 0);
    assert_eq!(mo.count("#f-why"), 1);
    // Ada flags it too: now nobody in the kitchen may decide, and it goes to the admins by itself.
    flag(town, "ada", post, "unkind");
    oda.visit(&review).is(200).sees("Only fools");
    decide(&mut oda, &review, &[("decision", "hide"), ("reason", "Unkind.")]);
    oda.is(200);
}

fn own_flag(town: &Town) {
    let (_, post) = talk(town, "Leeks", "Only fools cook leeks.");
    flag(town, "mo", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let remove = format!("/posts/{post}/remove");
    mo.visit(&remove).submit(&remove, &[("reason", "Unkind.")]).is(200);
    // The post is gone, and whether his flag was right is for somebody else.
    mo.visit(&review)
        .sees("Nobody has it yet")
        .sees("Somebody else decides it");
    let mut ada = town.sign_in("ada");
    decide(&mut ada, &review, &[("decision", "keep")]);
    ada.is(200);
    ada.visit(&review).sees("Kept");
    // Somebody else's flag is answered by the same act.
    let (_, other) = talk(town, "Chives", "Only fools cook chives.");
    flag(town, "oda", other, "unkind");
    let review = first(&mut mo);
    let remove = format!("/posts/{other}/remove");
    mo.visit(&remove).submit(&remove, &[("reason", "Unkind.")]).is(200);
    mo.visit(&review).sees("Post removed");
}

fn changed_under(town: &Town) {
    let (topic, post) = talk(town, "Leeks", "Only fools cook leeks.");
    flag(town, "oda", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&review);
    let mut pia = town.sign_in("pia");
    edit(&mut pia, post, "Only fools cook leeks, and Mo is one.");
    mo.submit("/decide", &[("decision", "keep")])
        .is(409)
        .sees("and Mo is one");
    mo.submit("/decide", &[("decision", "keep")]).is(200);
    // The title of a topic whose first post is before the moderators is part of it.
    let opening = *posts(pia.visit(&topic)).iter().min().expect("a first post");
    flag(town, "oda", opening, "off_topic");
    let review = first(&mut mo);
    mo.visit(&review);
    let change = format!("/topics/{}/edit", number(&topic));
    let mut nia = town.sign_in("nia");
    nia.visit(&change).submit(&change, &[("title", "Cheap loans")]).is(200);
    mo.submit("/decide", &[("decision", "keep")]).is(409);
}

fn spam(town: &Town) {
    let (_, one) = talk(town, "Leeks", "Buy pans from my shop.");
    let (_, two) = talk(town, "Chives", "Buy lids from my shop.");
    let (_, three) = talk(town, "Garlic", "Buy knives from my shop.");
    flag(town, "oda", one, "spam");
    flag(town, "nia", two, "spam");
    flag(town, "mo", three, "spam");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let review = format!("/reviews/{}", review_of(&mut mo, one));
    decide(&mut mo, &review, &[("decision", "spam"), ("reason", "No shops here.")]);
    mo.is(200);
    town.settle();
    // Each who flagged hears how it ended; what Mo flagged himself waits for somebody else.
    town.sign_in("nia")
        .visit("/for-you")
        .sees("What you reported in “Chives” was not right");
    mo.visit("/queue");
    assert_eq!(mo.count(".queue-item"), 1);
    review_of(&mut mo, three);
    // Undone, all three wait again, with their flags.
    mo.visit(&review).submit("/undo", &[]).is(200);
    town.settle();
    mo.visit("/queue").sees("lids").sees("pans").sees("knives");
    assert_eq!(mo.count(".queue-item"), 3);
    crate::running_support::sound(town);
}

/// The number of the open review of a post.
fn review_of(client: &mut Client, post: i64) -> String {
    client.visit("/queue");
    let page = client.body.clone();
    let item = page
        .split("queue-item")
        .find(|item| item.contains(&format!("/posts/{post}\"")) || item.contains(&format!("#post-{post}\"")))
        .unwrap_or_else(|| panic!("no review of {post}:\n{page}"));
    let at = item.find("/reviews/").expect("an address") + "/reviews/".len();
    item[at..].chars().take_while(char::is_ascii_digit).collect()
}

fn put_back(town: &Town) {
    let (topic, post) = talk(town, "Leeks", "Only fools cook leeks.");
    flag(town, "oda", post, "unkind");
    let mut pia = town.sign_in("pia");
    let remove = format!("/posts/{post}/remove");
    let undo = format!("{remove}/undo");
    pia.visit(&remove).submit(&remove, &[]).is(200);
    let (_, put_back) = pia.visit(&topic).form(&undo);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(&mut mo, &review, &[("decision", "remove"), ("reason", "Unkind.")]);
    mo.is(200);
    pia.post(&undo, &put_back).is(403);
    town.sign_in("oda").visit(&topic).sees_not("Only fools");
    // In a heated topic what is put back waits like everything else.
    let mine = reply(&mut pia, &topic, "Then chives.");
    let remove = format!("/posts/{mine}/remove");
    pia.visit(&remove).submit(&remove, &[]).is(200);
    let hold = format!("/topics/{}/hold", number(&topic));
    mo.visit(&topic).submit(&hold, &[]).is(200);
    pia.visit(&topic).submit(&format!("{remove}/undo"), &[]).is(200);
    pia.visit(&topic).sees("Then chives.").sees("waits for a moderator");
    town.sign_in("oda").visit(&topic).sees_not("Then chives.");
    mo.visit("/queue").sees("Then chives.");
    crate::running_support::sound(town);
}

fn acts(town: &Town) {
    let (topic, post) = talk(town, "Leeks", "Only fools cook leeks.");
    let mut mo = town.sign_in("mo");
    let remove = format!("/posts/{post}/remove");
    mo.visit(&remove)
        .submit(&remove, &[("reason", "Say it kindly.")])
        .is(200);
    let change = format!("/topics/{}/edit", number(&topic));
    mo.visit(&change)
        .submit(&change, &[("title", "Leeks in winter")])
        .is(200);
    mo.visit(&topic).submit("/pin", &[]).is(200);
    mo.visit(&topic)
        .submit(&format!("/topics/{}/hold", number(&topic)), &[])
        .is(200);
    town.settle();
    // The authors get a letter about what was taken or changed, and none about a pin.
    let all = letters(town);
    let to = |who: &str| {
        all.iter()
            .filter(|letter| letter.contains(who) && letter.contains("/decisions/"))
            .count()
    };
    assert_eq!((to("pia@cast.example"), to("nia@cast.example")), (1, 1), "{all:?}");
    assert!(all.iter().any(|letter| letter.contains("Say it kindly.")));
    assert!(
        all.iter()
            .any(|letter| letter.contains("The title of your topic in Kitchen"))
    );
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    town.sign_in("nia")
        .visit(&log)
        .sees("Title changed")
        .sees("Topic pinned")
        .sees("Every post of a topic held")
        .sees("Post removed");
    // What one does to one's own is nobody's act.
    town.sign_in("nia")
        .visit(&change)
        .submit(&change, &[("title", "Leeks, winter")])
        .is(200);
    town.settle();
    assert_eq!(letters(town).len(), all.len());
    // Told again, it is one letter.
    aquarium::jobs::worker::turn(&town.app, 0);
    assert_eq!(letters(town).len(), all.len());
}

fn undo(town: &Town) {
    let (topic, post) = talk(town, "Leeks", "White, always white.");
    let close = format!("/topics/{}/close", number(&topic));
    let mut mo = town.sign_in("mo");
    mo.visit(&close).submit(&close, &[("reason", "Enough.")]).is(200);
    // The asker marks what helped, and Mo changes his mind.
    let mut nia = town.sign_in("nia");
    nia.visit(&topic).submit(&format!("/posts/{post}/answer"), &[]).is(200);
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]));
    let review = mo
        .links()
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("a review");
    mo.visit(&review).submit("/undo", &[]).is(200).sees("undone");
    nia.visit(&topic).sees("White, always white.");
    assert_eq!(nia.count(".post.answer"), 1);
    assert_eq!(nia.count(".reply"), 1, "open again");
}

fn roles_first(town: &Town) {
    let (cellar, pia) = (town.spaces["Cellar"], town.people["pia"]);
    let (_, post) = talk(town, "Leeks", "Only fools cook leeks.");
    flag(town, "oda", post, "unkind");
    town.as_person("ada", |tx| {
        let may = spaces::find(tx, cellar)?.may::<deed::Manage>()?;
        spaces::give_role(tx, may, pia, SpaceRole::Moderator, None)
    });
    let mut ada = town.sign_in("ada");
    let review = first(&mut ada);
    // Who moderates anywhere is not kept out of the whole forum from one queue.
    let reason = ("reason", "Unkind.");
    decide(
        &mut ada,
        &review,
        &[("decision", "hide"), reason, ("sanction", "suspension-7")],
    );
    ada.is(422);
    assert_eq!(ada.count("#p-sanction"), 1);
    // Nor is anybody silenced for longer than is offered.
    decide(
        &mut ada,
        &review,
        &[("decision", "hide"), reason, ("sanction", "silence-3650")],
    );
    ada.is(422);
    // In the kitchen she is a member like others.
    decide(
        &mut ada,
        &review,
        &[("decision", "hide"), reason, ("sanction", "silence-3")],
    );
    ada.is(200);
}

fn names(town: &Town) {
    let (_, post) = talk(town, "Leeks", "Only fools cook leeks.");
    town.sign_in("pia")
        .visit("/settings")
        .submit("/settings", &[("display_name", "Élodie Ångström")])
        .is(200);
    flag(town, "oda", post, "unkind");
    // Whatever database is asked, letters are large or small in every alphabet.
    let mut mo = town.sign_in("mo");
    mo.visit("/queue?author=%C3%A9lodie").is(200).sees("Only fools");
    mo.visit("/search?q=leeks+author%3A%22%C3%A9lodie+%C3%A5ngstr%C3%B6m%22")
        .sees("Only fools");
    mo.visit("/queue?author=nobody").sees_not("Only fools");
}

/// An internal space that everybody reads and Ada alone moderates, with a topic in it.
fn garden(town: &Town) -> (i64, i64) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/spaces/new")
        .submit(
            "/admin/spaces",
            &[
                ("name", "Garden"),
                ("visibility", "internal"),
                ("joining", "open"),
                ("concept_for", "Gardeners"),
                ("concept_about", "Beds"),
                ("concept_gain", "Herbs"),
            ],
        )
        .is(200);
    let id: i64 = ada
        .path
        .split('/')
        .nth(2)
        .and_then(|id| id.parse().ok())
        .expect("a space");
    ada.submit("/boards", &[("name", "Beds"), ("kinds", "discussion")])
        .is(200);
    let board = ada
        .links()
        .into_iter()
        .find(|link| link.starts_with("/boards/"))
        .expect("a board");
    let board: i64 = number(&board).parse().expect("a number");
    (id, board)
}

fn foreign_ground(town: &Town) {
    let (_, board) = garden(town);
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/boards/{board}/topics/new"))
        .submit(
            "/topics",
            &[
                ("kind", "discussion"),
                ("title", "Compost"),
                ("body", "Turn it."),
                ("do", "post"),
            ],
        )
        .is(200);
    let compost = number(&ada.path);
    let (topic, post) = talk(town, "Leeks", "Only fools cook leeks.");
    // Mo reads the garden and moderates the kitchen: he takes nothing out of it.
    let merge = format!("/topics/{}/merge", number(&topic));
    let mut mo = town.sign_in("mo");
    mo.visit(&format!("/topics/{compost}")).is(200).sees("Turn it.");
    mo.visit(&merge)
        .submit(&merge, &[("into", &compost), ("reason", "Tidy.")]);
    mo.is(403);
    let (_, token) = mo.visit("/").form("/sign-out");
    let mut fields = token.clone();
    fields.push(("to".to_owned(), board.to_string()));
    mo.post(&format!("/topics/{}/move", number(&topic)), &fields).is(403);
    // Nor from the queue.
    flag(town, "oda", post, "off_topic");
    let first_post = *posts(mo.visit(&topic)).iter().min().expect("a first post");
    flag(town, "oda", first_post, "off_topic");
    let review = format!("/reviews/{}", review_of(&mut mo, first_post));
    decide(
        &mut mo,
        &review,
        &[("decision", "move"), ("reason", "Tidy."), ("board", &board.to_string())],
    );
    mo.is(403);
    mo.visit(&topic).is(200).sees("Kitchen").sees_not("Garden");
    // Ada, who answers for both, does.
    decide(
        &mut ada,
        &review,
        &[("decision", "move"), ("reason", "Tidy."), ("board", &board.to_string())],
    );
    ada.is(200);
    ada.visit(&topic).sees("Garden");
}

fn too_late(town: &Town) {
    let (_, post) = talk(town, "Leeks", "Only fools cook leeks.");
    let remove = format!("/posts/{post}/remove");
    town.sign_in("mo")
        .visit(&remove)
        .submit(&remove, &[("reason", "Unkind.")])
        .is(200);
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    let review = |who: &str| {
        let mut client = town.sign_in(who);
        client.visit(&log);
        let review = client.links().into_iter().find(|link| link.starts_with("/reviews/"));
        client.visit(&review.expect("a review"));
        client
    };
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(29));
    assert_eq!(review("mo").count("form[action$='/undo']"), 1);
    let mo = review("mo");
    let (undo, fields) = mo.form("/undo");
    town.app.clock.set(now.plus_days(31));
    let mut late = review("mo");
    assert_eq!(late.count("form[action$='/undo']"), 0);
    late.post(&undo, &fields);
    late.is(403);
}

fn silenced_titles(town: &Town) {
    let (topic, post) = talk(town, "Leeks", "Only fools cook leeks.");
    let edit = format!("/topics/{}/edit", number(&topic));
    let mut nia = town.sign_in("nia");
    let (_, title) = nia.visit(&edit).form(&edit);
    let answer = format!("/posts/{post}/answer");
    let (_, mark) = nia.visit(&topic).form(&answer);
    let first_post = *posts(&nia).iter().min().expect("a first post");
    flag(town, "oda", first_post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let given = [
        ("decision", "keep"),
        ("reason", "Cool down."),
        ("sanction", "silence-3"),
    ];
    decide(&mut mo, &review, &given);
    mo.is(200);
    let mut changed = title.clone();
    changed.retain(|(name, _)| name != "title");
    changed.push(("title".to_owned(), "Cheap loans".to_owned()));
    nia.post(&edit, &changed).is(403);
    nia.post(&answer, &mark).is(403);
    nia.visit(&topic).sees("Leeks").sees_not("Cheap loans");
    // Undone, she writes again.
    mo.visit(&review).submit("/undo", &[]).is(200);
    nia.post(&answer, &mark).is(303);
    nia.post(&edit, &changed).is(303);
}

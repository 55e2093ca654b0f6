//! What keeps a house open: guidelines with versions that are accepted before the first post, reminders
//! at the right moment, and spaces that are entered from outside only with a reason that members read.

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::forum::people;
use aquarium::kinds::ForumRole;

use super::a_topic::{posts, reply, start};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("open_house::guidelines_are_accepted_once_a_version", guidelines),
        ("open_house::the_composer_reminds_at_the_right_moment", reminders),
        ("open_house::a_question_is_asked_once", twins),
        ("open_house::a_space_is_entered_with_a_reason", entered),
        (
            "open_house::what_is_read_inside_is_written_down_for_each_space",
            twice_inside,
        ),
        ("open_house::reading_what_is_private_is_written_down", private),
    ]
}

/// Changes some settings of a space, as its page has the others.
fn set(client: &mut Client, town: &Town, room: &str, values: &[(&str, &str)], reminders: &[&str]) {
    let path = format!("/spaces/{}/settings", town.spaces[room]);
    let (_, mut fields) = client.visit(&path).form(&path);
    // Radio buttons that are chosen are read off the page, boxes are what is asked for here.
    for (name, value) in values {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.retain(|(name, _)| name != "reminder");
    fields.extend(reminders.iter().map(|word| ("reminder".to_owned(), (*word).to_owned())));
    client.post(&path, &fields);
    client.follow().is(200).sees("Saved");
}

fn guidelines(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let page = format!("/spaces/{kitchen}/guidelines");
    let mut ada = town.sign_in("ada");
    set(
        &mut ada,
        town,
        "Kitchen",
        &[("guidelines", "- Wash your hands")],
        &["old"],
    );
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/spaces/{kitchen}"))
        .sees("Before your first post here you accept the guidelines");
    // Without accepting, nothing is posted, and what was typed is kept.
    let board = town.boards["Kitchen"];
    nia.visit(&format!("/boards/{board}/topics/new"));
    nia.submit(
        "/topics",
        &[
            ("kind", "discussion"),
            ("title", "Leeks"),
            ("body", "White?"),
            ("do", "post"),
        ],
    )
    .is(422)
    .sees("accept the guidelines of this space first")
    .sees("White?");
    // Another version than was read is not accepted.
    nia.submit("/topics", &[("accept", "7"), ("do", "post")]).is(422);
    nia.submit("/topics", &[("accept", "1"), ("do", "post")])
        .is(200)
        .sees("White?");
    let topic = nia.path.clone();
    // Once a version.
    nia.visit(&topic).sees_not("name=\"accept\"");
    reply(&mut nia, &topic, "Or green?");
    // On the page itself, as it is today.
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees("I accept the");
    pia.submit("/reply", &[("body", "Green."), ("do", "post")])
        .is(422)
        .sees("Green.");
    let (_, stale) = pia.visit(&page).form("/accept");
    set(
        &mut ada,
        town,
        "Kitchen",
        &[("guidelines", "- Wash your hands\n- And the leeks")],
        &["old"],
    );
    pia.post(&format!("{page}/accept"), &stale).is(409);
    pia.visit(&page).sees("And the leeks").sees("Version 1");
    pia.submit("/accept", &[]).sees("Accepted");
    reply(&mut pia, &topic, "Green.");
    // The new version is accepted anew, and the old one can still be read.
    nia.visit(&topic).sees("I accept the");
    nia.visit(&format!("{page}?version=1"))
        .sees("which no longer applies")
        .sees_not("And the leeks");
    nia.visit(&format!("{page}?version=7")).is(404);
    // Who moderates by them does not accept them, and a decision cites them.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Both.");
    // A setting without another word of the guidelines makes no version.
    set(&mut ada, town, "Kitchen", &[("review_hours", "5")], &["old"]);
    ada.visit(&page).sees("Version 2").sees_not("Version 3");
    // Who does not read the space does not read them.
    town.sign_in("gus").visit(&page).is(404);
    town.visitor().get(&page).is(303);
}

fn reminders(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    nia.visit(&topic).sees_not("The last two posts here are yours");
    reply(&mut nia, &topic, "Green, I think.");
    reply(&mut nia, &topic, "No, white.");
    nia.visit(&topic).sees("The last two posts here are yours");
    let last = *posts(&nia).iter().max().expect("a post");
    nia.visit(&format!("/posts/{last}/reply"))
        .sees("The last two posts here are yours");
    // It reminds and does not forbid.
    reply(&mut nia, &topic, "Definitely white.");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees_not("The last two posts");
    for number in 0..7 {
        let by = if number == 3 { &mut pia } else { &mut nia };
        reply(by, &topic, &format!("Thought {number}."));
    }
    reply(&mut pia, &topic, "May I?");
    nia.visit(&topic)
        .sees("More than half of the latest posts here are yours");
    pia.visit(&topic).sees_not("More than half");
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(250));
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees("quiet for 8 months");
    // Each is off where a space wants it so.
    let mut ada = town.sign_in("ada");
    set(&mut ada, town, "Kitchen", &[], &[]);
    pia.visit(&topic).sees_not("quiet for");
    town.app.clock.set(now);
    let mut nia = town.sign_in("nia");
    nia.visit(&topic).sees_not("More than half");
}

fn twins(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Why does the tomato soup boil over?",
        "Every day.",
    );
    let mut pia = town.sign_in("pia");
    start(
        &mut pia,
        town,
        "Cellar",
        "question",
        "Why does the tomato cellar soup boil over?",
        "A secret.",
    );
    town.settle();
    let board = town.boards["Kitchen"];
    let ask = |client: &mut Client, title: &str| {
        client.visit(&format!("/boards/{board}/topics/new"));
        client.submit(
            "/topics",
            &[
                ("kind", "question"),
                ("title", title),
                ("body", "Tell me."),
                ("do", "post"),
            ],
        );
    };
    // Asked in other words; from the same space alone.
    ask(&mut pia, "Tomato soup boils over. Why?");
    pia.is(200)
        .sees("Something like this was asked before")
        .sees("Why does the tomato soup boil over?")
        .sees("Tell me.")
        .sees_not("cellar");
    // Pressed again, it is asked.
    pia.submit("/topics", &[("do", "post")]);
    assert!(pia.path.contains("/topics/"), "{}", pia.path);
    pia.is(200).sees("Waits for an answer");
    // Another question about soup is another question.
    ask(&mut pia, "Which soup for many guests?");
    assert!(pia.path.starts_with("/topics/"), "{}", pia.path);
    // And off where a space wants it so.
    let mut ada = town.sign_in("ada");
    set(&mut ada, town, "Kitchen", &[], &["old"]);
    town.settle();
    ask(&mut nia, "The tomato soup boils over, but why?");
    assert!(nia.path.starts_with("/topics/"), "{}", nia.path);
}

/// Makes Oda a community manager of the whole forum.
fn forum_manager(town: &Town) {
    let oda = town.people["oda"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::give_forum_role(tx, may, oda, ForumRole::CommunityManager)
    });
}

fn twice_inside(town: &Town) {
    let (cellar, quay) = (town.spaces["Cellar"], town.spaces["Quay"]);
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "discussion", "Secret barrel", "Behind it.");
    town.settle();
    forum_manager(town);
    let mut oda = town.sign_in("oda");
    let key = town.as_person("oda", |tx| {
        aquarium::forum::feeds::make(tx)?;
        aquarium::forum::feeds::mine(tx)
    });
    let key = key.expect("a key");
    for space in [cellar, quay] {
        oda.visit(&format!("/spaces/{space}"))
            .submit("/enter", &[("reason", "Both barrels leak."), ("minutes", "30")])
            .is(200);
    }
    // A line for each space she looks into, and one an hour for the same page.
    let mut ada = town.sign_in("ada");
    let lines = |ada: &mut Client, page: &str| {
        ada.visit("/admin/audit").is(200);
        ada.body.matches(page).count()
    };
    oda.visit(&topic).is(200).sees("Behind it.");
    oda.visit(&topic).is(200);
    oda.visit("/latest").is(200);
    assert_eq!(lines(&mut ada, "/latest&quot;"), 2, "{}", ada.body);
    assert_eq!(lines(&mut ada, &format!("{topic}&quot;")), 2, "{}", ada.body);
    // Numbers are no reading; and her feed reader, of whom nothing is written down, gets nothing.
    oda.get("/live").is(200);
    assert_eq!(lines(&mut ada, "/live&quot;"), 0);
    let mut reader = town.visitor();
    reader.get(&format!("/feeds/{key}/spaces/{cellar}")).is(404);
    reader.get(&format!("/feeds/{key}{topic}")).is(404);
    reader.get(&format!("/feeds/{key}/search?q=barrel")).is(200);
    assert!(!reader.body.contains("Secret barrel"), "{}", reader.body);
    assert_eq!(lines(&mut ada, &key), 0);
    oda.visit("/search?q=barrel").sees("Secret");
}

fn entered(town: &Town) {
    let cellar = town.spaces["Cellar"];
    let space = format!("/spaces/{cellar}");
    let mut pia = town.sign_in("pia");
    let topic = start(
        &mut pia,
        town,
        "Cellar",
        "discussion",
        "Secret barrel",
        "Behind the wall.",
    );
    // Nobody else knows of it.
    for outsider in ["nia", "oda"] {
        let mut client = town.sign_in(outsider);
        client.visit(&space).is(404);
        let (_, fields) = client.visit("/").form("/sign-out");
        client.post(&format!("{space}/enter"), &fields).is(404);
    }
    forum_manager(town);
    let mut oda = town.sign_in("oda");
    oda.visit("/").sees("Cellar");
    oda.visit(&space).is(200).sees("private").sees("Ada").sees_not("barrel");
    oda.visit(&topic).is(404);
    oda.visit(&space);
    oda.submit("/enter", &[("reason", "short"), ("minutes", "15")])
        .is(422)
        .sees("10 to 500 characters");
    oda.submit(
        "/enter",
        &[("reason", "A complaint about the barrel."), ("minutes", "600")],
    )
    .is(422);
    oda.visit(&topic).is(404);
    oda.visit(&space)
        .submit(
            "/enter",
            &[("reason", "A complaint about the barrel."), ("minutes", "30")],
        )
        .is(200)
        .sees("You do not belong here")
        .sees("A complaint about the barrel.");
    town.settle();
    // She reads, and does nothing; pressed twice, it is one entry.
    let (_, twice) = oda.visit("/").form("/sign-out");
    oda.post(&format!("{space}/enter"), &twice).is(303);
    let report = oda
        .visit(&topic)
        .links()
        .into_iter()
        .find(|link| link.ends_with("/report"));
    assert_eq!(report, None);
    oda.visit(&topic).is(200).sees("Behind the wall.");
    assert_eq!(oda.count(".reply textarea"), 0);
    oda.visit("/search?q=barrel").sees("Secret");
    // The members are told, by name and reason; the log has it, and so has the audit.
    pia.visit("/for-you")
        .sees("Oda entered Cellar with a reason")
        .sees("A complaint about the barrel.");
    pia.visit(&format!("{space}/log"))
        .sees("Entered with a reason")
        .sees("A community manager of the forum")
        .sees("A complaint about the barrel.");
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/audit").sees("space_entered").sees("entered_page");
    // Over by itself, whether or not a page is open.
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(31 * 60));
    oda.visit(&topic).is(404);
    oda.visit("/search?q=barrel").sees_not("Secret");
    oda.visit(&space).sees("Enter with a reason");
    // Or earlier.
    oda.submit(
        "/enter",
        &[("reason", "Forgot to look at the wall."), ("minutes", "15")],
    )
    .is(200);
    oda.submit("/enter/end", &[]).is(200);
    oda.visit(&topic).is(404);
    // What she read leaves no trace with her.
    aquarium::jobs::worker::turn(&town.app, 0);
    town.settle();
    crate::running_support::sound(town);
    // Whoever loses the role loses the key with it.
    oda.visit(&space)
        .submit("/enter", &[("reason", "One more look at the wall."), ("minutes", "15")])
        .is(200);
    let id = town.people["oda"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::give_forum_role(tx, may, id, ForumRole::None)
    });
    oda.visit(&topic).is(404);
    oda.visit(&space).is(404);
}

fn private(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Only fools cook leeks.");
    super::moderation::flag(town, "nia", post, "unkind");
    let readings = |what: &str| {
        let mut ada = town.sign_in("ada");
        ada.visit("/admin/audit").is(200);
        ada.text().matches(&format!("\"what\":\"{what}\"")).count()
    };
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    assert_eq!(readings("review"), 0);
    let review = super::moderation::first(&mut mo);
    mo.visit(&review).is(200);
    mo.visit(&review).is(200);
    assert_eq!(readings("review"), 1, "the same within an hour is one reading");
    // Whoever may not read it leaves no line.
    nia.visit(&review).is(404);
    assert_eq!(readings("review"), 1);
    super::moderation::decide(&mut mo, &review, &[("decision", "hide"), ("reason", "Unkind.")]);
    // A removed text, by those who still read it; not by its author, who wrote it.
    pia.visit(&topic).sees("Only fools");
    nia.visit(&topic).sees_not("Only fools");
    assert_eq!(readings("removed_text"), 0);
    mo.visit(&topic).sees("Only fools");
    assert_eq!(readings("removed_text"), 1);
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/admin/people/{}", town.people["pia"])).is(200);
    ada.visit("/admin/letters").is(200);
    assert_eq!((readings("account"), readings("letters")), (1, 1));
    ada.visit("/admin/audit").sees("private_read");
    town.settle();
    let verified = town
        .app
        .store
        .read(&Viewer::system("story"), |cx| aquarium::forum::audit::verify(cx, None))
        .expect("the chain can be read");
    assert_eq!((verified.broken_at, verified.waiting), (None, 0));
}

//! Letters about what one follows: at once or in the digest, never about what one has seen or may not see,
//! stopped by a link, and looked at once more before they leave.

use aquarium::access::{deed, on_forum};
use aquarium::forum::letters::notices;
use aquarium::forum::people;
use aquarium::jobs::worker;

use super::a_topic::{reply, start};
use crate::Story;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("letters::an_answer_is_a_letter_at_once", at_once),
        ("letters::what_i_have_seen_is_no_letter", seen),
        ("letters::the_digest_gathers_what_waits", digest),
        ("letters::a_link_stops_one_kind_of_letters", stopped),
        ("letters::twelve_ways_in_which_nothing_leaves", nothing_leaves),
        ("letters::many_replies_are_few_letters", storm),
        ("letters::an_admin_tries_whether_letters_leave", tried),
    ]
}

/// Lets two minutes pass for whoever is looking, and writes what is due. The letters of notices so far.
fn written(town: &Town, seconds: i64) -> Vec<String> {
    town.settle();
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(seconds));
    notices::write(&town.app).expect("letters are written");
    town.app.clock.set(now.plus_seconds(1));
    town.settle();
    let mut all = letters(town);
    all.retain(|letter| letter.contains("List-Unsubscribe"));
    all
}

fn number(path: &str) -> String {
    path.split(['/', '-']).nth(2).expect("a number").to_owned()
}

/// Nia's topic, with a reply by Mo below it.
fn answered(town: &Town) -> (String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "White, of course.");
    (topic, post)
}

fn at_once(town: &Town) {
    let (topic, _) = answered(town);
    assert!(written(town, 0).is_empty(), "two minutes of patience");
    let first = written(town, 130);
    assert_eq!(first.len(), 1, "{first:?}");
    let letter = &first[0];
    assert!(letter.contains("nia@cast.example"));
    assert!(letter.contains("Mo replied to you in"));
    assert!(letter.contains("White, of course."));
    assert!(letter.contains(&format!("References: <topic-{}@", number(&topic))));
    assert!(letter.contains(&format!("List-Id: <space-{}.", town.spaces["Kitchen"])));
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(letter.contains("Auto-Submitted: auto-generated"));
    assert!(letter.contains("From: \"Mo via Aquarium of the cast\""), "{letter}");
    // Once.
    assert_eq!(written(town, 800).len(), 1);
    // The next about the same topic waits for its ten minutes.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    assert_eq!(written(town, 140).len(), 1);
    let second = written(town, 900);
    assert_eq!(second.len(), 2);
    assert!(
        second[1].contains("2 new replies") || second[1].contains("Or green."),
        "{}",
        second[1]
    );
    // My page says what was sent to me.
    town.sign_in("nia")
        .visit("/settings/letters")
        .sees("Leeks")
        .sees("Something that concerns you");
    town.sign_in("mo").visit("/settings/letters").sees("Nothing yet");
}

fn seen(town: &Town) {
    let (topic, _) = answered(town);
    // Read in the forum before the two minutes are over.
    town.settle();
    town.sign_in("nia").visit(&topic).sees("White, of course.");
    assert!(written(town, 130).is_empty());
    // The inbox looked at is as good.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    town.settle();
    town.sign_in("nia").visit("/for-you").submit("/looked", &[]);
    assert!(written(town, 130).is_empty());
    // Nobody who wants none gets one.
    town.sign_in("nia")
        .visit("/settings/letters")
        .submit(
            "/settings/letters",
            &[("about.reply", "none"), ("about.followed", "none")],
        )
        .is(200)
        .sees("Saved");
    reply(&mut mo, &topic, "Both.");
    assert!(written(town, 130).is_empty());
}

fn digest(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut oda = town.sign_in("oda");
    let path = format!("/spaces/{kitchen}/follow");
    oda.visit(&path).submit(&path, &[("level", "every")]).is(200);
    oda.visit("/settings/letters")
        .submit("/settings/letters", &[("rhythm", "daily"), ("hour", "99")]);
    oda.is(422);
    oda.visit("/settings/letters")
        .submit("/settings/letters", &[("rhythm", "daily"), ("hour", "6")])
        .is(200);
    let (topic, _) = answered(town);
    let mut pia = town.sign_in("pia");
    start(&mut pia, town, "Kitchen", "question", "Salt", "How much?");
    let all = written(town, 2 * 86_400);
    let mine: Vec<&String> = all
        .iter()
        .filter(|letter| letter.contains("oda@cast.example"))
        .collect();
    assert_eq!(mine.len(), 1, "{all:?}");
    assert!(mine[0].contains("things you missed"));
    assert!(mine[0].contains("2 new topics in Kitchen"));
    assert!(mine[0].contains("Mo wrote in"));
    // A digest says what, not all of it; and what waits for somebody like her.
    assert!(!mine[0].contains("White, of course."));
    assert!(mine[0].contains("These still wait"));
    // Nothing twice, and nothing when there is nothing.
    let again = written(town, 4 * 86_400);
    assert_eq!(
        again
            .iter()
            .filter(|letter| letter.contains("oda@cast.example"))
            .count(),
        1
    );
    assert!(topic.contains("leeks"));
}

fn stopped(town: &Town) {
    let (topic, _) = answered(town);
    let all = written(town, 130);
    let letter = &all[0];
    let at = letter.find("List-Unsubscribe: <").expect("a header");
    let link = letter[at..].split(['<', '>']).nth(1).expect("an address");
    let path = link[link.find("/letters/stop/").expect("a path")..].to_owned();
    // Opened by a scanner, it stops nothing.
    let mut scanner = town.visitor();
    scanner
        .visit(&path)
        .is(200)
        .sees("No more letters of this kind: Replies to me?");
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    assert_eq!(written(town, 900).len(), 2);
    // A mail program presses the button without a page of ours, and without a session.
    let mut program = town.visitor();
    program
        .post_with(&path, &[("List-Unsubscribe".to_owned(), "One-Click".to_owned())], &[])
        .is(200)
        .sees("You get no more letters of this kind: Replies to me");
    reply(&mut mo, &topic, "Or both.");
    assert_eq!(written(town, 3_000).len(), 2);
    // It can do nothing else, and nobody's else is one.
    program
        .post_with(&path.replace("/reply", "/everything"), &[], &[])
        .is(404);
    program.post_with("/letters/stop/nonsense/reply", &[], &[]).is(404);
    town.visitor().get("/letters/stop/nonsense/reply").is(404);
    town.sign_in("nia").visit("/settings/letters").sees("no letter");
}

/// Something that happens between a line and its letter, or between a letter and its leaving.
type Turn = fn(&Town, &str, i64);

fn nothing_leaves(town: &Town) {
    let turns: [(&str, Turn); 8] = [
        ("removed by its author", |town, _, post| {
            let remove = format!("/posts/{post}/remove");
            town.sign_in("mo").visit(&remove).submit(&remove, &[]).is(200);
        }),
        ("removed by a moderator", |town, _, post| {
            let remove = format!("/posts/{post}/remove");
            town.sign_in("ada")
                .visit(&remove)
                .submit(&remove, &[("reason", "No.")])
                .is(200);
        }),
        ("moved out of sight", |town, topic, _| {
            let to = town.boards["Cellar"];
            let path = format!("/topics/{}/move?to={to}", number(topic));
            town.sign_in("ada").visit(&path).submit("/move", &[]).is(200);
        }),
        ("muted", |town, topic, _| {
            let path = format!("/topics/{}/follow", number(topic));
            town.sign_in("nia")
                .visit(&path)
                .submit(&path, &[("level", "muted")])
                .is(200);
        }),
        ("the branch muted", |town, _, post| {
            let path = format!("/posts/{post}/follow");
            town.sign_in("nia")
                .visit(&path)
                .submit(&path, &[("level", "muted")])
                .is(200);
        }),
        ("wished away", |town, _, _| {
            town.sign_in("nia")
                .visit("/settings/letters")
                .submit("/settings/letters", &[("about.reply", "none")])
                .is(200);
        }),
        ("read", |town, topic, _| {
            town.sign_in("nia").visit(topic).is(200);
        }),
        ("deactivated", |town, _, _| {
            let id = town.people["nia"];
            town.as_person("ada", |tx| {
                let may = on_forum::<deed::Administer>(tx.viewer())?;
                people::deactivate(tx, may, id)
            });
        }),
    ];
    for late in [false, true] {
        for (what, turn) in &turns {
            let (topic, post) = answered(town);
            town.settle();
            let now = town.app.clock.now();
            if late {
                // The letter stands in the outbox, and the mail server is away.
                town.app.clock.set(now.plus_seconds(130));
                notices::write(&town.app).expect("letters are written");
                town.app.clock.set(now);
            }
            turn(town, &topic, post);
            let left = written(town, 130);
            assert!(left.is_empty(), "{what}, late {late}: {left:?}");
            // Back to how it was, for the next.
            let id = town.people["nia"];
            if *what == "deactivated" {
                town.as_person("ada", |tx| {
                    let may = on_forum::<deed::Administer>(tx.viewer())?;
                    people::reactivate(tx, may, id)
                });
            }
            town.sign_in("nia")
                .visit("/settings/letters")
                .submit("/settings/letters", &[("about.reply", "once")])
                .is(200);
            town.sign_in("nia").visit("/for-you");
            let mut nia = town.sign_in("nia");
            nia.visit("/for-you");
            if nia.body.contains("/for-you/looked") {
                nia.submit("/looked", &[]).is(200);
            }
        }
    }
}

fn storm(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Storm", "Begin.");
    for who in ["oda", "pia", "mo"] {
        let path = format!("/topics/{}/follow", number(&topic));
        let mut client = town.sign_in(who);
        client.visit(&path).submit(&path, &[("level", "every")]).is(200);
        client
            .visit("/settings/letters")
            .submit("/settings/letters", &[("about.followed", "once")])
            .is(200);
    }
    town.settle();
    let first = crate::running_support::posts_of(town, &topic);
    for round in 0..40 {
        crate::running_support::reply(town, "pia", first, &format!("Thunder {round}"), "").expect("a reply");
    }
    let all = written(town, 130);
    // One for each, whatever happened: they say how much it was.
    assert_eq!(all.len(), 3, "{}", all.len());
    assert!(all.iter().any(|letter| letter.contains("40 new posts in")), "{all:?}");
}

fn tried(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/letters")
        .submit("/admin/letters/test", &[])
        .is(200)
        .sees("On its way")
        .sees("Test letter");
    worker::turn(&town.app, 1);
    town.settle();
    assert!(
        letters(town)
            .iter()
            .any(|letter| letter.contains("ada@cast.example") && letter.contains("letters leave"))
    );
    town.sign_in("mo").visit("/admin/letters").is(404);
}

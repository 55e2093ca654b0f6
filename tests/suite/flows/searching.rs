//! Finding again what was said, and never what one may not see.

use super::a_topic::{posts, reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("searching::finds_stems_phrases_and_filters", finds),
        ("searching::follows_what_happens_to_a_post", follows),
        ("searching::a_lost_index_comes_back", lost),
        ("searching::forgives_a_mistake_and_knows_compounds", forgives),
        ("searching::shows_what_else_is_about_this", about_this),
        ("searching::takes_anything", anything),
        ("searching::asks_for_states_and_titles_and_order", states),
    ]
}

fn finds(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Pumps that trip",
        "The pump trips on every warm restart since the firmware update came.",
    );
    start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Soep in de winter",
        "Welke soepen koken jullie in de koude wintermaanden voor het hele gezin?",
    );
    town.settle();
    let mut pia = town.sign_in("pia");
    pia.visit("/search?q=pumped").sees("Pumps that trip");
    assert!(pia.count("mark") > 0);
    pia.visit("/search?q=%22warm+restart%22").sees("Pumps that trip");
    pia.visit("/search?q=%22restart+warm%22").sees("Nothing found");
    pia.visit("/search?q=soep+koken").sees("Soep in de winter");
    pia.visit("/search?q=pump+author:nia+kind:question+space:kitchen")
        .sees("Pumps that trip");
    pia.visit("/search?q=pump+author:mo").sees("Nothing found");
    pia.visit("/search?q=pump+-firmware").sees("Nothing found");
    pia.visit("/search?q=pump+before:2020-01-01").sees("Nothing found");
    pia.visit("/search?q=pump+kind:poem")
        .sees("Not understood and left out: kind:poem");
}

fn forgives(town: &Town) {
    let mut nia = town.sign_in("nia");
    for (title, body) in [
        ("De vergunning", "Wie doet de aanvraag voor het nieuwe gebouw?"),
        ("Formulier", "De vergunningsaanvraag ligt bij de gemeente."),
        ("Koude voeten", "Het gebouw is koud."),
        ("Compressor", "It hums at night."),
    ] {
        start(&mut nia, town, "Kitchen", "question", title, body);
    }
    let mut pia = town.sign_in("pia");
    start(&mut pia, town, "Cellar", "discussion", "Kompressie", "Geheim.");
    town.settle();
    let mut oda = town.sign_in("oda");
    // A compound finds its parts, the parts find the compound.
    oda.visit("/search?q=vergunningaanvraag")
        .sees("De vergunning")
        .sees_not("Nothing says");
    oda.visit("/search?q=aanvraag+vergunning")
        .sees("2 posts found")
        .sees("De vergunning")
        .sees("Formulier");
    // One mistake is forgiven, and said; so is a word that was only begun.
    oda.visit("/search?q=compresor")
        .sees("One post comes near")
        .sees("It hums");
    oda.visit("/search?q=comrpessor").sees("It hums");
    oda.visit("/search?q=compre").sees("comes near").sees("It hums");
    oda.visit("/search?q=kmopressie").sees("Nothing found");
    pia.visit("/search?q=kmopressie").sees("Geheim");
    oda.visit("/search?q=xyzzy").sees("Nothing found");
    // Whoever asks in a sentence gets what says some of it, and is told so; words that say nothing find nothing.
    oda.visit("/search?q=why+does+our+compressor+hum+at+noon")
        .sees("Nothing says exactly this")
        .sees("It hums");
    oda.visit("/search?q=why+do+we+not").sees("Nothing found");
    // Below what is found exactly stands what comes near it, and it is not counted.
    oda.visit("/search?q=aanvraag+gebouw")
        .sees("One post found")
        .sees("These come near")
        .sees("Koude voeten");
    oda.visit("/search?q=compressor")
        .sees("One post found")
        .sees_not("come near");
}

fn about_this(town: &Town) {
    let mut nia = town.sign_in("nia");
    let soup = town.boards["Kitchen"];
    let pumps = start(&mut nia, town, "Kitchen", "question", "Pumps trip on restart", "Why?");
    let warm = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Warm restart of the pumps",
        "How we do it.",
    );
    start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Leeks in winter",
        "White or green?",
    );
    let mut pia = town.sign_in("pia");
    start(
        &mut pia,
        town,
        "Cellar",
        "discussion",
        "Secret pumps restart",
        "Behind the wall.",
    );
    town.settle();
    // Looked for once an hour.
    town.app.clock.set(town.app.clock.now().plus_seconds(3_600));
    // Beside a topic, and while a title is typed; as far as one reads.
    let mut oda = town.sign_in("oda");
    oda.visit(&pumps)
        .sees("Also about this")
        .sees("Warm restart of the pumps")
        .sees_not("Leeks in winter")
        .sees_not("Secret pumps");
    pia.visit(&pumps).sees("Secret pumps restart");
    let typed = format!("/boards/{soup}/alike?title=restarting+pumps");
    nia.get(&typed).is(200);
    assert!(
        nia.body.contains("Pumps trip on restart") && nia.body.contains("Warm restart"),
        "{}",
        nia.body
    );
    assert!(!nia.body.contains("Secret"), "{}", nia.body);
    nia.get(&format!("/boards/{soup}/alike?title=x")).is(200);
    assert_eq!(nia.body, "[]");
    nia.get(&format!(
        "/boards/{}/alike?title=restarting+pumps",
        town.boards["Cellar"]
    ))
    .is(404);
    // What was taken away is about nothing any more.
    let mut mo = town.sign_in("mo");
    let first = *posts(mo.visit(&warm)).first().expect("a post");
    let remove = format!("/posts/{first}/remove");
    mo.visit(&remove).submit(&remove, &[("reason", "No.")]).is(200);
    oda.visit(&pumps).sees_not("Warm restart of the pumps");
    // Nothing is kept ready for visitors, who see none of it.
    assert_eq!(town.visitor().get(&pumps).count("#t-alike"), 0);
}

fn follows(town: &Town) {
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "discussion", "Quinquina", "A rare bottle");
    let said = reply(&mut pia, &topic, "Another quinquina stands behind it");
    town.settle();
    pia.visit("/search?q=quinquina").sees("2 posts found");
    for outsider in ["oda", "gus", "exa", "mo"] {
        town.sign_in(outsider)
            .visit("/search?q=quinquina")
            .sees("Nothing found")
            .sees_not("bottle");
    }
    let edit = format!("/posts/{said}/edit");
    pia.visit(&edit)
        .submit(&edit, &[("body", "Another vermouth stands behind it"), ("do", "save")]);
    town.settle();
    pia.visit("/search?q=vermouth").sees("One post found");
    let first = format!("/posts/{}/remove", posts(pia.visit(&topic))[0]);
    pia.visit(&first).submit(&first, &[]);
    // Before the index knows, the database does.
    pia.visit("/search?q=quinquina").sees("Nothing found");
    town.settle();
    pia.visit("/search?q=vermouth").sees("Nothing found");
}

fn lost(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Saffron",
        "Three threads of it",
    );
    town.settle();
    nia.visit("/search?q=saffron").sees("One post found");
    std::fs::remove_dir_all(town.folder.path().join("index")).expect("the index is lost");
    town.app.search.keep_whole(&town.app).expect("it comes back");
    nia.visit("/search?q=saffron").sees("One post found");
    // So does one whose files are nonsense.
    let home = town.folder.path().join("index");
    let name = std::fs::read_to_string(home.join("current")).expect("a pointer");
    std::fs::write(home.join(name.trim()).join("meta.json"), "nonsense").expect("written");
    let again = aquarium::search::Search::new(home);
    assert!(again.is_rebuilding());
    again.keep_whole(&town.app).expect("it is built anew");
    assert!(!again.is_rebuilding());
}

fn anything(town: &Town) {
    let mut nia = town.sign_in("nia");
    for hostile in [
        "%22",
        "a+AND+(",
        "*",
        "%5B1+TO+2%5D",
        "%00",
        "%E2%80%AE",
        "-",
        "author:",
        "::::",
        "%22%22%22",
        "a:b:c",
        "/.*/",
    ] {
        nia.visit(&format!("/search?q={hostile}")).is(200);
    }
    nia.visit(&format!("/search?q={}", "x+".repeat(2_000))).is(200);
    nia.visit("/search?q=a&page=999999").is(200);
}

fn states(town: &Town) {
    let mut nia = town.sign_in("nia");
    let solved = start(&mut nia, town, "Kitchen", "question", "Pumps that trip", "Which fuse?");
    start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Noise at night",
        "The pump hums.",
    );
    start(&mut nia, town, "Kitchen", "discussion", "Old pumps", "Who keeps one?");
    let mut mo = town.sign_in("mo");
    let answer = reply(&mut mo, &solved, "The slow one for every pump.");
    nia.visit(&solved)
        .submit(&format!("/posts/{answer}/answer"), &[])
        .is(200);
    // A solved question that others do not see is not in what they ask for.
    let mut pia = town.sign_in("pia");
    let secret = start(&mut pia, town, "Cellar", "question", "Pump in the cellar", "Where?");
    let there = reply(&mut pia, &secret, "Behind the pump barrel.");
    pia.visit(&secret)
        .submit(&format!("/posts/{there}/answer"), &[])
        .is(200);
    town.settle();
    mo.visit("/search?q=pump+is%3Asolved")
        .sees("Pumps that trip")
        .sees_not("Noise")
        .sees_not("Old pumps")
        .sees_not("cellar");
    mo.visit("/search?q=pump+is%3Aunanswered")
        .sees("Noise at night")
        .sees_not("Pumps that trip");
    mo.visit("/search?q=pump+is%3Amine")
        .sees("One post found")
        .sees("The slow one");
    mo.visit("/search?q=pump+in%3Atitle")
        .sees("Pumps that trip")
        .sees("Old pumps")
        .sees_not("Noise at night");
    mo.visit("/search?q=is%3Aonbeantwoord").sees("Noise at night");
    // The newest first, for those who ask for it.
    mo.visit("/search?q=pump&sort=newest");
    let newest = mo.links_in("ol.hits a.title").first().cloned();
    assert_eq!(newest, Some(format!("/posts/{answer}")));
    // Nobody is signed in: there is nothing that is mine.
    mo.visit("/search?q=is%3Ablue")
        .sees("Not understood and left out: is:blue");
}

//! Gaps: what was looked for and not found, without saying by whom.

use aquarium::forum::metrics::work;

use super::a_topic::start;
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("gaps::what_five_people_missed_is_shown", missed),
        ("gaps::one_person_counts_once_a_day", once),
        ("gaps::other_words_say_that_the_first_were_wrong", refined),
        ("gaps::two_minutes_later_is_another_question", another_subject),
        ("gaps::those_of_a_space_are_its_moderators", of_a_space),
        ("gaps::what_nobody_looks_for_is_forgotten", forgotten),
    ]
}

const FIVE: [&str; 5] = ["ada", "mo", "nia", "oda", "pia"];

fn search(town: &Town, who: &str, words: &str) {
    let mut client = town.sign_in(who);
    client.visit(&format!("/search?q={words}")).is(200);
}

fn missed(town: &Town) {
    let mut ada = town.sign_in("ada");
    for who in &FIVE[..4] {
        search(town, who, "Sourdough");
    }
    town.settle();
    ada.visit("/moderation/gaps").is(200).sees_not("sourdough");
    search(town, "pia", "sourdough+author:nia");
    town.settle();
    ada.visit("/moderation/gaps").sees("sourdough 5 0");
    ada.visit("/moderation/figures").sees("Looked for and not found");
    // Of the forum is not of a space, and not everybody's.
    ada.visit(&format!("/spaces/{}/gaps", town.spaces["Kitchen"]))
        .is(200)
        .sees_not("sourdough");
    town.sign_in("nia").visit("/moderation/gaps").is(404);
}

fn once(town: &Town) {
    for _ in 0..6 {
        search(town, "nia", "sourdough");
    }
    town.settle();
    let mut ada = town.sign_in("ada");
    ada.visit("/moderation/gaps").sees_not("sourdough");
    // Other days are other times.
    let now = town.app.clock.now();
    for day in 1..=4 {
        town.app.clock.set(now.plus_days(day));
        search(town, "nia", "sourdough");
        town.settle();
    }
    // But one person's stubbornness is still one person's.
    ada.visit("/moderation/gaps").sees_not("sourdough");
    search(town, "pia", "sourdough");
    town.settle();
    ada.visit("/moderation/gaps").sees("sourdough 6 0");
    town.app.clock.set(now);
}

fn refined(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(&mut nia, town, "Kitchen", "question", "Bread that sinks", "Why?");
    town.settle();
    for who in FIVE {
        search(town, who, "bread");
        search(town, who, "sinks");
    }
    town.settle();
    let mut ada = town.sign_in("ada");
    ada.visit("/moderation/gaps").sees("bread 0 5").sees_not("sinks");
}

fn another_subject(town: &Town) {
    let mut nia = town.sign_in("nia");
    start(&mut nia, town, "Kitchen", "question", "Bread that sinks", "Why?");
    town.settle();
    // More than two minutes later it is another question, and says nothing of the first.
    for who in FIVE {
        search(town, who, "bread");
        town.app.clock.set(town.app.clock.now().plus_seconds(121));
        search(town, who, "sinks");
    }
    town.settle();
    town.sign_in("ada").visit("/moderation/gaps").sees_not("bread");
}

fn of_a_space(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    for who in FIVE {
        search(town, who, "sourdough+space:kitchen");
    }
    town.settle();
    let path = format!("/spaces/{kitchen}/gaps");
    town.sign_in("mo").visit(&path).is(200).sees("sourdough 5 0");
    town.sign_in("nia").visit(&path).is(404);
    town.sign_in("gus").visit(&path).is(404);
    town.sign_in("ada").visit("/moderation/gaps").sees_not("sourdough");
    // And as a chart, to take along, for whoever sees the health of the space.
    town.app.clock.set(town.app.clock.now().plus_days(8));
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
    let chart = format!("/spaces/{kitchen}/health/charts/gaps");
    let mut ada = town.sign_in("ada");
    ada.visit(&chart).is(200);
    assert!(ada.body.contains("sourdough"), "{}", ada.body);
    for who in ["mo", "nia", "gus"] {
        town.sign_in(who).visit(&chart).is(404);
    }
}

fn forgotten(town: &Town) {
    for who in FIVE {
        search(town, who, "sourdough");
    }
    town.settle();
    let mut ada = town.sign_in("ada");
    ada.visit("/moderation/gaps").sees("sourdough");
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(91));
    aquarium::jobs::worker::turn(&town.app, 600);
    let mut later = town.sign_in("ada");
    later.visit("/moderation/gaps").is(200).sees_not("sourdough");
    // Forgotten, not hidden.
    town.app.clock.set(now);
    let mut again = town.sign_in("ada");
    again.visit("/moderation/gaps").is(200).sees_not("sourdough");
}

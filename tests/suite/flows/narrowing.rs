//! What a search offers beside its hits: where they are and whose, people who know, and words while one types. All of it
//! from what the viewer reads, and of people only those who agreed.

use super::a_topic::{reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("narrowing::hits_are_counted_where_one_reads", facets),
        ("narrowing::people_are_found_who_agreed", people),
        ("narrowing::words_are_offered_while_one_types", offered),
        ("narrowing::what_is_fresh_and_what_answers_comes_first", order),
    ]
}

fn facets(town: &Town) {
    let mut nia = town.sign_in("nia");
    let mut pia = town.sign_in("pia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Ladle handles",
        "Which ladle lasts?",
    );
    reply(&mut pia, &topic, "A steel ladle.");
    reply(&mut nia, &topic, "My ladle bent.");
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(400));
    pia = town.sign_in("pia");
    start(&mut pia, town, "Cellar", "discussion", "Ladle for wine", "A ladle too.");
    let mut ada = town.sign_in("ada");
    start(
        &mut ada,
        town,
        "Kitchen",
        "discussion",
        "The old ladle",
        "Somebody threw this ladle away.",
    );
    town.settle();
    // Pia reads the cellar, Nia does not: it is in no count of hers.
    pia.visit("/search?q=ladle").sees("5 posts").sees("Narrow it down");
    assert!(pia.words_in("aside").contains("Cellar"), "{}", pia.words_in("aside"));
    nia = town.sign_in("nia");
    nia.visit("/search?q=ladle").sees("4 posts");
    let aside = nia.words_in("aside").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!aside.contains("Cellar"), "{aside}");
    assert!(
        aside.contains("Question 3") && aside.contains("Nia 2") && aside.contains("2026 3"),
        "{aside}"
    );
    // Each is a narrower search, and the facet that is chosen is offered no more.
    let links = nia.links_in("aside a");
    let by_pia = links
        .iter()
        .find(|link| link.to_lowercase().contains("author%3a%40pia"))
        .expect("a link");
    nia.visit(by_pia)
        .sees("One post found")
        .sees("A steel")
        .sees_not("bent");
    assert!(!nia.links_in("aside a").iter().any(|link| link.contains("author")));
    let year = links.iter().find(|link| link.contains("after%3A2027")).expect("a year");
    nia.visit(year).sees("The old ladle").sees_not("Ladle handles");
    // Little needs no narrowing.
    nia.visit("/search?q=bent").sees_not("Narrow it down");
}

fn people(town: &Town) {
    let mut nia = town.sign_in("nia");
    let mut pia = town.sign_in("pia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Sourdough",
        "Who bakes sourdough?",
    );
    for words in [
        "Sourdough needs time.",
        "And sourdough needs salt.",
        "Cold sourdough tastes more.",
    ] {
        reply(&mut pia, &topic, words);
    }
    start(
        &mut pia,
        town,
        "Cellar",
        "discussion",
        "Sourdough beer",
        "From sourdough.",
    );
    town.settle();
    // Nobody is named who did not agree.
    nia.visit("/search?q=sourdough").sees_not("Who knows about this");
    pia.visit("/settings")
        .submit("/settings", &[("findable", "yes")])
        .is(200);
    nia.visit("/search?q=sourdough")
        .sees("Who knows about this")
        .sees("Pia")
        .sees("3 posts");
    let reason = nia
        .links_in("aside a")
        .into_iter()
        .find(|link| link.to_lowercase().contains("author%3a%40pia"))
        .expect("a reason");
    nia.visit(&reason).sees("Cold sourdough").sees_not("beer");
    // What Nia does not read is no reason; Pia sees all four.
    pia.visit("/search?q=sourdough").sees("4 posts");
    // Whoever changes their mind is gone from it.
    pia.visit("/settings");
    let (action, mut fields) = pia.form("/settings");
    fields.retain(|(name, _)| name != "findable");
    pia.post(&action, &fields);
    nia.visit("/search?q=sourdough").sees_not("Who knows about this");
}

fn offered(town: &Town) {
    let mut pia = town.sign_in("pia");
    let mut nia = town.sign_in("nia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Dishwasher detergent",
        "Which one?",
    );
    let edit = format!("/topics/{}/edit", topic.split(['/', '-']).nth(2).expect("a number"));
    nia.visit(&edit).submit(&edit, &[("tags", "dishes")]).is(200);
    start(
        &mut pia,
        town,
        "Cellar",
        "discussion",
        "Dishonest labels",
        "On bottles.",
    );
    town.settle();
    let typed = |who: &str, words: &str| {
        let mut client = town.sign_in(who);
        client.get(&format!("/search/suggest?q={words}")).is(200);
        client.body
    };
    assert!(typed("nia", "dish").contains("Dishwasher detergent") && typed("nia", "dish").contains("#dishes"));
    assert!(typed("nia", "dishwasher+det").contains("Dishwasher detergent"));
    assert!(!typed("nia", "dish").contains("Dishonest") && typed("pia", "dish").contains("Dishonest"));
    for nothing in ["d", "", "zzzz", "author:nia", "%25"] {
        assert_eq!(typed("nia", nothing), "[]", "{nothing}");
    }
    town.visitor().get("/search/suggest?q=dish");
}

fn order(town: &Town) {
    let mut nia = town.sign_in("nia");
    let old = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Fridge hums",
        "The fridge hums again.",
    );
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(3 * 365));
    nia = town.sign_in("nia");
    let new = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Fridge hums",
        "The fridge hums again!",
    );
    town.settle();
    let first = |client: &mut crate::support::client::Client, q: &str| {
        client.visit(&format!("/search?q={q}"));
        client.links_in(".hits a.title").remove(0)
    };
    let hit = first(&mut nia, "fridge");
    nia.visit(&hit);
    assert!(
        nia.path.contains(&new),
        "of two that say the same the fresh one: {} {old}",
        nia.path
    );
    // The answer before what only says the same.
    let question = start(&mut nia, town, "Kitchen", "question", "Oven", "How hot?");
    reply(&mut town.sign_in("mo"), &question, "Take two hundred degrees.");
    let answer = reply(&mut town.sign_in("pia"), &question, "Take two hundred degrees!");
    nia.visit(&question)
        .submit(&format!("/posts/{answer}/answer"), &[])
        .is(200);
    town.settle();
    assert_eq!(first(&mut nia, "hundred+degrees"), format!("/posts/{answer}"));
    nia.visit(&question)
        .submit(&format!("/posts/{answer}/answer/undo"), &[])
        .is(200);
    town.settle();
    crate::running_support::sound(town);
}

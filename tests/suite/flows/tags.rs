//! Tags: what each stands for, other words for it, and two that become one.

use super::a_topic::start;
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("tags::another_word_leads_to_the_same", synonyms),
        ("tags::two_become_one", merged),
        ("tags::only_a_manager_looks_after_them", refused),
    ]
}

fn tagged(town: &Town, who: &str, title: &str, tags: &str) -> String {
    let mut client = town.sign_in(who);
    let topic = start(&mut client, town, "Kitchen", "discussion", title, "About it.");
    let edit = format!("/topics/{}/edit", topic.split(['/', '-']).nth(2).expect("a number"));
    client.visit(&edit).submit(&edit, &[("tags", tags)]).is(200);
    topic
}

/// The address at which a tag is changed, by its name on the page.
fn action(client: &mut Client, town: &Town, name: &str) -> String {
    let path = format!("/spaces/{}/tags", town.spaces["Kitchen"]);
    client.visit(&path).is(200);
    let page = client.body.clone();
    let section = page
        .split("<section")
        .find(|section| section.contains(&format!(">{name}</a></h2>")))
        .unwrap_or_else(|| panic!("no tag {name}"));
    let at = section.find(&format!("{path}/")).expect("an address");
    section[at..].split('"').next().expect("an address").to_owned()
}

fn synonyms(town: &Town) {
    tagged(town, "nia", "Heat pump", "pumps");
    let mut ada = town.sign_in("ada");
    let pumps = action(&mut ada, town, "pumps");
    ada.submit(
        &pumps,
        &[
            ("name", "pumps"),
            ("description", "All that moves water"),
            ("synonyms", "pomp, Pompen"),
        ],
    )
    .is(200)
    .sees("All that moves water")
    .sees("pomp, pompen");
    // Whoever writes the other word means this one; it is offered, and found, by either.
    tagged(town, "pia", "Old pump", "Pompen, cellar");
    town.settle();
    let mut oda = town.sign_in("oda");
    oda.visit("/search?q=tag:pomp").sees("Old pump").sees("Heat pump");
    oda.visit("/search?q=tag:pumps").sees("Old pump").sees("Heat pump");
    oda.visit(&format!("/spaces/{}/tags", town.spaces["Kitchen"]))
        .sees("2 topics");
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/boards/{}/topics/new", town.boards["Kitchen"]))
        .sees("Used here")
        .sees("pumps");
    // Called otherwise, its old name still leads to it.
    let pumps = action(&mut ada, town, "pumps");
    ada.submit(&pumps, &[("name", "pump")]).is(200);
    town.settle();
    oda.visit("/search?q=tag:pumps").sees("Heat pump");
    oda.visit("/search?q=tag:pump").sees("Heat pump");
    // One word leads to one tag.
    let cellar = action(&mut ada, town, "cellar");
    ada.submit(&cellar, &[("name", "pomp")])
        .is(422)
        .sees("Another tag is called so already");
    let cellar = action(&mut ada, town, "cellar");
    ada.submit(&cellar, &[("synonyms", "basement, pump")]).is(422);
    assert!(ada.body.contains("basement, pump"), "what was typed is kept");
}

fn merged(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let one = tagged(town, "nia", "Heat pump", "pump, heat");
    tagged(town, "pia", "Old pump", "pumps");
    let mut oda = town.sign_in("oda");
    let pumps = action(&mut town.sign_in("ada"), town, "pumps");
    let number = pumps.rsplit('/').next().expect("a number").to_owned();
    let follow = format!("/tags/{number}/follow");
    oda.visit(&follow).submit(&follow, &[("level", "every")]).is(200);
    let mut ada = town.sign_in("ada");
    let pump = action(&mut ada, town, "pump");
    let into = pump.rsplit('/').next().expect("a number").to_owned();
    ada.visit(&format!("/spaces/{kitchen}/tags"))
        .submit(&format!("{pumps}/merge"), &[("into", &into)])
        .is(200)
        .sees("2 topics")
        .sees("Also called: pumps");
    town.settle();
    oda.visit("/search?q=tag:pumps").sees("Heat pump").sees("Old pump");
    // Whoever followed the one follows the other, and the address of the one leads nowhere.
    oda.visit("/follows").sees("Kitchen › pump");
    oda.visit(&follow).is(404);
    oda.visit(&one).sees("heat").sees("pump");
    // Into nothing, itself or another space's tag it does not go.
    for into in [into.as_str(), "999", ""] {
        ada.visit(&format!("/spaces/{kitchen}/tags"))
            .submit(&format!("{pump}/merge"), &[("into", into)])
            .is(422);
    }
    crate::running_support::sound(town);
}

fn refused(town: &Town) {
    tagged(town, "nia", "Heat pump", "pumps, heat");
    let mut ada = town.sign_in("ada");
    let pumps = action(&mut ada, town, "pumps");
    for who in ["nia", "mo"] {
        let mut client = town.sign_in(who);
        client
            .visit(&format!("/spaces/{}/tags", town.spaces["Kitchen"]))
            .is(200)
            .sees("pumps");
        assert_eq!(client.count("main form"), 0);
        let (_, mut fields) = client.visit("/").form("/sign-out");
        fields.push(("name".to_owned(), "mine".to_owned()));
        client.post(&pumps, &fields).is(403);
        client.post(&format!("{pumps}/merge"), &fields).is(403);
    }
    // Another space's tag is none here.
    let elsewhere = pumps.replace(
        &format!("/spaces/{}/", town.spaces["Kitchen"]),
        &format!("/spaces/{}/", town.spaces["Cellar"]),
    );
    let (_, mut fields) = ada.visit("/").form("/sign-out");
    fields.push(("name".to_owned(), "mine".to_owned()));
    ada.post(&elsewhere, &fields).is(404);
    town.sign_in("nia")
        .visit(&format!("/spaces/{}/tags", town.spaces["Cellar"]))
        .is(404);
}

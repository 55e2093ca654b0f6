//! My part: what one sees of oneself, puts right, and lets others see.

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("me::petals_are_read_from_what_one_did", petals),
        ("me::what_one_is_taken_to_know_can_be_put_right", expertise),
        ("me::a_champion_is_seen_by_whom_they_let", champion),
    ]
}

fn petals(town: &Town) {
    let nia = town.people["nia"];
    // Somebody new asks, and Nia is the first to reply.
    let crowd = town.crowd("Kitchen", 3);
    let post = town.asks(crowd[0], "Kitchen", "Which spoon is it?");
    town.says(nia, post);
    let mut mo_reads = town.sign_in("mo");
    let mut nia_reads = town.sign_in("nia");
    nia_reads.visit("/settings/me").is(200).sees("Kitchen");
    // A reply in somebody else's topic, welcome to a newcomer; no role, so it takes a second kind of care.
    nia_reads
        .sees("Welcomed one newcomer as the first to reply")
        .sees("Replied to one person; 1 of 1 replies in topics of others.")
        .sees("Which spoon is it?")
        .sees("Rings are told once a week is sealed");
    assert!(nia_reads.body.contains("chart-petals"));
    // Taken away by a moderator, it was nothing.
    mo_reads.visit(&format!("/posts/{post}")).is(200);
    let reply = *crate::flows_support::posts(&mo_reads).iter().max().expect("a reply");
    let remove = format!("/posts/{reply}/remove");
    mo_reads
        .visit(&remove)
        .submit(&remove, &[("reason", "Not here.")])
        .is(200);
    nia_reads.visit("/settings/me").sees("Welcomed 0 newcomers");
    // Who moderates the space is in none of its rings.
    mo_reads.visit("/settings/me").sees("you are in none of its rings");
    let mut visitor = town.visitor();
    visitor.get("/settings/me");
    assert_eq!(visitor.status, 303);
}

fn expertise(town: &Town) {
    let nia = town.people["nia"];
    for (place, who) in town.crowd("Kitchen", 5).into_iter().enumerate() {
        let post = town.asks(who, "Kitchen", &format!("Question number {place}?"));
        town.says(nia, post);
    }
    let mut client = town.sign_in("nia");
    let board = town.boards["Kitchen"];
    client
        .visit("/settings/me")
        .sees("5 answers and 0 questions of yours in a year");
    let known = format!("/settings/me/known/{board}");
    client
        .submit(&known, &[("knows", "no")])
        .is(200)
        .sees("You said that it is not so.");
    client.submit(&known, &[("knows", "yes")]).is(200);
    assert!(!client.text().contains("You said that it is not so."));
    // Of a board that nobody takes them to know about, there is nothing to put right.
    let token = client.form(&known).1;
    client.post(&format!("/settings/me/known/{}", town.boards["Cellar"]), &token);
    assert_eq!(client.status, 404);
    let mut ada = town.sign_in("ada");
    let token = ada.visit("/").form("/sign-out").1;
    ada.post(&known, &token);
    assert_eq!(ada.status, 404);
}

fn champion(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let page = format!("/spaces/{kitchen}/champions");
    let long_ago = town.app.clock.now().plus_days(-100).0;
    town.by_hand(&format!("UPDATE memberships SET joined_at = {long_ago}"));
    let mut ada = town.sign_in("ada");
    ada.visit(&page).is(200).sees("Nobody lets it be seen so far.");
    let mut nia = town.sign_in("nia");
    let choose = format!("/settings/me/champion/{kitchen}");
    nia.visit("/settings/me")
        .submit(&choose, &[("shows", "yes")])
        .is(200)
        .sees("The managers of this space see this about you until")
        .sees("too little known");
    ada.visit(&page)
        .sees("Nia")
        .sees("Passion")
        .sees("too little known")
        .sees("Later");
    ada.visit("/health/readings").sees("Champions of a space");
    // Nobody else: not those who moderate, not other members, not she herself on that page.
    for who in ["mo", "nia", "oda", "gus"] {
        let mut person = town.sign_in(who);
        person.visit(&page);
        assert_eq!(person.status, 404, "{who}");
    }
    // Over after thirteen weeks, and at any moment by herself.
    nia.visit("/settings/me").submit(&choose, &[("shows", "no")]).is(200);
    ada.visit(&page).sees("Nobody lets it be seen so far.");
    // Nobody lets anything be seen in a space that they do not belong to.
    let token = nia.visit("/settings/me").form(&choose).1;
    nia.post(&format!("/settings/me/champion/{}", town.spaces["Bridge"]), &token);
    assert_eq!(nia.status, 404);
}

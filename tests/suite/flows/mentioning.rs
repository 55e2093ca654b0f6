//! Naming somebody: those who see the space are offered, and whoever names somebody who does not learns it before
//! anything is posted.

use super::a_topic::{posts, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("mentioning::only_those_who_see_the_space_are_offered", offered),
        ("mentioning::whoever_will_not_be_told_is_named_before", unseen),
    ]
}

fn offered(town: &Town) {
    let people = |who: &str, room: &str, q: &str| {
        let mut client = town.sign_in(who);
        client.get(&format!("/spaces/{}/people?q={q}", town.spaces[room]));
        (client.status, client.body.clone())
    };
    // By @name, and by any part of what somebody is called; not oneself.
    assert_eq!(people("nia", "Kitchen", "PI"), (200, "[[\"pia\",\"Pia\"]]".to_owned()));
    assert_eq!(people("pia", "Kitchen", "pi").1, "[]");
    assert_eq!(people("nia", "Kitchen", "adm").1, "[[\"ada\",\"Ada Admin\"]]");
    assert_eq!(people("nia", "Kitchen", "%25").1, "[]");
    assert_eq!(people("nia", "Kitchen", "").1, "[]");
    // Guests see no internal space, whoever is put out is nobody, and outsiders are not told who is inside.
    assert_eq!(people("nia", "Kitchen", "gu").1, "[]");
    assert_eq!(people("nia", "Kitchen", "ban").1, "[]");
    assert_eq!(people("gus", "Bridge", "ad").1, "[[\"ada\",\"Ada Admin\"]]");
    assert_eq!(people("gus", "Bridge", "ni").1, "[]");
    assert_eq!(people("nia", "Cellar", "pi").0, 404);
    assert_eq!(people("pia", "Cellar", "ni").1, "[]");
}

fn unseen(town: &Town) {
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "discussion", "Barrels", "Behind the wall.");
    // Nia does not see the cellar: said first, with everything as it was typed.
    pia.visit(&topic)
        .submit("/reply", &[("body", "What do @nia and @ada say?"), ("do", "post")])
        .is(200)
        .sees("does not see this space")
        .sees("@nia")
        .sees_not("@ada @");
    assert_eq!(posts(pia.visit(&topic)).len(), 1);
    pia.submit("/reply", &[("body", "What do @nia and @ada say?"), ("do", "post")]);
    let mut sure = pia;
    sure.submit("/reply", &[("do", "post")]).is(200);
    assert_eq!(posts(sure.visit(&topic)).len(), 2);
    town.settle();
    town.sign_in("nia").visit("/for-you").sees_not("mentioned you");
    town.sign_in("ada").visit("/for-you").sees("Pia mentioned you");
    // The same when a topic is started; and a name that is nobody's is only a word.
    let board = town.boards["Cellar"];
    sure.visit(&format!("/boards/{board}/topics/new"))
        .submit("/topics", &[("title", "Casks"), ("body", "Ask @nia."), ("do", "post")])
        .is(200)
        .sees("does not see this space");
    sure.submit("/topics", &[("do", "post")])
        .is(200)
        .sees("Casks")
        .sees("Ask");
    start(
        &mut sure,
        town,
        "Cellar",
        "discussion",
        "Corks",
        "Ask @nobody, or write to cork@example.org.",
    );
    // In the kitchen everybody sees it, and nothing is said.
    let mut mo = town.sign_in("mo");
    start(&mut mo, town, "Kitchen", "discussion", "Leeks", "What does @nia say?");
}

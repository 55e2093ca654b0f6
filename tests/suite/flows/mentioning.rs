//! Naming somebody: those who see the space are offered, and whoever names somebody who does not learns it before
//! anything is posted.

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::event::Source;
use aquarium::forum::people;
use aquarium::ids::DepartmentId;
use aquarium::kinds::AccountKind;

use super::a_topic::{posts, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("mentioning::only_those_who_see_the_space_are_offered", offered),
        ("mentioning::whoever_will_not_be_told_is_named_before", unseen),
        ("mentioning::a_group_is_told_by_one_word", groups),
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

/// Somebody new in a department.
fn colleague(town: &Town, number: usize, department: DepartmentId) {
    let store = &town.app.store;
    let name = format!("Colleague {number}");
    let id = store
        .write(&Viewer::system("story"), Source::System, |tx| {
            people::create_account(
                tx,
                AccountKind::Employee,
                &name,
                &format!("c{number}@cast.example"),
                "none",
            )
        })
        .expect("an account");
    let viewer = people::viewer_of(store, id).expect("somebody");
    store
        .write(&viewer, Source::Page, |tx| {
            let mine = people::my_profile(tx)?;
            people::change_profile(
                tx,
                &people::Profile {
                    department: Some(department),
                    ..mine
                },
            )
        })
        .expect("a department");
}

fn groups(town: &Town) {
    let department = |called: &str| {
        town.as_person("ada", |tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            people::create_department(tx, &may, called)
        })
    };
    let (field, crowd) = (department("Field service"), department("Everybody else"));
    for who in ["pia", "oda"] {
        town.sign_in(who)
            .visit("/settings")
            .submit("/settings", &[("department", &field.to_string())])
            .is(200);
    }
    for number in 0..51 {
        colleague(town, number, crowd);
    }
    // Offered with how many they are; nobody is told by a word that would tell a crowd.
    let mut nia = town.sign_in("nia");
    nia.get(&format!("/spaces/{}/people?q=fie", town.spaces["Kitchen"]));
    assert_eq!(nia.body, "[[\"field-service\",\"Field service (2)\"]]");
    nia.get(&format!("/spaces/{}/people?q=moder", town.spaces["Kitchen"]));
    assert_eq!(nia.body, "[[\"moderators\",\"Kitchen (2)\"]]");
    nia.get(&format!("/spaces/{}/people?q=every", town.spaces["Kitchen"]));
    assert_eq!(nia.body, "[]");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Valves",
        "What do @field-service and @moderators say, and @Pia?",
    );
    town.settle();
    for (who, told) in [("pia", 1), ("oda", 1), ("mo", 1), ("ada", 1), ("nia", 0)] {
        let mut client = town.sign_in(who);
        client.visit("/for-you");
        assert_eq!(client.text().matches("Nia mentioned you").count(), told, "{who}");
    }
    // A crowd is said before it is posted, and told nothing.
    nia.visit(&topic)
        .submit("/reply", &[("body", "Listen, @everybody-else!"), ("do", "post")])
        .is(200)
        .sees("@everybody-else are 51 people");
    nia.submit("/reply", &[("do", "post")]).is(200);
    town.settle();
    assert_eq!(posts(nia.visit(&topic)).len(), 2);
    // In a space that they do not read nobody of a department is told.
    let mut pia = town.sign_in("pia");
    start(&mut pia, town, "Cellar", "discussion", "Corks", "Look, @field-service.");
    town.settle();
    town.sign_in("oda").visit("/for-you").sees_not("Pia mentioned you");
    // Guests know no departments; to them it is a word.
    let mut gus = town.sign_in("gus");
    gus.get(&format!("/spaces/{}/people?q=fie", town.spaces["Bridge"]));
    assert_eq!(gus.body, "[]");
}

//! Spaces and boards: joining, asking, roles, archives.

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("spaces::one_asks_and_is_let_in", asked),
        ("spaces::the_last_manager_stays", last_manager),
        ("spaces::an_archived_space_takes_nothing_new", archived),
        ("spaces::boards_have_kinds_and_templates", kinds_and_templates),
        ("spaces::an_admin_knows_of_a_private_space_and_no_more", admin_knows),
        ("spaces::a_role_is_given_with_a_term", role),
        ("spaces::a_guest_sees_names_and_no_departments", guest_sees_names),
    ]
}

fn asked(town: &Town) {
    let cellar = town.spaces["Cellar"];
    // To those outside, the cellar does not exist.
    let mut oda = town.sign_in("oda");
    oda.visit(&format!("/spaces/{cellar}")).is(404);
    let kitchen = town.spaces["Kitchen"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{kitchen}/settings"))
        .submit(&format!("/spaces/{kitchen}/settings"), &[("joining", "request")]);
    ada.sees("Saved");
    oda.visit(&format!("/spaces/{kitchen}"))
        .submit("/ask", &[("words", "I cook too")])
        .sees("Your request is with");
    town.settle();
    ada.visit("/for-you").sees("Oda asks to join Kitchen");
    ada.visit(&format!("/spaces/{kitchen}/members"))
        .sees("I cook too")
        .submit("/let-in", &[])
        .sees("Saved");
    town.settle();
    oda.visit("/for-you").sees("You are now a member of Kitchen");
    oda.visit(&format!("/spaces/{kitchen}"))
        .submit("/leave", &[])
        .sees("You have left the space");
    // A member does not see the settings.
    town.sign_in("nia")
        .visit(&format!("/spaces/{kitchen}/settings"))
        .is(403)
        .sees("Only the community managers");
}

fn last_manager(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{kitchen}"))
        .submit("/leave", &[])
        .is(403)
        .sees("Appoint another first");
}

fn role(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let nia = town.people["nia"];
    let mut ada = town.sign_in("ada");
    let action = format!("/spaces/{kitchen}/members/{nia}/role");
    ada.visit(&format!("/spaces/{kitchen}/members"))
        .submit(&action, &[("role", "moderator"), ("until", "2099-01-01")])
        .sees("Saved")
        .sees("1 Jan 2099");
    town.settle();
    let mut client = town.sign_in("nia");
    client.visit("/for-you").sees("You have a new role in Kitchen");
    client.visit("/queue").is(200);
    // A term that is over leaves a member.
    ada.visit(&format!("/spaces/{kitchen}/members"))
        .submit(&action, &[("role", "moderator"), ("until", "2020-01-01")]);
    client.visit("/queue").is(404);
    // Nobody gives themselves a role.
    let token = client.visit("/").form("/sign-out").1;
    let mut fields = token;
    fields.push(("role".to_owned(), "community_manager".to_owned()));
    client.post(&action, &fields).is(403);
}

fn archived(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let board = town.boards["Kitchen"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{kitchen}/settings"))
        .submit("/archive", &[])
        .sees("Saved");
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/boards/{board}")).is(200);
    nia.visit(&format!("/boards/{board}/topics/new"))
        .is(403)
        .sees("This space is archived");
    ada.visit(&format!("/spaces/{kitchen}/settings"))
        .submit("/archive/undo", &[]);
    nia.visit(&format!("/boards/{board}/topics/new")).is(200);
}

fn kinds_and_templates(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{kitchen}/boards/new"));
    let (action, mut fields) = ada.form("/boards");
    assert!(
        fields
            .iter()
            .any(|(name, body)| name == "template_case" && body.contains("Situation"))
    );
    fields.retain(|(name, _)| name != "kinds" && name != "name" && name != "who_starts");
    for (name, value) in [("kinds", "case"), ("name", "Cases"), ("who_starts", "moderators")] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    ada.post(&action, &fields).follow().is(200).sees("Cases");
    let board = ada.path.clone();
    ada.visit(&format!("{board}/topics/new")).is(200);
    assert!(ada.body.contains("Situation"), "the editor begins with the template");
    town.sign_in("nia")
        .visit(&format!("{board}/topics/new"))
        .is(403)
        .sees("Only the moderators");
    ada.visit(&format!("/spaces/{kitchen}/boards/new"));
    let (action, mut fields) = ada.form("/boards");
    fields.retain(|(name, _)| name != "kinds");
    ada.post(&action, &fields).is(422).sees("Choose at least one kind");
}

fn admin_knows(town: &Town) {
    let cellar = town.spaces["Cellar"];
    let mut ada = town.sign_in("ada");
    let pia = town.people["pia"];
    ada.visit(&format!("/spaces/{cellar}/members"))
        .submit(&format!("/members/{pia}/role"), &[("role", "community_manager")])
        .sees("Saved");
    ada.visit(&format!("/spaces/{cellar}"))
        .submit("/leave", &[])
        .sees("You have left");
    ada.visit(&format!("/spaces/{cellar}"))
        .is(200)
        .sees("You know of this space because you answer for the forum")
        .sees("Pia")
        .sees_not("Cellar board");
    ada.visit(&format!("/boards/{}", town.boards["Cellar"])).is(404);
    ada.visit("/admin/spaces").sees("Cellar");
}

fn guest_sees_names(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/staff")
        .submit("/admin/departments", &[("department", "Secret stoves")])
        .sees("Saved");
    ada.visit("/settings")
        .submit("/settings", &[("department", "1")])
        .sees("Saved");
    let members = format!("/spaces/{}/members", town.spaces["Bridge"]);
    ada.visit(&members).sees("Secret stoves");
    town.sign_in("gus")
        .visit(&members)
        .sees("Ada Admin")
        .sees_not("Secret stoves");
}

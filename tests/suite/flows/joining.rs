//! Coming in and leaving: invitations, domains, passwords, sessions, deactivation.

use aquarium::access::{deed, on_forum};
use aquarium::forum::people;

use crate::Story;
use crate::support::client::Client;
use crate::support::letters::{letters, link_in};
use crate::support::world::{PASSWORD, Town};

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("joining::an_invitation_is_used_up", invitation),
        ("joining::a_listed_domain_confirms_by_letter", domain),
        ("joining::unknown_and_wrong_are_answered_alike", unknown_and_wrong),
        ("joining::a_new_password_ends_other_sessions", new_password),
        ("joining::a_new_address_is_confirmed_first", new_address),
        ("joining::deactivation_ends_access_at_once", deactivation),
        ("joining::what_was_typed_survives_a_session", survives),
        ("joining::the_staff_list_counts", staff_list),
        ("joining::a_reset_ends_a_change_of_address", reset_ends_change),
        ("joining::one_account_has_one_count_of_wrong_passwords", one_count),
    ]
}

fn fill(client: &mut Client, action: &str, name: &str, password: &str) {
    client.submit(
        action,
        &[
            ("display_name", &format!("{name} New")),
            ("name", name),
            ("mail", &format!("{name}@cast.example")),
            ("password", password),
        ],
    );
}

fn invitation(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/invitations").submit(
        "/admin/invitations",
        &[("uses", "1"), ("days", "7"), ("note", "Come in")],
    );
    ada.is(200).sees("shown only now");
    let link = ada
        .text()
        .split_whitespace()
        .find(|word| word.contains("/join/"))
        .expect("the link is on the page")
        .to_owned();
    let path = link
        .split_once("/join/")
        .map(|(_, token)| format!("/join/{token}"))
        .expect("a path");
    let mut zed = town.visitor();
    zed.visit(&path).is(200).sees("Come in");
    fill(&mut zed, &path, "zed", "password123");
    zed.is(422).sees("among the first that others would try");
    // A name that looks like another's is refused beside its field.
    fill(&mut zed, &path, "gi1", PASSWORD);
    zed.is(422).sees("looks like one that is");
    fill(&mut zed, &path, "zed", PASSWORD);
    zed.is(200).sees("Welcome").sees("Kitchen");
    let mut second = town.visitor();
    second.visit(&path).is(404);
    // Nobody but an admin makes invitations, and to others the page looks absent.
    town.sign_in("nia").visit("/admin/invitations").is(404);
}

fn domain(town: &Town) {
    let mut visitor = town.visitor();
    visitor.visit("/join").is(404);
    let mut ada = town.sign_in("ada");
    ada.visit("/admin")
        .submit("/admin", &[("entrance", "domains"), ("domains", "cast.example")]);
    ada.sees("Saved");
    visitor.visit("/join").is(200);
    visitor.submit(
        "/join",
        &[
            ("display_name", "Eve Out"),
            ("name", "eve"),
            ("mail", "eve@cast.example.evil.example"),
            ("password", PASSWORD),
        ],
    );
    visitor.is(422).sees("not at one of the listed domains");
    visitor.submit("/join", &[("mail", "eve@cast.example"), ("password", PASSWORD)]);
    visitor.is(200).sees("Look in your mail");
    let mut eve = town.visitor();
    eve.visit("/sign-in")
        .submit("/sign-in", &[("who", "eve@cast.example"), ("password", PASSWORD)])
        .is(422);
    town.settle();
    let letter = letters(town)
        .into_iter()
        .find(|letter| letter.contains("eve@cast.example"))
        .expect("a letter to Eve");
    let path = link_in(&letter, "/confirm/welcome/");
    // Opening the link does nothing: mail scanners open links.
    eve.visit(&path).is(200);
    eve.submit(&path, &[]).sees("confirmed");
    eve.visit("/sign-in")
        .submit("/sign-in", &[("who", "eve@cast.example"), ("password", PASSWORD)]);
    eve.is(200).sees("Kitchen");
    // For an address that is known the page says the same, and its owner gets a letter.
    let mut again = town.visitor();
    again.visit("/join").submit(
        "/join",
        &[
            ("display_name", "Nia Two"),
            ("name", "nia.two"),
            ("mail", "nia@cast.example"),
            ("password", PASSWORD),
        ],
    );
    again.is(200).sees("Look in your mail");
    town.settle();
    assert!(
        letters(town)
            .iter()
            .any(|letter| letter.contains("To: \"Nia Two\" <nia@cast.example>") || letter.contains("nia@cast.example"))
    );
}

/// The letters that have left, as files, oldest first.
fn unknown_and_wrong(town: &Town) {
    let mut wrong = town.visitor();
    wrong
        .visit("/sign-in")
        .submit("/sign-in", &[("who", "nia@cast.example"), ("password", "not this one")]);
    let mut unknown = town.visitor();
    unknown.visit("/sign-in").submit(
        "/sign-in",
        &[("who", "nobody@cast.example"), ("password", "not this one")],
    );
    wrong.is(422);
    unknown.is(422);
    let plain = |client: &Client| client.text().replace("nia@", "x@").replace("nobody@", "x@");
    assert_eq!(plain(&wrong), plain(&unknown));
    // Too many wrong ones make the account wait, and say until when.
    for _ in 0..8 {
        wrong
            .visit("/sign-in")
            .submit("/sign-in", &[("who", "nia@cast.example"), ("password", "not this one")]);
    }
    wrong.is(429).sees("You can try again in");
    assert!(wrong.headers.contains_key("retry-after"));
    // Somebody else signs in all the same.
    town.sign_in("mo").visit("/").is(200);
}

fn new_password(town: &Town) {
    let mut here = town.sign_in("nia");
    let mut there = town.sign_in("nia");
    here.visit("/settings/account").submit(
        "/settings/password",
        &[("old_password", "wrong"), ("password", "four quiet herons")],
    );
    here.is(422).sees("This is not your password.");
    here.submit(
        "/settings/password",
        &[("old_password", PASSWORD), ("password", "four quiet herons")],
    );
    here.is(200).sees("The new password works");
    there.visit("/settings").sees("Mail address or @name");
    here.visit("/settings").is(200).sees("Profile");
    // Forgotten: the page says the same for an address that nobody has.
    let mut lost = town.visitor();
    lost.visit("/reset")
        .submit("/reset", &[("mail", "nobody@cast.example")])
        .sees("If nobody@cast.example belongs");
    lost.visit("/reset")
        .submit("/reset", &[("mail", "nia@cast.example")])
        .sees("If nia@cast.example belongs");
    town.settle();
    let letter = letters(town)
        .into_iter()
        .rev()
        .find(|letter| letter.contains("/reset/"))
        .expect("a reset letter");
    let path = link_in(&letter, "/reset/");
    lost.visit(&path)
        .is(200)
        .submit(&path, &[("password", "five quiet herons")])
        .sees("The new password works");
    lost.visit(&path).is(404);
    here.visit("/settings").sees("Mail address or @name");
}

fn new_address(town: &Town) {
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/account")
        .submit(
            "/settings/mail",
            &[("mail", "nia.new@cast.example"), ("old_password", PASSWORD)],
        )
        .sees("Look in your mail");
    nia.visit("/settings/account").sees("nia@cast.example");
    town.settle();
    let letter = letters(town)
        .into_iter()
        .rev()
        .find(|letter| letter.contains("/confirm/mail/"))
        .expect("a letter");
    let path = link_in(&letter, "/confirm/mail/");
    nia.visit(&path).submit(&path, &[]).sees("confirmed");
    nia.visit("/settings/account").sees("nia.new@cast.example");
}

fn deactivation(town: &Town) {
    let mut nia = town.sign_in("nia");
    nia.visit("/latest").is(200);
    let id = town.people["nia"];
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/admin/people/{id}"))
        .submit(&format!("/admin/people/{id}/deactivate"), &[])
        .sees("deactivated");
    nia.get("/latest").is(303);
    nia.visit("/latest").sees("Mail address or @name");
    town.visitor()
        .visit("/sign-in")
        .submit("/sign-in", &[("who", "nia@cast.example"), ("password", PASSWORD)])
        .is(422);
    // The last admin cannot be put out.
    let refused = town.try_as("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::deactivate(tx, may, tx.me()?.id)
    });
    assert!(refused.is_err());
}

fn survives(town: &Town) {
    let mut nia = town.sign_in("nia");
    let board = town.boards["Kitchen"];
    nia.visit(&format!("/boards/{board}/topics/new"));
    let (action, mut fields) = nia.form("/topics");
    fields.retain(|(name, _)| name != "title" && name != "body");
    fields.push(("title".to_owned(), "Leek soup".to_owned()));
    fields.push(("body".to_owned(), "An hour of typing".to_owned()));
    nia.cookies.clear();
    nia.get("/sign-in");
    nia.post(&action, &fields).is(401).sees("What you wrote is kept");
    nia.submit("/sign-in", &[("who", "nia"), ("password", PASSWORD)])
        .is(200)
        .sees("Welcome back");
    assert!(nia.body.contains("An hour of typing"));
    nia.submit("/topics", &[])
        .is(200)
        .sees("Leek soup")
        .sees("An hour of typing");
}

fn staff_list(town: &Town) {
    let csv = "mail;name;department;location;start;end\nnia@cast.example;Nia;Soup kitchen;Ghent;2020-01-01;\n\
               new@cast.example;Newt;Soup kitchen;Ghent;;\nbroken;X;;;;\nlate@cast.example;Late;;;soon;\n";
    let report = town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::import_staff(tx, &may, csv.as_bytes())
    });
    assert_eq!((report.read, report.added, report.refused.len()), (4, 2, 2));
    assert_eq!(report.refused[0].0, 4);
    let again = town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::import_staff(tx, &may, csv.as_bytes())
    });
    assert_eq!((again.added, again.unchanged), (0, 2));
    town.sign_in("ada")
        .visit("/admin/staff")
        .sees("2 people on the list, 1 of them here");
    town.sign_in("oda")
        .visit(&format!("/people/{}", town.people["nia"]))
        .sees("Soup kitchen");
}

/// Whoever knew the old password may have asked for another address: the link dies with the password.
fn reset_ends_change(town: &Town) {
    let mut thief = town.sign_in("nia");
    thief.visit("/settings/account").submit(
        "/settings/mail",
        &[("mail", "thief@evil.example"), ("old_password", PASSWORD)],
    );
    town.settle();
    let path = link_in(&letters(town).join("\n"), "/confirm/mail/");
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/account")
        .submit(
            "/settings/password",
            &[("old_password", PASSWORD), ("password", "four quiet herons")],
        )
        .sees("The new password works");
    thief.visit(&path).is(404);
}

fn one_count(town: &Town) {
    let mut client = town.visitor();
    for who in [
        "nia",
        "@nia",
        "@@nia",
        "NIA",
        "nia@cast.example",
        "@@@nia",
        " nia",
        "Nia@cast.example",
    ] {
        client
            .visit("/sign-in")
            .submit("/sign-in", &[("who", who), ("password", "wrong")])
            .is(422);
    }
    client
        .visit("/sign-in")
        .submit("/sign-in", &[("who", "@@@@nia"), ("password", "wrong")])
        .is(429);
}

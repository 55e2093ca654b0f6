//! The first run: one link, one page, and the forum stands.

use aquarium::forum::people;

use crate::Story;
use crate::support::world::{PASSWORD, Town};

pub(crate) fn stories() -> Vec<Story> {
    vec![("first_run::one_page_and_the_forum_stands", one_page)]
}

fn one_page(town: &Town) {
    let empty = Town::empty(&town.databases, town.kind);
    let token = people::set_up_ticket(&empty.app.store)
        .expect("the database answers")
        .expect("nobody has set it up");
    let link = format!("/set-up/{token}");
    let mut ada = empty.visitor();
    ada.visit("/").sees("Sign in");
    ada.visit("/set-up/not-the-link").is(404);
    ada.visit(&link).is(200).sees("One audience");
    // A mistake is answered beside its field, and what was typed is kept.
    ada.submit(
        &link,
        &[
            ("forum_name", "Heron forum"),
            ("display_name", "Ada Admin"),
            ("name", "ada"),
            ("mail", "no address"),
            ("password", "short"),
        ],
    );
    ada.is(422)
        .sees("This is no mail address.")
        .sees("Use at least ten characters.");
    assert!(ada.body.contains("Heron forum"), "what was typed is kept");
    assert!(!ada.body.contains("value=\"short\""), "but for the password");
    ada.submit(
        &link,
        &[
            ("mail", "ada@heron.example"),
            ("password", PASSWORD),
            ("space_name", "Field engineers"),
            ("concept_for", "Engineers"),
            ("concept_about", "What we meet on site"),
            ("concept_gain", "Answers"),
            ("board_name", "Commissioning"),
        ],
    );
    ada.is(200)
        .sees("Your forum is open")
        .sees("Field engineers")
        .sees("Commissioning");
    ada.visit("/").sees("Field engineers").sees("Commissioning");
    // The link works once.
    empty.visitor().visit(&link).is(404);
    assert_eq!(
        people::set_up_ticket(&empty.app.store).expect("the database answers"),
        None
    );
    // The same forum greets a Dutch visitor in Dutch.
    let mut visitor = empty.visitor();
    visitor.language = "nl,en;q=0.5";
    visitor.visit("/").sees("Aanmelden");
}

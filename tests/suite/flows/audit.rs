//! What auditors read: every act of admins and moderators, in a chain that betrays a change.

use aquarium::access::Viewer;
use aquarium::forum::audit::{self, Verified};

use super::a_topic::{reply, start};
use super::moderation::flag;
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![("audit::a_changed_row_breaks_the_chain", chain)]
}

fn verified(town: &Town) -> Verified {
    town.app
        .store
        .read(&Viewer::system("story"), |cx| {
            audit::verify(cx, town.app.audit_head.read().expect("a head").as_ref())
        })
        .expect("the chain is read")
}

/// As somebody with the database's password would.
fn tamper(town: &Town, sql: &str) {
    assert_eq!(town.by_hand(sql), 1);
}

fn chain(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Knives", "Sharp?");
    let post = reply(&mut nia, &topic, "=HYPERLINK(\"x\")");
    flag(town, "pia", post, "spam");
    town.sign_in("mo")
        .visit("/queue")
        .submit("/decide", &[("decision", "keep")])
        .is(200);
    town.settle();
    let before = verified(town);
    assert!(
        before.linked > 5 && before.waiting == 0 && before.broken_at.is_none(),
        "{before:?}"
    );
    // Admins read it, and may take it away; that they did is written down.
    town.sign_in("mo").visit("/admin/audit").is(404);
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/audit")
        .sees("review_decided")
        .sees("space_created")
        .sees("Nia");
    let (action, fields) = ada.form("/admin/audit/export");
    ada.post(&action, &fields).is(200);
    assert!(ada.headers["content-type"].starts_with("text/csv"));
    assert!(i64::try_from(ada.body.lines().count()).is_ok_and(|lines| lines > before.linked));
    assert!(ada.body.contains("review_decided") && !ada.body.contains("HYPERLINK"));
    ada.visit("/admin/audit").sees("audit_exported");
    town.settle();
    // The page that was read, twice within the hour, and the file.
    assert_eq!(verified(town).linked, before.linked + 2);
    // What is cut off at the end is missed as well: how far it went stands outside the database.
    let last = before.linked + 2;
    tamper(town, &format!("UPDATE audit SET place = -place WHERE place = {last}"));
    assert_eq!(verified(town).broken_at, Some(last));
    tamper(town, &format!("UPDATE audit SET place = -place WHERE place = -{last}"));
    assert_eq!(verified(town).broken_at, None);
    // A name can be erased: the salt goes with it, and the hash stays.
    tamper(
        town,
        "UPDATE audit SET actor_id = NULL, about_id = NULL, particulars = '', salt = '' WHERE place = 2",
    );
    let erased = verified(town);
    assert_eq!((erased.broken_at, erased.erased), (None, 1));
    // Without its salt a row that still names somebody is not believed.
    tamper(town, "UPDATE audit SET salt = '', particulars = '{}' WHERE place = 5");
    assert_eq!(verified(town).broken_at, Some(5));
    // Another word, an exchanged hash, a row that went: each shows, at its place.
    tamper(town, "UPDATE audit SET verb = 'nothing' WHERE place = 4");
    assert_eq!(verified(town).broken_at, Some(4));
    tamper(town, "DELETE FROM audit WHERE place = 3");
    assert_eq!(verified(town).broken_at, Some(3));
}

//! Concept and plan: what was said, what came, and whose business it is.

use aquarium::forum::metrics::work;
use aquarium::ids::PostId;

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("plan::what_was_said_stands_beside_what_came", told),
        ("plan::only_managers_write_it_and_nobody_else_reads_it", whose),
        ("plan::a_launch_and_a_target_stand_on_the_road", drawn),
        ("plan::a_role_has_a_term_and_somebody_who_follows", roles),
    ]
}

fn told(town: &Town) {
    let post = town.asks(town.people["nia"], "Kitchen", "Which soup do you miss here?");
    let mut ada = town.sign_in("ada");
    let topic = ada.visit(&format!("/posts/{post}")).is(200).path.clone();
    let plan = format!("/spaces/{}/plan", town.spaces["Kitchen"]);
    ada.visit(&plan).is(200).sees("Nothing is planned yet");
    // Mistakes are said beside the field, and nothing is lost.
    ada.submit(
        "/plan/lines",
        &[
            ("day", ""),
            ("what", ""),
            ("starts", "Which soup?"),
            ("who", "@gus"),
            ("topic", "99999"),
        ],
    );
    assert_eq!(ada.status, 422);
    ada.sees("Choose a day.")
        .sees("Write something here.")
        .sees("Nobody who reads this space is called so.")
        .sees("There is no such topic in this space.");
    assert!(ada.body.contains("value=\"Which soup?\""), "what was typed is kept");
    let yesterday = town.app.clock.now().plus_days(-1).timestamp().to_string();
    let day = yesterday.split('T').next().expect("a day");
    ada.visit(&plan)
        .submit(
            "/plan/lines",
            &[
                ("day", day),
                ("what", "Soups of the world"),
                ("starts", "Which soup do you miss here?"),
                ("who", "@nia"),
            ],
        )
        .is(200)
        .sees("Soups of the world")
        .sees("nothing yet");
    let line = ada
        .links()
        .into_iter()
        .find(|link| link.contains("/plan/"))
        .expect("a line");
    // It came, and somebody else replied.
    town.says(town.people["mo"], post);
    ada.visit(&line)
        .submit(&line, &[("topic", &topic)])
        .is(200)
        .sees("Which soup do you miss here?")
        .sees("1 reply, 1 other person")
        .sees("1 talk planned in the last quarter")
        .sees("1 came; 1 of these got a reply from somebody else.");
    // Taken away, it came to nothing.
    let remove = format!("/posts/{post}/remove");
    ada.visit(&remove).submit(&remove, &[("reason", "Not here.")]).is(200);
    ada.visit(&plan).sees("0 came;");
    ada.visit(&line)
        .submit("/remove", &[])
        .is(200)
        .sees("Nothing is planned yet");
    ada.visit("/admin/audit").sees("plan_changed");
}

fn whose(town: &Town) {
    let mut ada = town.sign_in("ada");
    let plan = format!("/spaces/{}/plan", town.spaces["Kitchen"]);
    ada.visit(&plan)
        .submit("/plan/lines", &[("day", "2026-11-01"), ("what", "Soup")])
        .is(200);
    let line = ada
        .links()
        .into_iter()
        .find(|link| link.contains("/plan/"))
        .expect("a line");
    ada.visit(&plan).submit(
        &plan,
        &[("sponsor", "@nobody"), ("share", "ten"), ("until", "2027-03-01")],
    );
    assert_eq!(ada.status, 422);
    ada.sees("Nobody who reads this space is called so.")
        .sees("A share above 0 and up to 100.");
    ada.visit(&plan)
        .submit(&plan, &[("share", "10"), ("until", "2020-03-01")]);
    assert_eq!(ada.status, 422);
    ada.sees("A day to come.");
    ada.visit(&plan).submit(&plan, &[("share", "10"), ("until", "")]);
    assert_eq!(ada.status, 422);
    ada.sees("Choose a day.");
    ada.visit(&plan)
        .submit(
            &plan,
            &[("sponsor", "@pia"), ("share", "12,5"), ("until", "2027-03-01")],
        )
        .is(200)
        .sees("12.5 % active by 1 Mar 2027")
        .sees("Pia");
    for who in ["mo", "nia", "oda", "gus"] {
        let mut person = town.sign_in(who);
        for path in [&plan, &line] {
            person.visit(path);
            assert_eq!(person.status, 404, "{who} at {path}");
        }
        let token = person.visit("/").form("/sign-out").1;
        for path in [format!("{plan}/lines"), format!("{line}/remove")] {
            person.post(&path, &token);
            assert_ne!(person.status, 303, "{who} at {path}");
        }
    }
    // A line of one space is not found in another.
    let number = line.rsplit('/').next().expect("a number");
    let elsewhere = format!("/spaces/{}/plan/{number}", town.spaces["Cellar"]);
    ada.visit(&elsewhere);
    assert_eq!(ada.status, 404);
    ada.visit(&line).sees("Remove this line");
}

fn drawn(town: &Town) {
    for who in town.crowd("Kitchen", 12) {
        town.says(who, PostId(1));
    }
    let kitchen = town.spaces["Kitchen"];
    let back = 100 * 86_400_000_000_i64;
    town.by_hand(&format!("UPDATE events SET at = at - {back}"));
    town.by_hand(&format!(
        "UPDATE spaces SET created_at = created_at - {back}, audience_size = 100"
    ));
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
    let mut ada = town.sign_in("ada");
    let plan = format!("/spaces/{kitchen}/plan");
    let launched = town.app.clock.now().plus_days(-60).timestamp().to_string();
    let until = town.app.clock.now().plus_days(200).timestamp().to_string();
    let day = |text: &str| text.split('T').next().expect("a day").to_owned();
    ada.visit(&plan)
        .submit(
            "/plan/lines",
            &[
                ("day", &day(&launched)),
                ("sort", "launch"),
                ("what", "The warehouse <is> invited"),
            ],
        )
        .is(200);
    ada.visit(&plan)
        .submit(&plan, &[("sponsor", ""), ("share", "16"), ("until", &day(&until))])
        .is(200);
    ada.visit(&format!("/spaces/{kitchen}/health")).is(200);
    assert!(ada.body.contains("The warehouse &lt;is&gt; invited"));
    ada.sees("Target: 16 % by");
    // The forum's own road has the mark, for those who read the space, and no target.
    ada.visit("/health").is(200);
    assert!(ada.body.contains("The warehouse &lt;is&gt; invited"));
    assert!(!ada.text().contains("Target: 16"));
}

fn roles(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let page = format!("/spaces/{kitchen}/roles");
    let (mo, nia) = (town.people["mo"], town.people["nia"]);
    let eleven_months = town.app.clock.now().plus_days(-330).0;
    town.by_hand(&format!(
        "UPDATE memberships SET role_since = {eleven_months} WHERE account_id = {mo} AND space_id = {kitchen}"
    ));
    let mut ada = town.sign_in("ada");
    ada.visit(&page)
        .is(200)
        .sees("Mo")
        .sees("Time to think of who follows")
        .sees("Nobody is planned to follow yet.")
        .sees("too early");
    let plan = format!("{page}/{mo}");
    // Not oneself, not somebody who does not belong, not nobody.
    for wrong in ["@mo", "@gus", "@nobody"] {
        ada.visit(&page)
            .submit(&plan, &[("successor", wrong), ("words", "After the summer")]);
        assert_eq!(ada.status, 422, "{wrong}");
        ada.sees("Name another member of this space.");
        assert!(ada.body.contains("After the summer"), "what was typed is kept");
    }
    ada.visit(&page)
        .submit(&plan, &[("successor", "@nia"), ("words", "After the summer")])
        .is(200)
        .sees("To follow: Nia")
        .sees("After the summer");
    assert!(!ada.text().contains("Time to think"));
    let mut nia_reads = town.sign_in("nia");
    nia_reads
        .visit("/settings/kept")
        .sees("As the one who is to follow in a role · Kitchen After the summer");
    nia_reads.visit(&page);
    assert_eq!(nia_reads.status, 404);
    let token = nia_reads.visit("/").form("/sign-out").1;
    nia_reads.post(&plan, &token);
    assert_ne!(nia_reads.status, 303);
    // Nobody follows a member who holds no role; and who leaves follows nobody.
    ada.visit(&page);
    let token = ada.form(&plan).1;
    ada.post(&format!("{page}/{nia}"), &token);
    assert_eq!(ada.status, 404);
    nia_reads
        .visit(&format!("/spaces/{kitchen}"))
        .submit(&format!("/spaces/{kitchen}/leave"), &[])
        .is(200);
    ada.visit(&page).sees("Nobody is planned to follow yet.");
    nia_reads.visit("/settings/kept");
    assert!(!nia_reads.text().contains("As the one who is to follow"));
}

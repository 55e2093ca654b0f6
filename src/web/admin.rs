//! The admins' pages: the forum itself, its people, how they come in, and what left by mail.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::reply::{Body, Reply};
use crate::access::{deed, on_forum};
use crate::event::PrivateThing;
use crate::forum::people::{self, StaffReport};
use crate::forum::settings::{self, ENTRANCES};
use crate::forum::{audit as acts, letters as outbox, spaces as rooms};
use crate::i18n::When;
use crate::ids::{AccountId, InvitationId, SpaceId};
use crate::kinds::{ForumRole, Joining, SpaceRole, Standing, Visibility};
use crate::refusal::{Problems, Refusal};
use crate::url;

const FIELDS: [&str; 7] = [
    "forum_name",
    "language",
    "entrance",
    "domains",
    "contact",
    "rules",
    "privacy",
];

#[derive(Serialize)]
struct Forum {
    form: Form,
    languages: Vec<Choice>,
    entrances: Vec<Choice>,
    time_zone: String,
    jobs_open: i64,
    jobs_stuck: i64,
}

fn forum_page(ask: &Ask, form: Form) -> Result<Forum, Refusal> {
    let (jobs_open, jobs_stuck) = crate::jobs::worker::count(&ask.app().store)?;
    Ok(Forum {
        languages: super::set_up::languages(form.value("language")),
        entrances: choices(ask.lang, "entrance", &ENTRANCES, &[form.value("entrance")]),
        time_zone: ask.settings.time_zone.clone(),
        form,
        jobs_open,
        jobs_stuck,
    })
}

pub fn show(ask: &Ask) -> Answer {
    let settings = &ask.settings;
    let form = Form::new(&[
        ("forum_name", &settings.forum_name),
        ("language", &settings.language),
        ("entrance", &settings.entrance),
        ("domains", &settings.domains),
        ("contact", &settings.contact),
        ("rules", &settings.rules),
        ("privacy", &settings.privacy),
    ]);
    let page = forum_page(ask, form)?;
    ask.page("admin/show.html", &ask.t("admin-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let text = |name: &str| sent.text(name).to_owned();
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        settings::change(
            tx,
            may,
            &settings::Change {
                forum_name: text("forum_name"),
                language: text("language"),
                entrance: text("entrance"),
                domains: text("domains"),
                contact: text("contact"),
                rules: text("rules"),
                privacy: text("privacy"),
            },
        )
    });
    let again = |problems: &Problems| {
        let page = forum_page(ask, ask.kept(&FIELDS, problems))?;
        ask.again("admin/show.html", &ask.t("admin-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other("/admin").saying("done-saved")),
        Err(answer) => answer,
    }
}

#[derive(Serialize)]
struct PersonLine {
    url: String,
    display_name: String,
    name: String,
    mail: String,
    kind: String,
    standing: String,
    role: String,
    department: String,
}

#[derive(Serialize)]
struct PeoplePage {
    q: String,
    people: Vec<PersonLine>,
    newer: String,
    older: String,
}

pub fn people(ask: &Ask) -> Answer {
    let q = ask.ask_for("q").to_owned();
    let number = ask.page_number();
    let (listed, more) = ask.read(|cx| people::directory(cx, &q, number))?;
    let link = |number: i64| {
        let words = serde_html_form::to_string([("q", q.as_str())]).unwrap_or_default();
        format!("/admin/people?{words}&page={number}")
    };
    let page = PeoplePage {
        people: listed
            .into_iter()
            .map(|person| PersonLine {
                url: format!("/admin/people/{}", person.id),
                display_name: person.display_name,
                name: person.name,
                mail: person.mail.unwrap_or_default(),
                kind: ask.t(&format!("account-kind-{}", person.kind.word())),
                standing: if person.standing == Standing::Active {
                    String::new()
                } else {
                    ask.t(&format!("standing-{}", person.standing.word()))
                },
                role: if person.forum_role == ForumRole::None {
                    String::new()
                } else {
                    ask.t(&format!("forum-role-{}", person.forum_role.word().replace('_', "-")))
                },
                department: person.department.unwrap_or_default(),
            })
            .collect(),
        newer: if number > 1 { link(number - 1) } else { String::new() },
        older: if more { link(number + 1) } else { String::new() },
        q: q.clone(),
    };
    ask.page("admin/people.html", &ask.t("admin-people-title"), &page)
}

#[derive(Serialize)]
struct PersonPage {
    id: i64,
    display_name: String,
    url: String,
    standing: &'static str,
    active: bool,
    roles: Vec<Choice>,
    reset_link: String,
}

fn person_page(ask: &Ask, id: AccountId, reset_link: &str) -> Answer {
    let (person, role) = ask.read(|cx| Ok((people::find(cx, id)?, people::forum_role(cx, id)?)))?;
    let words: Vec<&str> = ForumRole::ALL.iter().map(|role| role.word()).collect();
    let page = PersonPage {
        id: id.0,
        url: url::person(id, &person.name),
        standing: person.standing.word(),
        active: person.standing == Standing::Active,
        roles: choices(ask.lang, "forum-role", &words, &[role.word()]),
        reset_link: reset_link.to_owned(),
        display_name: person.display_name,
    };
    let title = page.display_name.clone();
    ask.page("admin/person.html", &title, &page)
}

pub fn person(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    let page = person_page(ask, id, "")?;
    ask.reads_private(PrivateThing::Account, id.0, None, Some(id))?;
    Ok(page)
}

pub fn deactivate(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::deactivate(tx, may, id)
    })?;
    Ok(Reply::see_other(format!("/admin/people/{id}")).saying("done-deactivated"))
}

pub fn reactivate(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::reactivate(tx, may, id)
    })?;
    Ok(Reply::see_other(format!("/admin/people/{id}")).saying("done-reactivated"))
}

pub fn give_role(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    let role = ForumRole::from_word(ask.sent.text("role")).ok_or(Refusal::NotFound)?;
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::give_forum_role(tx, may, id, role)
    })?;
    Ok(Reply::see_other(format!("/admin/people/{id}")).saying("done-saved"))
}

pub fn issue_reset(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    let token = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::issue_ticket(tx, may, id, ask.site())
    })?;
    Ok(person_page(ask, id, &format!("{}/reset/{token}", ask.site()))?.without_referrer())
}

#[derive(Serialize)]
struct InvitationLine {
    id: i64,
    note: String,
    space: String,
    expires: When,
    uses: i64,
    uses_max: i64,
    open: bool,
}

#[derive(Serialize)]
struct InvitationsPage {
    form: Form,
    invitations: Vec<InvitationLine>,
    spaces: Vec<Choice>,
    link: String,
}

const INVITATION_FIELDS: [&str; 4] = ["note", "days", "uses", "space"];

fn invitations_page(ask: &Ask, form: Form, link: &str) -> Result<InvitationsPage, Refusal> {
    let (rows, rooms) = ask.read(|cx| Ok((people::invitations(cx)?, rooms::all_for_index(cx)?)))?;
    let me = ask.me()?;
    let now = ask.app().clock.now();
    let name_of = |id: Option<SpaceId>| {
        rooms
            .iter()
            .find(|(space, ..)| Some(space.id) == id)
            .map(|(space, ..)| space.name.clone())
            .unwrap_or_default()
    };
    Ok(InvitationsPage {
        invitations: rows
            .into_iter()
            .map(|row| InvitationLine {
                id: row.id.0,
                space: name_of(row.space_id),
                expires: ask.date(row.expires_at),
                uses: row.uses,
                uses_max: row.uses_max,
                open: row.is_open(now),
                note: row.note,
            })
            .collect(),
        spaces: rooms
            .iter()
            .filter(|(space, ..)| me.role_in(space.id) == Some(SpaceRole::CommunityManager))
            .map(|(space, ..)| Choice {
                value: space.id.to_string(),
                label: space.name.clone(),
                chosen: form.value("space") == space.id.to_string(),
            })
            .collect(),
        form,
        link: link.to_owned(),
    })
}

fn invitation_form() -> Form {
    Form::new(&[("note", ""), ("days", "7"), ("uses", "1"), ("space", "")])
}

pub fn invitations(ask: &Ask) -> Answer {
    let page = invitations_page(ask, invitation_form(), "")?;
    ask.page("admin/invitations.html", &ask.t("admin-invitations-title"), &page)
}

pub fn invite(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::invite(
            tx,
            may,
            sent.number("space").map(SpaceId),
            sent.text("note"),
            sent.number("days").unwrap_or(0),
            sent.number("uses").unwrap_or(0),
        )
    });
    let again = |problems: &Problems| {
        let page = invitations_page(ask, ask.kept(&INVITATION_FIELDS, problems), "")?;
        ask.again("admin/invitations.html", &ask.t("admin-invitations-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(token) => {
            let page = invitations_page(ask, invitation_form(), &format!("{}/join/{token}", ask.site()))?;
            Ok(ask
                .page("admin/invitations.html", &ask.t("admin-invitations-title"), &page)?
                .without_referrer())
        }
        Err(answer) => answer,
    }
}

pub fn end_invitation(ask: &Ask) -> Answer {
    let id: InvitationId = ask.id("invitation")?;
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::end_invitation(tx, may, id)
    })?;
    Ok(Reply::see_other("/admin/invitations").saying("done-saved"))
}

#[derive(Serialize)]
struct StaffPage {
    form: Form,
    people: i64,
    here: i64,
    departments: Vec<String>,
    report: Option<StaffReport>,
}

fn staff_page(ask: &Ask, form: Form, report: Option<StaffReport>) -> Result<StaffPage, Refusal> {
    let ((people, here), departments) = ask.read(|cx| Ok((people::staff_size(cx)?, people::departments(cx)?)))?;
    Ok(StaffPage {
        form,
        people,
        here,
        departments: departments.into_iter().map(|(_, name)| name).collect(),
        report,
    })
}

fn staff_form() -> Form {
    Form::new(&[("file", ""), ("department", "")])
}

pub fn staff(ask: &Ask) -> Answer {
    let page = staff_page(ask, staff_form(), None)?;
    ask.page("admin/staff.html", &ask.t("admin-staff-title"), &page)
}

pub fn import_staff(ask: &Ask) -> Answer {
    let outcome = match ask.sent.file("file") {
        None => Err(Problems::one("file", "problem-file")),
        Some(file) => ask.write(|tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            people::import_staff(tx, &may, &file.bytes)
        }),
    };
    let again = |problems: &Problems| {
        let page = staff_page(ask, staff_form().with(problems, ask.lang), None)?;
        ask.again("admin/staff.html", &ask.t("admin-staff-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(report) => {
            let page = staff_page(ask, staff_form(), Some(report))?;
            ask.page("admin/staff.html", &ask.t("admin-staff-title"), &page)
        }
        Err(answer) => answer,
    }
}

pub fn create_department(ask: &Ask) -> Answer {
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::create_department(tx, &may, ask.sent.text("department"))
    });
    let again = |problems: &Problems| {
        let page = staff_page(ask, ask.kept(&["department"], problems), None)?;
        ask.again("admin/staff.html", &ask.t("admin-staff-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(_) => Ok(Reply::see_other("/admin/staff").saying("done-saved")),
        Err(answer) => answer,
    }
}

#[derive(Serialize)]
struct LetterLine {
    to: String,
    kind: String,
    at: When,
    state: String,
    problem: String,
}

pub fn letters(ask: &Ask) -> Answer {
    let rows = ask.read(outbox::list)?;
    ask.reads_private(PrivateThing::Letters, 0, None, None)?;
    let waiting = rows.iter().any(|row| row.sent_at.is_none());
    let letters: Vec<LetterLine> = rows
        .into_iter()
        .map(|row| LetterLine {
            to: row.to_mail,
            kind: ask.t(&format!("letter-{}-kind", row.kind)),
            at: ask.when(row.created_at),
            state: ask.t(if row.sent_at.is_some() {
                "letter-state-sent"
            } else if row.failed_at.is_some() {
                "letter-state-failed"
            } else {
                "letter-state-waiting"
            }),
            problem: row.problem,
        })
        .collect();
    ask.page(
        "admin/letters.html",
        &ask.t("admin-letters-title"),
        &serde_json::json!({ "letters": letters, "waiting": waiting }),
    )
}

/// A letter to whoever presses the button, to see whether letters leave.
pub fn send_test_letter(ask: &Ask) -> Answer {
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        outbox::about_accounts::test(tx, may, ask.site())
    })?;
    Ok(Reply::see_other("/admin/letters").saying("done-letter-test"))
}

pub fn send_letters_again(ask: &Ask) -> Answer {
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        outbox::try_again(tx, may)
    })?;
    Ok(Reply::see_other("/admin/letters").saying("done-letters-again"))
}

#[derive(Serialize)]
struct Card {
    url: String,
    name: String,
    visibility: String,
    archived: bool,
    members: i64,
    guests: i64,
    managers: String,
    readable: bool,
}

pub fn spaces(ask: &Ask) -> Answer {
    let (cards, readable) = ask.read(|cx| Ok((rooms::cards(cx)?, cx.readable_spaces())))?;
    let cards: Vec<Card> = cards
        .into_iter()
        .map(|card| Card {
            url: url::space(card.id, &card.name),
            visibility: ask.t(&format!("visibility-{}", card.visibility.word())),
            archived: card.archived,
            members: card.members,
            guests: card.guests,
            managers: card
                .managers
                .into_iter()
                .map(|(_, name)| name)
                .collect::<Vec<_>>()
                .join(", "),
            readable: readable.contains(&card.id),
            name: card.name,
        })
        .collect();
    ask.page(
        "admin/spaces.html",
        &ask.t("admin-spaces-title"),
        &serde_json::json!({ "spaces": cards }),
    )
}

const SPACE_FIELDS: [&str; 6] = [
    "name",
    "visibility",
    "joining",
    "concept_for",
    "concept_about",
    "concept_gain",
];

#[derive(Serialize)]
struct NewSpace {
    form: Form,
    visibilities: Vec<Choice>,
    joinings: Vec<Choice>,
}

fn new_space_page(ask: &Ask, form: Form) -> NewSpace {
    NewSpace {
        visibilities: choices(
            ask.lang,
            "visibility",
            &["internal", "private", "hybrid", "public"],
            &[form.value("visibility")],
        ),
        joinings: choices(
            ask.lang,
            "joining",
            &["open", "request", "invitation"],
            &[form.value("joining")],
        ),
        form,
    }
}

pub fn new_space(ask: &Ask) -> Answer {
    let form = Form::new(&[
        ("name", ""),
        ("visibility", "internal"),
        ("joining", "open"),
        ("concept_for", ""),
        ("concept_about", ""),
        ("concept_gain", ""),
    ]);
    ask.page("spaces/new.html", &ask.t("space-new-title"), &new_space_page(ask, form))
}

pub fn create_space(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        rooms::create(
            tx,
            may,
            &rooms::New {
                name: sent.text("name").to_owned(),
                visibility: Visibility::from_word(sent.text("visibility")).unwrap_or(Visibility::Private),
                joining: Joining::from_word(sent.text("joining")).unwrap_or(Joining::Invitation),
                concept_for: sent.text("concept_for").to_owned(),
                concept_about: sent.text("concept_about").to_owned(),
                concept_gain: sent.text("concept_gain").to_owned(),
            },
        )
    });
    let again = |problems: &Problems| {
        ask.again(
            "spaces/new.html",
            &ask.t("space-new-title"),
            &new_space_page(ask, ask.kept(&SPACE_FIELDS, problems)),
        )
    };
    match or_again(outcome, again) {
        Ok(id) => Ok(Reply::see_other(format!("/spaces/{id}/boards/new")).saying("done-space-created")),
        Err(answer) => answer,
    }
}

#[derive(Serialize)]
struct AuditLine {
    at: When,
    verb: String,
    /// None: the forum itself.
    by: Option<String>,
    about: Option<String>,
    space: Option<String>,
    particulars: String,
}

pub fn audit(ask: &Ask) -> Answer {
    let number = ask.page_number();
    let (lines, more) = ask.read(|cx| {
        let may = on_forum::<deed::Administer>(cx.viewer())?;
        acts::page(cx, &may, number)
    })?;
    ask.reads_private(PrivateThing::Audit, 0, None, None)?;
    let lines: Vec<AuditLine> = lines
        .into_iter()
        .map(|line| AuditLine {
            at: ask.when(line.at),
            verb: line.verb,
            by: line.actor,
            about: line.about.map(|id| format!("/people/{id}")),
            space: line.space,
            particulars: line.particulars,
        })
        .collect();
    ask.page(
        "admin/audit.html",
        &ask.t("admin-audit-title"),
        &serde_json::json!({
            "lines": lines,
            "newer": if number > 1 { format!("/admin/audit?page={}", number - 1) } else { String::new() },
            "older": if more { format!("/admin/audit?page={}", number + 1) } else { String::new() },
        }),
    )
}

pub fn export_audit(ask: &Ask) -> Answer {
    let text = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        acts::csv(tx, &may)
    })?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("text/csv; charset=utf-8", text),
    ))
}

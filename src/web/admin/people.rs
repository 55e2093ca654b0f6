//! People: the list that admins search, and one account with what can be done to it.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::event::PrivateThing;
use crate::forum::people;
use crate::ids::AccountId;
use crate::kinds::{ForumRole, Standing};
use crate::refusal::Refusal;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::form::{Choice, choices};
use crate::web::reply::Reply;

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
    if number > 1 && listed.is_empty() {
        return Ok(Reply::see_other("/admin/people"));
    }
    let link = |number: i64| format!("/admin/people?{}&page={number}", url::query("q", &q));
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

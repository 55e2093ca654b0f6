//! A person's page: what I may see of theirs.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::forum::people;
use crate::i18n::When;
use crate::ids::AccountId;
use crate::kinds::{AccountKind, SpaceRole, Standing};
use crate::refusal::Refusal;
use crate::text::{excerpt, name};
use crate::url;

#[derive(Serialize)]
struct Post {
    url: String,
    title: String,
    space: String,
    first: bool,
    excerpt: String,
    at: When,
}

#[derive(Serialize)]
struct Belongs {
    url: String,
    name: String,
    role: String,
}

#[derive(Serialize)]
struct Person {
    display_name: String,
    name: String,
    initials: String,
    picture: String,
    kind: &'static str,
    organisation: String,
    department: String,
    location: String,
    about: String,
    ask_me: String,
    since: When,
    gone: bool,
    placeholder: bool,
    me: bool,
    spaces: Vec<Belongs>,
    posts: Vec<Post>,
    newer: String,
    older: String,
}

pub fn show(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    let number = ask.page_number();
    let (person, spaces, (posts, more)) = ask.read(|cx| {
        let person = people::find(cx, id)?;
        Ok((
            person,
            people::memberships_of(cx, id)?,
            people::activity(cx, id, number)?,
        ))
    })?;
    let home = url::person(person.id, &person.name);
    let page = Person {
        initials: name::initials(&person.display_name),
        picture: if person.picture.is_some() {
            url::about("people", id.0, "picture")
        } else {
            String::new()
        },
        kind: person.kind.word(),
        organisation: person.organisation,
        department: person.department.unwrap_or_default(),
        location: person.location,
        about: person.about_html,
        ask_me: person.ask_me,
        since: ask.date(person.created_at),
        gone: person.standing == Standing::Deactivated,
        placeholder: person.kind == AccountKind::Placeholder,
        me: ask.viewer().id() == Some(id),
        spaces: spaces
            .into_iter()
            .map(|(space, called, role)| Belongs {
                url: url::space(space, &called),
                name: called,
                role: if role == SpaceRole::Member {
                    String::new()
                } else {
                    ask.t(&format!("role-{}", role.word().replace('_', "-")))
                },
            })
            .collect(),
        posts: posts
            .into_iter()
            .map(|post| Post {
                url: url::post(post.post),
                title: post.title,
                space: post.space,
                first: post.first,
                excerpt: excerpt::beginning(&excerpt::plain(&post.body_html), 200),
                at: ask.when(post.at),
            })
            .collect(),
        newer: if number > 1 {
            format!("{home}?page={}", number - 1)
        } else {
            String::new()
        },
        older: if more {
            format!("{home}?page={}", number + 1)
        } else {
            String::new()
        },
        display_name: person.display_name,
        name: person.name,
    };
    let title = page.display_name.clone();
    ask.page("people/show.html", &title, &page)
}

pub fn picture(ask: &Ask) -> Answer {
    let id: AccountId = ask.id("person")?;
    let file = ask.read(|cx| people::picture_of(cx, id))?;
    let path = ask.app().config.data.join("uploads").join(&file);
    let bytes = std::fs::read(&path).map_err(|error| Refusal::broken(format!("{}: {error}", path.display())))?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Bytes("image/webp", bytes),
    ))
}

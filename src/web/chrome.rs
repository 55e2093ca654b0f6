//! What stands around every page: who is looking, what is new for them, where the forum's parts are.

use serde::Serialize;

use super::ask::Ask;
use super::assets;
use crate::access::{Person, Verb, Viewer};
use crate::forum::people;
use crate::forum::reading::news::Counted;
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::text::name;

#[derive(Debug, Clone, Serialize)]
pub struct Me {
    /// So that what this browser keeps for somebody is not given to the next who signs in.
    pub id: i64,
    pub name: String,
    pub initials: String,
    pub picture: Option<String>,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    pub lang: &'static str,
    pub title: String,
    pub forum_name: String,
    /// The first segment of the path, to mark where one is.
    pub place: String,
    pub me: Option<Me>,
    pub admin: bool,
    /// Whether there is anything to read for whoever looks: to others the ways there lead nowhere.
    pub reads: bool,
    /// Topics with something new; 500 stands for more.
    pub unread: usize,
    pub inbox: i64,
    /// Whether there is a list of today for me.
    pub manages: bool,
    /// Whether there is a queue for me, and how many wait in it; a hundred stands for more.
    pub moderates: bool,
    pub queue: i64,
    pub token: String,
    pub flash: String,
    pub css: &'static str,
    pub js: &'static str,
    pub insecure: bool,
    pub can_join: bool,
    pub search: String,
    /// What was wrong with a file that came with a post, and how many million bytes one may have.
    pub attach_problem: String,
    pub file_most: usize,
    /// A visitor's mark that goes out with this page, because it had none.
    #[serde(skip)]
    pub fresh_visit: Option<String>,
}

pub fn of(ask: &Ask, title: &str) -> Result<Chrome> {
    Ok(with_counts(ask, title, &*ask.news()?))
}

/// Stands where a visitor's token goes in a page that is kept ready.
pub const TOKEN_MARK: char = '\u{2}';

/// The chrome of a page that is kept for every visitor who speaks this language.
pub fn to_keep(ask: &Ask, title: &str) -> Chrome {
    Chrome {
        token: TOKEN_MARK.to_string(),
        ..with_counts(ask, title, &Counted::default())
    }
}

/// The chrome of a page that could not be made: asks the database for nothing.
pub fn bare(ask: &Ask, title: &str) -> Chrome {
    with_counts(ask, title, &Counted::default())
}

impl Chrome {
    /// Shows whoever has just signed in as signed in.
    pub fn welcome(&mut self, viewer: &Viewer) {
        self.me = viewer.person().map(me);
        self.reads = self.me.is_some();
    }
}

fn me(person: &Person) -> Me {
    Me {
        id: person.id.0,
        name: person.display_name.clone(),
        initials: name::initials(&person.display_name),
        picture: person
            .picture
            .as_ref()
            .map(|_| crate::url::about("people", person.id.0, "picture")),
        url: crate::url::person(person.id, &person.name),
    }
}

fn with_counts(ask: &Ask, title: &str, new: &Counted) -> Chrome {
    let person = ask.viewer().person();
    let fresh_visit = (person.is_none() && !ask.cookies.contains_key("visit")).then(people::fresh_token);
    let flash = ask
        .cookies
        .get("flash")
        .filter(|key| key.starts_with("done-") && Locales::get().has(ask.lang, key))
        .map(|key| ask.t(key))
        .unwrap_or_default();
    Chrome {
        lang: ask.tag(),
        title: title.to_owned(),
        forum_name: ask.settings.forum_name.clone(),
        place: ask.path.split('/').nth(1).unwrap_or("").to_owned(),
        me: person.map(me),
        admin: crate::access::decide(ask.viewer(), Verb::Administer, &crate::access::Place::forum())
            == crate::access::Verdict::Allow,
        reads: person.is_some() || ask.visitor.anything_public,
        unread: new.topics,
        inbox: new.lines,
        manages: person.is_some_and(crate::forum::today::is_for),
        moderates: person.is_some_and(crate::forum::moderation::queue::is_for),
        queue: new.queue,
        token: ask.form_token(fresh_visit.as_deref()),
        flash,
        css: assets::css_url(),
        js: assets::js_url(),
        insecure: !ask.app().site.secure && ask.viewer().is_admin(),
        can_join: ask.settings.entrance == "domains",
        search: ask.ask_for("q").to_owned(),
        attach_problem: ask.attach_problem.clone(),
        file_most: ask.app().config.limits.file_bytes / 1_000_000,
        fresh_visit,
    }
}

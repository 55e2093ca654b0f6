//! What the forum as a whole is called and how it is entered. Kept in the database, because admins
//! change it on a page; what an operator sets is in `config`.

use diesel::prelude::*;

use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::Conn;
use crate::db::schema::settings;
use crate::forum::moderation::flag_kinds::{self, FlagKind};
use crate::forum::previews;
use crate::refusal::{Problems, Result};
use crate::text::name;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub forum_name: String,
    pub language: String,
    pub time_zone: String,
    /// `closed`, `invitation` or `domains`.
    pub entrance: String,
    /// Mail domains whose people may make an account, one a line, when the entrance is `domains`.
    pub domains: String,
    pub contact: String,
    pub rules: String,
    pub privacy: String,
    /// Whether posts show what the pages say to which they lead: then the forum asks those pages.
    pub previews: bool,
    pub set_up: bool,
    /// The kinds of flags, those that ended too: what was flagged keeps its name.
    pub flag_kinds: Vec<FlagKind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            forum_name: "Aquarium".to_owned(),
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            entrance: "invitation".to_owned(),
            domains: String::new(),
            contact: String::new(),
            rules: String::new(),
            privacy: String::new(),
            previews: false,
            set_up: false,
            flag_kinds: flag_kinds::standard(),
        }
    }
}

pub const ENTRANCES: [&str; 3] = ["closed", "invitation", "domains"];

pub fn load(cx: &mut Cx<'_>) -> Result<Settings> {
    Ok(read(cx.conn())?)
}

pub(crate) fn read(conn: &mut Conn) -> QueryResult<Settings> {
    let rows: Vec<(String, String)> = settings::table.select((settings::key, settings::value)).load(conn)?;
    let mut all = Settings {
        flag_kinds: flag_kinds::read(conn)?,
        ..Settings::default()
    };
    for (key, value) in rows {
        match key.as_str() {
            "forum_name" => all.forum_name = value,
            "language" => all.language = value,
            "time_zone" => all.time_zone = value,
            "entrance" => all.entrance = value,
            "domains" => all.domains = value,
            "contact" => all.contact = value,
            "rules" => all.rules = value,
            "privacy" => all.privacy = value,
            previews::SETTING => all.previews = value == "yes",
            "set_up" => all.set_up = value == "yes",
            _ => {}
        }
    }
    Ok(all)
}

pub(crate) fn put(conn: &mut Conn, key: &str, value: &str) -> QueryResult<()> {
    let changed = diesel::update(settings::table.find(key))
        .set(settings::value.eq(value))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::key.eq(key), settings::value.eq(value)))
            .execute(conn)?;
    }
    Ok(())
}

/// What an admin changes on the forum's page.
pub struct Change {
    pub forum_name: String,
    pub language: String,
    pub entrance: String,
    pub domains: String,
    pub contact: String,
    pub rules: String,
    pub privacy: String,
    pub previews: bool,
}

pub fn change(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, change: &Change) -> Result<()> {
    let mut problems = Problems::default();
    let forum_name = name::tidy(&change.forum_name);
    if forum_name.is_empty() || forum_name.chars().count() > 80 {
        problems.add("forum_name", "problem-forum-name");
    }
    if !ENTRANCES.contains(&change.entrance.as_str()) {
        problems.add("entrance", "problem-choose");
    }
    let domains = tidy_domains(&change.domains);
    if change.entrance == "domains" && domains.is_empty() {
        problems.add("domains", "problem-domains-empty");
    }
    problems.check()?;
    let conn = tx.conn();
    for (key, value) in [
        ("forum_name", forum_name.as_str()),
        ("language", &change.language),
        ("entrance", &change.entrance),
        ("domains", &domains),
        ("contact", change.contact.trim()),
        ("rules", change.rules.trim()),
        ("privacy", change.privacy.trim()),
        (previews::SETTING, if change.previews { "yes" } else { "no" }),
    ] {
        put(conn, key, value)?;
    }
    if !change.previews {
        previews::forget_all(tx)?;
    }
    tx.record(&crate::event::Event::SettingsChanged)?;
    tx.access_moved();
    Ok(())
}

fn tidy_domains(text: &str) -> String {
    let mut all: Vec<String> = text
        .split([',', '\n', ' ', '\t', '\r', ';'])
        .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
        .filter(|domain| domain.contains('.') && !domain.starts_with('.'))
        .collect();
    all.sort();
    all.dedup();
    all.join("\n")
}

impl Settings {
    /// Whether a mail address belongs to a listed domain: the whole of it, never a tail of it.
    pub fn admits(&self, mail: &str) -> bool {
        self.entrance == "domains"
            && mail
                .rsplit_once('@')
                .is_some_and(|(_, domain)| self.domains.lines().any(|listed| listed.eq_ignore_ascii_case(domain)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_the_whole_of_it() {
        let settings = Settings {
            entrance: "domains".to_owned(),
            domains: tidy_domains("@Heron.example, vale.example"),
            ..Settings::default()
        };
        assert!(settings.admits("ada@heron.example"));
        assert!(!settings.admits("eve@evil-heron.example"));
        assert!(!settings.admits("eve@heron.example.evil"));
    }
}

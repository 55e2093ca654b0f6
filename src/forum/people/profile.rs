//! What people say about themselves, and how they like their pages.

use diesel::prelude::*;

use crate::access::{Cx, Tx, deed, on_forum};
use crate::db::schema::accounts;
use crate::event::Event;
use crate::ids::DepartmentId;
use crate::kinds::View;
use crate::refusal::{Problems, Result};
use crate::text::{markdown, name};

#[derive(Debug, Clone, Queryable)]
pub struct Profile {
    pub display_name: String,
    pub department: Option<DepartmentId>,
    pub location: String,
    pub about: String,
    pub ask_me: String,
    pub language: String,
    pub time_zone: String,
    pub mail: Option<String>,
    pub name: String,
    pub picture: Option<String>,
    /// Agreed to be named when somebody searches for what they wrote about.
    pub findable: bool,
}

pub fn mine(cx: &mut Cx<'_>) -> Result<Profile> {
    let me = cx.me()?.id;
    Ok(accounts::table
        .find(me)
        .select((
            accounts::display_name,
            accounts::department_id,
            accounts::location,
            accounts::about,
            accounts::ask_me,
            accounts::language,
            accounts::time_zone,
            accounts::mail,
            accounts::name,
            accounts::picture,
            accounts::findable,
        ))
        .first(cx.conn())?)
}

pub fn change(tx: &mut Tx<'_>, new: &Profile) -> Result<()> {
    let me = tx.me()?.id;
    let display_name = name::tidy(&new.display_name);
    let mut problems = Problems::default();
    if !(2..=80).contains(&display_name.chars().count()) {
        problems.add("display_name", "problem-display-name");
    }
    if new.location.chars().count() > 80 {
        problems.add("location", "problem-too-long");
    }
    if new.about.len() > 8192 {
        problems.add("about", "problem-too-long");
    }
    if new.ask_me.chars().count() > 300 {
        problems.add("ask_me", "problem-too-long");
    }
    if jiff::tz::TimeZone::get(&new.time_zone).is_err() {
        problems.add("time_zone", "problem-time-zone");
    }
    problems.check()?;
    let now = mine(tx)?;
    let says = |profile: &Profile| {
        [
            name::tidy(&profile.display_name),
            name::tidy(&profile.location),
            profile.about.trim_end().to_owned(),
            name::tidy(&profile.ask_me),
        ]
    };
    if says(&now) != says(new) {
        on_forum::<deed::ShowOneself>(tx.viewer())?;
    }
    diesel::update(accounts::table.find(me))
        .set((
            accounts::display_name.eq(display_name),
            accounts::department_id.eq(new.department),
            accounts::location.eq(name::tidy(&new.location)),
            accounts::about.eq(new.about.trim_end()),
            accounts::about_html.eq(markdown::render(&new.about, &|_| None).into_string()),
            accounts::ask_me.eq(name::tidy(&new.ask_me)),
            accounts::language.eq(&new.language),
            accounts::time_zone.eq(&new.time_zone),
            accounts::findable.eq(new.findable),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::ProfileChanged { account: me })?;
    Ok(())
}

/// Remembers how a person reads topics.
pub fn set_view(tx: &mut Tx<'_>, view: View) -> Result<()> {
    let me = tx.me()?.id;
    diesel::update(accounts::table.find(me))
        .set(accounts::view.eq(view))
        .execute(tx.conn())?;
    tx.access_moved();
    Ok(())
}

/// `picture` is the name under which the file is kept, or none.
pub fn set_picture(tx: &mut Tx<'_>, picture: Option<&str>) -> Result<()> {
    on_forum::<deed::ShowOneself>(tx.viewer())?;
    let me = tx.me()?.id;
    diesel::update(accounts::table.find(me))
        .set(accounts::picture.eq(picture))
        .execute(tx.conn())?;
    tx.record(&Event::ProfileChanged { account: me })?;
    Ok(())
}

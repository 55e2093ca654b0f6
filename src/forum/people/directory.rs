//! A person's page, as somebody else may see it. Employees see everybody; guests see the people they
//! share a space with, and of them name and organisation; visitors see nobody's page.

use diesel::prelude::*;

use crate::access::{Cx, Viewer, scope};
use crate::db::dialect::lower;
use crate::db::schema::{accounts, departments, memberships, posts, spaces, topics};
use crate::db::types::Moment;
use crate::ids::{AccountId, PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, ForumRole, PostState, SpaceRole, Standing};
use crate::refusal::{Refusal, Result};

/// What may be shown of somebody.
#[derive(Debug, Clone, Queryable)]
pub struct Seenable {
    pub id: AccountId,
    pub name: String,
    pub display_name: String,
    pub kind: AccountKind,
    pub standing: Standing,
    pub organisation: String,
    pub picture: Option<String>,
    pub department: Option<String>,
    pub location: String,
    pub about_html: String,
    pub ask_me: String,
    pub created_at: Moment,
}

/// Somebody that the viewer may see; a guest gets less of them.
pub fn find(cx: &mut Cx<'_>, id: AccountId) -> Result<Seenable> {
    let mut found: Seenable = accounts::table
        .left_join(departments::table)
        .filter(accounts::id.eq(id))
        .select((
            accounts::id,
            accounts::name,
            accounts::display_name,
            accounts::kind,
            accounts::standing,
            accounts::organisation,
            accounts::picture,
            departments::name.nullable(),
            accounts::location,
            accounts::about_html,
            accounts::ask_me,
            accounts::created_at,
        ))
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    let viewer = std::sync::Arc::clone(cx.viewer());
    // Whoever waits to be let in is nobody's acquaintance yet.
    if found.standing == Standing::Waiting && !viewer.is_admin() && !matches!(&*viewer, Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    match &*viewer {
        Viewer::System(_) => {}
        Viewer::Visitor => return Err(Refusal::NotFound),
        Viewer::Person(me) if me.id == id => {}
        Viewer::Person(me) if me.kind == AccountKind::Guest => {
            if !shares_a_space(cx, id)? {
                return Err(Refusal::NotFound);
            }
            found.department = None;
            found.location = String::new();
            found.about_html = String::new();
            found.ask_me = String::new();
        }
        // An imported person is seen where something they wrote is.
        Viewer::Person(_) if found.kind == AccountKind::Placeholder => {
            if !has_written_where_i_read(cx, id)? {
                return Err(Refusal::NotFound);
            }
        }
        Viewer::Person(_) => {}
    }
    Ok(found)
}

fn shares_a_space(cx: &mut Cx<'_>, id: AccountId) -> Result<bool> {
    let readable = cx.readable().to_vec();
    let shared: i64 = memberships::table
        .filter(memberships::account_id.eq(id))
        .filter(memberships::space_id.eq_any(readable))
        .count()
        .get_result(cx.conn())?;
    Ok(shared > 0 || has_written_where_i_read(cx, id)?)
}

fn has_written_where_i_read(cx: &mut Cx<'_>, id: AccountId) -> Result<bool> {
    let condition = scope::posts(cx);
    let one: Option<PostId> = posts::table
        .filter(posts::author_id.eq(id))
        .filter(posts::state.eq(PostState::Published))
        .filter(condition)
        .select(posts::id)
        .first(cx.conn())
        .optional()?;
    Ok(one.is_some())
}

/// The picture of somebody that the viewer may see.
pub fn picture_of(cx: &mut Cx<'_>, id: AccountId) -> Result<String> {
    find(cx, id)?.picture.ok_or(Refusal::NotFound)
}

/// The spaces that both the viewer reads and the person belongs to.
pub fn memberships_of(cx: &mut Cx<'_>, id: AccountId) -> Result<Vec<(SpaceId, String, SpaceRole)>> {
    let readable = cx.readable().to_vec();
    Ok(memberships::table
        .inner_join(spaces::table)
        .filter(memberships::account_id.eq(id))
        .filter(memberships::space_id.eq_any(readable))
        .order((spaces::position, spaces::id))
        .select((spaces::id, spaces::name, memberships::role))
        .load(cx.conn())?)
}

/// A post on somebody's page.
#[derive(Debug, Clone, Queryable)]
pub struct Activity {
    pub post: PostId,
    pub topic: TopicId,
    pub title: String,
    pub space: String,
    pub first: bool,
    pub body_html: String,
    pub at: Moment,
}

/// What somebody wrote where the viewer reads, newest first; a page of twenty and whether more follow.
pub fn activity(cx: &mut Cx<'_>, id: AccountId, page: i64) -> Result<(Vec<Activity>, bool)> {
    let condition = scope::posts(cx);
    let mut rows: Vec<Activity> = posts::table
        .inner_join(topics::table.inner_join(spaces::table))
        .filter(posts::author_id.eq(id))
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .filter(condition)
        .order((posts::created_at.desc(), posts::id.desc()))
        .select((
            posts::id,
            topics::id,
            topics::title,
            spaces::name,
            posts::parent_id.is_null(),
            posts::body_html,
            posts::created_at,
        ))
        .limit(21)
        .offset((page.max(1) - 1) * 20)
        .load(cx.conn())?;
    let more = rows.len() > 20;
    rows.truncate(20);
    Ok((rows, more))
}

/// A person on the admin's list.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: AccountId,
    pub name: String,
    pub display_name: String,
    pub mail: Option<String>,
    pub kind: AccountKind,
    pub standing: Standing,
    pub forum_role: ForumRole,
    pub department: Option<String>,
    pub created_at: Moment,
}

/// The accounts, for admins: fifty a page; `words` narrows by name or address.
pub fn directory(cx: &mut Cx<'_>, words: &str, page: i64) -> Result<(Vec<Listed>, bool)> {
    if !cx.viewer().is_admin() {
        return Err(Refusal::NotFound);
    }
    let pattern = format!("%{}%", words.trim().replace(['%', '_'], ""));
    let mut query = accounts::table
        .left_join(departments::table)
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .order((accounts::display_name, accounts::id))
        .select((
            accounts::id,
            accounts::name,
            accounts::display_name,
            accounts::mail,
            accounts::kind,
            accounts::standing,
            accounts::forum_role,
            departments::name.nullable(),
            accounts::created_at,
        ))
        .limit(51)
        .offset((page.max(1) - 1) * 50)
        .into_boxed::<crate::db::Backend>();
    if !words.trim().is_empty() {
        query = query.filter(
            lower(accounts::display_name)
                .like(pattern.to_lowercase())
                .or(accounts::name.like(pattern.to_lowercase()))
                .or(accounts::mail_key.like(pattern.to_lowercase()).assume_not_null()),
        );
    }
    let mut rows: Vec<Listed> = query.load(cx.conn())?;
    let more = rows.len() > 50;
    rows.truncate(50);
    Ok((rows, more))
}

/// What the author of something that the viewer sees is called: their name stands on the post.
pub fn display_name(cx: &mut Cx<'_>, author: AccountId) -> Result<String> {
    Ok(accounts::table
        .find(author)
        .select(accounts::display_name)
        .first(cx.conn())?)
}

//! Groups that a text can name at once: those who moderate a space, and departments. Only whoever reads the space is
//! told, and nobody at all when the group is large: a word to everybody is an announcement, and there are other ways
//! for those.

use diesel::prelude::*;

use super::account::readers_among;
use crate::access::Cx;
use crate::db::schema::{accounts, departments, memberships};
use crate::ids::{AccountId, DepartmentId, SpaceId};
use crate::kinds::{AccountKind, SpaceRole, Standing, Visibility};
use crate::refusal::Result;
use crate::text::markdown;
use crate::text::slug::slug;

/// People whom one word tells, at the most.
pub const MOST: usize = 50;

/// Departments of one text, or that are offered at once.
const DEPARTMENTS: usize = 3;

/// Those who moderate, in the languages of the forum.
const MODERATORS: [&str; 2] = ["moderators", "moderatoren"];

/// A group as a text names it.
#[derive(Debug, Clone)]
pub struct Group {
    /// What stands after the @.
    pub word: String,
    /// What it is called; empty for those who moderate.
    pub called: String,
    /// Those of it who read the space, without the one who names it.
    pub people: Vec<AccountId>,
}

impl Group {
    pub fn is_too_large(&self) -> bool {
        self.people.len() > MOST
    }
}

/// The groups that a text names. Departments are known to employees; a guest names those who moderate.
pub(crate) fn named(cx: &mut Cx<'_>, space: SpaceId, visibility: Visibility, body: &str) -> Result<Vec<Group>> {
    let words: Vec<String> = markdown::mentions(body)
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    matching(cx, space, visibility, |word| words.iter().any(|named| named == word))
}

/// Those whose word begins so, to be offered.
pub(crate) fn begun(cx: &mut Cx<'_>, space: SpaceId, visibility: Visibility, begins: &str) -> Result<Vec<Group>> {
    matching(cx, space, visibility, |word| word.starts_with(begins))
}

fn matching(
    cx: &mut Cx<'_>,
    space: SpaceId,
    visibility: Visibility,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Group>> {
    let mut groups = Vec::new();
    if let Some(word) = MODERATORS.into_iter().find(|word| wanted(word)) {
        let now = cx.now();
        let people: Vec<AccountId> = memberships::table
            .filter(memberships::space_id.eq(space))
            .filter(memberships::role.eq_any([SpaceRole::Moderator, SpaceRole::CommunityManager]))
            .filter(
                memberships::role_until
                    .is_null()
                    .or(memberships::role_until.gt(now).assume_not_null()),
            )
            .order(memberships::account_id)
            .select(memberships::account_id)
            .load(cx.conn())?;
        groups.push(Group {
            word: word.to_owned(),
            called: String::new(),
            people,
        });
    }
    let employee = cx
        .viewer()
        .person()
        .is_some_and(|person| person.kind == AccountKind::Employee);
    if employee {
        let all: Vec<(DepartmentId, String)> = departments::table
            .order(departments::name)
            .select((departments::id, departments::name))
            .load(cx.conn())?;
        let meant = all.into_iter().filter_map(|(department, called)| {
            let word = slug(&called);
            (!word.is_empty() && wanted(&word)).then_some((department, called, word))
        });
        for (department, called, word) in meant.take(DEPARTMENTS) {
            let people: Vec<AccountId> = accounts::table
                .filter(accounts::department_id.eq(department))
                .filter(accounts::standing.eq(Standing::Active))
                .filter(accounts::kind.eq(AccountKind::Employee))
                .order(accounts::id)
                .select(accounts::id)
                .load(cx.conn())?;
            groups.push(Group { word, called, people });
        }
    }
    let me = cx.viewer().id();
    for group in &mut groups {
        let readers = readers_among(cx, &group.people, space, visibility)?;
        group.people.retain(|who| readers.contains(who) && Some(*who) != me);
    }
    groups.retain(|group| !group.people.is_empty());
    Ok(groups)
}

//! Whoever is looking: a visitor, a person or the forum itself; with everything that the policy asks
//! about them, loaded at once.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{accounts, entries, guidelines_accepted, memberships, sanctions, spaces};
use crate::db::types::Moment;
use crate::ids::{AccountId, DepartmentId, SpaceId};
use crate::kinds::{AccountKind, ForumRole, SanctionKind, SpaceRole, Standing, View, Visibility};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: AccountId,
    pub kind: AccountKind,
    pub forum_role: ForumRole,
    pub department: Option<DepartmentId>,
    pub name: String,
    pub display_name: String,
    pub picture: Option<String>,
    pub language: String,
    pub time_zone: String,
    pub view: View,
    pub read_before: Moment,
    pub seen_inbox_at: Moment,
    /// As of now: a role whose term is over is a member's.
    pub memberships: HashMap<SpaceId, SpaceRole>,
    /// The spaces in which they are silenced, and until when.
    pub silenced: HashMap<SpaceId, Moment>,
    /// The spaces they entered by giving a reason, and until when.
    pub entered: HashMap<SpaceId, Moment>,
    /// Which version of each space's guidelines they accepted.
    pub accepted: HashMap<SpaceId, i64>,
    /// When they became a member: what is older is not new to them.
    pub joined: HashMap<SpaceId, Moment>,
    /// The spaces this person reads, and the only ones that any list may draw from.
    pub readable: Vec<SpaceId>,
    /// When one of these facts ends by itself: a role's term, a guest's stay.
    pub until: Option<Moment>,
}

impl Person {
    /// Admins and the forum's community managers: they know of every space.
    pub fn answers_for_the_forum(&self) -> bool {
        matches!(self.forum_role, ForumRole::Admin | ForumRole::CommunityManager)
    }

    pub fn role_in(&self, space: SpaceId) -> Option<SpaceRole> {
        self.memberships.get(&space).copied()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    Visitor,
    Person(Box<Person>),
    /// The forum at work; the word says on what, so that each bypass can be found by a search.
    System(&'static str),
}

impl Viewer {
    pub fn system(purpose: &'static str) -> std::sync::Arc<Self> {
        std::sync::Arc::new(Self::System(purpose))
    }

    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            _ => None,
        }
    }

    pub fn id(&self) -> Option<AccountId> {
        self.person().map(|person| person.id)
    }

    pub fn is_admin(&self) -> bool {
        self.person()
            .is_some_and(|person| person.forum_role == ForumRole::Admin)
    }
}

type AccountFacts = (
    (
        AccountKind,
        Standing,
        ForumRole,
        Option<Moment>,
        Option<DepartmentId>,
        Option<Moment>,
    ),
    (String, String, Option<String>, String, String, View),
    (Moment, Moment),
);

/// Loads a person as of `now`, for a letter, a feed or anything else that reaches them where nobody writes
/// down what they read: without the spaces they entered with a reason. `None` when the account may not
/// enter: unknown, a placeholder, waiting, suspended, deactivated, or a guest whose stay is over.
pub(crate) fn load(conn: &mut Conn, id: AccountId, now: Moment) -> QueryResult<Option<Person>> {
    load_person(conn, id, now, false)
}

/// The same for somebody before the forum's pages, each of which is written down in a space they entered.
pub(crate) fn load_at_page(conn: &mut Conn, id: AccountId, now: Moment) -> QueryResult<Option<Person>> {
    load_person(conn, id, now, true)
}

fn load_person(conn: &mut Conn, id: AccountId, now: Moment, at_page: bool) -> QueryResult<Option<Person>> {
    let facts: Option<AccountFacts> = accounts::table
        .find(id)
        .select((
            (
                accounts::kind,
                accounts::standing,
                accounts::forum_role,
                accounts::forum_role_until,
                accounts::department_id,
                accounts::ends_at,
            ),
            (
                accounts::name,
                accounts::display_name,
                accounts::picture,
                accounts::language,
                accounts::time_zone,
                accounts::view,
            ),
            (accounts::read_before, accounts::seen_inbox_at),
        ))
        .first(conn)
        .optional()?;
    let Some((standing_facts, profile, moments)) = facts else {
        return Ok(None);
    };
    let (kind, standing, forum_role, role_until, department, ends_at) = standing_facts;
    let over = |moment: Option<Moment>| moment.is_some_and(|moment| moment <= now);
    if kind == AccountKind::Placeholder || standing != Standing::Active || over(ends_at) {
        return Ok(None);
    }
    let mut until = [ends_at, role_until].into_iter().flatten().filter(|m| *m > now).min();
    let limits: Vec<(Option<SpaceId>, SanctionKind, Moment)> = sanctions::table
        .filter(sanctions::account_id.eq(id))
        .filter(sanctions::kind.ne(SanctionKind::Warning))
        .filter(sanctions::ended_at.is_null())
        .filter(sanctions::until.gt(now))
        .select((sanctions::space_id, sanctions::kind, sanctions::until))
        .load(conn)?;
    let mut silenced: HashMap<SpaceId, Moment> = HashMap::new();
    for (space, kind, end) in limits {
        match (kind, space) {
            (SanctionKind::Silence, Some(space)) => {
                let latest = silenced.entry(space).or_insert(end);
                *latest = end.max(*latest);
                until = Some(until.map_or(end, |until| until.min(end)));
            }
            (SanctionKind::Suspension, _) => return Ok(None),
            _ => {}
        }
    }
    let rows: Vec<(SpaceId, SpaceRole, Option<Moment>, Moment)> = memberships::table
        .filter(memberships::account_id.eq(id))
        .select((
            memberships::space_id,
            memberships::role,
            memberships::role_until,
            memberships::joined_at,
        ))
        .load(conn)?;
    let all: Vec<(SpaceId, Visibility)> = spaces::table
        .select((spaces::id, spaces::visibility))
        .order(spaces::id)
        .load(conn)?;
    let mut memberships = HashMap::with_capacity(rows.len());
    let mut joined = HashMap::with_capacity(rows.len());
    for (space, role, role_until, joined_at) in rows {
        joined.insert(space, joined_at);
        // A space's last manager stays, shown as overdue: somebody has to hand the keys on.
        let stays =
            over(role_until) && role == SpaceRole::CommunityManager && !has_another_manager(conn, space, id, now)?;
        let role = if over(role_until) && !stays {
            SpaceRole::Member
        } else {
            role
        };
        if let Some(end) = role_until.filter(|end| *end > now) {
            until = Some(until.map_or(end, |until| until.min(end)));
        }
        memberships.insert(space, role);
    }
    let forum_role = if over(role_until) { ForumRole::None } else { forum_role };
    // Only those may enter who answer for the whole forum.
    let mut entered: HashMap<SpaceId, Moment> = HashMap::new();
    if at_page && matches!(forum_role, ForumRole::Admin | ForumRole::CommunityManager) {
        let open: Vec<(SpaceId, Moment)> = entries::table
            .filter(entries::account_id.eq(id))
            .filter(entries::left_at.is_null())
            .filter(entries::until.gt(now))
            .select((entries::space_id, entries::until))
            .load(conn)?;
        for (space, end) in open {
            let latest = entered.entry(space).or_insert(end);
            *latest = end.max(*latest);
            until = Some(until.map_or(end, |until| until.min(end)));
        }
    }
    let accepted: HashMap<SpaceId, i64> = guidelines_accepted::table
        .filter(guidelines_accepted::account_id.eq(id))
        .select((guidelines_accepted::space_id, guidelines_accepted::version))
        .load(conn)?
        .into_iter()
        .collect();
    let (name, display_name, picture, language, time_zone, view) = profile;
    let mut person = Person {
        id,
        kind,
        forum_role,
        department,
        name,
        display_name,
        picture,
        language,
        time_zone,
        view,
        read_before: moments.0,
        seen_inbox_at: moments.1,
        memberships,
        silenced,
        entered,
        accepted,
        joined,
        readable: Vec::new(),
        until,
    };
    person.readable = all
        .into_iter()
        .filter(|(space, visibility)| super::policy::person_reads(&person, *space, *visibility))
        .map(|(space, _)| space)
        .collect();
    Ok(Some(person))
}

/// Whether somebody else, whose term is not over, answers for a space.
fn has_another_manager(conn: &mut Conn, space: SpaceId, than: AccountId, now: Moment) -> QueryResult<bool> {
    let others: i64 = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq(space))
        .filter(memberships::role.eq(SpaceRole::CommunityManager))
        .filter(memberships::account_id.ne(than))
        .filter(
            memberships::role_until
                .is_null()
                .or(memberships::role_until.gt(now).assume_not_null()),
        )
        .filter(accounts::standing.eq(Standing::Active))
        .count()
        .get_result(conn)?;
    Ok(others > 0)
}

/// The spaces that a viewer without an account reads.
pub(crate) fn public_spaces(conn: &mut Conn) -> QueryResult<Vec<SpaceId>> {
    spaces::table
        .filter(spaces::visibility.eq(Visibility::Public))
        .select(spaces::id)
        .order(spaces::id)
        .load(conn)
}

//! Roles of a space and their terms: who holds what since when, until when, who is to follow, and how much of the load
//! few people carry. Immerse, then disperse: a role that circulates keeps a team's knowledge from leaving with one
//! person.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::sees;
use crate::access::{Cx, May, Seen, Tx, deed};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, memberships, reviews, successions, topic_states};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::metric::{FEW, length};
use crate::forum::people;
use crate::forum::spaces::SpaceRow;
use crate::ids::AccountId;
use crate::kinds::SpaceRole;
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// Days after which it is time to think of who follows: ten months.
pub const THINK_DAYS: i64 = 304;
/// Days after which a role has been held too long: twelve months.
pub const LONG_DAYS: i64 = 365;
/// Characters of what somebody says about a succession.
const WORDS: usize = 300;
/// Days of which the load is told, and how much of it there must be.
const LOAD_DAYS: i64 = 91;
const LEAST: i64 = 10;

/// A role that somebody holds.
#[derive(Debug, Clone)]
pub struct Held {
    pub account: AccountId,
    pub called: String,
    pub role: SpaceRole,
    pub since: Option<Moment>,
    pub until: Option<Moment>,
    /// Who is to follow: @name and what they are called, and what was said of it.
    pub successor: Option<(AccountId, String, String)>,
    pub words: String,
}

type Row = (
    (AccountId, String, SpaceRole, Option<Moment>, Option<Moment>),
    (Option<i64>, Option<String>),
);

/// Everybody who holds a role, those whose term ends first at the top.
pub fn held(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Held>> {
    sees(space)?;
    let rows: Vec<Row> = memberships::table
        .inner_join(accounts::table)
        .left_join(
            successions::table.on(successions::space_id
                .eq(memberships::space_id)
                .and(successions::account_id.eq(memberships::account_id))),
        )
        .filter(memberships::space_id.eq(space.id))
        .filter(memberships::role.ne(SpaceRole::Member))
        .select((
            (
                accounts::id,
                accounts::display_name,
                memberships::role,
                memberships::role_since,
                memberships::role_until,
            ),
            (successions::successor_id.nullable(), successions::words.nullable()),
        ))
        .load(cx.conn())?;
    let followers: Vec<i64> = rows.iter().filter_map(|row| row.1.0).collect();
    let names: Vec<(AccountId, String, String)> = accounts::table
        .filter(accounts::id.eq_any(followers))
        .select((accounts::id, accounts::name, accounts::display_name))
        .load(cx.conn())?;
    let mut all: Vec<Held> = rows
        .into_iter()
        .map(|((account, called, role, since, until), (follows, words))| Held {
            account,
            called,
            role,
            since,
            until,
            successor: names.iter().find(|one| Some(one.0.0) == follows).cloned(),
            // Without a successor there are no words either.
            words: words.unwrap_or_else(String::new),
        })
        .collect();
    all.sort_by(|one, other| {
        let end = |held: &Held| held.until.unwrap_or(Moment(i64::MAX));
        (end(one), &one.called, one.account).cmp(&(end(other), &other.called, other.account))
    });
    Ok(all)
}

/// Says who is to follow somebody in their role, or that nobody is.
pub fn succeed(
    tx: &mut Tx<'_>,
    space: &May<deed::Manage, SpaceRow>,
    holder: AccountId,
    successor: &str,
    words: &str,
) -> Result<()> {
    crate::db::dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let role: SpaceRole = memberships::table
        .find((space.id, holder))
        .select(memberships::role)
        .first(tx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    if role == SpaceRole::Member {
        return Err(Refusal::NotFound);
    }
    let words = name::tidy(words);
    if words.chars().count() > WORDS {
        return Err(Problems::one("words", "problem-too-long"));
    }
    let follows = if successor.trim().is_empty() {
        None
    } else {
        let seen = crate::forum::spaces::find(tx, space.id)?;
        let found = match people::named(tx, &seen, successor)? {
            Some(found) if found != holder => memberships::table
                .find((space.id, found))
                .select(memberships::account_id)
                .first::<AccountId>(tx.conn())
                .optional()?,
            _ => None,
        };
        Some(found.ok_or_else(|| Problems::one("successor", "problem-successor"))?)
    };
    diesel::delete(successions::table.find((space.id.0, holder.0))).execute(tx.conn())?;
    if let Some(follows) = follows {
        let row = (
            successions::space_id.eq(space.id.0),
            successions::account_id.eq(holder.0),
            successions::successor_id.eq(follows.0),
            successions::words.eq(&words),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(successions::table).values(row).execute(c))?;
    }
    tx.record(&Event::PlanChanged {
        space: space.id,
        what: "succession",
    })
    .map(|_| ())
}

/// How much of something one person does, and three together; who they are is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// There is too little of it.
    TooEarly,
    /// So few do it that it would be told of one of them.
    Hidden,
    Shares {
        all: i64,
        one: i64,
        three: i64,
    },
}

impl Load {
    fn of(mut times: Vec<i64>) -> Self {
        times.sort_unstable_by(|one, other| other.cmp(one));
        let all: i64 = times.iter().sum();
        match (all, length(times.len())) {
            (..LEAST, _) => Self::TooEarly,
            (_, ..FEW) => Self::Hidden,
            _ => Self::Shares {
                all,
                one: times.iter().take(1).sum(),
                three: times.iter().take(3).sum(),
            },
        }
    }
}

/// Of the last 13 weeks: who gave first replies, and who decided reviews.
pub fn load(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<[Load; 2]> {
    sees(space)?;
    let since = cx.now().plus_days(-LOAD_DAYS);
    let replies: Vec<i64> = topic_states::table
        .filter(topic_states::space_id.eq(space.id.0))
        .filter(topic_states::started_at.gt(since))
        .filter(topic_states::first_reply_by.is_not_null())
        .group_by(topic_states::first_reply_by)
        .select(count_star())
        .load(cx.conn())?;
    let decisions: Vec<i64> = reviews::table
        .filter(reviews::space_id.eq(space.id.0))
        .filter(reviews::decided_at.gt(since.0))
        .filter(reviews::decided_by.is_not_null())
        .group_by(reviews::decided_by)
        .select(count_star())
        .load(cx.conn())?;
    Ok([Load::of(replies), Load::of(decisions)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_load_is_a_share_and_not_a_list() {
        assert_eq!(Load::of(vec![3, 4, 2]), Load::TooEarly);
        assert_eq!(Load::of(vec![30, 4, 2, 1]), Load::Hidden);
        assert_eq!(
            Load::of(vec![3, 4, 1, 1, 1]),
            Load::Shares {
                all: 10,
                one: 4,
                three: 8
            }
        );
    }
}

//! How many could take part, counted when a week is over and recorded in the log: what shares of the organisation
//! are parts of. The staff list changes; what was counted does not.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::fold::FORUM;
use super::states::{self, Common};
use super::week::{Calendar, Week};
use crate::access::{Store, Viewer};
use crate::db::schema::{accounts, spaces, staff};
use crate::event::Event;
use crate::ids::SpaceId;
use crate::kinds::{AccountKind, Standing, Visibility};
use crate::refusal::Result;

/// Records for each week that is over how many could take part, once.
pub(super) fn count(store: &Store, calendar: &Calendar, this_week: Week) -> Result<()> {
    let missing: Vec<(i64, Week, i64)> = store.read(&Viewer::system("figures"), |cx| {
        let common = Common::read(cx.conn())?;
        let list: Vec<(Option<i64>, Option<i64>, Option<i64>)> = staff::table
            .select((staff::starts_on, staff::ends_on, staff::account_id.nullable()))
            .load(cx.conn())?;
        let listed: BTreeSet<i64> = list.iter().filter_map(|(_, _, account)| *account).collect();
        let employees: BTreeSet<i64> = accounts::table
            .filter(accounts::kind.eq(AccountKind::Employee))
            .filter(accounts::standing.ne(Standing::Waiting))
            .select(accounts::id)
            .load::<i64>(cx.conn())?
            .into_iter()
            .collect();
        let audience: Vec<(i64, Visibility, Option<i64>)> = spaces::table
            .select((spaces::id, spaces::visibility, spaces::audience_size))
            .load(cx.conn())?;
        let mut missing = Vec::new();
        for (space, launch) in &common.launches {
            for week in *launch..this_week {
                if common.audiences.contains_key(&(*space, week)) {
                    continue;
                }
                let end = calendar.end(week)?;
                let day = calendar.day(end) - 1;
                let organisation = || {
                    let on_the_list = list
                        .iter()
                        .filter(|(starts, ends, _)| {
                            starts.is_none_or(|starts| starts <= day) && ends.is_none_or(|ends| ends >= day)
                        })
                        .count();
                    let beside = common.spans.get(&FORUM).map_or(0, |spans| {
                        spans
                            .iter()
                            .filter(|(who, spans)| {
                                employees.contains(who) && !listed.contains(who) && spans.belongs(end)
                            })
                            .count()
                    });
                    super::metric::length(on_the_list + beside)
                };
                let members = || {
                    let members = common
                        .spans
                        .get(space)
                        .map_or(0, |spans| spans.values().filter(|spans| spans.belongs(end)).count());
                    super::metric::length(members)
                };
                let people = match audience.iter().find(|one| one.0 == *space) {
                    None => organisation(),
                    Some((_, _, Some(size))) => (*size).max(members()),
                    Some((_, Visibility::Internal | Visibility::Public, None)) => organisation().max(members()),
                    Some((_, Visibility::Private | Visibility::Hybrid, None)) => members(),
                };
                missing.push((*space, week, people));
            }
        }
        Ok(missing)
    })?;
    for few in missing.chunks(200) {
        states::keep(store, |tx| {
            for (space, week, people) in few {
                tx.record(&Event::AudienceCounted {
                    space: (*space != FORUM).then_some(SpaceId(*space)),
                    week: *week,
                    people: *people,
                })?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

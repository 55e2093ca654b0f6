//! The same list as a letter: on Monday when work begins, to those who manage a space and want it. That it was sent
//! is a reading of a list with names, and is written down like one.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{list, sentence};
use crate::access::{Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{memberships, monday_looks};
use crate::event::{Event, PrivateThing, Source};
use crate::forum::letters::{mondays, wishes};
use crate::forum::metrics::hours::Office;
use crate::forum::metrics::week::{self, Week};
use crate::forum::people;
use crate::i18n::Locales;
use crate::ids::AccountId;
use crate::kinds::SpaceRole;
use crate::refusal::{Refusal, Result};

/// Writes the letters of this Monday that are not written yet. On other days, and before eight, it does nothing.
pub(crate) fn write(store: &Store, site: &str) -> Result<()> {
    let system = Viewer::system("today");
    let due: Vec<(AccountId, String, Week)> = store.read(&system, |cx| {
        let now = cx.now();
        let office = Office::read(cx.conn())?;
        let calendar = office.calendar();
        let today = calendar.day(now);
        // The first working day, and at work: the rest of the week has no letter.
        let first = office.days_of(calendar.week(now)).trailing_zeros();
        if today != week::monday(calendar.week(now)) + i64::from(first) || office.at_work(now)? != now {
            return Ok(Vec::new());
        }
        let key = week::name(calendar.week(now))?;
        let people: Vec<AccountId> = memberships::table
            .filter(memberships::role.eq(SpaceRole::CommunityManager))
            .select(memberships::account_id)
            .distinct()
            .order(memberships::account_id)
            .load(cx.conn())?;
        let wanted = wishes::of(cx, &people, wishes::About::Today)?;
        let week = calendar.week(now);
        let looked: BTreeSet<AccountId> = monday_looks::table
            .filter(monday_looks::week.eq(week))
            .select(monday_looks::account_id)
            .load::<AccountId>(cx.conn())?
            .into_iter()
            .collect();
        Ok(people
            .into_iter()
            .filter(|who| !looked.contains(who) && wanted.get(who) != Some(&wishes::How::None))
            .map(|who| (who, key.clone(), week))
            .collect())
    })?;
    // Somebody whose list fails keeps nobody else from theirs, and is asked about again.
    let mut failed = None;
    for (account, key, week) in due {
        if let Err(refusal) = write_one(store, (account, &key, week), site) {
            tracing::error!(%account, %refusal, "a letter of Monday is put off");
            failed = Some(refusal);
        }
    }
    failed.map_or(Ok(()), Err)
}

/// One letter, or none where nothing is to be done or there is no address: looked at once a Monday, whatever came of it.
fn write_one(store: &Store, (account, key, week): (AccountId, &str, Week), site: &str) -> Result<()> {
    let lines = lines(store, account)?;
    store.write(&Viewer::system("today"), Source::System, |tx| {
        // Of two nodes one writes it.
        crate::db::dialect::hold(tx.conn(), "accounts", account.0)?;
        let row = (monday_looks::account_id.eq(account.0), monday_looks::week.eq(week));
        let first = each_backend!(tx.conn(), c => diesel::insert_into(monday_looks::table)
                .values(row).on_conflict_do_nothing().execute(c))?;
        if first == 0 {
            return Ok(());
        }
        diesel::delete(monday_looks::table.filter(monday_looks::week.lt(week - 4))).execute(tx.conn())?;
        if mondays::put(tx, account, key, &lines, site)? {
            tx.record(&Event::PrivateRead {
                space: None,
                about: Some(account),
                what: PrivateThing::MondayLetter,
                subject: 0,
                page: String::new(),
            })?;
        }
        Ok(())
    })
}

/// The list as they would read it this moment, a sentence and an address for each item.
fn lines(store: &Store, account: AccountId) -> Result<Vec<(String, String)>> {
    let now = store.clock().now();
    let viewer = match people::viewer_of(store, account) {
        // Gone since Monday's people were asked for.
        Err(Refusal::NotFound) => return Ok(Vec::new()),
        other => other?,
    };
    let Some(person) = viewer.person().filter(|person| list::is_for(person)) else {
        return Ok(Vec::new());
    };
    let locales = Locales::get();
    let lang = locales.find(&person.language).unwrap_or_else(|| locales.first());
    let found = store.read(&viewer, |cx| list::list(cx, None))?;
    Ok(found
        .items
        .iter()
        .map(|item| {
            let what = match &item.topic {
                Some((_, title)) => format!("{} – {title}", sentence::sentence(lang, item, now)),
                None => sentence::sentence(lang, item, now),
            };
            (format!("{}: {what}", item.space.1), format!("/today/{}", item.id))
        })
        .collect())
}

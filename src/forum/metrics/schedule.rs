//! Figures that leave by themselves, every week or every fourth: as soon as the week is sealed, each space and the forum
//! as tables with their definitions, under a name that says the week. The same week twice writes the same files.

use diesel::prelude::*;

use super::read::{self, Scope, Telling};
use super::week::{self, BLOCK, Week};
use super::{export, metric::Thresholds};
use crate::access::{Cx, Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{scheduled_exports, sealed_weeks, spaces};
use crate::event::{Event, Source};
use crate::ids::SpaceId;
use crate::refusal::Result;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    EveryWeek,
    EveryFourth,
}

/// A file of an export: where it belongs under the folder or bucket, and what is in it.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The newest week that is sealed everywhere and was not written yet.
fn due(cx: &mut Cx<'_>, often: Often) -> Result<Option<Week>> {
    let last: Option<Week> = sealed_weeks::table
        .filter(sealed_weeks::space_id.eq(super::fold::FORUM))
        .select(diesel::dsl::max(sealed_weeks::week))
        .first(cx.conn())?;
    let Some(last) = last.filter(|week| often == Often::EveryWeek || week % BLOCK == 0) else {
        return Ok(None);
    };
    let written: Option<Week> = scheduled_exports::table
        .find(last)
        .select(scheduled_exports::week)
        .first(cx.conn())
        .optional()?;
    Ok(written.is_none().then_some(last))
}

/// Writes what is due through `keep`; whether anything was. What leaves is in the audit, once, when it has left.
pub fn run(
    store: &Store,
    often: Often,
    thresholds: Thresholds,
    words: export::Words<'_>,
    mut keep: impl FnMut(&File) -> Result<()>,
) -> Result<bool> {
    let viewer = Viewer::system("export");
    let Some(week) = store.read(&viewer, |cx| due(cx, often))? else {
        return Ok(false);
    };
    let name = week::name(week)?;
    let all: Vec<SpaceId> = store.read(&viewer, |cx| {
        Ok(spaces::table.order(spaces::id).select(spaces::id).load(cx.conn())?)
    })?;
    // One space after the other, so that no more than one stands in memory.
    for space in std::iter::once(None).chain(all.into_iter().map(Some)) {
        let table = store.read(&viewer, |cx| {
            let scope = Scope::for_system(cx.viewer(), space)?;
            let Some((first, _)) = read::weeks(cx, scope)? else {
                return Ok(None);
            };
            let weeks = first..=week;
            let published = read::figures(cx, scope, &[], weeks.clone(), Telling::Published, thresholds)?;
            let restated = read::restated(cx, scope, weeks, thresholds)?;
            export::table(&published.and(restated)).map(Some)
        })?;
        let Some(table) = table else { continue };
        let of = space.map_or_else(|| "forum".to_owned(), |space| format!("space-{space}"));
        keep(&File {
            name: format!("{name}/figures-{of}.csv"),
            bytes: table.into_bytes(),
        })?;
    }
    keep(&File {
        name: format!("{name}/definitions.csv"),
        bytes: export::definitions(words)?.into_bytes(),
    })?;
    store.write(&viewer, Source::System, |tx| {
        let now = tx.now();
        let row = (scheduled_exports::week.eq(week), scheduled_exports::written_at.eq(now));
        let first = each_backend!(tx.conn(), c => diesel::insert_into(scheduled_exports::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        // Of two nodes that wrote the same files one says so.
        if first == 1 {
            tx.record(&Event::FiguresExported {
                space: None,
                format: "csv",
                why: "schedule".to_owned(),
            })?;
        }
        Ok(())
    })?;
    Ok(true)
}

//! Figures that leave by themselves, every week or every fourth: as soon as the week is sealed, each space and the forum
//! as tables with what is needed to understand them, under a name that says the week. The same week twice writes the same
//! files.

use diesel::prelude::*;

use super::bundle::{self, Kind, Wanted};
use super::metric::Thresholds;
use super::read::{self, Scope};
use super::week::{self, BLOCK, Week};
use crate::access::{Cx, Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{scheduled_exports, sealed_weeks, spaces};
use crate::event::{Event, Source};
use crate::forum::{settings, spaces as of_space};
use crate::i18n::{Lang, Locales};
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};

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
    lang: Lang,
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
        let folder = tempfile::tempdir().map_err(Refusal::broken)?;
        let told = store.read(&viewer, |cx| {
            let scope = Scope::for_system(cx.viewer(), space)?;
            let Some((first, _)) = read::weeks(cx, scope)? else {
                return Ok(false);
            };
            let called = match space {
                None => settings::load(cx)?.forum_name,
                Some(id) => of_space::find(cx, id)?.name.clone(),
            };
            let wanted = Wanted {
                scope,
                called: &called,
                weeks: first..=week,
                history: false,
                thresholds,
                why: &Locales::get().word(lang, "bundle-schedule"),
                lang,
            };
            bundle::write(cx, &wanted, Kind::Csv, folder.path(), |_| {})?;
            Ok(true)
        })?;
        if !told {
            continue;
        }
        let of = space.map_or_else(|| "forum".to_owned(), |space| format!("space-{space}"));
        let mut files: Vec<_> = std::fs::read_dir(folder.path())
            .and_then(Iterator::collect)
            .map_err(Refusal::broken)?;
        files.sort_by_key(std::fs::DirEntry::file_name);
        for file in files {
            keep(&File {
                name: format!("{name}/{of}/{}", file.file_name().to_string_lossy()),
                bytes: std::fs::read(file.path()).map_err(Refusal::broken)?,
            })?;
        }
    }
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

//! In which ring everybody stands at the end of the last whole week, for the work list; worked out anew and kept
//! nowhere.

use std::collections::BTreeMap;

use super::sight::{Ring, Sight};
use super::states::{self, Common};
use super::week::Week;
use crate::access::{Store, Viewer};
use crate::ids::SpaceId;
use crate::refusal::Result;

/// The week at whose end they are so, and the ring of each account.
pub(crate) type Held = (Week, BTreeMap<i64, Ring>);

/// The held rings of each space of these. A space that began later has none.
pub(crate) fn held(store: &Store, spaces: &[SpaceId]) -> Result<BTreeMap<SpaceId, Held>> {
    let viewer = Viewer::system("today");
    let (common, firsts, last) = store.read(&viewer, |cx| {
        let common = Common::read(cx.conn())?;
        let last = common.calendar.week(cx.now()) - 1;
        Ok((common, states::load_firsts(cx)?, last))
    })?;
    let mut all = BTreeMap::new();
    for space in spaces {
        if common.launches.get(&space.0).is_none_or(|launch| *launch > last) {
            continue;
        }
        let ground = store.read(&viewer, |cx| states::ground(cx, &common, &firsts, space.0, last))?;
        all.insert(*space, (last, Sight::new(ground)?.held));
    }
    Ok(all)
}

//! The plan of the imaginary company's first space: a sponsor, a target, two launches, and a calendar of which some
//! came and some did not.

use diesel::prelude::*;

use crate::access::{Tx, deed};
use crate::app::App;
use crate::db::schema::{accounts, topics};
use crate::db::types::Moment;
use crate::forum::plan::{self, Draft, Said, Sort};
use crate::forum::spaces;
use crate::ids::{AccountId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::Result;

/// Talks that were planned, one a week, and the ones to come.
const TALKS: [(&str, &str); 8] = [
    ("A week of failed pumps", "Which failure did you not expect?"),
    ("Handing over a site", "What do you wish you had been told?"),
    ("Tools that we share", "What do you carry that nobody else does?"),
    ("Torque, again", "Which value do you look up every time?"),
    ("New people, first weeks", "What was hardest to find out?"),
    ("Winter on site", "What breaks first when it freezes?"),
    ("A case by Installation", "What would you have done otherwise?"),
    ("What we drop", "Which habit should we give up?"),
];

/// Who writes the plan, and who stands behind it.
pub(super) struct Stage {
    pub(super) begin: Moment,
    pub(super) until: Moment,
    pub(super) manager: AccountId,
    pub(super) sponsor: AccountId,
    pub(super) writers: Vec<AccountId>,
    pub(super) space: SpaceId,
}

fn at_name(tx: &mut Tx<'_>, who: AccountId) -> Result<String> {
    Ok(accounts::table.find(who).select(accounts::name).first(tx.conn())?)
}

pub(super) fn fill(app: &App, stage: &Stage) -> Result<()> {
    super::world::as_person(app, stage.manager, stage.until, |tx| {
        let space = spaces::find(tx, stage.space)?.may::<deed::Manage>()?;
        let sponsor = at_name(tx, stage.sponsor)?;
        plan::say(
            tx,
            &space,
            &Said {
                sponsor: &sponsor,
                share: Some(0.16),
                day: Some(stage.until.day() + 180),
            },
        )?;
        let launches = [
            (0, "Commissioning is invited"),
            (240, "Maintenance and the tool store are invited"),
        ];
        for (after, what) in launches {
            plan::add(
                tx,
                &space,
                &Draft {
                    day: Some(stage.begin.day() + after),
                    sort: Some(Sort::Launch),
                    what,
                    starts: "",
                    who: "",
                    topic: "",
                },
            )?;
        }
        // What members began to talk about in those weeks, for want of a calendar of two years.
        let began: Vec<(TopicId, String)> = topics::table
            .filter(topics::space_id.eq(stage.space))
            .filter(topics::state.eq(PostState::Published))
            .filter(topics::kind.eq(TopicKind::Discussion))
            .filter(topics::created_at.lt(stage.until.plus_days(-10)))
            .order(topics::id.desc())
            .select((topics::id, topics::title))
            .limit(4)
            .load(tx.conn())?;
        for (place, (what, starts)) in (0_i64..).zip(TALKS) {
            let nth = usize::try_from(place).unwrap_or(0);
            let who = at_name(tx, stage.writers[nth % stage.writers.len()])?;
            // What came is called as it was planned.
            let came = began.get(nth);
            let topic = came.map_or_else(String::new, |came| came.0.to_string());
            let (what, starts) = came.map_or((what, starts), |came| (came.1.as_str(), ""));
            plan::add(
                tx,
                &space,
                &Draft {
                    day: Some(stage.until.day() - 38 + 7 * place),
                    sort: Some(Sort::Talk),
                    what,
                    starts,
                    who: &who,
                    topic: &topic,
                },
            )?;
        }
        Ok(())
    })
}

//! What the topics of four weeks say: who carries the first replies, whose topics nobody answers, and what many were
//! thankful for.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::kinds::WorkKind;
use super::make::{Facts, New};
use super::people::Room;
use crate::access::Cx;
use crate::db::schema::{topic_states, topics};
use crate::db::types::Moment;
use crate::forum::metrics::week::BLOCK;
use crate::ids::{AccountId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::Result;

/// Of so many first replies at least, more than so many percent by one person.
const LOAD_REPLIES: i64 = 10;
const LOAD_PERCENT: i64 = 40;
/// Topics of one of the team that nobody answered.
const ONE_WAY_TOPICS: usize = 3;
/// People who thanked or voted, and who took part.
const FEATURE_LIGHT: i64 = 3;
const FEATURE_PEOPLE: i64 = 3;

type TopicRow = (
    (TopicId, AccountId, Moment, TopicKind),
    (Option<Moment>, Option<AccountId>),
    (i64, i64, i64, i64),
);

/// Whether one person gave too many of these first replies.
pub(super) fn carries(firsts: impl Iterator<Item = AccountId>, who: AccountId) -> bool {
    let (mut all, mut mine) = (0, 0);
    for by in firsts {
        all += 1;
        mine += i64::from(by == who);
    }
    all >= LOAD_REPLIES && mine * 100 > all * LOAD_PERCENT
}

/// Who gave the first reply to topics of some spaces that began after that, and when these began.
pub(super) fn first_replies(
    cx: &mut Cx<'_>,
    spaces: &[SpaceId],
    since: Moment,
) -> Result<Vec<(SpaceId, AccountId, Moment)>> {
    let numbers: Vec<i64> = spaces.iter().map(|space| space.0).collect();
    let rows: Vec<(i64, Option<i64>, Moment)> = topic_states::table
        .inner_join(topics::table.on(topics::id.eq(topic_states::topic_id)))
        .filter(topic_states::space_id.eq_any(numbers))
        .filter(topic_states::started_at.gt(since))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::pinned_at.is_null())
        .select((
            topic_states::space_id,
            topic_states::first_reply_by,
            topic_states::started_at,
        ))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(space, by, at)| Some((SpaceId(space), AccountId(by?), at)))
        .collect())
}

pub(super) fn by_topics(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let since = room.now.plus_days(-28);
    let rows: Vec<TopicRow> = topic_states::table
        .inner_join(topics::table.on(topics::id.eq(topic_states::topic_id)))
        .filter(topic_states::space_id.eq(room.space.0))
        .filter(topic_states::started_at.gt(since))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::pinned_at.is_null())
        .select((
            (
                topics::id,
                topics::author_id,
                topic_states::started_at,
                topic_states::kind,
            ),
            (
                topic_states::first_reply_at,
                topic_states::first_reply_by.assume_not_null().nullable(),
            ),
            (
                topic_states::replies,
                topic_states::light,
                topic_states::people,
                topic_states::light_people,
            ),
        ))
        .load(cx.conn())?;
    let block = room.week() / BLOCK;
    let mut new = Vec::new();
    let mut first: BTreeMap<AccountId, i64> = BTreeMap::new();
    let mut alone: BTreeMap<AccountId, Vec<TopicId>> = BTreeMap::new();
    for ((topic, author, started, kind), (_, by), (replies, light, people, light_people)) in rows {
        if let Some(by) = by {
            *first.entry(by).or_default() += 1;
        }
        if room.team.contains_key(&author) && replies == 0 && light == 0 && started.plus_days(7) < room.now {
            alone.entry(author).or_default().push(topic);
        }
        let praised = light_people >= FEATURE_LIGHT && people >= FEATURE_PEOPLE;
        if praised && kind != TopicKind::Announcement && started.plus_days(14) > room.now {
            new.push(New {
                space: room.space,
                kind: WorkKind::Feature,
                subject: topic.to_string(),
                account: None,
                topic: Some(topic),
                board: None,
                arm: room.draw(WorkKind::Feature, topic.0),
                facts: Facts {
                    count: light_people,
                    of: people,
                    ..Facts::default()
                },
                since: started,
            });
        }
    }
    let all: i64 = first.values().sum();
    for (who, times) in first {
        let known = room.team.contains_key(&who) || room.members.contains_key(&who);
        if all >= LOAD_REPLIES && times * 100 > all * LOAD_PERCENT && known {
            let facts = Facts {
                count: times,
                of: all,
                ..Facts::default()
            };
            new.push(room.about(WorkKind::Load, who, block, facts, room.now));
        }
    }
    for (who, topics) in alone.into_iter().filter(|(_, topics)| topics.len() >= ONE_WAY_TOPICS) {
        let facts = Facts {
            count: i64::try_from(topics.len()).unwrap_or(i64::MAX),
            topics,
            ..Facts::default()
        };
        new.push(room.about(WorkKind::OneWay, who, block, facts, room.now));
    }
    Ok(new)
}

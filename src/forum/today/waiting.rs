//! What changes by the minute: topics that wait for a first reply, and items that are over; those of which it can be
//! said whether they came out well are looked at by `judge`. Asked every few minutes; mostly it finds nothing and writes nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::dsl::{exists, min, not};
use diesel::prelude::*;

use super::choices;
use super::in_parts;
use super::judge::{Writings, answers, judged, writings};
use super::kinds::{Ended, Reason, WorkKind};
use super::lots::Lots;
use super::make::{self, Facts, New};
use crate::access::{Cx, Store, Viewer};
use crate::db::schema::{accounts, boards, memberships, posts, spaces, topics, work_items, work_notes};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::metrics::hours::Office;
use crate::forum::metrics::rules::{self, List};
use crate::ids::{AccountId, PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, PostState, SpaceRole, TopicKind};
use crate::refusal::{Refusal, Result};

/// Days for which somebody is new.
const NEW_DAYS: i64 = 30;
/// What waited so long waits for something else.
const OLD_DAYS: i64 = 60;
/// Days after which "not now" is over.
const NOT_NOW_DAYS: i64 = 7;
/// Topics and items that are looked at in one turn.
const MOST: i64 = 2_000;

/// Spaces that somebody manages: nothing is kept for nobody.
pub(super) fn managed_spaces(cx: &mut Cx<'_>) -> Result<Vec<SpaceId>> {
    Ok(memberships::table
        .inner_join(spaces::table)
        .filter(memberships::role.eq(SpaceRole::CommunityManager))
        .filter(spaces::archived_at.is_null())
        .select(memberships::space_id)
        .distinct()
        .order(memberships::space_id)
        .load(cx.conn())?)
}

pub(super) fn lots(store: &Store) -> Result<Lots> {
    let viewer = Viewer::system("today");
    if let Some(lots) = store.read(&viewer, Lots::read)? {
        return Ok(lots);
    }
    store.write(&viewer, Source::System, Lots::make)?;
    store
        .read(&viewer, Lots::read)?
        .ok_or_else(|| Refusal::broken("the lots are not there"))
}

/// An item that is over.
struct Over {
    item: i64,
    how: Ended,
    by: Option<AccountId>,
}

pub fn refresh(store: &Store) -> Result<()> {
    let lots = lots(store)?;
    let viewer = Viewer::system("today");
    let (new, over, judged) = store.read(&viewer, |cx| {
        let open = Open::read(cx)?;
        Ok((found(cx, &lots)?, open.ended(cx)?, judged(cx)?))
    })?;
    if new.is_empty() && over.is_empty() && judged.is_empty() {
        return Ok(());
    }
    store.write(&viewer, Source::System, |tx| {
        make::make(tx, &new)?;
        for one in &over {
            make::end(tx, one.item, one.how, "", one.by)?;
        }
        for (item, came_well) in &judged {
            diesel::update(work_items::table.find(item))
                .set(work_items::came_well.eq(came_well))
                .execute(tx.conn())?;
        }
        Ok(())
    })
}

type Waits = (TopicId, SpaceId, AccountId, TopicKind, Moment);

/// Topics that wait, and are not on the list yet.
fn found(cx: &mut Cx<'_>, lots: &Lots) -> Result<Vec<New>> {
    let now = cx.now();
    let spaces = managed_spaces(cx)?;
    let answered = posts::table
        .filter(posts::topic_id.eq(topics::id))
        .filter(posts::author_id.ne(topics::author_id))
        .filter(posts::state.eq(PostState::Published));
    // What is open, done by hand or taken off stays so; what was over by itself and waits again comes back, and "not
    // now" is over after a week.
    let known = work_items::table
        .filter(work_items::topic_id.eq(topics::id.nullable()))
        .filter(work_items::space_id.eq(topics::space_id))
        .filter(work_items::kind.eq_any([WorkKind::Newcomer, WorkKind::Question]))
        .filter(
            work_items::ended_at
                .is_null()
                .or(work_items::ended_how.eq(Ended::Done.word()))
                .or(work_items::ended_how.eq(Ended::Dismissed.word()).and(
                    work_items::reason
                        .ne(Reason::NotNow.word())
                        .or(work_items::ended_at.gt(now.plus_days(-NOT_NOW_DAYS)).assume_not_null()),
                )),
        );
    let waits: Vec<Waits> = topics::table
        .inner_join(accounts::table)
        .inner_join(boards::table)
        .filter(boards::archived_at.is_null())
        .filter(topics::space_id.eq_any(spaces))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::closed_at.is_null())
        .filter(topics::imported.eq(false))
        .filter(topics::kind.ne(TopicKind::Announcement))
        .filter(topics::post_count.lt(6))
        .filter(topics::last_posted_at.gt(now.plus_days(-OLD_DAYS)))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .filter(not(exists(answered)))
        .filter(not(exists(known)))
        .order(topics::id.desc())
        .select((
            topics::id,
            topics::space_id,
            topics::author_id,
            topics::kind,
            topics::created_at,
        ))
        .limit(MOST)
        .load(cx.conn())?;
    if waits.is_empty() {
        return Ok(Vec::new());
    }
    let office = Office::read(cx.conn())?;
    let list = rules::current::<List>(cx.conn())?.numbers;
    let away = choices::away(cx)?;
    let authors: BTreeSet<AccountId> = waits.iter().map(|one| one.2).collect();
    let authors: Vec<AccountId> = authors.into_iter().collect();
    let belongs: HashMap<(SpaceId, AccountId), (SpaceRole, Moment)> = memberships::table
        .filter(memberships::account_id.eq_any(authors.clone()))
        .select((
            memberships::space_id,
            memberships::account_id,
            memberships::role,
            memberships::joined_at,
        ))
        .load::<(SpaceId, AccountId, SpaceRole, Moment)>(cx.conn())?
        .into_iter()
        .map(|(space, who, role, at)| ((space, who), (role, at)))
        .collect();
    let firsts: HashMap<(SpaceId, AccountId), Option<Moment>> = posts::table
        .filter(posts::author_id.eq_any(authors))
        .filter(posts::imported.eq(false))
        .group_by((posts::space_id, posts::author_id))
        .select((posts::space_id, posts::author_id, min(posts::created_at)))
        .load::<(SpaceId, AccountId, Option<Moment>)>(cx.conn())?
        .into_iter()
        .map(|(space, who, at)| ((space, who), at))
        .collect();
    let first_topics: HashMap<(SpaceId, AccountId), Option<Moment>> = topics::table
        .filter(topics::author_id.eq_any(waits.iter().map(|one| one.2).collect::<BTreeSet<_>>()))
        .filter(topics::imported.eq(false))
        .group_by((topics::space_id, topics::author_id))
        .select((topics::space_id, topics::author_id, min(topics::created_at)))
        .load::<(SpaceId, AccountId, Option<Moment>)>(cx.conn())?
        .into_iter()
        .map(|(space, who, at)| ((space, who), at))
        .collect();
    let mut new = Vec::new();
    for (topic, space, author, kind, at) in waits {
        let hours = office.working_hours(at, now);
        let belongs = belongs.get(&(space, author));
        let team = belongs.is_some_and(|(role, _)| role.moderates());
        let young = belongs.is_some_and(|(_, joined)| at < joined.plus_days(NEW_DAYS));
        let is_first = |firsts: &HashMap<(SpaceId, AccountId), Option<Moment>>| {
            firsts
                .get(&(space, author))
                .is_some_and(|first| first.is_none_or(|first| at <= first))
        };
        // The first topic of somebody new, or the first thing that somebody ever wrote here.
        let first = is_first(&firsts) || young && is_first(&first_topics);
        // Whoever wants to be on no list is on none; their question is one like any other.
        let newcomer = first && !team && !away.contains(&author);
        let kind = match kind {
            _ if newcomer && hours >= list.newcomer_hours => WorkKind::Newcomer,
            TopicKind::Question if !newcomer && hours >= list.question_hours => WorkKind::Question,
            _ => continue,
        };
        new.push(New {
            space,
            kind,
            subject: topic.to_string(),
            account: newcomer.then_some(author),
            topic: Some(topic),
            board: None,
            arm: lots.draw(kind, topic.0),
            facts: Facts::default(),
            since: at,
        });
    }
    Ok(new)
}

type OpenRow = (i64, WorkKind, SpaceId, Option<AccountId>, Option<TopicId>, Moment);

/// Items that are not over yet, as far as is known.
struct Open {
    rows: Vec<OpenRow>,
}

impl Open {
    fn read(cx: &mut Cx<'_>) -> Result<Self> {
        Ok(Self {
            rows: work_items::table
                .filter(work_items::ended_at.is_null())
                .order(work_items::id)
                .select((
                    work_items::id,
                    work_items::kind,
                    work_items::space_id,
                    work_items::account_id,
                    work_items::topic_id,
                    work_items::made_at,
                ))
                .load(cx.conn())?,
        })
    }

    /// Which of them are over: the topic has a reply or is gone, somebody wrote, or it lasted long enough.
    fn ended(&self, cx: &mut Cx<'_>) -> Result<Vec<Over>> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let now = cx.now();
        let topics_now = self.topics(cx)?;
        let replies = self.first_replies(cx)?;
        let writings = writings(cx, &self.whose(WorkKind::ends_by_writing))?;
        let answers = answers(cx, &self.whose(WorkKind::ends_by_answering))?;
        let noted: HashSet<i64> = work_notes::table
            .inner_join(work_items::table.on(work_items::id.eq(work_notes::item_id)))
            .filter(work_items::ended_at.is_null())
            .select(work_notes::item_id)
            .load::<i64>(cx.conn())?
            .into_iter()
            .collect();
        let mut over = Vec::new();
        for (item, kind, space, account, topic, made_at) in &self.rows {
            let mut end = |how: Ended, by: Option<AccountId>| over.push(Over { item: *item, how, by });
            let stands = topic.map(|topic| topics_now.get(&topic));
            let since = |all: &Writings| {
                account
                    .and_then(|who| all.get(&(*space, who)))
                    .is_some_and(|at| at.iter().any(|at| at > made_at))
            };
            let spoke = kind.ends_by_writing() && since(&writings) || kind.ends_by_answering() && since(&answers);
            match (stands, topic.and_then(|topic| replies.get(&topic))) {
                // Gone, closed, or in another space now.
                (Some(None), _) => end(Ended::Over, None),
                (Some(Some((now_in, _))), _) if now_in != space => end(Ended::Over, None),
                (Some(Some(_)), Some((who, team))) if kind.waits() => {
                    if *team || noted.contains(item) {
                        end(Ended::Done, team.then_some(*who));
                    } else {
                        end(Ended::Over, None);
                    }
                }
                (Some(Some((_, true))), _) if *kind == WorkKind::Feature => end(Ended::Done, None),
                _ if spoke => end(Ended::Over, None),
                _ if made_at.plus_days(kind.lasts()) < now => end(Ended::Over, None),
                _ => {}
            }
        }
        Ok(over)
    }

    /// Where the topics stand that still can be answered, and whether they are pinned.
    fn topics(&self, cx: &mut Cx<'_>) -> Result<HashMap<TopicId, (SpaceId, bool)>> {
        let ids: Vec<TopicId> = self.rows.iter().filter_map(|row| row.4).collect();
        let rows: Vec<(TopicId, SpaceId, Option<Moment>)> = in_parts(&ids, |few| {
            Ok(topics::table
                .inner_join(boards::table)
                .inner_join(spaces::table)
                .filter(topics::id.eq_any(few))
                .filter(topics::state.eq(PostState::Published))
                .filter(topics::closed_at.is_null())
                // Where nobody may reply, nobody waits.
                .filter(boards::archived_at.is_null())
                .filter(spaces::archived_at.is_null())
                .select((topics::id, topics::space_id, topics::pinned_at))
                .load(cx.conn())?)
        })?;
        Ok(rows
            .into_iter()
            .map(|(topic, space, pinned)| (topic, (space, pinned.is_some())))
            .collect())
    }

    /// Who replied first to each, and whether they moderate there.
    fn first_replies(&self, cx: &mut Cx<'_>) -> Result<HashMap<TopicId, (AccountId, bool)>> {
        let ids: Vec<TopicId> = self
            .rows
            .iter()
            .filter(|row| row.1.waits())
            .filter_map(|row| row.4)
            .collect();
        let rows: Vec<(TopicId, PostId, AccountId, SpaceId)> = in_parts(&ids, |few| {
            Ok(posts::table
                .inner_join(topics::table)
                .filter(posts::topic_id.eq_any(few))
                .filter(posts::author_id.ne(topics::author_id))
                .filter(posts::state.eq(PostState::Published))
                .order(posts::id.desc())
                .select((posts::topic_id, posts::id, posts::author_id, posts::space_id))
                .load(cx.conn())?)
        })?;
        let team: HashSet<(SpaceId, AccountId)> = memberships::table
            .filter(memberships::role.ne(SpaceRole::Member))
            .select((memberships::space_id, memberships::account_id))
            .load::<(SpaceId, AccountId)>(cx.conn())?
            .into_iter()
            .collect();
        // The newest first, so that the first reply stays.
        Ok(rows
            .into_iter()
            .map(|(topic, _, who, space)| (topic, (who, team.contains(&(space, who)))))
            .collect())
    }

    /// Whom items of such kinds are about, and since when.
    fn whose(&self, such: impl Fn(WorkKind) -> bool) -> Vec<(AccountId, Moment)> {
        self.rows
            .iter()
            .filter(|row| such(row.1))
            .filter_map(|row| row.3.map(|who| (who, row.5)))
            .collect()
    }
}

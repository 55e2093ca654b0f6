//! Following: about what somebody is told, and at which level. The most particular word counts: of a
//! branch before that of its topic, a tag, the board, the space. Where nobody said anything, one is told
//! of answers to oneself.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use crate::access::{Cx, Tx, scope};
use crate::db::conn::each_backend;
use crate::db::schema::{boards, follows, posts, spaces, tags, topic_tags, topics};
use crate::db::types::{Moment, text_enum};
use crate::event::{Event, Source};
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TagId, TopicId};
use crate::refusal::{Refusal, Result};

text_enum! {
    /// What can be followed, from the widest to the most particular.
    pub enum Followed {
        Space = "space",
        Board = "board",
        Tag = "tag",
        Topic = "topic",
        /// A post and everything below it.
        Branch = "branch",
    }
}

text_enum! {
    /// Of what one is told.
    pub enum Level {
        /// Every post.
        Every = "every",
        /// The first post of each new topic, and answers to me.
        First = "first",
        /// Answers to me.
        Answers = "answers",
        /// When a question is solved, and answers to me.
        Solved = "solved",
        /// Nothing, whoever answers or names me.
        Muted = "muted",
    }
}

impl Level {
    /// The levels that make sense for a kind of thing.
    pub fn of(kind: Followed) -> &'static [Self] {
        match kind {
            Followed::Space | Followed::Board | Followed::Tag => {
                &[Self::Every, Self::First, Self::Solved, Self::Answers, Self::Muted]
            }
            Followed::Topic => &[Self::Every, Self::Answers, Self::Solved, Self::Muted],
            Followed::Branch => &[Self::Every, Self::Answers, Self::Muted],
        }
    }
}

text_enum! {
    /// Why somebody follows something.
    pub enum Why {
        Chosen = "chosen",
        /// They began the topic.
        Started = "started",
        /// They wrote in it.
        Replied = "replied",
    }
}

/// Something to follow, found by the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Space(SpaceId),
    Board(BoardId),
    Tag(TagId),
    Topic(TopicId),
    Branch(PostId),
}

impl Subject {
    pub fn kind(self) -> Followed {
        match self {
            Self::Space(_) => Followed::Space,
            Self::Board(_) => Followed::Board,
            Self::Tag(_) => Followed::Tag,
            Self::Topic(_) => Followed::Topic,
            Self::Branch(_) => Followed::Branch,
        }
    }

    fn number(self) -> i64 {
        match self {
            Self::Space(id) => id.0,
            Self::Board(id) => id.0,
            Self::Tag(id) => id.0,
            Self::Topic(id) => id.0,
            Self::Branch(id) => id.0,
        }
    }

    /// Where it is, as far as the viewer sees it; what they do not see looks absent.
    fn space(self, cx: &mut Cx<'_>) -> Result<SpaceId> {
        Ok(match self {
            Self::Space(id) => crate::forum::spaces::find(cx, id)?.id,
            Self::Board(id) => crate::forum::boards::find(cx, id)?.space.id,
            Self::Topic(id) => crate::forum::topics::find(cx, id)?.space.id,
            Self::Branch(id) => crate::forum::posts::find(cx, id)?.space.id,
            Self::Tag(id) => {
                let space: SpaceId = tags::table
                    .find(id)
                    .select(tags::space_id)
                    .first(cx.conn())
                    .optional()?
                    .ok_or(Refusal::NotFound)?;
                crate::forum::spaces::find(cx, space)?.id
            }
        })
    }
}

/// Follows at a level, or stops saying anything about it with none.
pub fn set(tx: &mut Tx<'_>, subject: Subject, level: Option<Level>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    let kind = subject.kind();
    let Some(level) = level else {
        // One stops following also what one no longer sees; of what one never followed, that looks absent.
        let gone = diesel::delete(follows::table.find((me, kind.word(), subject.number()))).execute(tx.conn())?;
        if gone == 0 {
            subject.space(tx)?;
        }
        return Ok(());
    };
    if !Level::of(kind).contains(&level) {
        return Err(Refusal::NotFound);
    }
    let space = subject.space(tx)?;
    let row = Row {
        who: me,
        kind,
        subject: subject.number(),
        level,
        why: Why::Chosen,
        since: now,
    };
    row.put(tx)?;
    tx.record(&Event::Followed {
        space,
        kind: kind.word(),
        level: level.word(),
    })?;
    Ok(())
}

/// What somebody says about something.
struct Row {
    who: AccountId,
    kind: Followed,
    subject: i64,
    level: Level,
    why: Why,
    since: Moment,
}

impl Row {
    /// In place of what was said before.
    fn put(&self, tx: &mut Tx<'_>) -> Result<()> {
        let changed = diesel::update(follows::table.find((self.who, self.kind.word(), self.subject)))
            .set((
                follows::level.eq(self.level),
                follows::why.eq(self.why),
                follows::since.eq(self.since),
            ))
            .execute(tx.conn())?;
        if changed == 0 {
            self.keep(tx)?;
        }
        Ok(())
    }

    /// Unless something is said about it already.
    fn keep(&self, tx: &mut Tx<'_>) -> Result<()> {
        let row = (
            follows::account_id.eq(self.who),
            follows::kind.eq(self.kind),
            follows::subject_id.eq(self.subject),
            follows::level.eq(self.level),
            follows::why.eq(self.why),
            follows::since.eq(self.since),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(follows::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        Ok(())
    }
}

/// Whoever writes in a topic follows it: every post of what they began, answers to them elsewhere. What
/// they chose themselves stays.
pub(crate) fn wrote(tx: &mut Tx<'_>, who: AccountId, topic: TopicId, started: bool) -> Result<()> {
    if tx.source() == Source::Import {
        return Ok(());
    }
    let now = tx.now();
    let (level, why) = if started {
        (Level::Every, Why::Started)
    } else {
        (Level::Answers, Why::Replied)
    };
    let row = Row {
        who,
        kind: Followed::Topic,
        subject: topic.0,
        level,
        why,
        since: now,
    };
    row.keep(tx)
}

/// My level for something, if I said anything about it.
pub fn mine(cx: &mut Cx<'_>, subject: Subject) -> Result<Option<Level>> {
    let Some(me) = cx.viewer().id() else { return Ok(None) };
    Ok(follows::table
        .find((me, subject.kind().word(), subject.number()))
        .select(follows::level)
        .first(cx.conn())
        .optional()?)
}

/// Where a post stands, for what is said about it.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) space: SpaceId,
    pub(crate) board: BoardId,
    pub(crate) topic: TopicId,
    pub(crate) path: String,
}

/// How much one is told at a level.
fn loud(level: Level) -> u8 {
    match level {
        Level::Muted => 0,
        Level::Answers => 1,
        Level::Solved => 2,
        Level::First => 3,
        Level::Every => 4,
    }
}

/// Something that somebody said, or that their writing said for them.
struct Said {
    kind: Followed,
    /// Of branches, how far down.
    depth: usize,
    level: Level,
    chosen: bool,
}

impl Said {
    fn of(kind: Followed, level: Level, why: Why) -> Self {
        Self {
            kind,
            depth: 0,
            level,
            chosen: why == Why::Chosen,
        }
    }

    fn of_branch(level: Level, root: &str) -> Self {
        Self {
            kind: Followed::Branch,
            depth: root.len(),
            level,
            chosen: true,
        }
    }
}

/// What holds of all that somebody said: the most particular choice; and what their writing said for them
/// where that is louder, but never against being told nothing.
fn holds(said: &[Said]) -> Option<Level> {
    let chosen = said
        .iter()
        .filter(|one| one.chosen)
        // Of two tags the louder counts, but for one that is muted.
        .max_by_key(|one| (one.kind, one.depth, one.level == Level::Muted, loud(one.level)))
        .map(|one| one.level);
    let written = said
        .iter()
        .filter(|one| !one.chosen)
        .map(|one| one.level)
        .max_by_key(|level| loud(*level));
    match (chosen, written) {
        (Some(Level::Muted), _) => Some(Level::Muted),
        (Some(chosen), Some(written)) if loud(written) > loud(chosen) => Some(written),
        (Some(chosen), _) => Some(chosen),
        (None, written) => written,
    }
}

/// The level of everybody who said anything about a post or what it is in.
pub(crate) fn levels(cx: &mut Cx<'_>, spot: &Spot) -> Result<HashMap<AccountId, Level>> {
    type Row = (AccountId, Followed, Level, Why);
    let tags: Vec<i64> = topic_tags::table
        .filter(topic_tags::topic_id.eq(spot.topic))
        .select(topic_tags::tag_id)
        .load::<TagId>(cx.conn())?
        .into_iter()
        .map(|tag| tag.0)
        .collect();
    let rows: Vec<Row> = follows::table
        .filter(
            (follows::kind
                .eq(Followed::Space)
                .and(follows::subject_id.eq(spot.space.0)))
            .or(follows::kind
                .eq(Followed::Board)
                .and(follows::subject_id.eq(spot.board.0)))
            .or(follows::kind
                .eq(Followed::Topic)
                .and(follows::subject_id.eq(spot.topic.0)))
            .or(follows::kind.eq(Followed::Tag).and(follows::subject_id.eq_any(tags))),
        )
        .select((follows::account_id, follows::kind, follows::level, follows::why))
        .load(cx.conn())?;
    let branches: Vec<(AccountId, Level, String)> = follows::table
        .inner_join(posts::table.on(posts::id.eq(follows::subject_id)))
        .filter(follows::kind.eq(Followed::Branch))
        .filter(posts::topic_id.eq(spot.topic))
        .select((follows::account_id, follows::level, posts::path))
        .load(cx.conn())?;
    let mut all: HashMap<AccountId, Vec<Said>> = HashMap::new();
    for (who, kind, level, why) in rows {
        all.entry(who).or_default().push(Said::of(kind, level, why));
    }
    for (who, level, root) in branches {
        if is_below(&spot.path, &root) {
            all.entry(who).or_default().push(Said::of_branch(level, &root));
        }
    }
    Ok(all
        .into_iter()
        .filter_map(|(who, said)| Some((who, holds(&said)?)))
        .collect())
}

/// One person's level for each of these places, in their order: asked of all of them at once.
pub(crate) fn levels_of(cx: &mut Cx<'_>, who: AccountId, spots: &[&Spot]) -> Result<Vec<Option<Level>>> {
    if spots.is_empty() {
        return Ok(Vec::new());
    }
    let in_topics: Vec<TopicId> = spots.iter().map(|spot| spot.topic).collect();
    let tagged: Vec<(TopicId, TagId)> = topic_tags::table
        .filter(topic_tags::topic_id.eq_any(in_topics.clone()))
        .select((topic_tags::topic_id, topic_tags::tag_id))
        .load(cx.conn())?;
    let said: HashMap<(Followed, i64), (Level, Why)> = follows::table
        .filter(follows::account_id.eq(who))
        .filter(follows::kind.ne(Followed::Branch))
        .select((follows::kind, follows::subject_id, follows::level, follows::why))
        .load::<(Followed, i64, Level, Why)>(cx.conn())?
        .into_iter()
        .map(|(kind, subject, level, why)| ((kind, subject), (level, why)))
        .collect();
    let branches: Vec<(TopicId, Level, String)> = follows::table
        .inner_join(posts::table.on(posts::id.eq(follows::subject_id)))
        .filter(follows::account_id.eq(who))
        .filter(follows::kind.eq(Followed::Branch))
        .filter(posts::topic_id.eq_any(in_topics))
        .select((posts::topic_id, follows::level, posts::path))
        .load(cx.conn())?;
    Ok(spots
        .iter()
        .map(|spot| {
            let tags = tagged
                .iter()
                .filter(|(topic, _)| *topic == spot.topic)
                .map(|(_, tag)| (Followed::Tag, tag.0));
            let mut all: Vec<Said> = [
                (Followed::Space, spot.space.0),
                (Followed::Board, spot.board.0),
                (Followed::Topic, spot.topic.0),
            ]
            .into_iter()
            .chain(tags)
            .filter_map(|subject| {
                let (level, why) = said.get(&subject)?;
                Some(Said::of(subject.0, *level, *why))
            })
            .collect();
            let above = branches
                .iter()
                .filter(|(topic, _, root)| *topic == spot.topic && is_below(&spot.path, root));
            all.extend(above.map(|(_, level, root)| Said::of_branch(*level, root)));
            holds(&all)
        })
        .collect())
}

/// Whoever follows one thing follows another of its kind that takes its place, unless they said something about it.
pub(crate) fn carry(tx: &mut Tx<'_>, kind: Followed, from: i64, to: i64) -> Result<()> {
    type Row = (AccountId, Level, Why, Moment);
    let rows: Vec<Row> = follows::table
        .filter(follows::kind.eq(kind))
        .filter(follows::subject_id.eq(from))
        .select((follows::account_id, follows::level, follows::why, follows::since))
        .load(tx.conn())?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(who, level, why, since)| {
            (
                follows::account_id.eq(who),
                follows::kind.eq(kind),
                follows::subject_id.eq(to),
                follows::level.eq(level),
                follows::why.eq(why),
                follows::since.eq(since),
            )
        })
        .collect();
    for rows in rows.chunks(500) {
        each_backend!(tx.conn(), c => diesel::insert_into(follows::table)
            .values(rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Nobody follows what is gone.
pub(crate) fn forget(tx: &mut Tx<'_>, kind: Followed, subject: i64) -> Result<()> {
    diesel::delete(
        follows::table
            .filter(follows::kind.eq(kind))
            .filter(follows::subject_id.eq(subject)),
    )
    .execute(tx.conn())?;
    Ok(())
}

/// Something that I follow, for the page that lists it all.
#[derive(Debug, Clone)]
pub struct Mine {
    pub subject: Subject,
    pub name: String,
    pub level: Level,
    pub why: Why,
    pub since: Moment,
}

/// More than this nobody reads on one page.
const MOST: i64 = 500;

/// All I follow that I still see, by kind, the newest first.
pub fn all_mine(cx: &mut Cx<'_>) -> Result<Vec<Mine>> {
    let me = cx.me()?.id;
    type Row = (Followed, i64, Level, Why, Moment);
    let rows: Vec<Row> = follows::table
        .filter(follows::account_id.eq(me))
        .order((follows::since.desc(), follows::subject_id.desc()))
        .select((
            follows::kind,
            follows::subject_id,
            follows::level,
            follows::why,
            follows::since,
        ))
        .limit(MOST)
        .load(cx.conn())?;
    let of = |kind: Followed| -> Vec<i64> { rows.iter().filter(|row| row.0 == kind).map(|row| row.1).collect() };
    let mut names: BTreeMap<(Followed, i64), String> = BTreeMap::new();
    let readable = cx.readable_spaces();
    let mut add = |kind: Followed, found: Vec<(i64, String)>| {
        names.extend(found.into_iter().map(|(id, name)| ((kind, id), name)));
    };
    let ids: Vec<SpaceId> = of(Followed::Space).into_iter().map(SpaceId).collect();
    add(
        Followed::Space,
        spaces::table
            .filter(spaces::id.eq_any(ids))
            .filter(spaces::id.eq_any(readable.clone()))
            .select((spaces::id, spaces::name))
            .load::<(SpaceId, String)>(cx.conn())?
            .into_iter()
            .map(|(id, name)| (id.0, name))
            .collect(),
    );
    let ids: Vec<BoardId> = of(Followed::Board).into_iter().map(BoardId).collect();
    add(
        Followed::Board,
        boards::table
            .inner_join(spaces::table)
            .filter(boards::id.eq_any(ids))
            .filter(boards::space_id.eq_any(readable.clone()))
            .select((boards::id, boards::name, spaces::name))
            .load::<(BoardId, String, String)>(cx.conn())?
            .into_iter()
            .map(|(id, board, space)| (id.0, format!("{space} › {board}")))
            .collect(),
    );
    let ids: Vec<TagId> = of(Followed::Tag).into_iter().map(TagId).collect();
    add(
        Followed::Tag,
        tags::table
            .inner_join(spaces::table.on(spaces::id.eq(tags::space_id)))
            .filter(tags::id.eq_any(ids))
            .filter(tags::space_id.eq_any(readable))
            .select((tags::id, tags::name, spaces::name))
            .load::<(TagId, String, String)>(cx.conn())?
            .into_iter()
            .map(|(id, tag, space)| (id.0, format!("{space} › {tag}")))
            .collect(),
    );
    let ids: Vec<TopicId> = of(Followed::Topic).into_iter().map(TopicId).collect();
    let condition = scope::topics(cx);
    add(
        Followed::Topic,
        topics::table
            .filter(topics::id.eq_any(ids))
            .filter(condition)
            .filter(topics::state.eq(crate::kinds::PostState::Published))
            .select((topics::id, topics::title))
            .load::<(TopicId, String)>(cx.conn())?
            .into_iter()
            .map(|(id, title)| (id.0, title))
            .collect(),
    );
    let ids: Vec<PostId> = of(Followed::Branch).into_iter().map(PostId).collect();
    let condition = scope::posts(cx);
    add(
        Followed::Branch,
        posts::table
            .inner_join(topics::table)
            .filter(posts::id.eq_any(ids))
            .filter(condition)
            .filter(topics::state.eq(crate::kinds::PostState::Published))
            .select((posts::id, topics::title))
            .load::<(PostId, String)>(cx.conn())?
            .into_iter()
            .map(|(id, title)| (id.0, title))
            .collect(),
    );
    let mut all: Vec<Mine> = rows
        .into_iter()
        .filter_map(|(kind, id, level, why, since)| {
            let name = names.get(&(kind, id))?.clone();
            let subject = match kind {
                Followed::Space => Subject::Space(SpaceId(id)),
                Followed::Board => Subject::Board(BoardId(id)),
                Followed::Tag => Subject::Tag(TagId(id)),
                Followed::Topic => Subject::Topic(TopicId(id)),
                Followed::Branch => Subject::Branch(PostId(id)),
            };
            Some(Mine {
                subject,
                name,
                level,
                why,
                since,
            })
        })
        .collect();
    all.sort_by_key(|one| one.subject.kind());
    Ok(all)
}

/// What a tag is called, with its space, as far as the viewer reads it.
pub fn tag_name(cx: &mut Cx<'_>, tag: TagId) -> Result<String> {
    let readable = cx.readable_spaces();
    let (space, tag): (String, String) = tags::table
        .inner_join(spaces::table.on(spaces::id.eq(tags::space_id)))
        .filter(tags::id.eq(tag))
        .filter(tags::space_id.eq_any(readable))
        .select((spaces::name, tags::name))
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    Ok(format!("{space} › {tag}"))
}

/// The tags of the spaces I belong to, to choose one to follow.
pub fn tags_to_choose(cx: &mut Cx<'_>) -> Result<Vec<(TagId, String)>> {
    let mine: Vec<SpaceId> = cx.me()?.memberships.keys().copied().collect();
    let readable = cx.readable_spaces();
    let rows: Vec<(TagId, String, String)> = tags::table
        .inner_join(spaces::table.on(spaces::id.eq(tags::space_id)))
        .filter(tags::space_id.eq_any(mine))
        .filter(tags::space_id.eq_any(readable))
        .order((spaces::name, tags::name))
        .select((tags::id, spaces::name, tags::name))
        .limit(MOST)
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .map(|(id, space, tag)| (id, format!("{space} › {tag}")))
        .collect())
}

/// Whether a path is that of a branch or below it.
fn is_below(path: &str, root: &str) -> bool {
    path.starts_with(root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::posts::path;

    #[test]
    fn the_most_particular_choice_counts() {
        let said = |kind, level, chosen| Said {
            kind,
            depth: 0,
            level,
            chosen,
        };
        let chosen = |kind, level| said(kind, level, true);
        assert_eq!(holds(&[]), None);
        assert_eq!(
            holds(&[
                chosen(Followed::Space, Level::Every),
                chosen(Followed::Topic, Level::Solved)
            ]),
            Some(Level::Solved)
        );
        assert_eq!(
            holds(&[chosen(Followed::Tag, Level::First), chosen(Followed::Tag, Level::Every)]),
            Some(Level::Every)
        );
        assert_eq!(
            holds(&[chosen(Followed::Tag, Level::Muted), chosen(Followed::Tag, Level::Every)]),
            Some(Level::Muted)
        );
        // Writing in a topic makes nobody hear less of it, and nothing of what is muted.
        let wrote = said(Followed::Topic, Level::Answers, false);
        assert_eq!(
            holds(&[chosen(Followed::Space, Level::Every), wrote]),
            Some(Level::Every)
        );
        let began = said(Followed::Topic, Level::Every, false);
        assert_eq!(
            holds(&[chosen(Followed::Board, Level::Muted), began]),
            Some(Level::Muted)
        );
        let began = said(Followed::Topic, Level::Every, false);
        assert_eq!(
            holds(&[chosen(Followed::Board, Level::First), began]),
            Some(Level::Every)
        );
    }

    #[test]
    fn a_branch_is_a_post_and_all_below_it() {
        let root = path::below("", 0, Moment(5), PostId(9));
        let reply = path::below(&root, 1, Moment(6), PostId(10));
        let brother = path::below("", 0, Moment(7), PostId(11));
        assert!(is_below(&reply, &root) && is_below(&root, &root));
        assert!(!is_below(&brother, &root) && !is_below(&root, &reply));
    }
}

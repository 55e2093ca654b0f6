//! Many rows for benches, written in bulk: the same rows that the verbs make, without their events.
//! The bench's own check is that the pages made from them are pages like all others.

use diesel::prelude::*;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::access::{Store, Viewer};
use crate::db::schema::{accounts, boards, posts, reviews, spaces, topics};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::people::{self, NewAccount};
use crate::forum::posts::path;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{
    AccountKind, Format, ForumRole, Joining, PostState, ReviewKind, ReviewSource, SpaceRole, TopicKind, Visibility,
};
use crate::refusal::Result;
use crate::text::markdown;

/// What was made, for whoever asks for its pages.
#[derive(Debug, Clone)]
pub struct Made {
    pub board: i64,
    pub topic: i64,
    pub first_post: i64,
    pub big_topic: i64,
    pub big_pages: i64,
    pub sample: String,
    /// Two spaces with reviews that wait: a few, and many.
    pub quiet_space: i64,
    pub busy_space: i64,
}

const POSTS_A_TOPIC: usize = 20;
const BIG: usize = 10_000;
const PEOPLE: usize = 500;

/// Words by their rank, the frequent first, as languages have them.
fn words() -> Vec<String> {
    let first = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "br", "tr",
    ];
    let middle = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    let last = ["n", "r", "s", "t", "l", "nd", "rk", "m", "ck", "d"];
    let mut all = vec!["harbor".to_owned(), "lantern".to_owned()];
    for a in first {
        for b in middle {
            for c in last {
                for d in ["", "er", "ing", "y", "ed", "ly", "al"] {
                    all.push(format!("{a}{b}{c}{d}"));
                }
            }
        }
    }
    all.insert(2_000, "deck".to_owned());
    all.insert(2_400, "pauli".to_owned());
    all
}

fn text(random: &mut ChaCha8Rng, words: &[String]) -> String {
    let length = (60.0 * (0.6 * gauss(random)).exp()).clamp(8.0, 600.0);
    let mut out = String::new();
    if random.random_bool(0.15) {
        out.push_str("> as was said before\n\n");
    }
    let mut count = 0.0;
    while count < length {
        // Zipf: the rank is the ratio of the list to a power of chance.
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let rank = ((words.len() as f64).powf(random.random::<f64>()) as usize).min(words.len() - 1);
        out.push_str(&words[rank]);
        out.push(if random.random_bool(0.08) { '\n' } else { ' ' });
        count += 1.0;
    }
    if random.random_bool(0.15) {
        out.push_str("\n\n**Mind** the [manual](https://manual.example/page) and `RAMP_MIN`.");
    }
    out
}

fn gauss(random: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0
}

struct Making {
    random: ChaCha8Rng,
    words: Vec<String>,
    people: Vec<AccountId>,
    space: SpaceId,
    board: BoardId,
    begin: Moment,
}

/// Makes `count` posts: one topic of ten thousand when there are enough, the others of twenty.
pub fn make(store: &Store, count: usize) -> Result<Made> {
    let viewer = Viewer::system("bench");
    let begin = store.clock().now().plus_days(-390);
    let mut making = store.write(&viewer, Source::Demo, |tx| {
        let space: SpaceId = spaces::table.select(spaces::id).first(tx.conn())?;
        let board: BoardId = boards::table.select(boards::id).first(tx.conn())?;
        let mut all = Vec::new();
        for number in 0..PEOPLE {
            all.push(people::insert(
                tx,
                &NewAccount {
                    kind: AccountKind::Employee,
                    forum_role: ForumRole::None,
                    name: format!("person{number}x"),
                    display_name: format!("Person {number}"),
                    mail: Some(format!("person{number}@bench.example")),
                    password_hash: None,
                    department: None,
                    location: String::new(),
                    language: "en".to_owned(),
                    time_zone: "UTC".to_owned(),
                    sponsor: None,
                    organisation: String::new(),
                    ends_at: None,
                    import: None,
                },
            )?);
        }
        // Ada has read everything up to a week ago.
        diesel::update(accounts::table.filter(accounts::forum_role.eq(ForumRole::Admin)))
            .set(accounts::read_before.eq(begin.plus_days(383)))
            .execute(tx.conn())?;
        Ok(Making {
            random: ChaCha8Rng::seed_from_u64(5),
            words: words(),
            people: all,
            space,
            board,
            begin,
        })
    })?;
    let big = if count > BIG * 2 { BIG } else { count / 4 };
    let mut left = count - big;
    let mut last = None;
    let mut number = 0_usize;
    while left > 0 {
        last = store.write(&viewer, Source::Demo, |tx| {
            let mut last = None;
            for _ in 0..100 {
                let size = left.min(POSTS_A_TOPIC);
                if size == 0 {
                    break;
                }
                last = Some(topic(tx, &mut making, number, size)?);
                left -= size;
                number += 1;
            }
            Ok(last)
        })?;
    }
    let (big_topic, _) = store.write(&viewer, Source::Demo, |tx| topic(tx, &mut making, 0, big))?;
    store.write(&viewer, Source::Demo, |tx| {
        crate::forum::topics::recount(tx, making.board)?;
        open_reviews(tx, &making, making.space, MANY_REVIEWS)?;
        crate::db::dialect::learn_sizes(tx.conn())?;
        Ok(())
    })?;
    let quiet = store.write(&viewer, Source::Demo, |tx| {
        let space: SpaceId = diesel::insert_into(spaces::table)
            .values((
                spaces::name.eq("Quiet"),
                spaces::visibility.eq(Visibility::Internal),
                spaces::joining.eq(Joining::Open),
                spaces::concept_for.eq("Few"),
                spaces::concept_about.eq("Little"),
                spaces::concept_gain.eq("Rest"),
                spaces::created_at.eq(making.begin),
            ))
            .returning(spaces::id)
            .get_result(tx.conn())?;
        let admin: AccountId = accounts::table
            .filter(accounts::forum_role.eq(ForumRole::Admin))
            .select(accounts::id)
            .first(tx.conn())?;
        crate::forum::spaces::take_in(tx, space, admin, SpaceRole::CommunityManager)?;
        open_reviews(tx, &making, space, FEW_REVIEWS)?;
        Ok(space)
    })?;
    let sample = text(&mut making.random, &making.words);
    let (topic, first_post) = last.unwrap_or((big_topic, PostId(1)));
    Ok(Made {
        board: making.board.0,
        topic: topic.0,
        first_post: first_post.0,
        big_topic: big_topic.0,
        big_pages: i64::try_from(big.div_ceil(20)).unwrap_or(1),
        sample,
        quiet_space: quiet.0,
        busy_space: making.space.0,
    })
}

const MANY_REVIEWS: i64 = 10_000;
const FEW_REVIEWS: i64 = 10;

/// Open reviews of posts of the forum, each of another post.
fn open_reviews(tx: &mut crate::access::Tx<'_>, making: &Making, space: SpaceId, count: i64) -> Result<()> {
    let posts: Vec<(PostId, TopicId, AccountId)> = posts::table
        .order(posts::id)
        .select((posts::id, posts::topic_id, posts::author_id))
        .limit(count)
        .load(tx.conn())?;
    for (number, (post, topic, author)) in posts.into_iter().enumerate() {
        let at = making.begin.plus_seconds(i64::try_from(number).unwrap_or(0) * 60);
        let due = at.plus_seconds(86_400);
        diesel::insert_into(reviews::table)
            .values((
                reviews::space_id.eq(space),
                reviews::kind.eq(ReviewKind::Held),
                reviews::source.eq(ReviewSource::Rule),
                reviews::topic_id.eq(Some(topic)),
                reviews::post_id.eq(Some(post)),
                reviews::about_id.eq(Some(author)),
                reviews::reason.eq("every_post"),
                reviews::opened_at.eq(at),
                reviews::due_at.eq(due),
                reviews::weight.eq(300),
                reviews::rank.eq(300 * 36_000_000 - due.0),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

fn topic(tx: &mut crate::access::Tx<'_>, making: &mut Making, number: usize, size: usize) -> Result<(TopicId, PostId)> {
    let at = making.begin.plus_seconds(i64::try_from(number).unwrap_or(0) * 60);
    let author = making.people[making.random.random_range(0..PEOPLE)];
    let title: Vec<&str> = (0..5)
        .map(|_| making.words[making.random.random_range(0..making.words.len())].as_str())
        .collect();
    let id: TopicId = diesel::insert_into(topics::table)
        .values((
            topics::space_id.eq(making.space),
            topics::board_id.eq(making.board),
            topics::author_id.eq(author),
            topics::kind.eq(TopicKind::Discussion),
            topics::title.eq(title.join(" ")),
            topics::language.eq("en"),
            topics::state.eq(PostState::Published),
            topics::created_at.eq(at),
            topics::last_posted_at.eq(at),
            topics::last_number.eq(0),
            topics::post_count.eq(0),
        ))
        .returning(topics::id)
        .get_result(tx.conn())?;
    let mut tree: Vec<(PostId, String, i64)> = Vec::with_capacity(size);
    let mut last_at = at;
    for place in 0..size {
        let parent = match place {
            0 => None,
            _ if making.random.random_bool(0.6) => tree.last().cloned(),
            _ => Some(tree[making.random.random_range(0..tree.len())].clone()),
        };
        // A thread that only goes down is nobody's; past a depth people answer the topic.
        let parent = parent.filter(|parent| parent.2 < 40).or_else(|| tree.first().cloned());
        let body = text(&mut making.random, &making.words);
        let html = markdown::render(&body, &|_| None).into_string();
        last_at = at.plus_seconds(i64::try_from(place).unwrap_or(0) * 30);
        let depth = parent.as_ref().map_or(0, |parent| parent.2 + 1);
        let post: PostId = diesel::insert_into(posts::table)
            .values((
                posts::space_id.eq(making.space),
                posts::board_id.eq(making.board),
                posts::topic_id.eq(id),
                posts::author_id.eq(making.people[making.random.random_range(0..PEOPLE)]),
                posts::parent_id.eq(parent.as_ref().map(|parent| parent.0)),
                posts::path.eq(""),
                posts::depth.eq(depth),
                posts::number.eq(i64::try_from(place).unwrap_or(0) + 1),
                posts::body.eq(&body),
                posts::format.eq(Format::Markdown),
                posts::body_html.eq(&html),
                posts::render_version.eq(markdown::RENDER_VERSION),
                posts::language.eq("en"),
                posts::words.eq(60),
                posts::state.eq(PostState::Published),
                posts::created_at.eq(last_at),
                posts::imported.eq(false),
            ))
            .returning(posts::id)
            .get_result(tx.conn())?;
        let below = path::below(
            parent.as_ref().map_or("", |parent| parent.1.as_str()),
            depth,
            last_at,
            post,
        );
        diesel::update(posts::table.find(post))
            .set(posts::path.eq(&below))
            .execute(tx.conn())?;
        tree.push((post, below, depth));
    }
    let size = i64::try_from(size).unwrap_or(0);
    diesel::update(topics::table.find(id))
        .set((
            topics::first_post_id.eq(tree.first().map(|post| post.0)),
            topics::last_post_id.eq(tree.last().map(|post| post.0)),
            topics::last_posted_at.eq(last_at),
            topics::last_number.eq(size),
            topics::post_count.eq(size),
        ))
        .execute(tx.conn())?;
    Ok((id, tree.first().map_or(PostId(1), |post| post.0)))
}

/// So many events and nothing else, in one write: what one more costs is what the log costs a reply.
pub fn record_some(store: &Store, viewer: &std::sync::Arc<Viewer>, at: crate::event::At, count: usize) -> Result<()> {
    store.write(viewer, Source::Demo, |tx| {
        for _ in 0..count {
            tx.record(&crate::event::Event::PostEdited { at, by_author: true })?;
        }
        Ok(())
    })
}

/// A log of so many events over two years, of so many members, written by the database itself; and everything
/// before the last `weeks` weeks read and sealed already. The figures' bench works on it.
pub fn log(store: &Store, space: SpaceId, board: BoardId, members: i64, events: i64, weeks: i64) -> Result<()> {
    use crate::forum::metrics::week::Calendar;
    let viewer = Viewer::system("bench");
    let now = store.clock().now();
    let begin = now.plus_days(-728);
    let step = (now.0 - begin.0) / events;
    store.write(&viewer, Source::Demo, |tx| {
        // Ten million rows are more than anybody waits for in a forum.
        if matches!(tx.conn(), crate::db::Conn::Postgres(_)) {
            diesel::sql_query("SET LOCAL statement_timeout = 0").execute(tx.conn())?;
        }
        let numbers = |tx: &mut crate::access::Tx<'_>, count: i64| match tx.conn() {
            crate::db::Conn::Postgres(_) => format!("generate_series(CAST(1 AS BIGINT), {count}) AS n(i)"),
            crate::db::Conn::Sqlite(_) => format!(
                "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n) AS n"
            ),
        };
        let people = numbers(tx, members);
        let (said, at) = (numbers(tx, events), begin.0);
        let (space, board) = (space.0, board.0);
        // One in five writes; the earlier of them far more than the later.
        let who = format!("1000 + (i * 7919 % 1009) * (i * 104729 % 1013) * {members} / 5 / 1022117");
        let other = format!("1000 + (i * 15485863 % 1009) * (i * 32452843 % 1013) * {members} / 5 / 1022117");
        let day = 86_400_000_000_i64;
        for sentence in [
            format!(
                "INSERT INTO accounts (id, kind, standing, forum_role, name, name_key, display_name, mail, mail_key, location, about, \
                 about_html, ask_me, language, time_zone, view, organisation, created_at, read_before, seen_inbox_at, findable) \
                 SELECT 1000 + i, 'employee', 'active', 'none', 'm' || i, 'm' || i, 'M ' || i, 'm' || i || '@b.example', \
                 'm' || i || '@b.example', '', '', '', '', 'en', 'UTC', 'tree', '', {at}, {at}, {at}, 1 = 1 FROM {people}"
            ),
            format!(
                "INSERT INTO events (at, verb, actor_kind, role, space_id, about_id, particulars, source) \
                 SELECT {at} + i, 'account_created', 'system', 'none', NULL, 1000 + i, '{{}}', 'demo' FROM {people}"
            ),
            format!(
                "INSERT INTO events (at, verb, actor_kind, role, space_id, about_id, particulars, source) \
                 SELECT {at} + i, 'joined', 'employee', 'member', {space}, 1000 + i, '{{}}', 'demo' FROM {people}"
            ),
            format!(
                "INSERT INTO events (at, verb, actor_id, actor_kind, department_id, role, space_id, board_id, topic_id, post_id, \
                 about_id, particulars, source) \
                 SELECT {at} + i * {step}, CASE WHEN i % 20 = 0 THEN 'topic_started' WHEN i % 5 < 3 THEN 'replied' ELSE 'thanked' END, \
                 {who}, 'employee', ({who}) % 40 + 1, 'member', {space}, {board}, 1000000 + i / 20, 1000000 + i, \
                 {other}, '{{\"kind\":\"question\"}}', 'demo' FROM {said}"
            ),
            format!(
                "INSERT INTO member_firsts (space_id, account_id, at) SELECT s.id, actor_id, MIN(at) FROM events, \
                 (SELECT 0 AS id UNION ALL SELECT {space}) AS s WHERE verb IN ('topic_started', 'replied') AND actor_id >= 1000 \
                 AND at < {} GROUP BY s.id, actor_id",
                now.0 - weeks * 7 * day
            ),
            format!("UPDATE spaces SET created_at = {at}"),
            format!("UPDATE figure_progress SET folded_until = {}", now.0 - weeks * 7 * day),
        ] {
            diesel::sql_query(sentence).execute(tx.conn())?;
        }
        let calendar = Calendar::read(tx.conn())?;
        let last = calendar.week(now) - weeks;
        for of in [0, space] {
            for week in calendar.week(begin)..=last {
                diesel::sql_query(format!(
                    "INSERT INTO sealed_weeks (space_id, week, sealed_at, version, hash) VALUES ({of}, {week}, {}, 1, '')",
                    now.0
                ))
                .execute(tx.conn())?;
            }
        }
        crate::db::dialect::learn_sizes(tx.conn())?;
        Ok(())
    })
}

/// Figures of two years: those of the last week, once for each week before.
pub fn two_years_of_figures(store: &Store) -> Result<()> {
    store.write(&Viewer::system("bench"), Source::Demo, |tx| {
        for back in 3..104 {
            diesel::sql_query(format!(
                "INSERT INTO figures (space_id, metric, week, part, series, numerator, denominator, value, people, suppressed, version) \
                 SELECT space_id, metric, week - {back}, part, 'published', numerator, denominator, value, people, suppressed, version \
                 FROM figures f WHERE week = (SELECT MAX(week) FROM figures) AND NOT EXISTS (SELECT 1 FROM figures g \
                 WHERE g.space_id = f.space_id AND g.metric = f.metric AND g.week = f.week - {back} AND g.part = f.part)"
            ))
            .execute(tx.conn())?;
        }
        Ok(())
    })
}

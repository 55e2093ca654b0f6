//! What waits in the queues on the last day: flags, a guest's first post, a suspected loan offer, and a
//! decision that somebody does not agree with. The story before it is `world`'s.

use diesel::prelude::*;

use crate::access::{Tx, Viewer, deed};
use crate::app::App;
use crate::db::schema::posts;
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::moderation::{appeal, decide};
use crate::forum::posts as forum_posts;
use crate::forum::{boards, moderation, topics};
use crate::ids::{AccountId, BoardId, PostId, ReviewId, SpaceId};
use crate::kinds::{AccountKind, Decision, PostState, Report, SanctionKind, TopicKind};
use crate::refusal::{Refusal, Result};

/// Who acts, and where.
pub(super) struct Stage {
    pub(super) until: Moment,
    pub(super) moderator: AccountId,
    /// Members of the space of employees, in an order that stays.
    pub(super) members: Vec<AccountId>,
    /// Guests who belong to the hybrid space.
    pub(super) guests: Vec<AccountId>,
    pub(super) field: SpaceId,
    pub(super) installation: BoardId,
}

/// As somebody on a page of today: what holds posts back looks at it.
fn today<T>(app: &App, who: AccountId, at: Moment, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    app.store.write_at(&Viewer::system("demo"), Source::Page, at, |tx| {
        let now = tx.now();
        let person = crate::access::viewer::load(tx.conn(), who, now)?.ok_or(Refusal::NotFound)?;
        tx.continue_as(person);
        work(tx)
    })
}

/// The last published posts of a space by people other than these, the newest first.
fn recent(app: &App, space: SpaceId, but: &[AccountId]) -> Result<Vec<(PostId, AccountId)>> {
    let but = but.to_vec();
    app.store.read(&Viewer::system("demo"), |cx| {
        Ok(posts::table
            .filter(posts::space_id.eq(space))
            .filter(posts::state.eq(PostState::Published))
            .filter(posts::parent_id.is_not_null())
            .filter(posts::author_id.ne_all(but))
            .order(posts::id.desc())
            .select((posts::id, posts::author_id))
            .limit(40)
            .load(cx.conn())?)
    })
}

pub(super) fn fill(app: &App, stage: &Stage) -> Result<()> {
    let hours_ago = |hours: i64| stage.until.plus_seconds(-hours * 3600);
    let posts = recent(app, stage.field, &[stage.moderator])?;
    let flagger = |place: usize, author: AccountId| {
        stage
            .members
            .iter()
            .copied()
            .filter(|who| *who != author && *who != stage.moderator)
            .nth(place)
            .ok_or(Refusal::NotFound)
    };
    let flag = |post: PostId, who: AccountId, at: Moment, reason: Report, words: &str| {
        today(app, who, at, |tx| {
            let post = forum_posts::take(tx, post)?.may::<deed::Report>()?;
            forum_posts::report(tx, post, reason.word(), words)
        })
    };
    let (Some(first), Some(second), Some(third)) = (posts.get(2), posts.get(9), posts.get(17)) else {
        return Ok(());
    };
    flag(first.0, flagger(3, first.1)?, hours_ago(5), Report::OffTopic, "")?;
    flag(
        first.0,
        flagger(8, first.1)?,
        hours_ago(4),
        Report::OffTopic,
        "This deserves a topic of its own.",
    )?;
    flag(second.0, flagger(5, second.1)?, hours_ago(27), Report::Unkind, "")?;

    // Decided two days ago, and not agreed with.
    flag(third.0, flagger(4, third.1)?, hours_ago(50), Report::Spam, "")?;
    let review = today(app, stage.moderator, hours_ago(49), |tx| {
        let id = newest_review(tx)?;
        let version = moderation::find(tx, id)?.review.version;
        decide::decide(
            tx,
            id,
            version,
            &decide::Decided {
                decision: Decision::Hide,
                sanction: Some(moderation::sanctions::Given {
                    kind: SanctionKind::Warning,
                    days: 0,
                }),
                rule: "No trade.".to_owned(),
                reason: "The link led to a shop. Please post it again without.".to_owned(),
                board: None,
                text: None,
                minutes: 0,
            },
            &app.config.limits,
            &app.site.text,
        )?;
        Ok(id)
    })?;
    today(app, third.1, hours_ago(20), |tx| {
        appeal::appeal(tx, review, "The link was to our own manual, not to a shop.")
    })?;

    let limits = &app.config.limits;
    let write = |who: AccountId, at: Moment, title: &str, body: &str| {
        today(app, who, at, |tx| {
            let board = boards::find(tx, stage.installation)?;
            topics::start(
                tx,
                board,
                &topics::New {
                    kind: TopicKind::Question,
                    title: title.to_owned(),
                    tags: Vec::new(),
                    body: body.to_owned(),
                    key: String::new(),
                    accepts: 1,
                },
                limits,
            )
        })
    };
    let new: Vec<AccountId> = newcomers(app, &stage.guests)?;
    if let Some(guest) = new.first() {
        write(
            *guest,
            hours_ago(3),
            "Which torque for the M12 flange bolts?",
            "The drawing says 80 Nm, the sticker on the pump 65. Which one is right for the stainless set?",
        )?;
    }
    if let Some(guest) = new.get(1) {
        write(
            *guest,
            hours_ago(2),
            "Heeft u snel een lening nodig?",
            "Beste serieuze persoon, wij bieden leningen aan van 5.000 tot 500.000 euro met 2% rente, zonder \
             papieren en binnen 48 uur. Neem contact op via WhatsApp +00 000 123 456.",
        )?;
    }
    Ok(())
}

fn newest_review(tx: &mut Tx<'_>) -> Result<ReviewId> {
    use crate::db::schema::reviews;
    Ok(reviews::table
        .order(reviews::id.desc())
        .select(reviews::id)
        .first(tx.conn())?)
}

/// Guests who have written nothing yet.
fn newcomers(app: &App, guests: &[AccountId]) -> Result<Vec<AccountId>> {
    use crate::db::schema::accounts;
    app.store.read(&Viewer::system("demo"), |cx| {
        let silent: Vec<AccountId> = accounts::table
            .filter(accounts::id.eq_any(guests.to_vec()))
            .filter(accounts::kind.eq(AccountKind::Guest))
            .filter(accounts::id.ne_all(posts::table.select(posts::author_id)))
            .order(accounts::id.desc())
            .select(accounts::id)
            .load(cx.conn())?;
        Ok(if silent.len() >= 2 {
            silent
        } else {
            guests.iter().rev().copied().collect()
        })
    })
}

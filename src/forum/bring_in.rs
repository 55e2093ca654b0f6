//! Bringing in what was written elsewhere: the same rows as starting and replying make, at the moments
//! they were written, by placeholders who cannot sign in. Nobody is told, nothing counts as new.

use diesel::prelude::*;

use crate::access::{Tx, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{
    accounts, boards, import_items, import_people, imports, memberships, old_addresses, posts, spaces, topics,
};
use crate::db::types::Moment;
use crate::event::{At, Event};
use crate::forum::people::{NewAccount, find_or_create_department, free_name, insert as insert_account};
use crate::forum::posts::write::{self, Draft, Parent, Position};
use crate::ids::{AccountId, BoardId, DepartmentId, ImportId, PostId, SpaceId, TopicId};
use crate::kinds::{
    AccountKind, Format, ForumRole, Joining, PostState, SpaceRole, Standing, TopicKind, Visibility, WhoStarts,
};
use crate::refusal::{Refusal, Result};
use crate::text::{language, name};

/// Where an import goes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub import: ImportId,
    pub space: SpaceId,
    pub board: BoardId,
}

/// One thing that was written elsewhere.
#[derive(Debug, Clone)]
pub struct Written {
    /// What the other forum calls it.
    pub key: String,
    pub text_hash: String,
    /// The title without what replies put before it, folded: how a reply without a parent is found.
    pub subject_key: String,
    pub title: String,
    pub author: AccountId,
    pub at: Moment,
    pub body: String,
    pub format: Format,
    /// How often it was liked or voted for by people whom nobody named.
    pub thanks: i64,
    /// Of a topic that it begins.
    pub kind: TopicKind,
    /// Whom it was for, where it answers nothing.
    pub to: Option<AccountId>,
    /// In which department its author worked then.
    pub department: Option<DepartmentId>,
}

/// What else is known of a topic that was written elsewhere.
#[derive(Debug, Clone)]
pub struct Crown {
    pub kind: TopicKind,
    pub tags: Vec<String>,
    /// How often it was looked at there.
    pub views: i64,
    pub closed: bool,
    pub pinned: bool,
    pub answer: Option<PostId>,
}

/// Only the forum itself brings in: everybody else writes.
fn only_system(tx: &Tx<'_>) -> Result<()> {
    match &**tx.viewer() {
        Viewer::System(_) => Ok(()),
        _ => Err(Refusal::NotFound),
    }
}

/// The admin who has been here longest: whoever runs a command on the machine acts for them.
fn admin(tx: &mut Tx<'_>) -> Result<AccountId> {
    accounts::table
        .filter(accounts::forum_role.eq(ForumRole::Admin))
        .filter(accounts::standing.eq(Standing::Active))
        .order(accounts::id)
        .select(accounts::id)
        .first(tx.conn())
        .optional()?
        .ok_or_else(|| {
            Refusal::broken("the forum has no admin yet: set it up first, with the link that serving prints")
        })
}

/// Finds the space and board by name, or makes them: a space that an import makes is private and
/// managed by the admin.
pub fn target(tx: &mut Tx<'_>, kind: &str, space_name: &str, board_name: &str) -> Result<Target> {
    only_system(tx)?;
    let now = tx.now();
    let present: Option<SpaceId> = spaces::table
        .filter(spaces::name.eq(space_name))
        .order(spaces::id)
        .select(spaces::id)
        .first(tx.conn())
        .optional()?;
    let space = match present {
        Some(space) => space,
        None => {
            let manager = admin(tx)?;
            let space: SpaceId = diesel::insert_into(spaces::table)
                .values((
                    spaces::name.eq(space_name),
                    spaces::visibility.eq(Visibility::Private),
                    spaces::joining.eq(Joining::Invitation),
                    spaces::concept_for.eq(space_name),
                    spaces::concept_about.eq(space_name),
                    spaces::concept_gain.eq("–"),
                    spaces::position.eq(1_000),
                    spaces::created_at.eq(now),
                ))
                .returning(spaces::id)
                .get_result(tx.conn())?;
            tx.record(&Event::SpaceCreated { space })?;
            diesel::insert_into(memberships::table)
                .values((
                    memberships::space_id.eq(space),
                    memberships::account_id.eq(manager),
                    memberships::role.eq(SpaceRole::CommunityManager),
                    memberships::role_since.eq(now),
                    memberships::role_until.eq(now.plus_days(365)),
                    memberships::joined_at.eq(now),
                ))
                .execute(tx.conn())?;
            tx.record(&Event::Joined {
                space,
                account: manager,
                how: "created",
            })?;
            space
        }
    };
    let present: Option<BoardId> = boards::table
        .filter(boards::space_id.eq(space))
        .filter(boards::name.eq(board_name))
        .order(boards::id)
        .select(boards::id)
        .first(tx.conn())
        .optional()?;
    let board = match present {
        Some(board) => board,
        None => {
            let kinds: Vec<&str> = TopicKind::ALL.iter().map(|kind| kind.word()).collect();
            let board = diesel::insert_into(boards::table)
                .values((
                    boards::space_id.eq(space),
                    boards::name.eq(board_name),
                    boards::description.eq(""),
                    boards::kinds.eq(kinds.join(",")),
                    boards::who_starts.eq(WhoStarts::Members),
                    boards::created_at.eq(now),
                ))
                .returning(boards::id)
                .get_result(tx.conn())?;
            tx.record(&Event::BoardCreated { space, board })?;
            board
        }
    };
    let present: Option<ImportId> = imports::table
        .filter(imports::kind.eq(kind))
        .filter(imports::name.eq(space_name))
        .select(imports::id)
        .first(tx.conn())
        .optional()?;
    let import = match present {
        Some(import) => import,
        None => diesel::insert_into(imports::table)
            .values((
                imports::kind.eq(kind),
                imports::name.eq(space_name),
                imports::created_at.eq(now),
            ))
            .returning(imports::id)
            .get_result(tx.conn())?,
    };
    Ok(Target { import, space, board })
}

/// What a board has already from elsewhere: key, hash of the text, post, how its subject is found, and
/// when it was written.
pub type Known = (String, String, PostId, String, Moment);

pub fn known(tx: &mut Tx<'_>, board: BoardId) -> Result<Vec<Known>> {
    only_system(tx)?;
    Ok(import_items::table
        .inner_join(posts::table.on(posts::id.eq(import_items::post_id)))
        .filter(import_items::board_id.eq(board))
        .order(import_items::post_id)
        .select((
            import_items::key,
            import_items::text_hash,
            import_items::post_id,
            import_items::subject_key,
            posts::created_at,
        ))
        .load(tx.conn())?)
}

/// The same of a whole import, on whichever boards it is now: forums give each post one number.
pub fn known_of_import(tx: &mut Tx<'_>, import: ImportId) -> Result<Vec<(String, String, PostId)>> {
    only_system(tx)?;
    Ok(import_items::table
        .inner_join(posts::table.on(posts::id.eq(import_items::post_id)))
        .inner_join(accounts::table.on(accounts::id.eq(posts::author_id)))
        .filter(accounts::import_id.eq(import))
        .order(import_items::post_id)
        .select((import_items::key, import_items::text_hash, import_items::post_id))
        .load(tx.conn())?)
}

/// The placeholder for somebody, found by any of their keys or made. The same key is the same person
/// within one import only.
pub fn person(tx: &mut Tx<'_>, import: ImportId, keys: &[String], called: &str) -> Result<AccountId> {
    only_system(tx)?;
    let mut found: Option<AccountId> = None;
    for key in keys {
        found = import_people::table
            .find((import, key))
            .select(import_people::account_id)
            .first(tx.conn())
            .optional()?;
        if found.is_some() {
            break;
        }
    }
    let account = match found {
        Some(account) => account,
        None => {
            let called: String = name::tidy(called).chars().take(80).collect();
            let called = if called.is_empty() { "?".to_owned() } else { called };
            let free = free_name(tx, &format!("x {called}"))?;
            insert_account(
                tx,
                &NewAccount {
                    kind: AccountKind::Placeholder,
                    forum_role: ForumRole::None,
                    name: free,
                    display_name: called,
                    mail: None,
                    password_hash: None,
                    department: None,
                    location: String::new(),
                    language: "en".to_owned(),
                    time_zone: "UTC".to_owned(),
                    sponsor: None,
                    organisation: String::new(),
                    ends_at: None,
                    import: Some(import),
                },
            )?
        }
    };
    for key in keys {
        let present: Option<AccountId> = import_people::table
            .find((import, key))
            .select(import_people::account_id)
            .first(tx.conn())
            .optional()?;
        if present.is_none() {
            diesel::insert_into(import_people::table)
                .values((
                    import_people::import_id.eq(import),
                    import_people::key.eq(key),
                    import_people::account_id.eq(account),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(account)
}

/// The department of this name, made when there is none: the one that staff of today may work in.
pub fn department(tx: &mut Tx<'_>, called: &str) -> Result<DepartmentId> {
    only_system(tx)?;
    let called = name::tidy(called);
    if called.is_empty() || called.chars().count() > 80 {
        return Err(Refusal::broken(format!(
            "\"{called}\" is no name of a department: 1 to 80 characters"
        )));
    }
    find_or_create_department(tx, &called)
}

/// Writes one post: below `parent`, or as the beginning of a topic.
pub fn post(tx: &mut Tx<'_>, to: Target, parent: Option<PostId>, written: &Written) -> Result<PostId> {
    only_system(tx)?;
    tx.go_to(written.at);
    let sample: String = written.body.chars().take(600).collect();
    let language = language::detect(&sample, "en");
    let (topic, number, parent, space, board) = match parent {
        None => (start(tx, to, written, &language)?, 1, None, to.space, to.board),
        Some(id) => {
            let (topic, path, depth): (TopicId, String, i64) = posts::table
                .find(id)
                .select((posts::topic_id, posts::path, posts::depth))
                .first(tx.conn())?;
            // Where the topic is now: it may have moved since it came in.
            let (last, space, board): (i64, SpaceId, BoardId) = topics::table
                .find(topic)
                .select((topics::last_number, topics::space_id, topics::board_id))
                .first(tx.conn())?;
            (topic, last + 1, Some(Parent { id, path, depth }), space, board)
        }
    };
    let first = parent.is_none();
    let parent_id = parent.as_ref().map(|parent| parent.id);
    let draft = Draft {
        body: written.body.clone(),
        format: written.format,
        language,
        imported: true,
    };
    let position = Position {
        space,
        board,
        topic,
        number,
        parent,
        state: PostState::Published,
    };
    let id = write::insert(tx, &position, written.author, &draft)?;
    if written.thanks > 0 {
        diesel::update(posts::table.find(id))
            .set((
                posts::thanks.eq(written.thanks),
                posts::imported_thanks.eq(written.thanks),
            ))
            .execute(tx.conn())?;
    }
    if first {
        diesel::update(topics::table.find(topic))
            .set((
                topics::first_post_id.eq(id),
                topics::last_post_id.eq(id),
                topics::last_number.eq(1),
                topics::post_count.eq(1),
            ))
            .execute(tx.conn())?;
    } else {
        let before: Moment = topics::table
            .find(topic)
            .select(topics::last_posted_at)
            .first(tx.conn())?;
        diesel::update(topics::table.find(topic))
            .set((
                topics::last_number.eq(number),
                topics::post_count.eq(topics::post_count + 1),
                topics::version.eq(topics::version + 1),
            ))
            .execute(tx.conn())?;
        if written.at >= before {
            diesel::update(topics::table.find(topic))
                .set((topics::last_post_id.eq(id), topics::last_posted_at.eq(written.at)))
                .execute(tx.conn())?;
        }
    }
    diesel::insert_into(import_items::table)
        .values((
            import_items::board_id.eq(to.board),
            import_items::key.eq(&written.key),
            import_items::text_hash.eq(&written.text_hash),
            import_items::post_id.eq(id),
            import_items::subject_key.eq(&written.subject_key),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::BroughtIn {
        at: At {
            space,
            board,
            topic,
            post: id,
            parent: parent_id,
            author: written.author,
        },
        kind: first.then_some(written.kind),
        to: written.to.filter(|_| first),
        department: written.department,
    })?;
    Ok(id)
}

fn start(tx: &mut Tx<'_>, to: Target, written: &Written, language: &str) -> Result<TopicId> {
    Ok(diesel::insert_into(topics::table)
        .values((
            topics::space_id.eq(to.space),
            topics::board_id.eq(to.board),
            topics::author_id.eq(written.author),
            topics::kind.eq(TopicKind::Discussion),
            topics::title.eq(&written.title),
            topics::language.eq(language),
            topics::state.eq(PostState::Published),
            topics::created_at.eq(written.at),
            topics::last_posted_at.eq(written.at),
            topics::last_number.eq(0),
            topics::post_count.eq(0),
            topics::imported.eq(true),
        ))
        .returning(topics::id)
        .get_result(tx.conn())?)
}

/// The topic that begins with, or holds, a post.
pub fn topic_of(tx: &mut Tx<'_>, post: PostId) -> Result<TopicId> {
    only_system(tx)?;
    Ok(posts::table.find(post).select(posts::topic_id).first(tx.conn())?)
}

/// Gives a topic what it had elsewhere besides its posts.
pub fn crown(tx: &mut Tx<'_>, topic: TopicId, crown: &Crown) -> Result<()> {
    only_system(tx)?;
    let (space, last): (SpaceId, Moment) = topics::table
        .find(topic)
        .select((topics::space_id, topics::last_posted_at))
        .first(tx.conn())?;
    // A post that answers is one that people read, in this topic.
    let answer = match crown.answer {
        Some(post) => posts::table
            .find(post)
            .filter(posts::topic_id.eq(topic))
            .filter(posts::state.eq(PostState::Published))
            .select(posts::id)
            .first::<PostId>(tx.conn())
            .optional()?,
        None => None,
    };
    diesel::update(topics::table.find(topic))
        .set((
            topics::kind.eq(crown.kind),
            topics::imported_views.eq(crown.views),
            topics::closed_at.eq(crown.closed.then_some(last)),
            topics::pinned_at.eq(crown.pinned.then_some(last)),
            topics::answer_id.eq(answer),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    crate::forum::topics::tags::keep(tx, space, topic, &crown.tags)
}

/// Keeps where a post was found elsewhere.
pub fn keep_address(tx: &mut Tx<'_>, import: ImportId, address: &str, post: PostId) -> Result<()> {
    only_system(tx)?;
    let row = (
        old_addresses::address.eq(address),
        old_addresses::import_id.eq(import),
        old_addresses::post_id.eq(post),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(old_addresses::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Counts the board anew and records what was brought in.
pub fn finish(tx: &mut Tx<'_>, to: Target, topics: i64, posts: i64) -> Result<()> {
    only_system(tx)?;
    crate::forum::topics::recount(tx, to.board)?;
    if posts > 0 {
        // Topics of this board that were moved away have grown elsewhere.
        let elsewhere: Vec<BoardId> = import_items::table
            .inner_join(posts::table.on(posts::id.eq(import_items::post_id)))
            .filter(import_items::board_id.eq(to.board))
            .filter(posts::board_id.ne(to.board))
            .select(posts::board_id)
            .distinct()
            .load(tx.conn())?;
        for board in elsewhere {
            crate::forum::topics::recount(tx, board)?;
        }
        tx.record(&Event::Imported {
            space: to.space,
            topics,
            posts,
        })?;
        crate::db::dialect::learn_sizes(tx.conn())?;
    }
    Ok(())
}

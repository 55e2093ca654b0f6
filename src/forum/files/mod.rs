//! Files and pictures in posts. Somebody who may write in a space brings a file; it is theirs alone until a post of
//! theirs carries it, and is seen from then on where such a post is seen, asked anew each time. What no post and no
//! draft carries for thirty days goes. The bytes are in `store`, in a folder or in a `bucket`; pictures are made anew in `picture`.

mod bucket;
mod picture;
mod store;

pub use store::Store as Files;

use diesel::prelude::*;

use crate::access::{Cx, May, Tx, Verb, deed};
use crate::config::Limits;
use crate::db::conn::each_backend;
use crate::db::dialect;
use crate::db::schema::{files, post_files, revisions};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::posts;
use crate::forum::reading::drafts;
use crate::forum::spaces::SpaceRow;
use crate::i18n::Message;
use crate::ids::{AccountId, FileId, PostId, SpaceId};
use crate::kinds::PostState;
use crate::refusal::{Problems, Refusal, Result};
use crate::text::{markdown, name};

/// A file, as whoever may read it gets it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = files)]
pub struct FileRow {
    pub id: FileId,
    pub account_id: AccountId,
    pub space_id: SpaceId,
    pub name: String,
    pub content_type: String,
    pub size: i64,
    pub hash: String,
    /// Of a picture: the small one. Empty: it is none.
    pub small_hash: String,
}

impl FileRow {
    pub fn is_picture(&self) -> bool {
        !self.small_hash.is_empty()
    }

    /// What somebody writes into a post to show it, with the words that stand for a picture.
    pub fn markdown(&self, words: &str) -> String {
        let address = format!("/files/{}/{}", self.id, in_address(&self.name));
        let words = words.replace(['[', ']', '\n', '\r'], " ");
        if self.is_picture() {
            format!("![{}]({address})", words.trim())
        } else {
            format!("[{}]({address})", self.name.replace(['[', ']'], " "))
        }
    }
}

/// A file's name as a part of an address: only what needs no escaping.
fn in_address(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() {
        "file".to_owned()
    } else {
        plain.to_owned()
    }
}

/// A file before it is kept: what it is by its content, whatever it was called.
pub struct Brought {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
    small: Vec<u8>,
}

/// A file whose bytes lie where they are found again.
pub struct Laid<'a> {
    brought: &'a Brought,
    hash: String,
    small_hash: String,
}

impl Brought {
    /// Lays the bytes down, before there is a row that names them: a crash between the two leaves bytes that nobody
    /// names, and never a name without bytes. Takes as long as a disk or a bucket takes: not within a deed.
    pub fn lay(&self, store: &Files) -> Result<Laid<'_>> {
        Ok(Laid {
            brought: self,
            hash: store.put(&self.bytes)?,
            small_hash: if self.small.is_empty() {
                String::new()
            } else {
                store.put(&self.small)?
            },
        })
    }
}

/// Characters of a name.
const LONGEST_NAME: usize = 100;

/// Looks at a file that came: what it is, whether it is too large; a picture is made anew. Costs time, and needs
/// no database.
pub fn look(called: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Brought> {
    if bytes.len() > limits.file_bytes {
        let most = i64::try_from(limits.file_bytes / 1_000_000).unwrap_or(i64::MAX);
        return Err(Problems::one(
            "attach",
            Message::of("problem-file-large").with("most", most),
        ));
    }
    if bytes.is_empty() {
        return Err(Problems::one("attach", "problem-file-empty"));
    }
    let called = called.rsplit(['/', '\\']).next().unwrap_or("");
    let called: String = name::tidy(called).chars().take(LONGEST_NAME).collect();
    let called = if called.is_empty() { "file".to_owned() } else { called };
    let found = infer::get(&bytes);
    if found.is_some_and(|kind| kind.matcher_type() == infer::MatcherType::Image) && image::guess_format(&bytes).is_ok()
    {
        let Some(picture) = picture::anew(&bytes) else {
            return Err(Problems::one("attach", "problem-picture"));
        };
        return Ok(Brought {
            name: called,
            content_type: picture.content_type.to_owned(),
            bytes: picture.bytes,
            small: picture.small,
        });
    }
    let content_type = match found {
        Some(kind) if kind.matcher_type() != infer::MatcherType::Text => kind.mime_type().to_owned(),
        // What a browser would run is text here.
        _ if std::str::from_utf8(&bytes).is_ok_and(|text| !text.contains('\0')) => {
            "text/plain; charset=utf-8".to_owned()
        }
        _ => "application/octet-stream".to_owned(),
    };
    Ok(Brought {
        name: called,
        content_type,
        bytes,
        small: Vec::new(),
    })
}

/// Keeps a file for somebody who may write in a space. Errs with [`Refusal::Conflict`] when its bytes were swept
/// meanwhile as those of the same file that nobody had: then they are to be laid down once more.
pub fn bring(
    tx: &mut Tx<'_>,
    space: &May<deed::Reply, SpaceRow>,
    store: &Files,
    laid: &Laid<'_>,
    limits: &Limits,
) -> Result<FileRow> {
    let (me, now) = (tx.me()?.id, tx.now());
    if matches!(tx.source(), Source::Page | Source::Mail) {
        let today: i64 = files::table
            .filter(files::account_id.eq(me))
            .filter(files::created_at.gt(now.plus_seconds(-86_400)))
            .count()
            .get_result(tx.conn())?;
        if today >= limits.files_a_day {
            return Err(Problems::one("attach", "problem-files-many"));
        }
    }
    // One at a time: what is swept at this moment might be what comes.
    dialect::hold(tx.conn(), "epochs", 1)?;
    let Laid {
        brought,
        hash,
        small_hash,
    } = laid;
    if !store.has(hash)? || !(small_hash.is_empty() || store.has(small_hash)?) {
        return Err(Refusal::Conflict);
    }
    let id: FileId = diesel::insert_into(files::table)
        .values((
            files::account_id.eq(me),
            files::space_id.eq(space.id),
            files::name.eq(&brought.name),
            files::content_type.eq(&brought.content_type),
            files::size.eq(i64::try_from(brought.bytes.len()).unwrap_or(i64::MAX)),
            files::hash.eq(hash),
            files::small_hash.eq(small_hash),
            files::created_at.eq(now),
            files::unused_since.eq(Some(now)),
        ))
        .returning(files::id)
        .get_result(tx.conn())?;
    Ok(files::table.find(id).select(FileRow::as_select()).first(tx.conn())?)
}

/// Posts that are asked for one file; more copies than this nobody makes.
const ASKED: i64 = 20;

/// A file, as far as the viewer sees a post that carries it; or their own that no post carries yet.
pub fn find(cx: &mut Cx<'_>, id: FileId) -> Result<FileRow> {
    let row: FileRow = files::table
        .find(id)
        .select(FileRow::as_select())
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    let carriers: Vec<PostId> = post_files::table
        .filter(post_files::file_id.eq(id))
        .order(post_files::post_id)
        .select(post_files::post_id)
        .limit(ASKED)
        .load(cx.conn())?;
    if carriers.is_empty() && cx.viewer().id() == Some(row.account_id) {
        return Ok(row);
    }
    for carrier in carriers {
        match posts::find(cx, carrier) {
            Ok(post) => {
                let stands = post.post.state == PostState::Published && post.topic.state == PostState::Published;
                if stands || post.can(Verb::SeeRemoved) {
                    return Ok(row);
                }
            }
            Err(Refusal::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Err(Refusal::NotFound)
}

/// The bytes of a file that somebody found.
pub fn bytes(store: &Files, file: &FileRow) -> Result<Vec<u8>> {
    store.get(&file.hash)
}

/// The small one of a picture that somebody found.
pub fn small(store: &Files, file: &FileRow) -> Result<Vec<u8>> {
    if !file.is_picture() {
        return Err(Refusal::NotFound);
    }
    store.get(&file.small_hash)
}

/// Writes down which files a post carries: those that its text names, and that its author or whoever edits it
/// brought. Anybody else's is a link like others, which opens nothing.
pub(crate) fn carry(tx: &mut Tx<'_>, post: PostId, author: AccountId, body: &str) -> Result<()> {
    let now = tx.now();
    let mut theirs = vec![author];
    theirs.extend(tx.viewer().id());
    // Whoever wrote an earlier version brought its files too, and an undo puts that version back.
    let writers: Vec<AccountId> = revisions::table
        .filter(revisions::post_id.eq(post))
        .select(revisions::edited_by)
        .distinct()
        .load(tx.conn())?;
    theirs.extend(writers);
    let before: Vec<FileId> = post_files::table
        .filter(post_files::post_id.eq(post))
        .select(post_files::file_id)
        .load(tx.conn())?;
    let named: Vec<FileId> = markdown::files(body).into_iter().map(FileId).collect();
    if before.is_empty() && named.is_empty() {
        return Ok(());
    }
    let carried: Vec<FileId> = files::table
        .filter(files::id.eq_any(named))
        .filter(files::account_id.eq_any(theirs).or(files::id.eq_any(before.clone())))
        .select(files::id)
        .load(tx.conn())?;
    diesel::delete(
        post_files::table
            .filter(post_files::post_id.eq(post))
            .filter(post_files::file_id.ne_all(carried.clone())),
    )
    .execute(tx.conn())?;
    let rows: Vec<_> = carried
        .iter()
        .map(|file| (post_files::post_id.eq(post), post_files::file_id.eq(*file)))
        .collect();
    if !rows.is_empty() {
        each_backend!(tx.conn(), c => diesel::insert_into(post_files::table)
            .values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    diesel::update(files::table.filter(files::id.eq_any(carried)))
        .set(files::unused_since.eq(None::<Moment>))
        .execute(tx.conn())?;
    forsaken(tx, &before, now)
}

/// Of these, what no post carries any more is unused from now on.
fn forsaken(tx: &mut Tx<'_>, ids: &[FileId], now: Moment) -> Result<()> {
    let used = post_files::table
        .filter(post_files::file_id.eq_any(ids.to_vec()))
        .select(post_files::file_id);
    diesel::update(
        files::table
            .filter(files::id.eq_any(ids.to_vec()))
            .filter(files::unused_since.is_null())
            .filter(files::id.ne_all(used)),
    )
    .set(files::unused_since.eq(Some(now)))
    .execute(tx.conn())?;
    Ok(())
}

/// What posts carried whose texts are gone for good.
pub(crate) fn let_go(tx: &mut Tx<'_>, gone: &[PostId]) -> Result<()> {
    let now = tx.now();
    let carried: Vec<FileId> = post_files::table
        .filter(post_files::post_id.eq_any(gone.to_vec()))
        .select(post_files::file_id)
        .load(tx.conn())?;
    diesel::delete(post_files::table.filter(post_files::post_id.eq_any(gone.to_vec()))).execute(tx.conn())?;
    forsaken(tx, &carried, now)
}

/// Days for which a file is kept that no post carries: as long as an edit or a decision can be undone.
const KEPT_DAYS: i64 = 30;

/// Files that are swept at one stroke.
const AT_A_TIME: i64 = 200;

/// Forgets what no post and no draft carried for thirty days. The bytes go afterwards, with [`remove_bytes`]: a name without
/// bytes would be worse than bytes without a name. The hashes of what was forgotten.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let before = tx.now().plus_days(-KEPT_DAYS);
    let mut old: Vec<(FileId, AccountId, String, String)> = files::table
        .filter(files::unused_since.lt(before).assume_not_null())
        .order(files::id)
        .select((files::id, files::account_id, files::hash, files::small_hash))
        .limit(AT_A_TIME)
        .load(tx.conn())?;
    let theirs: Vec<AccountId> = old.iter().map(|row| row.1).collect();
    let waiting: Vec<FileId> = drafts::bodies_of(tx, &theirs)?
        .iter()
        .flat_map(|body| markdown::files(body))
        .map(FileId)
        .filter(|file| old.iter().any(|row| row.0 == *file))
        .collect();
    old.retain(|row| !waiting.contains(&row.0));
    let now = tx.now();
    diesel::update(files::table.filter(files::id.eq_any(waiting)))
        .set(files::unused_since.eq(Some(now)))
        .execute(tx.conn())?;
    let ids: Vec<FileId> = old.iter().map(|row| row.0).collect();
    diesel::delete(files::table.filter(files::id.eq_any(ids))).execute(tx.conn())?;
    let mut hashes: Vec<String> = old.into_iter().flat_map(|(_, _, hash, small)| [hash, small]).collect();
    hashes.retain(|hash| !hash.is_empty());
    hashes.sort();
    hashes.dedup();
    Ok(hashes)
}

/// Days after which bytes that no file has are those of a deed that did not end well.
pub(crate) const STRAYS_AFTER_DAYS: i64 = 1;

/// Takes away bytes, but for those that a file still has.
pub(crate) fn remove_bytes(tx: &mut Tx<'_>, store: &Files, hashes: &[String]) -> Result<()> {
    // Nobody brings the same again meanwhile.
    dialect::hold(tx.conn(), "epochs", 1)?;
    let mut kept: Vec<String> = files::table
        .filter(files::hash.eq_any(hashes.to_vec()))
        .select(files::hash)
        .load(tx.conn())?;
    let small: Vec<String> = files::table
        .filter(files::small_hash.eq_any(hashes.to_vec()))
        .select(files::small_hash)
        .load(tx.conn())?;
    kept.extend(small);
    for hash in hashes.iter().filter(|hash| !kept.contains(hash)) {
        store.remove(hash)?;
    }
    Ok(())
}

//! The index on disk: its fields, keeping it up to date, and building it anew.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use diesel::prelude::*;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::facets::kind_number;
use crate::access::{Cx, Viewer};
use crate::app::App;
use crate::db::schema::{posts, topics};
use crate::db::types::Moment;
use crate::forum::topics::tags;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::{Refusal, Result};
use crate::text::excerpt;

/// Goes up when the fields change; the folder's name carries it, so an old index is simply not found.
const SHAPE: u32 = 2;

/// Bytes that the writer may fill before it writes a segment: little while serving, more while rebuilding.
const HEAP: usize = 16_000_000;
const HEAP_REBUILDING: usize = 100_000_000;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) post: Field,
    pub(super) topic: Field,
    pub(super) space: Field,
    pub(super) board: Field,
    pub(super) author: Field,
    pub(super) kind: Field,
    /// The kind again, as the place in its list, for counting.
    pub(super) kind_number: Field,
    /// One, when the post answers its topic.
    pub(super) answer: Field,
    pub(super) tag: Field,
    pub(super) at: Field,
    pub(super) title: Field,
    pub(super) title_en: Field,
    pub(super) title_nl: Field,
    pub(super) exact: Field,
    pub(super) en: Field,
    pub(super) nl: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |analyzer: &str| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyzer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let fields = Fields {
        post: builder.add_u64_field("post", INDEXED | FAST),
        topic: builder.add_u64_field("topic", INDEXED | FAST),
        space: builder.add_u64_field("space", INDEXED | FAST),
        board: builder.add_u64_field("board", INDEXED | FAST),
        author: builder.add_u64_field("author", INDEXED | FAST),
        kind: builder.add_text_field("kind", STRING),
        kind_number: builder.add_u64_field("kind_number", FAST),
        answer: builder.add_u64_field("answer", FAST),
        tag: builder.add_text_field("tag", STRING),
        at: builder.add_i64_field("at", INDEXED | FAST),
        title: builder.add_text_field("title", text("plain")),
        title_en: builder.add_text_field("title_en", text("stem_en")),
        title_nl: builder.add_text_field("title_nl", text("stem_nl")),
        exact: builder.add_text_field("exact", text("plain")),
        en: builder.add_text_field("en", text("stem_en")),
        nl: builder.add_text_field("nl", text("stem_nl")),
    };
    (builder.build(), fields)
}

/// The analyzers by name. They are not stored with an index and must be given to it each time.
fn register(index: &Index) {
    for (name, language) in [
        ("plain", None),
        ("stem_en", Some(Language::English)),
        ("stem_nl", Some(Language::Dutch)),
    ] {
        let base = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(60))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter);
        let analyzer = match language {
            None => base.build(),
            Some(language) => base.filter(Stemmer::new(language)).build(),
        };
        index.tokenizers().register(name, analyzer);
    }
}

pub(super) struct Open {
    pub(super) index: Index,
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    writer: Mutex<Option<IndexWriter>>,
    folder: PathBuf,
}

/// The forum's index.
pub struct Search {
    home: PathBuf,
    open: RwLock<Option<std::sync::Arc<Open>>>,
    broken: AtomicBool,
}

fn wrong(error: impl std::fmt::Display) -> Refusal {
    Refusal::broken(format!("search index: {error}"))
}

impl Open {
    pub(super) fn at(folder: &Path, create: bool) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = if create {
            std::fs::create_dir_all(folder)
                .map_err(std::sync::Arc::new)
                .map_err(tantivy::TantivyError::IoError)?;
            Index::create_in_dir(folder, schema)?
        } else {
            Index::open_in_dir(folder)?
        };
        register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
            writer: Mutex::new(None),
            folder: folder.to_path_buf(),
        })
    }

    fn writer(&self, heap: usize) -> tantivy::Result<MutexGuard<'_, Option<IndexWriter>>> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if writer.is_none() {
            *writer = Some(self.index.writer_with_num_threads(1, heap)?);
        }
        Ok(writer)
    }

    /// Writes what the database says about these posts, each exactly once or not at all.
    fn write(&self, cx: &mut Cx<'_>, ids: &[PostId], heap: usize) -> Result<()> {
        let documents = documents(cx, self.fields, ids)?;
        let mut guard = self.writer(heap).map_err(wrong)?;
        let writer = guard.as_mut().ok_or_else(|| wrong("no writer"))?;
        for id in ids {
            writer.delete_term(Term::from_field_u64(self.fields.post, unsigned(id.0)));
        }
        for document in documents {
            writer.add_document(document).map_err(wrong)?;
        }
        Ok(())
    }

    /// Adds documents that are no posts: to measure on.
    pub(super) fn add(&self, documents: Vec<TantivyDocument>) -> Result<()> {
        {
            let mut guard = self.writer(HEAP_REBUILDING).map_err(wrong)?;
            let writer = guard.as_mut().ok_or_else(|| wrong("no writer"))?;
            for document in documents {
                writer.add_document(document).map_err(wrong)?;
            }
        }
        self.commit()
    }

    fn commit(&self) -> Result<()> {
        let mut guard = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = guard.as_mut() {
            writer.commit().map_err(wrong)?;
        }
        self.reader.reload().map_err(wrong)
    }
}

pub(super) fn unsigned(id: i64) -> u64 {
    u64::try_from(id).unwrap_or(0)
}

type Row = (
    (PostId, TopicId, SpaceId, BoardId, AccountId),
    (Option<PostId>, String, String, Moment),
    (String, TopicKind, Option<PostId>),
);

fn documents(cx: &mut Cx<'_>, fields: Fields, ids: &[PostId]) -> Result<Vec<TantivyDocument>> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows: Vec<Row> = posts::table
            .inner_join(topics::table)
            .filter(posts::id.eq_any(some.to_vec()))
            .filter(posts::state.eq(PostState::Published))
            .filter(topics::state.eq(PostState::Published))
            .select((
                (
                    posts::id,
                    posts::topic_id,
                    posts::space_id,
                    posts::board_id,
                    posts::author_id,
                ),
                (posts::parent_id, posts::body_html, posts::language, posts::created_at),
                (topics::title, topics::kind, topics::answer_id),
            ))
            .load(cx.conn())?;
        let topics: Vec<TopicId> = rows.iter().map(|row| row.0.1).collect();
        let tags = tags::of_many(cx, &topics)?;
        for ((post, topic, space, board, author), (parent, html, language, at), (title, kind, answer)) in rows {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.post, unsigned(post.0));
            document.add_u64(fields.topic, unsigned(topic.0));
            document.add_u64(fields.space, unsigned(space.0));
            document.add_u64(fields.board, unsigned(board.0));
            document.add_u64(fields.author, unsigned(author.0));
            document.add_text(fields.kind, kind.word());
            document.add_u64(fields.kind_number, kind_number(kind));
            document.add_u64(fields.answer, u64::from(answer == Some(post)));
            document.add_i64(fields.at, at.0);
            for tag in tags.get(&topic).into_iter().flatten() {
                document.add_text(fields.tag, crate::text::name::fold(tag));
            }
            let dutch = language == "nl";
            if parent.is_none() {
                document.add_text(fields.title, &title);
                document.add_text(if dutch { fields.title_nl } else { fields.title_en }, &title);
            }
            let text = excerpt::plain(&html);
            document.add_text(fields.exact, &text);
            document.add_text(if dutch { fields.nl } else { fields.en }, &text);
            all.push(document);
        }
    }
    Ok(all)
}

impl Search {
    /// Opens the index in `home`, if there is a good one. If not, the worker builds it.
    pub fn new(home: PathBuf) -> Self {
        let search = Self {
            home,
            open: RwLock::new(None),
            broken: AtomicBool::new(true),
        };
        if let Ok(name) = std::fs::read_to_string(search.home.join("current")) {
            let folder = search.home.join(name.trim());
            if name.starts_with(&format!("shape-{SHAPE}-")) {
                match Open::at(&folder, false) {
                    Ok(open) => {
                        search.put(Some(open));
                        search.broken.store(false, Ordering::Release);
                    }
                    Err(error) => tracing::warn!(%error, "the search index cannot be opened and is built anew"),
                }
            }
        }
        search
    }

    fn put(&self, open: Option<Open>) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = open.map(std::sync::Arc::new);
    }

    pub(super) fn open(&self) -> Option<std::sync::Arc<Open>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is being built: results are missing until it is done.
    pub fn is_rebuilding(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    /// Says that something is wrong with the index; the worker builds it anew. A process that starts
    /// meanwhile must not take the old one for good, so its pointer goes too.
    pub fn distrust(&self) {
        self.broken.store(true, Ordering::Release);
        if let Err(error) = std::fs::remove_file(self.home.join("current"))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the pointer to the search index stays");
        }
    }

    /// Brings these posts up to date. While the index is broken there is nothing to do: the
    /// rebuilding reads everything.
    pub fn update(&self, cx: &mut Cx<'_>, ids: &[PostId]) -> Result<()> {
        if self.is_rebuilding() {
            return Ok(());
        }
        let Some(open) = self.open() else { return Ok(()) };
        let outcome = open.write(cx, ids, HEAP).and_then(|()| open.commit());
        if outcome.is_err() {
            self.distrust();
        }
        outcome
    }

    /// The worker's look at the index: lost or broken, it is built anew while the forum serves.
    pub fn keep_whole(&self, app: &App) -> Result<()> {
        let lost = self.open().is_none_or(|open| !open.folder.join("meta.json").exists());
        if lost {
            self.distrust();
        }
        if self.is_rebuilding() {
            self.rebuild(app)
        } else {
            Ok(())
        }
    }

    /// Builds the index in a new folder from the database and puts it in the old one's place.
    pub fn rebuild(&self, app: &App) -> Result<()> {
        self.distrust();
        let name = format!("shape-{SHAPE}-{}", app.store.clock().now().0);
        let outcome = self.build(app, &name);
        if outcome.is_err() {
            // Half an index is none; on a disk that is nearly full it would be the last straw.
            if let Err(error) = std::fs::remove_dir_all(self.home.join(&name)) {
                tracing::debug!(%error, %name, "half a search index stays for now");
            }
        }
        outcome
    }

    fn build(&self, app: &App, name: &str) -> Result<()> {
        let viewer = Viewer::system("reindex");
        let open = Open::at(&self.home.join(name), true).map_err(wrong)?;
        let mut last = PostId(0);
        loop {
            let ids = app.store.read(&viewer, |cx| {
                let ids: Vec<PostId> = posts::table
                    .filter(posts::id.gt(last))
                    .order(posts::id)
                    .select(posts::id)
                    .limit(2_000)
                    .load(cx.conn())?;
                open.write(cx, &ids, HEAP_REBUILDING)?;
                Ok(ids)
            })?;
            match ids.last() {
                Some(id) => last = *id,
                None => break,
            }
        }
        open.commit()?;
        // The large writer goes; the next update opens a small one.
        *open.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let pointer = self.home.join("current.part");
        std::fs::write(&pointer, name).map_err(wrong)?;
        std::fs::rename(&pointer, self.home.join("current")).map_err(wrong)?;
        let old = self.open();
        self.put(Some(open));
        self.broken.store(false, Ordering::Release);
        drop(old);
        self.sweep(name);
        tracing::info!(posts = last.0, "the search index is built");
        Ok(())
    }

    /// Takes away the folders of earlier indexes.
    fn sweep(&self, but: &str) {
        let Ok(entries) = std::fs::read_dir(&self.home) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("shape-")
                && name != but
                && let Err(error) = std::fs::remove_dir_all(entry.path())
            {
                tracing::debug!(%error, %name, "an old search index stays for now");
            }
        }
    }
}

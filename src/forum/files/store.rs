//! Where the bytes of files lie: in a folder beside the database or in a bucket, each under the hash of what it says,
//! so that the same file twice is one and half a file is none. Who may read them is not decided here.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::bucket::Bucket;
use crate::access::door::hex;
use crate::config::Config;
use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

#[derive(Debug)]
pub struct Store(Place);

#[derive(Debug)]
enum Place {
    Disk(Disk),
    Bucket(Bucket),
}

impl Store {
    /// The bucket that is configured, or else the folder `files`.
    pub fn new(config: &Config) -> std::result::Result<Self, String> {
        Ok(Self(if config.files.bucket.is_empty() {
            Place::Disk(Disk::new(&config.data))
        } else {
            Place::Bucket(Bucket::new(&config.files)?)
        }))
    }

    /// Keeps bytes, for good before it returns; the name under which they are found.
    pub(super) fn put(&self, bytes: &[u8]) -> Result<String> {
        let hash = hex(&Sha256::digest(bytes));
        match &self.0 {
            Place::Disk(disk) => disk.put(&hash, bytes)?,
            Place::Bucket(bucket) => bucket.put(&hash, bytes)?,
        }
        Ok(hash)
    }

    /// Keeps something in the bucket that is no file of a post; there must be one.
    pub(crate) fn put_in_bucket(&self, name: &str, bytes: &[u8]) -> Result<()> {
        match &self.0 {
            Place::Disk(_) => Err(Refusal::broken("there is no bucket")),
            Place::Bucket(bucket) => bucket.put_named(name, bytes),
        }
    }

    pub(super) fn has(&self, hash: &str) -> Result<bool> {
        match &self.0 {
            Place::Disk(disk) => disk.has(hash),
            Place::Bucket(bucket) => bucket.has(hash),
        }
    }

    pub(super) fn get(&self, hash: &str) -> Result<Vec<u8>> {
        match &self.0 {
            Place::Disk(disk) => disk.get(hash),
            Place::Bucket(bucket) => bucket.get(hash),
        }
    }

    /// The names of what lies on one of 256 shelves since before a moment, half files among them.
    pub(crate) fn on_shelf(&self, shelf: u8, before: Moment) -> Result<Vec<String>> {
        match &self.0 {
            Place::Disk(disk) => disk.on_shelf(shelf, before),
            Place::Bucket(bucket) => bucket.on_shelf(shelf, before),
        }
    }

    /// Takes bytes away that nothing names any more.
    pub(super) fn remove(&self, hash: &str) -> Result<()> {
        match &self.0 {
            Place::Disk(disk) => disk.remove(hash),
            Place::Bucket(bucket) => bucket.remove(hash),
        }
    }
}

#[derive(Debug)]
struct Disk {
    home: PathBuf,
}

impl Disk {
    fn new(data: &Path) -> Self {
        Self {
            home: data.join("files"),
        }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.home.join(hash.get(..2).unwrap_or("")).join(hash)
    }

    fn has(&self, hash: &str) -> Result<bool> {
        let place = self.place(hash);
        place.try_exists().map_err(|error| full_or_broken(&place, &error))
    }

    fn put(&self, hash: &str, bytes: &[u8]) -> Result<()> {
        let place = self.place(hash);
        if self.has(hash)? {
            return Ok(());
        }
        let write = || -> std::io::Result<()> {
            let folder = place.parent().unwrap_or(&self.home);
            std::fs::create_dir_all(folder)?;
            let part = folder.join(format!("{hash}.{}.part", hex(&rand::random::<[u8; 8]>())));
            let mut file = std::fs::File::create(&part)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&part, &place)?;
            std::fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error| full_or_broken(&place, &error))
    }

    fn get(&self, hash: &str) -> Result<Vec<u8>> {
        let place = self.place(hash);
        std::fs::read(&place).map_err(|error| full_or_broken(&place, &error))
    }

    fn on_shelf(&self, shelf: u8, before: Moment) -> Result<Vec<String>> {
        let folder = self.home.join(format!("{shelf:02x}"));
        let list = || -> std::io::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let since = entry.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH);
                let since = since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
                if since < before.0 {
                    names.extend(entry.file_name().into_string());
                }
            }
            Ok(names)
        };
        match list() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            outcome => outcome.map_err(|error| full_or_broken(&folder, &error)),
        }
    }

    fn remove(&self, hash: &str) -> Result<()> {
        let place = self.place(hash);
        match std::fs::remove_file(&place) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(full_or_broken(&place, &error)),
            _ => Ok(()),
        }
    }
}

/// A disk that is full or away is no mistake of ours: it heals by itself.
fn full_or_broken(place: &Path, error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind as Kind;
    let text = format!("{}: {error}", place.display());
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::ReadOnlyFilesystem => Refusal::Away(text),
        _ => Refusal::broken(text),
    }
}

//! Where the bytes of files lie: in a folder beside the database, each under the hash of what it says, so that the
//! same file twice is one and half a file is none. Who may read them is not decided here.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::access::door::hex;
use crate::refusal::{Refusal, Result};

#[derive(Debug)]
pub struct Store {
    home: PathBuf,
}

impl Store {
    pub fn new(data: &Path) -> Self {
        Self {
            home: data.join("files"),
        }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.home.join(hash.get(..2).unwrap_or("")).join(hash)
    }

    /// Keeps bytes, on the disk before it returns; the name under which they are found.
    pub(super) fn put(&self, bytes: &[u8]) -> Result<String> {
        let hash = hex(&Sha256::digest(bytes));
        let place = self.place(&hash);
        if place.exists() {
            return Ok(hash);
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
        write().map_err(|error| full_or_broken(&place, &error))?;
        Ok(hash)
    }

    pub(super) fn get(&self, hash: &str) -> Result<Vec<u8>> {
        let place = self.place(hash);
        std::fs::read(&place).map_err(|error| full_or_broken(&place, &error))
    }

    /// The names of all that lies in one of the 256 folders, half files among them.
    pub(super) fn on_shelf(&self, shelf: u8) -> Result<Vec<String>> {
        let folder = self.home.join(format!("{shelf:02x}"));
        let list = || -> std::io::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(&folder)? {
                names.extend(entry?.file_name().into_string());
            }
            Ok(names)
        };
        match list() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            outcome => outcome.map_err(|error| full_or_broken(&folder, &error)),
        }
    }

    /// Takes bytes away that nothing names any more.
    pub(super) fn remove(&self, hash: &str) -> Result<()> {
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

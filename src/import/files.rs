//! The files that are brought in: one, a folder of them, or `.tar.zst` archives, read whole and in order of name.

use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What one file is called, and what it says.
pub(super) type Named = (String, Vec<u8>);

pub(super) fn broken(path: &Path) -> impl Fn(std::io::Error) -> String + '_ {
    move |error| format!("{}: {error}", path.display())
}

/// Everything below a path, but hidden files.
pub(super) fn all(path: &Path) -> Result<Vec<Named>, String> {
    if std::fs::metadata(path).map_err(broken(path))?.is_file() {
        return if path.to_string_lossy().ends_with(".tar.zst") {
            unpack(path)
        } else {
            Ok(vec![(
                path.display().to_string(),
                std::fs::read(path).map_err(broken(path))?,
            )])
        };
    }
    let mut found = Vec::new();
    for entry in in_folder(path)? {
        let hidden = entry
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            found.extend(all(&entry)?);
        }
    }
    Ok(found)
}

pub(super) fn in_folder(path: &Path) -> Result<Vec<PathBuf>, String> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(path)
        .map_err(broken(path))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(broken(path))?;
    entries.sort();
    Ok(entries)
}

/// The files of an archive.
pub(super) fn unpack(path: &Path) -> Result<Vec<Named>, String> {
    let file = std::fs::File::open(path).map_err(broken(path))?;
    let unpacked = zstd::Decoder::new(file).map_err(broken(path))?;
    let mut files = Vec::new();
    let mut tar = tar::Archive::new(unpacked);
    for entry in tar.entries().map_err(broken(path))? {
        let mut entry = entry.map_err(broken(path))?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path().map_err(broken(path))?.display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(broken(path))?;
        files.push((format!("{}: {name}", path.display()), bytes));
    }
    files.sort();
    Ok(files)
}

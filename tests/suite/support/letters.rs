//! The letters that a story's forum sent, and the links in them.

use super::world::Town;

/// What left as files, the oldest first.
pub(crate) fn letters(town: &Town) -> Vec<String> {
    let folder = town.folder.path().join("letters");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            std::fs::read_to_string(path)
                .expect("a letter")
                .replace("=\r\n", "")
                .replace("=3D", "=")
        })
        .collect()
}

/// The first address in a letter that begins so.
pub(crate) fn link_in(letter: &str, start: &str) -> String {
    let at = letter.find(start).unwrap_or_else(|| panic!("no {start} in\n{letter}"));
    letter[at..]
        .split(|c: char| c.is_whitespace() || c == '"' || c == '<')
        .next()
        .expect("a link")
        .to_owned()
}

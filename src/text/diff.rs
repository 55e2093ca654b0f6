//! What changed between two versions of a text, by words.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// A run of text that stayed, came or went.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Run {
    /// `same`, `added` or `removed`.
    pub kind: &'static str,
    pub text: String,
}

pub fn by_words(old: &str, new: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Insert => "added",
            ChangeTag::Delete => "removed",
        };
        match runs.last_mut() {
            Some(run) if run.kind == kind => run.text.push_str(change.value()),
            _ => runs.push(Run {
                kind,
                text: change.value().to_owned(),
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_and_go() {
        let kinds: Vec<_> = by_words("a b c", "a x c").iter().map(|run| run.kind).collect();
        assert_eq!(kinds, ["same", "removed", "added", "same"]);
    }
}

//! Forms: what was typed is kept, and each problem stands beside its field.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::i18n::{Lang, Locales};
use crate::refusal::Problems;

/// What a browser sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub pairs: Vec<(String, String)>,
    pub files: Vec<File>,
}

#[derive(Debug, Clone)]
pub struct File {
    pub field: String,
    /// As it was called where it comes from.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Sent {
    /// The value of a field; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Another value in place of what was sent.
    pub fn set(&mut self, name: &str, value: String) {
        self.pairs.retain(|(key, _)| key != name);
        self.pairs.push((name.to_owned(), value));
    }

    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().parse().ok()
    }

    pub fn file(&self, name: &str) -> Option<&File> {
        self.files
            .iter()
            .find(|file| file.field == name && !file.bytes.is_empty())
    }
}

/// A field as its template gets it.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: &'static str,
    pub value: String,
    pub problem: String,
}

/// A form as its template gets it: `form.title.value`, `form.title.problem`.
#[derive(Debug, Clone, Serialize)]
pub struct Form {
    #[serde(flatten)]
    fields: BTreeMap<&'static str, Field>,
    /// All problems, for the list on top: field and sentence.
    pub problems: Vec<Field>,
}

impl Form {
    pub fn new(fields: &[(&'static str, &str)]) -> Self {
        Self {
            fields: fields
                .iter()
                .map(|(name, value)| {
                    (
                        *name,
                        Field {
                            name,
                            value: (*value).to_owned(),
                            problem: String::new(),
                        },
                    )
                })
                .collect(),
            problems: Vec::new(),
        }
    }

    /// Gives a field another value than the one it was made with.
    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(field) = self.fields.get_mut(name) {
            value.clone_into(&mut field.value);
        }
    }

    /// The same form with what was typed, but for passwords.
    pub fn kept(fields: &[&'static str], sent: &Sent) -> Self {
        let values: Vec<(&'static str, &str)> = fields
            .iter()
            .map(|name| (*name, if name.contains("password") { "" } else { sent.text(name) }))
            .collect();
        Self::new(&values)
    }

    #[must_use]
    pub fn with(mut self, problems: &Problems, lang: Lang) -> Self {
        for (name, message) in &problems.0 {
            let sentence = Locales::get().say(lang, message);
            let field = self.fields.entry(name).or_insert_with(|| Field {
                name,
                value: String::new(),
                problem: String::new(),
            });
            field.problem = sentence;
            self.problems.push(field.clone());
        }
        self
    }

    /// What is wrong with a field, also with one that the form shows in a way of its own.
    pub fn problem(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |field| field.problem.as_str())
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |field| field.value.as_str())
    }
}

/// Something to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The words of an enumeration as choices; their labels are the sentences `PREFIX-WORD`.
pub fn choices(lang: Lang, prefix: &str, words: &[&str], chosen: &[&str]) -> Vec<Choice> {
    words
        .iter()
        .map(|word| Choice {
            value: (*word).to_owned(),
            label: Locales::get().word(lang, &format!("{prefix}-{}", word.replace('_', "-"))),
            chosen: chosen.contains(word),
        })
        .collect()
}

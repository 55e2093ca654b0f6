//! All languages that are compiled in, and how a message becomes a sentence.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, PatternElement};
use include_dir::{Dir, include_dir};
use intl_memoizer::concurrent::IntlLangMemoizer;

use super::{Arg, Message};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/locales");

/// A language that the forum speaks, by its place in [`Locales`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lang(u8);

struct Locale {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// The sentences without a value in them, ready: most of a page is these.
    plain: HashMap<String, String>,
    months: Vec<String>,
}

pub struct Locales {
    all: Vec<Locale>,
}

impl Locales {
    /// Reads every language. Errs with the file and what is wrong in it.
    pub fn load() -> Result<Self, String> {
        let mut all = Vec::new();
        for folder in FOLDER.dirs() {
            let tag = folder
                .path()
                .file_name()
                .and_then(|name| name.to_str())
                .ok_or("a locale folder without a name")?;
            let language = tag
                .parse()
                .map_err(|error| format!("config/locales/{tag} is no language: {error}"))?;
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // The marks around names that isolation adds would be copied along with them.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(if tag == "en" { with_commas } else { with_dots }));
            let mut plain = HashMap::new();
            for file in folder.files() {
                let name = file.path().display();
                let source = file.contents_utf8().ok_or_else(|| format!("{name} is not UTF-8"))?;
                let resource =
                    FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| format!("{name}: {errors:?}"))?;
                plain.extend(plain_sentences(&resource));
                bundle
                    .add_resource(resource)
                    .map_err(|errors| format!("{name}: {errors:?}"))?;
            }
            let mut locale = Locale {
                tag,
                bundle,
                plain,
                months: Vec::new(),
            };
            locale.months = locale
                .say("months", &[])
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect();
            if locale.months.len() != 12 {
                return Err(format!("config/locales/{tag}: months must be twelve words"));
            }
            all.push(locale);
        }
        // English first: it is what a visitor gets whose browser asks for a language we lack.
        all.sort_by_key(|locale| (locale.tag != "en", locale.tag));
        Ok(Self { all })
    }

    pub fn all(&self) -> impl Iterator<Item = Lang> + '_ {
        (0..self.all.len()).map(|place| Lang(u8::try_from(place).expect("fewer than 256 languages")))
    }

    pub fn find(&self, tag: &str) -> Option<Lang> {
        self.all().find(|lang| self.tag(*lang) == tag)
    }

    pub fn first(&self) -> Lang {
        Lang(0)
    }

    pub fn tag(&self, lang: Lang) -> &'static str {
        self.all[usize::from(lang.0)].tag
    }

    /// The best language for an `Accept-Language` header.
    pub fn choose(&self, header: &str) -> Option<Lang> {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-']).next())
            .find_map(|tag| self.find(&tag.trim().to_ascii_lowercase()))
    }

    pub fn say(&self, lang: Lang, message: &Message) -> String {
        let locale = &self.all[usize::from(lang.0)];
        locale.say(message.key, &message.args)
    }

    pub fn word(&self, lang: Lang, key: &str) -> String {
        self.all[usize::from(lang.0)].say(key, &[])
    }

    /// A sentence with values that a template gave.
    pub fn with_values(&self, lang: Lang, key: &str, values: &[(&str, Arg)]) -> String {
        self.all[usize::from(lang.0)].say(key, values)
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.all[usize::from(lang.0)].bundle.has_message(key)
    }

    pub(crate) fn month(&self, lang: Lang, month: i8) -> &str {
        let place = usize::try_from(month - 1).unwrap_or(0).min(11);
        &self.all[usize::from(lang.0)].months[place]
    }
}

impl Locale {
    fn say(&self, key: &str, values: &[(&str, Arg)]) -> String {
        if let Some(sentence) = self.plain.get(key) {
            return sentence.clone();
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|found| found.value()) else {
            // A test walks every key that templates and code use, so this is never seen.
            tracing::error!(key, language = self.tag, "a sentence is missing");
            return format!("[{key}]");
        };
        if values.is_empty() {
            return self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned();
        }
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(
                Cow::Borrowed(*name),
                match value {
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                    Arg::Count(count) => FluentValue::from(*count),
                },
            );
        }
        let mut problems = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&args), &mut problems);
        if !problems.is_empty() {
            tracing::error!(key, ?problems, "a sentence lacks a value");
        }
        sentence.into_owned()
    }
}

/// The messages of a file that are text and nothing else.
fn plain_sentences(resource: &FluentResource) -> impl Iterator<Item = (String, String)> {
    resource.entries().filter_map(|entry| {
        let Entry::Message(message) = entry else { return None };
        let text: Option<String> = message
            .value
            .as_ref()?
            .elements
            .iter()
            .map(|element| match element {
                PatternElement::TextElement { value } => Some(*value),
                PatternElement::Placeable { .. } => None,
            })
            .collect();
        Some((message.id.name.to_owned(), text?))
    })
}

fn grouped(number: &FluentNumber, separator: char) -> Option<String> {
    if number.value.fract() != 0.0 {
        return None;
    }
    let digits = format!("{:.0}", number.value.abs());
    let mut out = String::new();
    if number.value < 0.0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    Some(out)
}

fn with_commas(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => grouped(number, ','),
        _ => None,
    }
}

fn with_dots(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => grouped(number, '.'),
        _ => None,
    }
}

impl Locales {
    /// The languages that are compiled in. They are constants of the program, read once; a test and
    /// the start of the server read them too, so that a mistake in one is never met here.
    pub fn get() -> &'static Self {
        static ALL: std::sync::LazyLock<Locales> =
            std::sync::LazyLock::new(|| Locales::load().expect("config/locales is checked by a test"));
        &ALL
    }
}

//! Templates: one engine a language, so that a sentence is looked up without asking which.

pub mod charts;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use crate::i18n::{Arg, Lang, Locales};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The templates in every language.
pub struct Views {
    engines: Vec<Tera>,
}

impl Views {
    /// Reads all templates; unknown filters, functions, includes and components are found here.
    pub fn load() -> Result<Self, String> {
        let mut sources = Vec::new();
        gather(&FOLDER, &mut sources)?;
        let mut engines = Vec::new();
        for lang in Locales::get().all() {
            let mut tera = Tera::new();
            tera.register_function("t", move |values: Kwargs, _: &State| translate(lang, &values));
            tera.add_raw_templates(sources.clone())
                .map_err(|error| format!("templates: {error}"))?;
            engines.push(tera);
        }
        Ok(Self { engines })
    }

    fn engine(&self, lang: Lang) -> &Tera {
        Locales::get()
            .all()
            .position(|one| one == lang)
            .and_then(|place| self.engines.get(place))
            .unwrap_or(&self.engines[0])
    }

    /// Renders a page with its own values and those of the chrome around it.
    pub fn page<P: Serialize, C: Serialize>(
        &self,
        lang: Lang,
        template: &str,
        page: &P,
        chrome: &C,
    ) -> Result<String, String> {
        let mut context = Context::from_serialize(page).map_err(|error| chain(&error))?;
        context.insert("chrome", chrome);
        self.engine(lang)
            .render(template, &context)
            .map_err(|error| chain(&error))
    }

    /// Renders one component by itself.
    pub fn component<P: Serialize>(&self, lang: Lang, name: &str, values: &P) -> Result<String, String> {
        let context = Context::from_serialize(values).map_err(|error| chain(&error))?;
        self.engine(lang)
            .render_component(name, &context, None, true)
            .map_err(|error| chain(&error))
    }

    /// The names of all templates, for the tests that walk them.
    pub fn names(&self) -> Vec<String> {
        self.engines[0].get_template_names().map(ToOwned::to_owned).collect()
    }
}

fn gather(folder: &Dir<'static>, into: &mut Vec<(String, &'static str)>) -> Result<(), String> {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().ok_or_else(|| format!("{name} is not UTF-8"))?;
        into.push((name, text));
    }
    for inner in folder.dirs() {
        gather(inner, into)?;
    }
    Ok(())
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

/// `t(key="topics-replies", count=3)`.
fn translate(lang: Lang, values: &Kwargs) -> tera::TeraResult<String> {
    let key: String = values.must_get("key")?;
    let locales = Locales::get();
    let args: Vec<(&str, Arg)> = values
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().filter(|name| *name != "key")?;
            let arg = match value.as_i64() {
                Some(number) => Arg::Count(number),
                None => Arg::Text(value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)),
            };
            Some((name, arg))
        })
        .collect();
    Ok(locales.with_values(lang, &key, &args))
}

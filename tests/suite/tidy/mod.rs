//! Rules that hold the house together, checked on its own text.

mod layers;
mod locales;
mod markup;

use crate::Rule;
pub(crate) use markup::assert_harmless;

pub(crate) fn rules() -> Vec<Rule> {
    [layers::rules(), locales::rules(), markup::rules()].concat()
}

/// Every file below a folder of the project with this ending, with its text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the project").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.sort();
    found
}

//! Style, script and icon: compiled in, put together once, named by what is in them, and so never
//! asked for twice.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::access::door::hex;
use crate::refusal::Refusal;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

struct Asset {
    url: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

fn together(folder: &str, first: &[&str], ending: &str, kind: &'static str, name: &str) -> Asset {
    let mut all: Vec<(usize, &str, &[u8])> = Vec::new();
    let mut folders = vec![FOLDER.get_dir(folder).expect("the folder is compiled in")];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_str().unwrap_or("");
            if path.ends_with(ending) {
                let rank = first
                    .iter()
                    .position(|name| path.ends_with(name))
                    .unwrap_or(first.len());
                all.push((rank, path, file.contents()));
            }
        }
    }
    // The layers are declared in the first; the order of the others does not matter but must be one.
    all.sort_unstable();
    let bytes: Vec<u8> = all
        .iter()
        .flat_map(|(_, _, bytes)| bytes.iter().copied().chain(*b"\n"))
        .collect();
    let hash = hex(&Sha256::digest(&bytes)[..8]);
    Asset {
        url: format!("/assets/{name}.{hash}{ending}"),
        kind,
        bytes,
    }
}

static CSS: LazyLock<Asset> =
    LazyLock::new(|| together("css", &["tokens.css"], ".css", "text/css; charset=utf-8", "aquarium"));
static JS: LazyLock<Asset> =
    LazyLock::new(|| together("js", &["app.js"], ".js", "text/javascript; charset=utf-8", "aquarium"));

pub fn css_url() -> &'static str {
    &CSS.url
}

pub fn js_url() -> &'static str {
    &JS.url
}

pub fn show(ask: &Ask) -> Answer {
    for asset in [&*CSS, &*JS] {
        if asset.url == ask.path {
            return Ok(Reply::new(
                actix_web::http::StatusCode::OK,
                Body::Immutable(asset.kind, asset.bytes.as_slice()),
            ));
        }
    }
    Err(Refusal::NotFound)
}

pub fn icon(_: &Ask) -> Answer {
    let file = FOLDER.get_file("icons/mark.svg").ok_or(Refusal::NotFound)?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Bytes("image/svg+xml", file.contents().to_vec()),
    ))
}

//! CommonMark's own examples: each renders as specified, or is one of the differences that
//! docs/markup.md lists. The list is exact in both directions.

use std::collections::BTreeSet;

use aquarium::text::markdown;
use scraper::{ElementRef, Html, Node};

use crate::Rule;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        ("markup::commonmark_renders_as_specified", specified),
        ("markup::hostile_lists_are_harmless", hostile),
    ]
}

fn archive(name: &str) -> Vec<(String, String)> {
    let path = std::path::PathBuf::from(std::env::var_os("AQUARIUM_TEST_DATA").expect("set"))
        .join("markup-xss")
        .join(name);
    let file = std::fs::File::open(&path).expect("the archive");
    let mut tar = tar::Archive::new(zstd::Decoder::new(file).expect("zstd"));
    let mut all = Vec::new();
    for entry in tar.entries().expect("tar") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a path").display().to_string();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).expect("read");
        all.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    all
}

/// The tree of some HTML as text, with what we do on purpose everywhere evened out: headings stand two
/// levels lower, links to elsewhere carry `rel`, code can be scrolled by keyboard.
fn outline(html: &str, ours: bool) -> String {
    fn walk(node: ElementRef<'_>, ours: bool, out: &mut String) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
                Node::Element(element) => {
                    let Some(inner) = ElementRef::wrap(child) else { continue };
                    let name = match (element.name(), ours) {
                        ("h1", false) => "h3",
                        ("h2", false) => "h4",
                        ("h3", false) => "h5",
                        ("h4" | "h5" | "h6", false) => "h6",
                        (name, _) => name,
                    };
                    out.push('<');
                    out.push_str(name);
                    let mut attributes: Vec<(&str, &str)> = element
                        .attrs()
                        .filter(|(name, _)| !matches!(*name, "rel" | "tabindex"))
                        .collect();
                    attributes.sort_unstable();
                    for (name, value) in attributes {
                        out.push_str(&format!(" {name}={value:?}"));
                    }
                    out.push('>');
                    walk(inner, ours, out);
                    out.push_str(&format!("</{name}>"));
                }
                _ => {}
            }
        }
    }
    let page = Html::parse_fragment(html);
    let mut out = String::new();
    walk(page.root_element(), ours, &mut out);
    out
}

fn examples(text: &str) -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    let mut all = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !(line.starts_with(&fence) && line.ends_with(" example")) {
            continue;
        }
        let (mut source, mut html, mut second) = (String::new(), String::new(), false);
        for line in lines.by_ref() {
            if line.starts_with(&fence) {
                break;
            }
            if line == "." && !second {
                second = true;
                continue;
            }
            let into = if second { &mut html } else { &mut source };
            into.push_str(&line.replace('→', "\t"));
            into.push('\n');
        }
        all.push((source, html));
    }
    all
}

fn specified() {
    let spec = archive("markdown-specs.tar.zst")
        .into_iter()
        .find(|(name, _)| name.ends_with("commonmark-0.31.2/spec.txt"))
        .expect("the specification")
        .1;
    let examples = examples(&spec);
    assert_eq!(examples.len(), 652);
    let mut differ = BTreeSet::new();
    for (place, (source, html)) in examples.iter().enumerate() {
        let ours = markdown::render(source, &|_| None).into_string();
        if outline(&ours, true) != outline(html, false) {
            differ.insert(place + 1);
        }
    }
    let listed: BTreeSet<usize> = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/markup.md"))
        .expect("docs/markup.md")
        .lines()
        .filter_map(|line| line.strip_prefix("Examples:"))
        .flat_map(|line| {
            line.split([',', ' ', '.'])
                .filter_map(|word| word.parse().ok())
                .collect::<Vec<usize>>()
        })
        .collect();
    let unlisted: Vec<_> = differ.difference(&listed).collect();
    let untrue: Vec<_> = listed.difference(&differ).collect();
    assert!(
        unlisted.is_empty() && untrue.is_empty(),
        "differ and are not listed: {unlisted:?}; listed and do not differ: {untrue:?}"
    );
}

fn hostile() {
    let mut tried = 0;
    for (name, text) in archive("xss.tar.zst") {
        if name.ends_with(".json") {
            continue;
        }
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            for source in [
                line.to_owned(),
                format!("[x]({line})"),
                format!("![x]({line})"),
                format!("<{line}>"),
                format!("```{line}\n{line}\n```"),
            ] {
                let html = markdown::render(&source, &|_| None).into_string();
                crate::tidy::assert_harmless(&source, &html);
                tried += 1;
            }
        }
    }
    assert!(tried > 15_000, "{tried} payloads");
}

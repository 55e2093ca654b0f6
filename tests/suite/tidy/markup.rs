//! Markup is harmless whatever is written, and the same each time.

use aquarium::text::markdown;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use scraper::{Html, Selector};

use crate::Rule;

pub(crate) fn rules() -> Vec<Rule> {
    vec![("tidy::markup_never_yields_script", harmless)]
}

/// Nothing that runs, frames or loads from outside.
pub(crate) fn assert_harmless(source: &str, html: &str) {
    let page = Html::parse_fragment(html);
    let every = Selector::parse("*").expect("a selector");
    for element in page.select(&every) {
        let name = element.value().name();
        let known = [
            "html",
            "p",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "em",
            "strong",
            "del",
            "a",
            "img",
            "br",
            "hr",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "sup",
            "div",
            "span",
        ];
        assert!(known.contains(&name), "<{name}> from {source:?}");
        for (attribute, value) in element.value().attrs() {
            let known = [
                "href", "src", "alt", "title", "class", "id", "rel", "start", "tabindex", "style",
            ];
            assert!(known.contains(&attribute), "{attribute} from {source:?}");
            if attribute == "style" {
                assert!(value.starts_with("text-align: "), "style {value:?} from {source:?}");
            }
            if matches!(attribute, "href" | "src") {
                assert!(
                    markdown::is_safe_address(value),
                    "{attribute}={value:?} from {source:?}"
                );
            }
            if attribute == "src" {
                assert!(!markdown::is_outside(value), "a picture from outside: {value:?}");
            }
        }
    }
}

fn harmless() {
    let pieces = proptest::sample::select(vec![
        "<script>",
        "javascript:alert(1)",
        "[a](",
        ")",
        "![b](",
        "`",
        "```html\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "<img src=x onerror=a>",
        "<a href=\"javascript:a\">",
        "&lt;",
        "&#106;avascript:",
        "|",
        "---",
        "[^1]",
        "[^1]: x",
        "<http://a.example>",
        "<javascript:a>",
        "*",
        "**",
        "_",
        "~~",
        "\\",
        "\u{0}",
        "\u{202e}",
        "@nia",
        "word ",
        "\t",
        "data:text/html,x",
        "(",
        "]",
        "\"",
        "'",
        "- [x] ",
    ]);
    let texts = proptest::collection::vec(pieces, 1..40).prop_map(|parts| parts.concat());
    let mut runner = TestRunner::new(Config {
        cases: 1_500,
        rng_seed: RngSeed::Fixed(7),
        ..Config::default()
    });
    runner
        .run(&texts, |source| {
            let html = markdown::render(&source, &|_| Some("/people/1".to_owned())).into_string();
            assert_harmless(&source, &html);
            prop_assert_eq!(
                &html,
                &markdown::render(&source, &|_| Some("/people/1".to_owned())).into_string()
            );
            Ok(())
        })
        .expect("markup stays harmless");
}

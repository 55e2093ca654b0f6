//! A chart as a picture of dots, for letters and slides: drawn from the same SVG, in light colours, with a font of this
//! machine. Where there is no font there is no such picture. Style sheets are made plain for it here, because what
//! draws knows neither variables nor layers.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::refusal::{Refusal, Result};

/// Dots for each unit of a chart, so that letters are sharp on paper.
const SCALE: f32 = 3.0;

/// Families that read well at small sizes, the best first.
const FAMILIES: [&str; 6] = [
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Segoe UI",
    "Helvetica Neue",
];

/// The fonts of this machine; none where there are none. Looked for once.
fn fonts() -> Option<Arc<fontdb::Database>> {
    static FONTS: OnceLock<Option<Arc<fontdb::Database>>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut all = fontdb::Database::new();
            all.load_system_fonts();
            let known: Vec<String> = all
                .faces()
                .filter_map(|face| face.families.first().map(|family| family.0.clone()))
                .collect();
            let family = FAMILIES
                .into_iter()
                .find(|family| known.iter().any(|one| one == family))
                .map(str::to_owned)
                .or_else(|| known.first().cloned())?;
            all.set_sans_serif_family(family);
            Some(Arc::new(all))
        })
        .clone()
}

/// Whether this machine has a font to draw with.
pub fn is_possible() -> bool {
    fonts().is_some()
}

/// Draws a chart; none without a font. Fails where the chart cannot be read, or is too large to draw.
pub fn draw(svg: &str) -> Result<Option<Vec<u8>>> {
    let Some(fontdb) = fonts() else { return Ok(None) };
    let options = usvg::Options {
        fontdb,
        font_family: "sans-serif".to_owned(),
        style_sheet: Some(style().to_owned()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(Refusal::broken)?;
    let mut picture = tree
        .size()
        .to_int_size()
        .scale_by(SCALE)
        .and_then(|size| Pixmap::new(size.width(), size.height()))
        .ok_or_else(|| Refusal::broken("a chart without a size"))?;
    picture.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().map(Some).map_err(Refusal::broken)
}

fn style() -> &'static str {
    static STYLE: OnceLock<String> = OnceLock::new();
    STYLE.get_or_init(|| plain(super::style()))
}

/// A style sheet without comments, layers, conditions and variables, in its light colours.
fn plain(css: &str) -> String {
    let bare = without_comments(css);
    let rules = rules(&bare);
    let mut variables: Vec<(String, String)> = Vec::new();
    for (_, body) in &rules {
        for one in body.split(';') {
            if let Some((name, value)) = one.split_once(':')
                && name.trim().starts_with("--")
            {
                variables.retain(|(known, _)| known != name.trim());
                variables.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }
    // The families of a page are those of its reader; here they are those of this machine.
    variables.retain(|(name, _)| name != "--sans");
    variables.push(("--sans".to_owned(), "sans-serif".to_owned()));
    let mut all = String::new();
    for (selector, body) in rules {
        let said: Vec<String> = body
            .split(';')
            .map(str::trim)
            .filter(|one| !one.is_empty() && !one.starts_with("--"))
            .map(|one| mixed(&light(&valued(one, &variables))))
            .collect();
        if !said.is_empty() {
            all.push_str(&format!("{selector} {{ {} }}\n", said.join("; ")));
        }
    }
    all
}

fn without_comments(css: &str) -> String {
    let mut all = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        all.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    all + rest
}

/// Selectors with what they say. What stands under a condition is left out; layers are none.
fn rules(css: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut rest = css;
    while let Some(open) = rest.find('{') {
        // What stands before a semicolon is a statement of its own, such as the order of layers.
        let head = rest[..open]
            .rsplit([';', '}'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        let Some(end) = closing(rest, open) else { break };
        let body = &rest[open + 1..end];
        if head.starts_with("@layer") {
            all.extend(rules(body));
        } else if !head.starts_with('@') {
            all.push((head, body.to_owned()));
        }
        rest = &rest[end + 1..];
    }
    all
}

/// Where the bracket that opens there is closed.
fn closing(css: &str, open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (place, sign) in css.char_indices().skip_while(|(place, _)| *place < open) {
        match sign {
            '{' | '(' => depth += 1,
            '}' | ')' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(place);
        }
    }
    None
}

/// With what variables stand for; one that nobody set stands as it is.
fn valued(text: &str, variables: &[(String, String)]) -> String {
    let mut text = text.to_owned();
    // Variables of variables, a few deep.
    for _ in 0..4 {
        for (name, value) in variables {
            text = text.replace(&format!("var({name})"), value);
        }
    }
    text
}

/// The first of what light and dark say.
fn light(text: &str) -> String {
    replaced(text, "light-dark(", |inside| {
        inside
            .split_once(',')
            .map_or(inside, |(light, _)| light)
            .trim()
            .to_owned()
    })
}

/// Mixtures as what they come to: of a colour some percent, the rest of another.
fn mixed(text: &str) -> String {
    replaced(text, "color-mix(in oklab, ", |inside| {
        let found = inside.split_once(", ").and_then(|(one, other)| {
            let (colour, percent) = one.trim().rsplit_once(' ')?;
            let part: f64 = percent.strip_suffix('%')?.parse().ok()?;
            mix(colour, other.trim(), part / 100.0)
        });
        // What nobody can mix stays white.
        found.unwrap_or_else(|| "#ffffff".to_owned())
    })
}

fn replaced(text: &str, begin: &str, how: impl Fn(&str) -> String) -> String {
    let mut text = text.to_owned();
    while let Some(place) = text.find(begin) {
        let Some(end) = closing(&text, place + begin.find('(').unwrap_or(0)) else {
            break;
        };
        let inside = how(&text[place + begin.len()..end]);
        text.replace_range(place..=end, &inside);
    }
    text
}

/// A mixture of two colours, each written as "#rrggbb"; near enough for shades of one colour on white.
fn mix(one: &str, other: &str, part: f64) -> Option<String> {
    let parse = |text: &str| -> Option<[f64; 3]> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let channel = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok().map(f64::from);
        Some([channel(0)?, channel(2)?, channel(4)?])
    };
    let (one, other) = (parse(one)?, parse(other)?);
    let mut text = "#".to_owned();
    for (one, other) in one.into_iter().zip(other) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        let channel = (one * part + other * (1.0 - part)).round() as u8;
        text.push_str(&format!("{channel:02x}"));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_made_plain() {
        let css = "@layer a, b; @layer a { :root { --water: light-dark(#008080, #fff); } } /* x */ @layer b { \
                   .chart { --shade: var(--water); } .chart path { fill: none; stroke: var(--shade); } \
                   .one { fill: color-mix(in oklab, var(--shade) 50%, #ffffff); } @media print { .two { fill: red } } }";
        assert_eq!(
            plain(css),
            ".chart path { fill: none; stroke: #008080 }\n.one { fill: #80c0c0 }\n"
        );
        // Of the real ones nothing is left that the drawing would not know.
        let real = style();
        for left in ["var(", "light-dark(", "color-mix(", "@"] {
            assert!(!real.contains(left), "{left}");
        }
    }
}

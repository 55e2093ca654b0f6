//! The sheet a chart is drawn on: writes SVG elements, escapes every text and keeps coordinates short.
//!
//! It knows no scales and no data. It writes classes and geometry only: the content policy of the pages forbids
//! styles in the markup, and colour belongs to `charts.css`.

use super::{Caption, WIDTH};

/// Which point of a text lies at its x.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// SVG elements as they are drawn, the later ones over the earlier.
#[derive(Default)]
pub struct Sheet {
    body: String,
}

impl Sheet {
    /// An empty sheet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of text with its baseline at `y`.
    pub fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, words: &str) {
        self.turned(class, x, y, anchor, words, "");
    }

    /// A text that runs upwards from a point.
    pub fn upright(&mut self, class: &str, x: f64, y: f64, words: &str) {
        let turn = format!(" transform=\"rotate(-90 {} {})\"", num(x), num(y));
        self.turned(class, x, y, Anchor::Start, words, &turn);
    }

    fn turned(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, words: &str, turn: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (class, x, y, words) = (classed(class), num(x), num(y), escape(words));
        self.body.push_str(&format!(
            "<text{class} x=\"{x}\" y=\"{y}\"{anchor}{turn}>{words}</text>"
        ));
    }

    /// A path; nothing is written for an empty one.
    pub fn path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            self.body.push_str(&format!("<path{} d=\"{d}\"/>", classed(class)));
        }
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, x1: f64, y1: f64, x2: f64, y2: f64) {
        self.path(class, &format!("M{} {}L{} {}", num(x1), num(y1), num(x2), num(y2)));
    }

    /// A box; nothing is written for one without height or width.
    pub fn rect(&mut self, class: &str, x: f64, y: f64, wide: f64, high: f64) {
        if wide > 0.0 && high > 0.0 {
            let (class, x, y, wide, high) = (classed(class), num(x), num(y), num(wide), num(high));
            self.body.push_str(&format!(
                "<rect{class} x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\"/>"
            ));
        }
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, x: f64, y: f64, r: f64) {
        let (class, x, y, r) = (classed(class), num(x), num(y), num(r));
        self.body
            .push_str(&format!("<circle{class} cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"));
    }

    /// The whole image, named for those who see it and for those who do not.
    pub fn finish(self, name: &str, caption: Caption<'_>, height: f64) -> String {
        let (id, title, description) = (escape(caption.id), escape(caption.title), escape(caption.description));
        format!(
            "<svg class=\"chart chart-{name}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>{}</svg>",
            num(WIDTH),
            num(height),
            self.body
        )
    }
}

fn classed(class: &str) -> String {
    if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    }
}

/// Text made safe for markup, inside elements as inside attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Control characters are no XML at all, not even escaped.
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A coordinate with at most one decimal; what cannot be drawn lies at zero.
pub fn num(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if !tenths.is_finite() || tenths == 0.0 {
        return "0".into();
    }
    let text = format!("{:.1}", tenths / 10.0);
    text.strip_suffix(".0").map_or_else(|| text.clone(), Into::into)
}

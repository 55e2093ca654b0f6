//! What each kind of invitation achieved: an estimate with its interval, against no effect at all.
//!
//! The width of an interval is the message: one that holds zero has a hollow dot, since nothing is proven. No testing
//! is done here.

use super::sheet::{Anchor, Sheet};
use super::{Caption, Format, Frame, Scale, Unit, WIDTH, along, clipped, range, width};

/// An effect with its doubt.
pub struct Effect<'a> {
    /// What was tried.
    pub words: &'a str,
    /// Low, estimate, high; none while it is too early to tell.
    pub interval: Option<[f64; 3]>,
    /// The same as it is written, or that it is too early.
    pub text: &'a str,
}

/// All effects, on one scale.
pub struct Forest<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// From top to bottom.
    pub effects: &'a [Effect<'a>],
    /// What the left and the right side of zero mean.
    pub sides: [&'a str; 2],
    /// What is counted.
    pub unit: Unit,
    /// Writes an effect, as a rule with its sign.
    pub format: Format<'a>,
}

/// Draws the effects, or nothing as long as none has an interval.
pub fn draw(forest: &Forest<'_>) -> Option<String> {
    let sound = |e: &Effect<'_>| e.interval.filter(|i| i.iter().all(|v| v.is_finite()));
    let ends = forest.effects.iter().filter_map(sound).flatten();
    let (low, high) = range(ends)?;
    let scale = Scale::nice(low.min(0.0), high.max(0.0), forest.unit, 5.0);
    let top = 26.0;
    let row = 50.0;
    let bottom = top + super::real(forest.effects.len()) * row + 4.0;
    let edge = scale
        .ticks()
        .into_iter()
        .map(|t| width(&(forest.format)(t)) / 2.0)
        .fold(12.0, f64::max);
    let frame = Frame {
        left: edge,
        right: WIDTH - edge,
        top,
        bottom,
        first: scale.low,
        last: scale.high,
        scale,
    };
    let mut sheet = Sheet::new();
    let zero = frame.x(0.0);
    for tick in scale.ticks().into_iter().filter(|t| t.abs() > scale.step * 1e-6) {
        sheet.line("rule", frame.x(tick), top, frame.x(tick), bottom);
    }
    sheet.line("zero", zero, top - 4.0, zero, bottom);
    let [less, more] = forest.sides;
    if zero - 4.0 > width(less) {
        sheet.text("", zero - 10.0, top - 8.0, Anchor::End, less);
    }
    if WIDTH - zero - 4.0 > width(more) {
        sheet.text("", zero + 10.0, top - 8.0, Anchor::Start, more);
    }
    let mut y = top;
    for effect in forest.effects {
        // Bold is a little wider than it is estimated.
        let text = clipped(effect.text, WIDTH * 0.55);
        sheet.text("value name", WIDTH - 1.0, y + 18.0, Anchor::End, &text);
        let words = clipped(effect.words, WIDTH - 1.12 * width(&text) - 16.0);
        sheet.text("word name", 1.0, y + 18.0, Anchor::Start, &words);
        if let Some([low, middle, high]) = sound(effect) {
            let (at, a, b) = (y + 34.0, frame.x(low), frame.x(high));
            sheet.line("whisker", a, at, b, at);
            sheet.line("whisker", a, at - 5.0, a, at + 5.0);
            sheet.line("whisker", b, at - 5.0, b, at + 5.0);
            let class = if low <= 0.0 && high >= 0.0 { "dot open" } else { "dot" };
            sheet.circle(class, frame.x(middle), at, 6.0);
        }
        y += row;
    }
    let written: Vec<_> = scale
        .ticks()
        .into_iter()
        .map(|t| (frame.x(t), (forest.format)(t)))
        .collect();
    let labels: Vec<_> = written.iter().map(|(x, words)| (*x, words.as_str())).collect();
    along(&mut sheet, bottom + 20.0, &labels);
    Some(sheet.finish("forest", forest.caption, bottom + 30.0))
}

//! Which assumption carries the result: for each input the result at its low and at its high value, around the base.
//!
//! The widest bar comes first. The results are computed elsewhere, one input at a time.

use super::sheet::{Anchor, Sheet};
use super::{Caption, Format, Frame, Scale, Swatch, Unit, WIDTH, along, clipped, hatch, legend, range, width};

/// An input with what comes out at both its ends.
pub struct Input<'a> {
    /// What it is.
    pub words: &'a str,
    /// The result at its low value, which may be the higher one.
    pub low: f64,
    /// The result at its high value.
    pub high: f64,
    /// Both as they are written.
    pub text: &'a str,
}

/// All inputs around one result.
pub struct Tornado<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// The result with every input at its base.
    pub base: f64,
    /// The same as it is written, with its word.
    pub base_text: &'a str,
    /// In any order.
    pub inputs: &'a [Input<'a>],
    /// For the legend: at the low value, at the high value.
    pub words: [&'a str; 2],
    /// Writes a result, short.
    pub format: Format<'a>,
}

/// Draws the bars, or nothing if there is no input with finite results.
pub fn draw(tornado: &Tornado<'_>) -> Option<String> {
    let sound = |i: &&Input<'_>| i.low.is_finite() && i.high.is_finite() && tornado.base.is_finite();
    let mut inputs: Vec<&Input<'_>> = tornado.inputs.iter().filter(sound).collect();
    let ends = inputs.iter().flat_map(|i| [i.low, i.high]);
    let (low, high) = range(ends)?;
    let span = |i: &Input<'_>| i.low.max(i.high).max(tornado.base) - i.low.min(i.high).min(tornado.base);
    inputs.sort_by(|a, b| span(b).total_cmp(&span(a)));
    let scale = Scale::nice(low.min(tornado.base), high.max(tornado.base), Unit::Number, 5.0);
    let (top, row) = (28.0, 46.0);
    let bottom = top + super::real(inputs.len()) * row + 4.0;
    let edge = scale
        .ticks()
        .into_iter()
        .map(|t| width(&(tornado.format)(t)) / 2.0)
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
    for tick in scale.ticks() {
        let class = if tick.abs() < scale.step * 1e-6 { "zero" } else { "rule" };
        sheet.line(class, frame.x(tick), top, frame.x(tick), bottom);
    }
    let base = frame.x(tornado.base);
    along(&mut sheet, top - 9.0, &[(base, &clipped(tornado.base_text, WIDTH))]);
    let mut y = top;
    for input in inputs {
        // Bold is a little wider than it is estimated.
        let text = clipped(input.text, WIDTH * 0.55);
        sheet.text("value name", WIDTH - 1.0, y + 18.0, Anchor::End, &text);
        let words = clipped(input.words, WIDTH - 1.12 * width(&text) - 16.0);
        sheet.text("word name", 1.0, y + 18.0, Anchor::Start, &words);
        // Both ends may lie on one side of the base; the shorter bar then lies on the longer.
        let mut bars = [("low", frame.x(input.low)), ("high", frame.x(input.high))];
        bars.sort_by(|a, b| (b.1 - base).abs().total_cmp(&(a.1 - base).abs()));
        for (class, end) in bars {
            let (x, wide) = (base.min(end), (end - base).abs());
            sheet.rect(class, x, y + 25.0, wide, 15.0);
            if class == "low" {
                sheet.path("hatch", &hatch(x, y + 25.0, wide, 15.0, 7.0));
            }
        }
        y += row;
    }
    sheet.line("base", base, top - 4.0, base, bottom);
    let written: Vec<_> = scale
        .ticks()
        .into_iter()
        .map(|t| (frame.x(t), (tornado.format)(t)))
        .collect();
    let labels: Vec<_> = written.iter().map(|(x, words)| (*x, words.as_str())).collect();
    along(&mut sheet, bottom + 20.0, &labels);
    let [low, high] = tornado.words;
    let end = legend(
        &mut sheet,
        bottom + 32.0,
        &[(Swatch::Hatched("low"), low), (Swatch::Area("high"), high)],
    );
    Some(sheet.finish("tornado", tornado.caption, end))
}

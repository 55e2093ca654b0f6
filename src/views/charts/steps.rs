//! How long a question waits: for every hour the share that has no answer yet, as falling steps.
//!
//! The estimate itself is made elsewhere; here only its corners are joined. Questions still open are ticks on the
//! curve, so that a flat end is not mistaken for certainty.

use super::sheet::{Anchor, Sheet, num};
use super::{Caption, Format, Frame, Scale, Swatch, WIDTH};
use super::{along, clipped, legend};

/// A curve that begins at one.
pub struct Curve<'a> {
    /// For the legend.
    pub words: &'a str,
    /// Times in ascending order, each with the share still waiting from then on.
    pub falls: &'a [(f64, f64)],
    /// The ages of those still open.
    pub open: &'a [f64],
}

/// This period and the one before.
pub struct Steps<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// This period.
    pub now: Curve<'a>,
    /// The last one, dashed.
    pub before: Option<Curve<'a>>,
    /// The time at the right edge.
    pub until: f64,
    /// Times with their words, in order.
    pub times: &'a [(f64, &'a str)],
    /// What is left at the right edge, such as "31 % unanswered".
    pub unanswered: &'a str,
    /// What the ticks mean; without it they have no entry in the legend.
    pub open_words: &'a str,
    /// Writes a share as a percentage.
    pub format: Format<'a>,
}

/// Draws the curves, or nothing if there is not one question in this period.
pub fn draw(steps: &Steps<'_>) -> Option<String> {
    if steps.now.falls.is_empty() && steps.now.open.is_empty() || steps.until <= 0.0 || !steps.until.is_finite() {
        return None;
    }
    let scale = Scale {
        low: 0.0,
        high: 1.0,
        step: 0.25,
    };
    let frame = Frame {
        left: Frame::room(&scale, steps.format),
        right: WIDTH - 10.0,
        top: 10.0,
        bottom: 200.0,
        first: 0.0,
        last: steps.until,
        scale,
    };
    let mut sheet = Sheet::new();
    frame.rules(&mut sheet, steps.format);
    let mut other = 1.0;
    if let Some(before) = &steps.before {
        sheet.path("line before", &stairs(&frame, before.falls));
        other = at(before.falls, steps.until);
    }
    sheet.path("line", &stairs(&frame, steps.now.falls));
    sheet.path("open", &ticks(&frame, &steps.now));
    let left = at(steps.now.falls, steps.until);
    let y = frame.y(left);
    // On the side of the line where the other curve is not, unless that is outside the chart.
    let above = (other <= left || left < 0.12) && left < 0.9;
    let y = if above { y - 10.0 } else { y + 21.0 };
    let words = clipped(steps.unanswered, frame.right - frame.left);
    sheet.text("name strong", frame.right - 2.0, y, Anchor::End, &words);
    let times = steps.times.iter().filter(|(t, _)| (0.0..=steps.until).contains(t));
    let labels: Vec<_> = times.map(|(t, words)| (frame.x(*t), *words)).collect();
    for (x, _) in &labels {
        sheet.line("tick", *x, frame.bottom, *x, frame.bottom + 5.0);
    }
    along(&mut sheet, frame.bottom + 25.0, &labels);
    let mut entries = vec![(Swatch::Line("line"), steps.now.words)];
    entries.extend(steps.before.iter().map(|b| (Swatch::Line("line before"), b.words)));
    if !steps.open_words.is_empty() && !steps.now.open.is_empty() {
        entries.push((Swatch::Tick("open"), steps.open_words));
    }
    let end = legend(&mut sheet, frame.bottom + 38.0, &entries);
    Some(sheet.finish("steps", steps.caption, end))
}

/// The share still waiting at a time.
fn at(falls: &[(f64, f64)], time: f64) -> f64 {
    falls.iter().rev().find(|(t, _)| *t <= time).map_or(1.0, |(_, s)| *s)
}

/// A path of level and falling pieces. Falls too small to see are joined to the next, so that many make no long path.
fn stairs(frame: &Frame, falls: &[(f64, f64)]) -> String {
    let (mut x, mut y) = (frame.left, frame.y(1.0));
    let mut d = format!("M{} {}", num(x), num(y));
    for (time, share) in falls
        .iter()
        .filter(|(t, s)| t.is_finite() && s.is_finite() && *t <= frame.last)
    {
        let (to, low) = (frame.x(*time), frame.y(*share));
        if to - x >= 0.4 || low - y >= 0.4 {
            d.push_str(&format!("H{}V{}", num(to), num(low)));
            (x, y) = (to, low);
        }
    }
    let end = frame.y(at(falls, frame.last));
    d.push_str(&format!("V{}H{}", num(end), num(frame.right)));
    d
}

/// Short strokes across the curve where a question is still open; one stands for all at the same place.
fn ticks(frame: &Frame, curve: &Curve<'_>) -> String {
    let mut d = String::new();
    let mut open: Vec<f64> = curve
        .open
        .iter()
        .copied()
        .filter(|t| (0.0..=frame.last).contains(t))
        .collect();
    open.sort_by(f64::total_cmp);
    let mut drawn = f64::NEG_INFINITY;
    for time in open {
        let x = frame.x(time);
        if x - drawn >= 1.5 {
            d.push_str(&format!("M{} {}v10", num(x), num(frame.y(at(curve.falls, time)) - 5.0)));
            drawn = x;
        }
    }
    d
}

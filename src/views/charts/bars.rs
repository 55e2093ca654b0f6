//! Bars: who came and who went as mirrored stacks, values over time as columns, named values as lying bars.
//!
//! What is churn and what a block of time is, is decided elsewhere. Parts of a stack differ by hatching too.

use super::sheet::{Anchor, Sheet};
use super::{Caption, Format, Frame, Scale, Swatch, Unit, WIDTH};
use super::{along, badge, clipped, hatch, known, legend, range, real, width};

/// Who came and who went in one block of time.
pub struct Block<'a> {
    /// When.
    pub label: &'a str,
    /// Here for the first time.
    pub new: f64,
    /// Back after an absence.
    pub resurrected: f64,
    /// No longer contributing, though still around.
    pub churned: f64,
    /// Gone from the organisation; drawn apart, so that a reorganisation does not look like a failure.
    pub left: f64,
}

/// Arrivals above the line, departures below it.
pub struct Mirrored<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// One per block of time; a gap where nothing is known.
    pub blocks: &'a [Option<Block<'a>>],
    /// For the legend: new, resurrected, churned, left; the last only stands there if anybody left.
    pub words: [&'a str; 4],
    /// Moments at which more people were invited, in order: in which block, by what mark, and what the legend says.
    pub launches: &'a [(usize, &'a str, &'a str)],
    /// Writes a count of people; it gets no negative number.
    pub format: Format<'a>,
}

/// Draws arrivals and departures, or nothing if nobody came or went.
pub fn mirrored(chart: &Mirrored<'_>) -> Option<String> {
    let known: Vec<&Block<'_>> = chart.blocks.iter().flatten().collect();
    let up = known.iter().map(|b| b.new + b.resurrected).fold(0.0, f64::max);
    let down = known.iter().map(|b| b.churned + b.left).fold(0.0, f64::max);
    if up + down <= 0.0 {
        return None;
    }
    let scale = Scale::nice(-down, up, Unit::Count, 5.0);
    let absolute = |v: f64| (chart.format)(v.abs());
    let mut sheet = Sheet::new();
    let mut frame = frame(scale, &absolute, chart.blocks.len());
    if !chart.launches.is_empty() {
        // Room for the marks.
        frame.top += 22.0;
        frame.bottom += 22.0;
    }
    frame.rules(&mut sheet, &absolute);
    let mut labels = Vec::new();
    let mut beside = f64::NEG_INFINITY;
    for (i, mark, _) in chart.launches {
        let (x, wide) = place(&frame, *i);
        // Beside the column, so that the line hides nothing.
        let x = x - (frame.x(1.0) - frame.x(0.0) - wide) / 2.0;
        sheet.line("launch", x, frame.top - 6.0, x, frame.bottom);
        beside = x.max(beside + 24.0);
        badge(&mut sheet, beside, frame.top - 17.0, mark);
    }
    for (i, block) in chart.blocks.iter().enumerate() {
        let Some(b) = block else { continue };
        let (x, wide) = place(&frame, i);
        let parts = [
            ("fresh", 0.0, b.new),
            ("resurrected", b.new, b.new + b.resurrected),
            ("churned", 0.0, -b.churned),
            ("left", -b.churned, -b.churned - b.left),
        ];
        for (class, from, to) in parts {
            let (y1, y2) = (frame.y(from.max(to)), frame.y(from.min(to)));
            sheet.rect(class, x, y1, wide, y2 - y1);
            if (class == "resurrected" || class == "left") && y2 > y1 {
                sheet.path("hatch", &hatch(x, y1, wide, y2 - y1, 6.0));
            }
        }
        labels.push((x + wide / 2.0, b.label));
    }
    let zero = frame.y(0.0);
    sheet.line("zero", frame.left, zero, frame.right, zero);
    along(&mut sheet, frame.bottom + 25.0, &labels);
    let swatches = [
        Swatch::Area("fresh"),
        Swatch::Hatched("resurrected"),
        Swatch::Area("churned"),
        Swatch::Hatched("left"),
    ];
    let shown = if known.iter().any(|b| b.left > 0.0) { 4 } else { 3 };
    let mut entries: Vec<_> = swatches.into_iter().zip(chart.words).take(shown).collect();
    entries.extend(
        chart
            .launches
            .iter()
            .map(|(_, mark, words)| (Swatch::Mark(mark), *words)),
    );
    let end = legend(&mut sheet, frame.bottom + 38.0, &entries);
    Some(sheet.finish("mirrored", chart.caption, end))
}

/// Values over time, each a column.
pub struct Columns<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// When, and how much; a gap where nothing is known.
    pub columns: &'a [(&'a str, Option<f64>)],
    /// What is counted.
    pub unit: Unit,
    /// Writes a value.
    pub format: Format<'a>,
}

/// Draws columns, or nothing without a value.
pub fn columns(chart: &Columns<'_>) -> Option<String> {
    let (low, high) = range(chart.columns.iter().filter_map(|c| c.1))?;
    let scale = Scale::nice(low.min(0.0), high.max(0.0), chart.unit, 4.0);
    let frame = frame(scale, chart.format, chart.columns.len());
    let mut sheet = Sheet::new();
    frame.rules(&mut sheet, chart.format);
    let mut labels = Vec::new();
    for (i, (label, value)) in chart.columns.iter().enumerate() {
        let (x, wide) = place(&frame, i);
        if let Some(v) = known(*value) {
            let (y1, y2) = (frame.y(v.max(0.0)), frame.y(v.min(0.0)));
            sheet.rect("bar", x, y1, wide, y2 - y1);
        }
        labels.push((x + wide / 2.0, *label));
    }
    let zero = frame.y(0.0);
    sheet.line("zero", frame.left, zero, frame.right, zero);
    along(&mut sheet, frame.bottom + 25.0, &labels);
    Some(sheet.finish("columns", chart.caption, frame.bottom + 34.0))
}

/// A named value.
pub struct Bar<'a> {
    /// What it is.
    pub words: &'a str,
    /// How much; an empty track where nothing is known.
    pub value: Option<f64>,
    /// The same as it is written, or why it is missing.
    pub text: &'a str,
    /// Whether it stands out.
    pub marked: bool,
}

/// Named values, each a lying bar under its words.
pub struct Bars<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// From top to bottom.
    pub bars: &'a [Bar<'a>],
    /// The value of a full bar; without it the largest value fills its track.
    pub full: Option<f64>,
}

/// Draws lying bars, or nothing without a value. Values below zero count as zero.
pub fn bars(chart: &Bars<'_>) -> Option<String> {
    let (_, high) = range(chart.bars.iter().filter_map(|b| b.value))?;
    let full = chart.full.unwrap_or(high).max(1e-9);
    let mut sheet = Sheet::new();
    let mut y = 0.0;
    for bar in chart.bars {
        let text = clipped(bar.text, WIDTH / 2.0);
        let words = clipped(bar.words, WIDTH - 1.12 * width(&text) - 16.0);
        sheet.text("word", 1.0, y + 18.0, Anchor::Start, &words);
        sheet.text("value", WIDTH - 1.0, y + 18.0, Anchor::End, &text);
        sheet.rect("track", 1.0, y + 25.0, WIDTH - 2.0, 12.0);
        if let Some(v) = known(bar.value) {
            let wide = (v / full).clamp(0.0, 1.0) * (WIDTH - 2.0);
            sheet.rect(if bar.marked { "bar marked" } else { "bar" }, 1.0, y + 25.0, wide, 12.0);
            if bar.marked && wide > 0.0 {
                sheet.path("hatch", &hatch(1.0, y + 25.0, wide, 12.0, 7.0));
            }
        }
        y += 48.0;
    }
    Some(sheet.finish("bars", chart.caption, y - 6.0))
}

/// A frame in which each of `count` bars has its slot.
fn frame(scale: Scale, format: Format<'_>, count: usize) -> Frame {
    let left = Frame::room(&scale, format);
    Frame {
        left,
        right: WIDTH - 4.0,
        top: 10.0,
        bottom: 200.0,
        first: 0.0,
        last: real(count.max(1)),
        scale,
    }
}

/// The left edge and the width of a bar. Few bars do not grow into slabs.
fn place(frame: &Frame, i: usize) -> (f64, f64) {
    let slot = frame.x(1.0) - frame.x(0.0);
    let wide = (slot * 0.72).min(56.0);
    (frame.x(real(i)) + (slot - wide) / 2.0, wide)
}

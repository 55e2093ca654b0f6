//! One or two lines over time, with what was to be expected: quick ratio, E-I index, stickiness and their like.
//!
//! For figures that have no chart of their own. It neither smooths nor computes anything.

use super::sheet::Sheet;
use super::{Band, Caption, Format, Frame, Reference, Scale, Series, Swatch, Unit, WIDTH};
use super::{along, area, legend, line, range, real};

/// Everything in the chart; all series begin at the same step of time.
pub struct Lines<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// The figure.
    pub main: Series<'a>,
    /// A second figure of the same unit, dotted.
    pub second: Option<Series<'a>>,
    /// The same figure before or elsewhere, dashed.
    pub comparison: Option<Series<'a>>,
    /// Where the figure should lie.
    pub band: Option<Band<'a>>,
    /// A horizontal line, explained in the legend.
    pub reference: Option<Reference<'a>>,
    /// Steps of time with their dates, in order.
    pub dates: &'a [(usize, &'a str)],
    /// What is counted.
    pub unit: Unit,
    /// Whether zero must be on the scale even if no value is near.
    pub from_zero: bool,
    /// Writes a value.
    pub format: Format<'a>,
}

/// Draws the lines, or nothing while the main one has no value.
pub fn draw(lines: &Lines<'_>) -> Option<String> {
    range(lines.main.values.iter().copied().flatten())?;
    let series = [Some(lines.main), lines.second, lines.comparison];
    let mut rows: Vec<&[Option<f64>]> = series.iter().flatten().map(|s| s.values).collect();
    rows.extend(lines.band.iter().flat_map(|b| [b.low, b.high]));
    let (low, high) = range(rows.iter().flat_map(|r| r.iter().copied().flatten()))?;
    let reference = lines.reference.filter(|r| {
        let span = (high - low).max(1e-9);
        !r.only_near || (r.at > low - span * 0.3 && r.at < high + span * 0.3)
    });
    let with = reference
        .map(|r| r.at)
        .into_iter()
        .chain(lines.from_zero.then_some(0.0))
        .chain([low, high]);
    let (low, high) = range(with)?;
    let scale = Scale::nice(low, high, lines.unit, 4.0);
    let steps = rows.iter().map(|r| r.len()).max().unwrap_or(1);
    let frame = Frame {
        left: Frame::room(&scale, lines.format),
        right: WIDTH - 10.0,
        top: 10.0,
        bottom: 190.0,
        first: 0.0,
        last: real(steps.saturating_sub(1)),
        scale,
    };
    let mut sheet = Sheet::new();
    if let Some(band) = lines.band {
        let (low, high) = (frame.points(band.low), frame.points(band.high));
        sheet.path("band", &area(&low, &high));
        sheet.path("band-edge", &line(&low));
        sheet.path("band-edge", &line(&high));
    }
    frame.rules(&mut sheet, lines.format);
    if let Some(r) = reference {
        let y = frame.y(r.at);
        sheet.line("reference", frame.left, y, frame.right, y);
    }
    let classes = ["line", "line second", "line before"];
    // The main line is drawn last, over the others.
    for (s, class) in series.iter().zip(classes).rev() {
        if let Some(s) = s {
            sheet.path(class, &line(&frame.points(s.values)));
        }
    }
    let mut labels = Vec::new();
    for (step, words) in lines.dates.iter().filter(|(step, _)| *step < steps) {
        let x = frame.x(real(*step));
        sheet.line("tick", x, frame.bottom, x, frame.bottom + 5.0);
        labels.push((x, *words));
    }
    along(&mut sheet, frame.bottom + 25.0, &labels);
    let named = series
        .iter()
        .zip(classes)
        .filter_map(|(s, class)| s.map(|s| (Swatch::Line(class), s.words)));
    let mut entries: Vec<_> = named.collect();
    entries.extend(lines.band.iter().map(|b| (Swatch::Area("band key"), b.words)));
    entries.extend(reference.iter().map(|r| (Swatch::Line("reference"), r.words)));
    let end = legend(&mut sheet, frame.bottom + 38.0, &entries);
    Some(sheet.finish("lines", lines.caption, end))
}

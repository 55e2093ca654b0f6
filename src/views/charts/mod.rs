//! The charts of the health page, drawn on the server as SVG: what all of them share.
//!
//! Here is what goes in; scales, labels and paths have files of their own. Not here: what the figures mean or how
//! they are counted, and no words of any language: titles, labels and numbers come in ready to be read.
//! Nothing here writes colour: the looks are in `charts.css`, so that light, dark and paper each get their own.

pub mod bars;
pub mod forest;
pub mod frame;
pub mod grid;
pub mod labels;
pub mod lines;
pub mod onion;
pub mod paths;
pub mod petals;
pub mod png;
pub mod road;
pub mod sheet;
pub mod steps;
pub mod tornado;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use frame::{Frame, Scale, Unit};
pub use labels::{Swatch, along, badge, clipped, legend, width};
pub use paths::{area, diamond, hatch, line};

/// The colours of a chart that leaves its page: the same style sheets as on it.
pub fn style() -> &'static str {
    concat!(
        include_str!("../../../assets/css/tokens.css"),
        include_str!("../../../assets/css/charts.css")
    )
}

/// What a document by itself looks like: text, tables and charts as on the pages.
pub fn document_style() -> &'static str {
    concat!(
        include_str!("../../../assets/css/tokens.css"),
        include_str!("../../../assets/css/base.css"),
        include_str!("../../../assets/css/tables.css"),
        include_str!("../../../assets/css/figures.css"),
        include_str!("../../../assets/css/charts.css"),
        include_str!("../../../assets/css/pack.css")
    )
}

/// How wide every chart is, in units of its own; the page scales it to the space there is.
pub const WIDTH: f64 = 520.0;
/// How the caller writes a number in the reader's language.
pub type Format<'a> = &'a dyn Fn(f64) -> String;

/// What a chart is called: its id on the page, and the translated title and description.
#[derive(Clone, Copy)]
pub struct Caption<'a> {
    /// Unique on the page; `-title` and `-desc` are added to it.
    pub id: &'a str,
    /// A few words.
    pub title: &'a str,
    /// What a reader who cannot see the chart should know.
    pub description: &'a str,
}

/// A row of values over time under one name; a gap is a gap, never a zero.
#[derive(Clone, Copy)]
pub struct Series<'a> {
    /// For the legend.
    pub words: &'a str,
    /// One per step of time.
    pub values: &'a [Option<f64>],
}

/// An area between two edges.
#[derive(Clone, Copy)]
pub struct Band<'a> {
    /// For the legend.
    pub words: &'a str,
    /// The lower edge, one per step of time.
    pub low: &'a [Option<f64>],
    /// The upper edge, one per step of time.
    pub high: &'a [Option<f64>],
}

/// A horizontal line to read the others against.
#[derive(Clone, Copy)]
pub struct Reference<'a> {
    /// Where it lies.
    pub at: f64,
    /// What it means, written on it; its number is added at the axis.
    pub words: &'a str,
    /// Left out unless the values come near.
    pub only_near: bool,
    /// Not a goal but what some say of such shares.
    pub dotted: bool,
}

/// A value that can be drawn: neither missing nor infinite.
pub fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}

/// The lowest and the highest of the values that can be drawn, or nothing if there is none.
pub fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|v| v.is_finite()).fold(None, |r, v| {
        let (low, high) = r.unwrap_or((v, v));
        Some((v.min(low), v.max(high)))
    })
}

/// A count as a number to draw with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and weeks are far below 2^52"
)]
pub fn real(count: usize) -> f64 {
    count as f64
}

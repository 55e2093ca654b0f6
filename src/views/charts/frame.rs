//! Where a value lies in a chart: round ticks, and the area with its scales.
//!
//! Knows numbers and places, but no looks.

use super::sheet::{Anchor, Sheet};
use super::{Format, known, real, width};

/// What is counted, which decides how fine ticks may become.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Fractions of one, shown as percentages.
    Share,
    /// People or things: never a tick between two whole numbers.
    Count,
    /// Anything else.
    Number,
}

/// A stretch of numbers with round ticks.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The lowest value shown.
    pub low: f64,
    /// The highest value shown.
    pub high: f64,
    /// The distance of ticks: 1, 2 or 5 times a power of ten.
    pub step: f64,
}

impl Scale {
    /// The smallest stretch of at most about `most` ticks that holds both values.
    pub fn nice(low: f64, high: f64, unit: Unit, most: f64) -> Self {
        let (low, high) = if high - low > 1e-9 {
            (low, high)
        } else {
            (low.min(0.0), high.max(0.0))
        };
        let high = if high - low > 1e-9 { high } else { low + 1.0 };
        let raw = (high - low) / most;
        let power = 10_f64.powf(raw.log10().floor());
        let round = [1.0, 2.0, 5.0]
            .into_iter()
            .find(|r| r * power >= raw * 0.999)
            .unwrap_or(10.0);
        let step = if unit == Unit::Count {
            (round * power).max(1.0)
        } else {
            round * power
        };
        Self {
            low: (low / step + 1e-6).floor() * step,
            high: (high / step - 1e-6).ceil() * step,
            step,
        }
    }

    /// The round values from the lowest to the highest.
    pub fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut k = (self.low / self.step - 1e-6).ceil();
        while k * self.step <= self.high + self.step * 1e-6 {
            ticks.push(k * self.step + 0.0);
            k += 1.0;
        }
        ticks
    }
}

/// The area that is drawn in, with the scale of both directions.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Where the area begins.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// The value at the left edge.
    pub first: f64,
    /// The value at the right edge.
    pub last: f64,
    /// The values from the lower to the upper edge.
    pub scale: Scale,
}

impl Frame {
    /// Where a value lies across.
    pub fn x(&self, value: f64) -> f64 {
        let span = self.last - self.first;
        let part = if span > 0.0 { (value - self.first) / span } else { 0.5 };
        self.left + part * (self.right - self.left)
    }

    /// Where a value lies up and down.
    pub fn y(&self, value: f64) -> f64 {
        let part = (value - self.scale.low) / (self.scale.high - self.scale.low);
        self.bottom - part * (self.bottom - self.top)
    }

    /// A left edge that leaves room for the ticks' numbers.
    pub fn room(scale: &Scale, format: Format<'_>) -> f64 {
        scale
            .ticks()
            .into_iter()
            .map(|t| width(&format(t)))
            .fold(20.0, f64::max)
            + 10.0
    }

    /// The horizontal lines with their numbers; the one at zero is stronger.
    pub fn rules(&self, sheet: &mut Sheet, format: Format<'_>) {
        for tick in self.scale.ticks() {
            let y = self.y(tick);
            let class = if tick.abs() < self.scale.step * 1e-6 {
                "zero"
            } else {
                "rule"
            };
            sheet.line(class, self.left, y, self.right, y);
            sheet.text("", self.left - 8.0, y + 5.0, Anchor::End, &format(tick));
        }
    }

    /// The points of a series, one per step of time.
    pub fn points(&self, values: &[Option<f64>]) -> Vec<Option<(f64, f64)>> {
        let place = |(i, v): (usize, &Option<f64>)| known(*v).map(|v| (self.x(real(i)), self.y(v)));
        values.iter().enumerate().map(place).collect()
    }
}

//! Addressable population: how many people could take part. What "1 %, 10 % and 16 %" are parts of.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;

pub static METRIC: Metric = Metric {
    name: "audience",
    version: 1,
    unit: Unit::Count,
    window: Window::End,
    shown: Shown::Known,
    visits: false,
    formula: "P(t)",
    source: "ours",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    // Who belongs could take part, whatever a list says.
    let members = length(sight.people.len());
    sheet.count("", sight.ground.audience.unwrap_or(members).max(members));
}

//! The paths of lines, areas and strokes, as short as they can be without looking different.
//!
//! Geometry only: places come from a frame, looks from a class.

use super::sheet::num;

/// A point, or the gap where it is missing.
pub type Point = Option<(f64, f64)>;

/// A path through the points that is broken, not dropped, where one is missing. A point alone becomes a dot.
pub fn line(points: &[Point]) -> String {
    let mut d = String::new();
    for run in points.split(Option::is_none) {
        let run: Vec<_> = run.iter().flatten().copied().collect();
        trace(&mut d, &slim(&run));
        if run.len() == 1 {
            d.push_str("h0");
        }
    }
    d
}

/// A closed path between two rows of points, broken where either is missing.
pub fn area(low: &[Point], high: &[Point]) -> String {
    let pairs: Vec<_> = low.iter().zip(high).map(|(l, h)| l.zip(*h)).collect();
    let mut d = String::new();
    for run in pairs.split(Option::is_none).filter(|run| run.len() > 1) {
        let (back, there): (Vec<_>, Vec<_>) = run.iter().flatten().copied().unzip();
        let mut back = slim(&back);
        back.reverse();
        let mut around = slim(&there);
        around.extend(back);
        trace(&mut d, &around);
        d.push('Z');
    }
    d
}

fn trace(d: &mut String, points: &[(f64, f64)]) {
    for (i, (x, y)) in points.iter().enumerate() {
        d.push_str(&format!("{}{} {}", if i == 0 { "M" } else { "L" }, num(*x), num(*y)));
    }
}

/// Leaves out points that nobody would miss: those nearly on the way between the ones that stay.
fn slim(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let mut from = 0;
    for to in 2..points.len() {
        let ((x1, y1), (x2, y2)) = (points[from], points[to]);
        let off = |(x, y): &(f64, f64)| ((x - x1) / (x2 - x1) * (y2 - y1) + y1 - y).abs() > 0.2;
        if points[from + 1..to].iter().any(off) {
            from = to - 1;
            kept.push(points[from]);
        }
    }
    kept.extend(points.iter().skip(1).last());
    kept
}

/// Slanting strokes that end at the edges of a box; drawn rather than a pattern, which would need an id of its own.
pub fn hatch(x: f64, y: f64, wide: f64, high: f64, gap: f64) -> String {
    let mut d = String::new();
    let mut c = gap;
    while c < wide + high {
        let (x1, y1) = (x + c.min(wide), y + (c - wide).max(0.0));
        let (x2, y2) = (x + (c - high).max(0.0), y + c.min(high));
        d.push_str(&format!("M{} {}L{} {}", num(x1), num(y1), num(x2), num(y2)));
        c += gap;
    }
    d
}

/// A small diamond around a point.
pub fn diamond(x: f64, y: f64) -> String {
    format!("M{} {}l7 7 -7 7 -7 -7z", num(x), num(y - 7.0))
}

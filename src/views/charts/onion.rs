//! The onion: everybody invited, as rings around the red core, each area in proportion to its people.
//!
//! Areas are never bent to make a small ring look bigger. Where the inside would be too small to see, a second circle
//! shows it enlarged, in proportion again, and the numbers stand beside the words. Who is in a ring is decided elsewhere.

use super::sheet::{Anchor, Sheet};
use super::{Caption, WIDTH, clipped, width};

/// The rings there are, from the core outward.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Skin {
    /// The red core.
    Core,
    /// Contributes in most weeks.
    Active,
    /// Contributes now and then.
    Occasional,
    /// Reads.
    Reader,
    /// Contributed once.
    Lapsed,
    /// Has an account, and no more.
    Registered,
    /// Invited, but not here yet.
    NotHere,
}

impl Skin {
    fn class(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Active => "active",
            Self::Occasional => "occasional",
            Self::Reader => "reader",
            Self::Lapsed => "lapsed",
            Self::Registered => "registered",
            Self::NotHere => "not-here",
        }
    }

    /// Rings of the same hue are told apart by a dashed line along their middle.
    fn dashed(self) -> bool {
        matches!(self, Self::Active | Self::Lapsed | Self::NotHere)
    }
}

/// A ring with its people.
pub struct Ring<'a> {
    /// Which one.
    pub skin: Skin,
    /// What it is called.
    pub words: &'a str,
    /// How many people.
    pub people: u32,
    /// The same number as it is written.
    pub count: &'a str,
    /// How many moved in, as it is written.
    pub moved_in: &'a str,
    /// How many moved out, as it is written.
    pub moved_out: &'a str,
}

/// The whole onion.
pub struct Onion<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// From the core outward; not-here-yet, if shown, comes last.
    pub rings: &'a [Ring<'a>],
    /// Headings of moved in and moved out; without them these columns are left out.
    pub moves: Option<[&'a str; 2]>,
    /// What is written above the enlarged inside, such as "enlarged".
    pub enlarged: &'a str,
}

/// The outer radius of each ring, so that areas are in proportion to people.
pub fn radii(people: &[u32], outer: f64) -> Vec<f64> {
    let total: f64 = people.iter().map(|p| f64::from(*p)).sum();
    let mut sum = 0.0;
    let grow = |p: &u32| {
        sum += f64::from(*p);
        outer * (sum / total).sqrt()
    };
    people.iter().map(grow).collect()
}

const OUTER: f64 = 118.0;

/// Draws the onion, or nothing if nobody was invited.
pub fn draw(onion: &Onion<'_>) -> Option<String> {
    let people: Vec<u32> = onion.rings.iter().map(|r| r.people).collect();
    if people.iter().all(|p| *p == 0) {
        return None;
    }
    let all = radii(&people, OUTER);
    let first = all.iter().copied().find(|r| *r > 0.0).unwrap_or(OUTER);
    // Worth enlarging: several rings that share a spot in the middle.
    let inside = all
        .iter()
        .rposition(|r| *r < OUTER * 0.45)
        .filter(|k| *k > 0 && first < 14.0);
    let columns = columns(onion);
    let beside = inside.is_none() && columns.end <= WIDTH - 2.0 * OUTER - 24.0;
    let middle = if beside { OUTER + 2.0 } else { WIDTH / 2.0 };
    let mut sheet = Sheet::new();
    let high = 2.0 * OUTER + 4.0;
    if let Some(k) = inside {
        let (x, lens) = (OUTER + 8.0, WIDTH - OUTER - 8.0);
        let y = OUTER + 2.0;
        rings(&mut sheet, onion.rings, &all, x, y);
        let small = all[k].max(2.0);
        let big = radii(&people[..=k], OUTER - 14.0);
        sheet.line("lens", x, y - small, lens, y - OUTER + 14.0);
        sheet.line("lens", x, y + small, lens, y + OUTER - 14.0);
        sheet.circle("lens", x, y, small);
        rings(&mut sheet, &onion.rings[..=k], &big, lens, y);
        sheet.circle("lens", lens, y, OUTER - 14.0);
        sheet.text(
            "name",
            lens,
            high + 6.0,
            Anchor::Middle,
            &clipped(onion.enlarged, 2.0 * OUTER),
        );
    } else {
        rings(&mut sheet, onion.rings, &all, middle, OUTER + 2.0);
    }
    let heads = if onion.moves.is_some() { 1.0 } else { 0.0 };
    let rows = super::real(onion.rings.len()) + heads;
    let (left, top) = if beside {
        (2.0 * OUTER + 24.0, (high / 2.0 - rows * 14.0).max(0.0))
    } else {
        (((WIDTH - columns.end) / 2.0).max(0.0), high + 20.0)
    };
    table(&mut sheet, onion, &columns, left, top);
    Some(sheet.finish("onion", onion.caption, (top + rows * 28.0 + 4.0).max(high)))
}

/// The circles, the outermost first, each under the next.
fn rings(sheet: &mut Sheet, all: &[Ring<'_>], radii: &[f64], x: f64, y: f64) {
    for (k, ring) in all.iter().enumerate().rev().filter(|(_, ring)| ring.people > 0) {
        let within = if k == 0 { 0.0 } else { radii[k - 1] };
        let thick = radii[k] - within;
        // A light edge between rings would cover a thin one; that gets an edge of its own colour instead.
        let edge = if thick < 4.0 { " thin" } else { "" };
        sheet.circle(&format!("{}{edge}", ring.skin.class()), x, y, radii[k]);
        if ring.skin.dashed() && thick > 8.0 {
            sheet.circle("dashes", x, y, within + thick / 2.0);
        }
    }
}

/// Where the columns of the table end, measured from its left.
struct Columns {
    count: f64,
    moved_in: f64,
    end: f64,
    words: f64,
}

fn columns(onion: &Onion<'_>) -> Columns {
    let widest = |of: &dyn Fn(&Ring<'_>) -> f64| onion.rings.iter().map(of).fold(0.0, f64::max);
    // Counts are bold, hence a little wider.
    let count = 26.0 + 1.12 * widest(&|r| width(r.count));
    let (moved_in, moved_out) = onion.moves.map_or((0.0, 0.0), |[a, b]| {
        (
            20.0 + widest(&|r| width(r.moved_in)).max(width(a)),
            20.0 + widest(&|r| width(r.moved_out)).max(width(b)),
        )
    });
    let words = widest(&|r| width(r.words)).min(WIDTH - count - moved_in - moved_out - 12.0);
    let end = count + 10.0 + words + moved_in + moved_out;
    Columns {
        count,
        moved_in: end - moved_out,
        end,
        words,
    }
}

fn table(sheet: &mut Sheet, onion: &Onion<'_>, columns: &Columns, left: f64, top: f64) {
    let mut y = top + 18.0;
    if let Some([moved_in, moved_out]) = onion.moves {
        sheet.text("", left + columns.moved_in, y, Anchor::End, moved_in);
        sheet.text("", left + columns.end, y, Anchor::End, moved_out);
        y += 28.0;
    }
    for ring in onion.rings {
        sheet.circle(ring.skin.class(), left + 8.0, y - 5.0, 8.0);
        if ring.skin.dashed() {
            sheet.circle("dashes", left + 8.0, y - 5.0, 4.0);
        }
        sheet.text("value", left + columns.count, y, Anchor::End, ring.count);
        let words = clipped(ring.words, columns.words);
        sheet.text("word", left + columns.count + 10.0, y, Anchor::Start, &words);
        if onion.moves.is_some() {
            sheet.text("word", left + columns.moved_in, y, Anchor::End, ring.moved_in);
            sheet.text("word", left + columns.end, y, Anchor::End, ring.moved_out);
        }
        y += 28.0;
    }
}

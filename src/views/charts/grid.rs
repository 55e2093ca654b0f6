//! A grid of shaded cells: how cohorts stay, and which departments talk to each other.
//!
//! Which values are hidden to protect people is decided elsewhere, before they get here: a hidden cell has no value
//! at all. Where columns are too narrow for text the shades remain; the page offers the numbers as a table.

use super::labels::{LETTER, LETTER_WIDE, letters};
use super::sheet::{Anchor, Sheet, num};
use super::{Caption, WIDTH, along, clipped, hatch, real, width};

/// A cell of the grid.
#[derive(Clone, Copy)]
pub enum Cell<'a> {
    /// Not ripe yet, or not meant to be: nothing is drawn.
    Blank,
    /// Too few people to show: hatched.
    Hidden,
    /// A value.
    Value {
        /// As it is written.
        text: &'a str,
        /// From 0, light, to 5, strong.
        shade: u8,
    },
}

/// A row of cells.
pub struct Row<'a> {
    /// What it is called.
    pub label: &'a str,
    /// From left to right; missing ones are blank.
    pub cells: &'a [Cell<'a>],
}

/// The whole grid.
pub struct Grid<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// What the columns are called; long names are turned upright.
    pub columns: &'a [&'a str],
    /// From top to bottom.
    pub rows: &'a [Row<'a>],
    /// What a hatched cell means, shown if there is one.
    pub hidden: &'a str,
    /// What the weakest and the strongest shade mean, such as "0 %" and "100 %".
    pub ends: [&'a str; 2],
}

/// Draws the grid, or nothing if no cell has anything to show.
pub fn draw(grid: &Grid<'_>) -> Option<String> {
    let count = grid
        .rows
        .iter()
        .map(|r| r.cells.len())
        .max()
        .unwrap_or(0)
        .max(grid.columns.len());
    let mut cells = grid.rows.iter().flat_map(|r| r.cells);
    if !cells.any(|c| matches!(c, Cell::Value { .. })) {
        return None;
    }
    let left = grid
        .rows
        .iter()
        .map(|r| width(r.label))
        .fold(0.0, f64::max)
        .min(165.0)
        .ceil()
        + 10.0;
    let wide = ((WIDTH - left - 1.0) / real(count)).min(72.0);
    // Whole units make sharp edges and a short file.
    let wide = if wide > 8.0 { wide.floor() } else { wide };
    let longest = grid.columns.iter().map(|c| letters(c)).fold(0.0, f64::max);
    // Short labels such as numbers of weeks stay level and may be thinned out; names are turned and all shown.
    let turned = longest > 4.0 && longest * LETTER + 6.0 > wide;
    let top = if turned {
        (longest * LETTER + 10.0).min(165.0)
    } else {
        26.0
    };
    let texts = grid.rows.iter().flat_map(|r| r.cells).map(|c| match c {
        Cell::Value { text, .. } => letters(text),
        _ => 0.0,
    });
    let text = texts.fold(0.0, f64::max);
    let fits = |letter: f64| text * letter + 4.0 <= wide;
    let class = if fits(LETTER) {
        Some("")
    } else {
        fits(LETTER_WIDE).then_some(" fine")
    };
    let high: f64 = if class.is_some() { 28.0 } else { 22.0 };
    let mut sheet = Sheet::new();
    heads(&mut sheet, grid.columns, left, top, wide, turned);

    // One path for all cells of a shade keeps a triangle of 26 cohorts small.
    let mut shades: [String; 6] = Default::default();
    let (mut hidden, mut strokes) = (String::new(), String::new());
    for (j, row) in grid.rows.iter().enumerate() {
        let y = top + real(j) * high;
        let label = clipped(row.label, left - 10.0);
        sheet.text("word", left - 8.0, y + high / 2.0 + 5.0, Anchor::End, &label);
        for (i, cell) in row.cells.iter().enumerate() {
            let x = left + real(i) * wide;
            let gap = if wide > 10.0 { 1.0 } else { 0.5 };
            let (w, h) = (wide - gap, high - gap);
            let cut = format!("M{} {}h{}v{}h-{}z", num(x), num(y), num(w), num(h), num(w));
            match cell {
                Cell::Blank => {}
                Cell::Hidden => {
                    hidden.push_str(&cut);
                    strokes.push_str(&hatch(x, y, w, h, 8.0));
                }
                Cell::Value { shade, .. } => shades[usize::from(*shade).min(5)].push_str(&cut),
            }
        }
    }
    for (shade, d) in shades.iter().enumerate() {
        sheet.path(&format!("shade-{shade}"), d);
    }
    sheet.path("veiled", &hidden);
    sheet.path("hatch", &strokes);
    if let Some(class) = class {
        values(&mut sheet, grid, (left, top), (wide, high), class);
    }
    let end = top + real(grid.rows.len()) * high;
    let end = key(&mut sheet, grid, end + 8.0, !hidden.is_empty());
    Some(sheet.finish("grid", grid.caption, end))
}

fn heads(sheet: &mut Sheet, columns: &[&str], left: f64, top: f64, wide: f64, turned: bool) {
    let middle = |i: usize| left + (real(i) + 0.5) * wide;
    if !turned {
        let labels: Vec<_> = columns.iter().enumerate().map(|(i, c)| (middle(i), *c)).collect();
        return along(sheet, top - 8.0, &labels);
    }
    // Upright letters need their height in width: all of them, every second on a phone, or every second at all.
    let every = if wide >= 14.0 { 1 } else { 2 };
    for (i, words) in columns.iter().enumerate().step_by(every) {
        let fine = wide < 18.0 && (i / every) % 2 == 1;
        let words = clipped(words, top - 8.0);
        sheet.upright(
            if fine { "word fine" } else { "word" },
            middle(i) + 5.0,
            top - 6.0,
            &words,
        );
    }
}

fn values(sheet: &mut Sheet, grid: &Grid<'_>, (left, top): (f64, f64), (wide, high): (f64, f64), fine: &str) {
    for (j, row) in grid.rows.iter().enumerate() {
        for (i, cell) in row.cells.iter().enumerate() {
            if let Cell::Value { text, shade } = cell {
                let x = left + (real(i) + 0.5) * wide;
                let class = if *shade >= 4 { "on-dark" } else { "on-light" };
                let y = top + (real(j) + 0.5) * high + 4.5;
                sheet.text(&format!("{class}{fine}"), x, y, Anchor::Middle, text);
            }
        }
    }
}

/// The shades from weak to strong, and what hatching means.
fn key(sheet: &mut Sheet, grid: &Grid<'_>, top: f64, hidden: bool) -> f64 {
    let [weak, strong] = grid.ends;
    let mut x = 2.0;
    sheet.text("word", x, top + 15.0, Anchor::Start, weak);
    x += width(weak) + 8.0;
    for shade in 0..6 {
        sheet.rect(&format!("shade-{shade}"), x, top + 1.0, 17.0, 17.0);
        x += 18.0;
    }
    sheet.text("word", x + 6.0, top + 15.0, Anchor::Start, strong);
    if !hidden {
        return top + 24.0;
    }
    x += width(strong) + 28.0;
    let (x, y) = if x + width(grid.hidden) + 32.0 > WIDTH {
        (2.0, top + 26.0)
    } else {
        (x, top)
    };
    sheet.rect("veiled", x, y + 1.0, 22.0, 17.0);
    sheet.path("hatch", &hatch(x, y + 1.0, 22.0, 17.0, 8.0));
    sheet.text(
        "word",
        x + 30.0,
        y + 15.0,
        Anchor::Start,
        &clipped(grid.hidden, WIDTH - x - 32.0),
    );
    y + 24.0
}

//! Words in a chart: how much room they take, labels that do not overlap, and the legend.
//!
//! The server cannot measure a font, so letters are estimated, rather too wide than too narrow.

use super::sheet::{Anchor, Sheet};
use super::{WIDTH, diamond, hatch};

/// The room a letter takes on a phone, where `charts.css` enlarges the text; all spacing is planned for this.
pub const LETTER: f64 = 10.8;
/// The room a letter takes where the chart is shown at its own size.
pub const LETTER_WIDE: f64 = 7.8;

/// What stands before the words in a legend.
#[derive(Clone, Copy)]
pub enum Swatch<'a> {
    /// A piece of line of this class.
    Line(&'a str),
    /// A filled box of this class.
    Area(&'a str),
    /// A filled box of this class with strokes across.
    Hatched(&'a str),
    /// A piece of the line with a stroke of this class across.
    Tick(&'a str),
    /// A diamond of this class.
    Diamond(&'a str),
    /// A short text, such as the number of a mark.
    Mark(&'a str),
}

/// Writes the legend below `top`, as many in a row as fit, and says where it ends.
pub fn legend(sheet: &mut Sheet, top: f64, entries: &[(Swatch<'_>, &str)]) -> f64 {
    let (mut x, mut y) = (0.0, top);
    for (swatch, words) in entries {
        let lines = wrapped(words, WIDTH - 34.0);
        let wide = if lines.len() > 1 { WIDTH } else { 34.0 + width(words) };
        if x > 0.0 && x + wide > WIDTH {
            (x, y) = (0.0, y + 25.0);
        }
        match swatch {
            Swatch::Line(class) => sheet.line(class, x + 2.0, y + 10.0, x + 26.0, y + 10.0),
            Swatch::Area(class) => sheet.rect(class, x + 4.0, y + 3.0, 20.0, 14.0),
            Swatch::Hatched(class) => {
                sheet.rect(class, x + 4.0, y + 3.0, 20.0, 14.0);
                sheet.path("hatch", &hatch(x + 4.0, y + 3.0, 20.0, 14.0, 6.0));
            }
            Swatch::Tick(class) => {
                sheet.line("line", x + 2.0, y + 10.0, x + 26.0, y + 10.0);
                sheet.line(class, x + 14.0, y + 4.0, x + 14.0, y + 16.0);
            }
            Swatch::Diamond(class) => sheet.path(class, &diamond(x + 14.0, y + 10.0)),
            Swatch::Mark(mark) => badge(sheet, x + 14.0, y + 10.0, mark),
        }
        for (place, line) in lines.iter().enumerate() {
            y += if place > 0 { 22.0 } else { 0.0 };
            sheet.text("word", x + 32.0, y + 15.0, Anchor::Start, line);
        }
        x += wide + 16.0;
    }
    if entries.is_empty() { top } else { y + 25.0 }
}

/// A short text in a ring.
pub fn badge(sheet: &mut Sheet, x: f64, y: f64, mark: &str) {
    sheet.circle("badge", x, y, 10.5);
    sheet.text("mark", x, y + 5.0, Anchor::Middle, mark);
}

/// Writes labels along an axis, the last one first as the newest matters most, leaving out what would overlap.
/// If all of them fit on a wide screen, the rest is classed `fine`, which `charts.css` hides on a phone.
pub fn along(sheet: &mut Sheet, y: f64, labels: &[(f64, &str)]) {
    let inside = |x: f64, words: &str| x.min(WIDTH - width(words) / 2.0).max(width(words) / 2.0);
    let clash = |a: &(f64, &str), b: &(f64, &str), letter: f64| {
        (a.0 - b.0).abs() < (letters(a.1) + letters(b.1)) * letter / 2.0 + 7.0
    };
    let written: Vec<_> = labels.iter().rev().filter(|(_, words)| !words.is_empty()).collect();
    let all: Vec<_> = written.iter().map(|(x, words)| (inside(*x, words), *words)).collect();
    // Where all stand equally far apart, so do those that there is room for.
    let apart = |two: &[&(f64, &str)]| two[0].0 - two[1].0;
    let even = written
        .windows(3)
        .all(|three| (apart(&three[..2]) - apart(&three[1..])).abs() < 0.5);
    let step = (1..all.len()).filter(|_| even).find(|step| {
        let kept: Vec<_> = all.iter().step_by(*step).collect();
        kept.windows(2).all(|two| !clash(two[0], two[1], LETTER))
    });
    let roomy = all.windows(2).all(|two| !clash(&two[0], &two[1], LETTER_WIDE));
    let mut last: Option<&(f64, &str)> = None;
    for (place, label) in all.iter().enumerate() {
        let fits = match step {
            Some(step) => place % step == 0,
            None => last.is_none_or(|other| !clash(label, other, LETTER)),
        };
        if fits || roomy {
            sheet.text(if fits { "" } else { "fine" }, label.0, y, Anchor::Middle, label.1);
        }
        if fits {
            last = Some(label);
        }
    }
}

/// How many units the words take on a phone.
pub fn width(words: &str) -> f64 {
    letters(words) * LETTER
}

/// The words cut to the room there is, with a sign that they were.
pub fn clipped(words: &str, room: f64) -> String {
    if width(words) <= room {
        return words.into();
    }
    let mut short = String::new();
    for c in words.chars() {
        short.push(c);
        if width(&short) > room - LETTER {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

/// The words in as many lines as they need, broken between words; a word that is too long alone is shortened.
fn wrapped(words: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut().filter(|line| width(&format!("{line} {word}")) <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(clipped(word, room)),
        }
    }
    lines
}

/// How many average letters wide the words are.
pub fn letters(words: &str) -> f64 {
    let wide = |c: char| match c {
        // From the CJK blocks on, a sign is a square.
        '\u{2e80}'.. => 1.7,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 1.5,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | '(' | ')' | '-' | '/' | '|' | '\'' => 0.65,
        '0'..='9' => 1.06,
        c if c.is_uppercase() => 1.15,
        _ => 1.0,
    };
    words.chars().map(wide).sum()
}

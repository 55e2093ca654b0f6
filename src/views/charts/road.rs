//! The road to the tipping point: the weekly share of active people since launch, against the lines it should cross.
//!
//! Draws what it is given; corridor and forecast are computed elsewhere. The height always holds every line, so that
//! a community ahead of its plan is not cut off, and one far behind still sees where it is going.

use super::sheet::{Anchor, Sheet};
use super::{Band, Caption, Format, Frame, Reference, Scale, Series, Swatch, Unit};
use super::{along, area, badge, clipped, diamond, known, legend, line, range, real, width};

/// Everything on the road. Shares are fractions of one, week 0 is the launch.
pub struct Road<'a> {
    /// What the chart is called.
    pub caption: Caption<'a>,
    /// The share of each week up to now.
    pub share: Series<'a>,
    /// The lines to cross, as a rule at 1, 10, 16 and (only near) 25 percent.
    pub references: &'a [Reference<'a>],
    /// Between a slow and a fast way to the goal, from week 0.
    pub corridor: Option<Band<'a>>,
    /// What is to be expected from now on.
    pub forecast: Option<Fan<'a>>,
    /// Where it would lead if somebody's guesses were true: one share for each week after the last one.
    pub tried: Option<Series<'a>>,
    /// What somebody undertook to reach.
    pub target: Option<Target<'a>>,
    /// Moments at which more people were invited, in order.
    pub launches: &'a [Launch<'a>],
    /// Weeks with their dates, in order.
    pub dates: &'a [(usize, &'a str)],
    /// Writes a share as a percentage.
    pub format: Format<'a>,
}

/// A forecast with its doubt.
pub struct Fan<'a> {
    /// For the legend.
    pub words: &'a str,
    /// For each week after the last one: the shares that one in ten, half and nine in ten of the draws stay below.
    pub weeks: &'a [[f64; 3]],
}

/// A share to be reached by a week.
pub struct Target<'a> {
    /// For the legend.
    pub words: &'a str,
    /// By when.
    pub week: usize,
    /// How much.
    pub share: f64,
}

/// A moment at which more people were invited.
pub struct Launch<'a> {
    /// When.
    pub week: usize,
    /// The number or letter that stands in the chart.
    pub mark: &'a str,
    /// What the legend says about it.
    pub words: &'a str,
}

/// Draws the road, or nothing while no week has a share.
pub fn draw(road: &Road<'_>) -> Option<String> {
    let values = road.share.values;
    let (now, latest) = values
        .iter()
        .enumerate()
        .rev()
        .find_map(|(i, v)| known(*v).map(|v| (i, v)))?;
    let now = now.max(values.len().saturating_sub(1));
    let fan = road.forecast.as_ref().map_or(&[][..], |f| f.weeks);
    let edges = road
        .corridor
        .map_or(&[][..], |c| c.high)
        .iter()
        .chain(road.corridor.map_or(&[][..], |c| c.low));
    let drawn = values.iter().chain(edges).copied().flatten();
    let drawn = drawn
        .chain(fan.iter().flatten().copied())
        .chain(
            road.tried
                .iter()
                .flat_map(|tried| tried.values.iter().copied().flatten()),
        )
        .chain(road.target.iter().map(|t| t.share));
    let reach = range(drawn).map_or(0.0, |r| r.1);
    let near = |r: &&Reference<'_>| !r.only_near || reach >= r.at * 0.8;
    let lines: Vec<_> = road.references.iter().filter(near).collect();
    let high = lines.iter().map(|r| r.at).fold(reach.max(0.01), f64::max) * 1.08;
    let step = Scale::nice(0.0, high, Unit::Share, 5.0).step;
    let scale = Scale { low: 0.0, high, step };
    let weeks = [
        values.len(),
        now + 1 + fan.len(),
        now + 1 + road.tried.map_or(0, |tried| tried.values.len()),
        road.corridor.map_or(0, |c| c.high.len()),
    ];
    let last = weeks
        .into_iter()
        .chain(road.target.iter().map(|t| t.week + 1))
        .max()
        .unwrap_or(1)
        - 1;
    let left = lines
        .iter()
        .map(|r| width(&(road.format)(r.at)))
        .fold(Frame::room(&scale, road.format) - 10.0, f64::max);
    let top = if road.launches.is_empty() { 8.0 } else { 30.0 };
    let frame = Frame {
        left: left + 10.0,
        right: super::WIDTH - 10.0,
        top,
        bottom: top + 215.0,
        first: 0.0,
        last: real(last.max(1)),
        scale,
    };
    let mut sheet = Sheet::new();

    if let Some(band) = road.corridor {
        let (low, high) = (frame.points(band.low), frame.points(band.high));
        sheet.path("band", &area(&low, &high));
        sheet.path("band-edge", &line(&low));
        sheet.path("band-edge", &line(&high));
    }
    // The fan opens at the last known share, so that what is known and what is expected hang together.
    let paths: [Vec<_>; 3] = [0, 1, 2].map(|k| {
        let ahead = fan.iter().enumerate().map(|(i, week)| (now + 1 + i, week[k]));
        std::iter::once((now, latest))
            .chain(ahead)
            .map(|(w, v)| Some((frame.x(real(w)), frame.y(v))))
            .collect()
    });
    if !fan.is_empty() {
        sheet.path("fan", &area(&paths[0], &paths[2]));
        sheet.path("fan-edge", &line(&paths[0]));
        sheet.path("fan-edge", &line(&paths[2]));
    }
    let course = frame.points(values);
    rules(&mut sheet, &frame, &lines, road.format);
    let busy: Vec<(f64, f64)> = course.iter().chain(paths.iter().flatten()).flatten().copied().collect();
    let mut labels = Vec::new();
    let mut beside = f64::NEG_INFINITY;
    for launch in road.launches.iter().filter(|l| l.week <= last) {
        let x = frame.x(real(launch.week));
        sheet.line("launch", x, frame.top - 6.0, x, frame.bottom);
        // Launches in quick succession push their numbers aside, so that each can be read.
        beside = x.max(beside + 24.0);
        badge(&mut sheet, beside, frame.top - 17.0, launch.mark);
    }
    if !fan.is_empty() {
        sheet.path("line ahead", &line(&paths[1]));
    }
    if let Some(tried) = road.tried {
        let ahead = tried.values.iter().enumerate().map(|(i, share)| (now + 1 + i, *share));
        let path: Vec<_> = std::iter::once((now, Some(latest)))
            .chain(ahead)
            .map(|(week, share)| share.map(|share| (frame.x(real(week)), frame.y(share))))
            .collect();
        sheet.path("line second", &line(&path));
    }
    sheet.path("line", &line(&course));
    if let Some(target) = &road.target {
        sheet.path("target", &diamond(frame.x(real(target.week)), frame.y(target.share)));
    }
    names(&mut sheet, &frame, &lines, &busy);
    for (week, words) in road.dates.iter().filter(|(week, _)| *week <= last) {
        let x = frame.x(real(*week));
        sheet.line("tick", x, frame.bottom, x, frame.bottom + 5.0);
        labels.push((x, *words));
    }
    along(&mut sheet, frame.bottom + 25.0, &labels);

    let mut entries = vec![(Swatch::Line("line"), road.share.words)];
    entries.extend(road.forecast.iter().map(|f| (Swatch::Line("line ahead"), f.words)));
    entries.extend(road.tried.iter().map(|t| (Swatch::Line("line second"), t.words)));
    entries.extend(road.corridor.iter().map(|c| (Swatch::Area("band key"), c.words)));
    entries.extend(road.target.iter().map(|t| (Swatch::Diamond("target"), t.words)));
    entries.extend(road.launches.iter().map(|l| (Swatch::Mark(l.mark), l.words)));
    let end = legend(&mut sheet, frame.bottom + 38.0, &entries);
    Some(sheet.finish("road", road.caption, end))
}

/// The lines and the numbers at the axis. Numbers that would overlap are left out, those of lines to cross last.
fn rules(sheet: &mut Sheet, frame: &Frame, lines: &[&Reference<'_>], format: Format<'_>) {
    let mut at: Vec<(f64, &str)> = lines
        .iter()
        .map(|r| (r.at, if r.dotted { "reference far" } else { "reference" }))
        .collect();
    at.sort_by(|a, b| b.0.total_cmp(&a.0));
    let highest = at.first().map_or(0.0, |r| r.0);
    at.push((0.0, "zero"));
    at.extend(
        frame
            .scale
            .ticks()
            .into_iter()
            .filter(|t| *t > highest)
            .map(|t| (t, "rule")),
    );
    let mut taken: Vec<f64> = Vec::new();
    for (value, class) in at {
        let y = frame.y(value);
        let free = taken.iter().all(|t| (t - y).abs() >= 17.0);
        if free || class != "rule" {
            sheet.line(class, frame.left, y, frame.right, y);
        }
        if free {
            sheet.text("", frame.left - 8.0, y + 5.0, Anchor::End, &format(value));
            taken.push(y);
        }
    }
}

/// What the lines mean, each at the end where the course leaves more room.
fn names(sheet: &mut Sheet, frame: &Frame, lines: &[&Reference<'_>], busy: &[(f64, f64)]) {
    let mut taken: Vec<(f64, bool)> = Vec::new();
    for reference in lines {
        let words = clipped(reference.words, (frame.right - frame.left) * 0.6);
        let (y, wide) = (frame.y(reference.at) - 5.0, width(&words) + 6.0);
        let room = |end: bool| {
            let clash = taken.iter().any(|(t, e)| (t - y).abs() < 20.0 && *e == end);
            let inside = |x: f64| {
                if end {
                    x > frame.right - wide
                } else {
                    x < frame.left + wide
                }
            };
            let near = busy
                .iter()
                .filter(|(x, _)| inside(*x))
                .map(|(_, at)| (at - (y - 6.0)).abs());
            if clash { -1.0 } else { near.fold(60.0, f64::min) }
        };
        let end = room(true) > room(false);
        if room(end) < 0.0 {
            continue;
        }
        taken.push((y, end));
        if end {
            sheet.text("name", frame.right - 3.0, y, Anchor::End, &words);
        } else {
            sheet.text("name", frame.left + 4.0, y, Anchor::Start, &words);
        }
    }
}

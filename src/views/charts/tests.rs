//! What every chart keeps to: sound markup, nothing but classes and geometry, honest areas, gaps, small files.

use super::bars::Block;
use super::grid::{Cell, Grid, Row};
use super::onion::{Skin, radii};
use super::samples::*;
use super::sheet::{escape, num};
use super::tornado::Input;
use super::*;

/// Every element is closed in order, every attribute is quoted and known, every `&` begins an entity.
fn sound(svg: &str) {
    let (mut open, mut rest) = (Vec::new(), svg);
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        for part in text.split('&').skip(1) {
            let name = part.split(';').next().unwrap_or_default();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "bare & in {text}");
        }
        let end = tag.find('>').expect("a tag ends");
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (name, attributes) = inside.trim_end_matches('/').split_once(' ').unwrap_or((inside, ""));
        let pieces: Vec<_> = attributes.split('"').collect();
        assert_eq!(pieces.len() % 2, 1, "quotes in {inside}");
        for key in pieces.iter().step_by(2).filter(|k| !k.is_empty()) {
            let known = [
                "class",
                "viewBox",
                "role",
                "aria-labelledby",
                "id",
                "x",
                "y",
                "d",
                "width",
                "height",
                "cx",
                "cy",
                "r",
                "text-anchor",
                "transform",
            ];
            let key = key.trim().trim_end_matches('=');
            assert!(known.contains(&key), "{key} in {inside}");
        }
        if !inside.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty(), "left open: {open:?}");
    assert!(!svg.contains("style=") && !svg.contains("NaN") && !svg.contains("inf"));
    assert!(svg.contains("<title id=\"c-title\">a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"));
}

#[test]
fn every_chart_is_sound() {
    let value = Cell::Value { text: NASTY, shade: 9 };
    let block = Block {
        label: NASTY,
        new: 3.0,
        resurrected: 1.0,
        churned: 2.0,
        left: 1.0,
    };
    let input = Input {
        words: NASTY,
        low: -90.0,
        high: -40.0,
        text: NASTY,
    };
    let charts = [
        road(&[Some(0.01), None, Some(0.02)], true),
        onion(&[ring(Skin::Core, 3), ring(Skin::Active, 20), ring(Skin::NotHere, 4000)]),
        onion(&[ring(Skin::Core, 30), ring(Skin::Active, 20)]),
        lines(&[Some(1.0), None, Some(f64::NAN), Some(2.0)]),
        steps(&[(1.0, 0.9), (20.0, 0.4)], &[3.0, 99.0]),
        grid(&["x", NASTY], &[value, Cell::Hidden, Cell::Blank]),
        forest(Some([-0.02, 0.06, 0.13])),
        tornado(&[input]),
        mirrored(&[Some(block), None]),
        columns(&[(NASTY, Some(2.0)), ("b", None)]),
        lying(Some(2.0)),
    ];
    for chart in charts {
        sound(&chart.expect("there is something to draw"));
    }
}

#[test]
fn nothing_to_show_is_no_chart() {
    assert_eq!(road(&[None, Some(f64::NAN)], true), None);
    assert_eq!(onion(&[ring(Skin::Core, 0)]).or(onion(&[])), None);
    assert_eq!(lines(&[None, None]).or(lines(&[])), None);
    assert_eq!(steps(&[], &[]), None);
    assert_eq!(grid(&["x"], &[Cell::Hidden, Cell::Blank]), None);
    assert_eq!(forest(None).or(tornado(&[])), None);
    assert_eq!(mirrored(&[None]).or(columns(&[("a", None)])).or(lying(None)), None);
}

#[test]
fn text_is_escaped() {
    assert_eq!(escape("<&\"'>\u{0}"), "&lt;&amp;&quot;&#39;&gt; ");
}

#[test]
fn a_gap_breaks_the_line_and_a_lone_point_stays() {
    let at = |x: f64| Some((x, 1.0));
    assert_eq!(
        line(&[at(0.0), at(1.0), None, at(3.0), None, at(5.0), at(6.0)]),
        "M0 1L1 1M3 1h0M5 1L6 1"
    );
    assert_eq!(area(&[at(0.0), None], &[at(0.0), at(1.0)]), "");
}

#[test]
fn areas_are_in_proportion_to_people() {
    let r = radii(&[11, 26, 38, 61, 1043], 118.0);
    let total = 1179.0;
    for (radius, people) in r.iter().zip([11.0, 37.0, 75.0, 136.0, total]) {
        assert!((radius * radius / (118.0 * 118.0) - people / total).abs() < 1e-9);
    }
}

#[test]
fn two_years_of_weeks_stay_small() {
    let weeks: Vec<_> = (0..105)
        .map(|w| Some(0.01 + 0.0007 * f64::from(w) + 0.001 * f64::from(w % 3)))
        .collect();
    let alone = road(&weeks, false).expect("a picture").len();
    assert!(alone < 4000, "{alone}");
    let cells = [Cell::Value {
        text: "100 %",
        shade: 3,
    }; 26];
    let rows: Vec<_> = (0..26)
        .map(|j| Row {
            label: "12",
            cells: &cells[j..],
        })
        .collect();
    let grid = Grid {
        caption: caption(),
        columns: &["1"; 26],
        rows: &rows,
        hidden: "",
        ends: ["", ""],
    };
    let cohorts = super::grid::draw(&grid).expect("a picture");
    assert!(
        cohorts.len() < 12_000 && !cohorts.contains("on-light"),
        "{}",
        cohorts.len()
    );
    let many: Vec<_> = (0..5000)
        .map(|i| (f64::from(i) / 70.0, 1.0 - f64::from(i) / 6000.0))
        .collect();
    assert!(steps(&many, &vec![1.0; 5000]).expect("a picture").len() < 24_000);
}

#[test]
fn ticks_are_round_and_nothing_lies_outside() {
    let scale = Scale::nice(0.0, 0.17, Unit::Share, 5.0);
    assert_eq!(
        scale.ticks().iter().map(|t| plain(*t)).collect::<Vec<_>>(),
        ["0.00", "0.05", "0.10", "0.15", "0.20"]
    );
    assert_eq!(Scale::nice(0.0, 2.0, Unit::Count, 5.0).ticks(), [0.0, 1.0, 2.0]);
    assert_eq!(Scale::nice(3.0, 3.0, Unit::Number, 5.0).ticks().first(), Some(&0.0));
    assert_eq!(
        (num(-0.04), num(12.0), num(3.26), num(f64::NAN)),
        ("0".into(), "12".into(), "3.3".into(), "0".into())
    );
    // A share of one half, far beyond every line, stays below the top edge.
    let high = road(&[Some(0.1), Some(0.5)], true).expect("a picture");
    let line = high
        .split("class=\"line\" d=\"")
        .nth(1)
        .and_then(|d| d.split('"').next())
        .expect("a line");
    assert!(line.starts_with('M') && !line.contains('-'), "{line}");
    // The line at 25 percent is there only when something comes near.
    let low = [0.01, 0.25].map(|at| Reference {
        at,
        words: "w",
        only_near: at > 0.2,
        dotted: at > 0.2,
    });
    let drawn = |share: f64| draw_road(&[Some(share)], true, &[], &[], &[], &low).expect("a picture");
    assert!(!drawn(0.1).contains("far") && drawn(0.21).contains("far"));
}

#[test]
fn labels_of_an_even_axis_are_left_out_evenly() {
    let mut sheet = sheet::Sheet::new();
    // Too many for their room, and one of them wide: which ones stay must not hang on how wide each is.
    let words: Vec<String> = (0..26)
        .map(|place| "m".repeat(if place == 12 { 6 } else { 2 }))
        .collect();
    let axis: Vec<(f64, &str)> = (0_u8..)
        .zip(&words)
        .map(|(place, words)| (40.0 + 18.0 * f64::from(place), words.as_str()))
        .collect();
    labels::along(&mut sheet, 10.0, &axis);
    let caption = Caption {
        id: "axis",
        title: "t",
        description: "d",
    };
    let svg = sheet.finish("axis", caption, 20.0);
    let at: Vec<f64> = svg
        .split("<text")
        .skip(1)
        .filter_map(|text| text.split("x=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    assert!((3..26).contains(&at.len()), "{at:?}");
    let apart = at[0] - at[1];
    for two in at.windows(2) {
        assert!((two[0] - two[1] - apart).abs() < 1e-6, "{at:?}");
    }
}

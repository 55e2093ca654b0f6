//! Five petals: how strong each of five signals is, as lengths around a middle. Drawn with its words, because a flower
//! without them says nothing; its outline shows how far each could reach.

use super::sheet::{Anchor, Sheet, num};
use super::{Caption, WIDTH, known};

/// A petal.
pub struct Petal<'a> {
    /// What it stands for.
    pub words: &'a str,
    /// From 0 to 1.
    pub strength: f64,
    /// Whether it is there: then it is filled darker.
    pub there: bool,
}

const REACH: f64 = 92.0;
const WIDE: f64 = 34.0;

/// A leaf from the middle to `reach` in one direction.
fn leaf((x, y): (f64, f64), angle: f64, reach: f64) -> String {
    let (sin, cos) = angle.sin_cos();
    let point = |along: f64, beside: f64| {
        format!(
            "{} {}",
            num(x + cos * along - sin * beside),
            num(y + sin * along + cos * beside)
        )
    };
    let wide = WIDE * (0.35 + 0.65 * reach / REACH);
    format!(
        "M{}C{},{},{}C{},{},{}Z",
        point(0.0, 0.0),
        point(reach * 0.35, wide),
        point(reach * 0.9, wide * 0.8),
        point(reach, 0.0),
        point(reach * 0.9, -wide * 0.8),
        point(reach * 0.35, -wide),
        point(0.0, 0.0),
    )
}

/// Draws the flower; nothing without petals.
pub fn draw(caption: Caption<'_>, petals: &[Petal<'_>]) -> Option<String> {
    if petals.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new();
    let middle = (WIDTH / 2.0, 128.0);
    let turn = std::f64::consts::TAU / super::real(petals.len());
    for (place, petal) in petals.iter().enumerate() {
        let angle = -std::f64::consts::FRAC_PI_2 + turn * super::real(place);
        sheet.path("leaf-whole", &leaf(middle, angle, REACH));
        let strength = known(Some(petal.strength)).map_or(0.0, |strength| strength.clamp(0.0, 1.0));
        if strength > 0.0 {
            let class = if petal.there { "leaf there" } else { "leaf" };
            sheet.path(class, &leaf(middle, angle, (REACH * strength).max(14.0)));
        }
        let (sin, cos) = angle.sin_cos();
        let anchor = if cos > 0.2 {
            Anchor::Start
        } else if cos < -0.2 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let (x, y) = (middle.0 + cos * (REACH + 10.0), middle.1 + sin * (REACH + 14.0) + 5.0);
        sheet.text("word", x, y, anchor, petal.words);
    }
    sheet.circle("heart", middle.0, middle.1, 7.0);
    Some(sheet.finish("petals", caption, 240.0))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{NASTY, caption};
    use super::*;

    #[test]
    fn each_petal_has_its_words_and_nothing_escapes() {
        let petal = |strength| Petal {
            words: NASTY,
            strength,
            there: strength >= 0.5,
        };
        let svg = draw(caption(), &[0.0, 0.2, 0.5, 1.0, f64::NAN].map(petal)).expect("a flower");
        assert_eq!(svg.matches("leaf-whole").count(), 5);
        assert_eq!(svg.matches("\"leaf\"").count(), 1, "what is not there yet");
        assert_eq!(svg.matches("leaf there").count(), 2);
        assert!(!svg.contains("<b>") && !svg.contains("NaN"));
        assert!(draw(caption(), &[]).is_none());
    }
}

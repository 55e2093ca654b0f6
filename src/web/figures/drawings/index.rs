//! The health index: six bars that are always shown with it, and what it says in a sentence.

use super::{Drawing, Sheet};
use crate::forum::metrics::catalogue::FACTORS;
use crate::forum::metrics::models::index::Factor;
use crate::forum::metrics::read;
use crate::forum::metrics::week::{BLOCK, Week};
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::web::figures::say;

const NAME: &str = "health-index";

impl Sheet<'_> {
    /// The end of the last block of which there is an index, and that of the block before.
    fn index_at(&self) -> (Option<Week>, Option<Week>) {
        let last = self.figures.last_week(NAME).filter(|week| *week <= self.last);
        (last, last.map(|week| week - BLOCK))
    }

    fn score(&self, part: &str, week: Option<Week>) -> Option<f64> {
        self.figures.value(NAME, part, week?)
    }

    /// The six scores; without any there is nothing to draw.
    pub(in crate::web::figures) fn index(&self) -> Result<Drawing> {
        let (lang, (last, before)) = (self.ask.lang, self.index_at());
        let whole = |score: f64| Locales::get().number(lang, score, 0);
        let told = |part: &str, week: Option<Week>| {
            say::told(self.ask, week.and_then(|week| self.figures.at(NAME, part, week)))
        };
        let lines: Vec<(String, Option<f64>, String)> = FACTORS
            .iter()
            .map(|(_, part, _)| {
                let score = self.score(part, last);
                let text = score.map_or_else(|| told(part, last), whole);
                (say::part(self.ask, NAME, part), score, text)
            })
            .collect();
        let mut drawing = self.lying("index", NAME, &lines, Some(100.0));
        drawing.heads = ["index-factor", "index-score", "index-before-head", "index-span"]
            .map(|key| self.ask.t(key))
            .to_vec();
        // By which it was counted then, whatever holds today.
        let scales = self.ask.read(|cx| read::index_of(cx, last.unwrap_or(self.last)))?.all();
        for ((words, _, text), ((factor, part, _), scale)) in lines.into_iter().zip(FACTORS.into_iter().zip(scales)) {
            let earlier = self.score(part, before).map_or_else(|| told(part, before), whole);
            let span = scale.map(|end| match factor {
                Factor::Useful | Factor::Responsive => self.whole(end),
                _ => say::number(lang, end),
            });
            drawing.rows.push(vec![words, text, earlier, span.join(" – ")]);
        }
        drawing.said = self.index_said();
        Ok(drawing)
    }

    /// "The health index is 62 of 100. What holds it back most is …"; nothing where it is too early.
    fn index_said(&self) -> String {
        let (last, before) = self.index_at();
        let locales = Locales::get();
        let whole = |score: f64| locales.number(self.ask.lang, score, 0);
        let say =
            |key: &str, name: &str, value: String| locales.with_values(self.ask.lang, key, &[(name, value.into())]);
        let Some(index) = self.score("", last) else {
            return String::new();
        };
        let mut said = vec![say("index-said", "index", whole(index))];
        // An index of other factors is another index.
        let same = FACTORS
            .iter()
            .all(|(_, part, _)| self.score(part, last).is_some() == self.score(part, before).is_some());
        if let Some(then) = self.score("", before).filter(|_| same) {
            said.push(say("index-before", "before", whole(then)));
        }
        let weakest = FACTORS
            .iter()
            .filter_map(|(_, part, _)| Some((self.score(part, last)?, *part)))
            .min_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, part)) = weakest.filter(|(score, _)| *score < 100.0) {
            said.push(say("index-weakest", "factor", say::part(self.ask, NAME, part)));
        }
        said.join(" ")
    }
}

//! The charts of a health page: figures into drawings, each with its data as a table beside it, because a picture
//! alone is no figure. Where there is too little to draw there is no drawing, and the page says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::say;
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{BLOCK, Week};
use crate::forum::plan::Target;
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::views::charts::{self, Caption, bars};
use crate::web::ask::Ask;

mod index;
mod people;
mod road;
mod talk;

/// A chart as the page shows it.
#[derive(Serialize)]
pub(super) struct Drawing {
    pub(super) name: &'static str,
    title: String,
    description: String,
    /// None: too early.
    pub(super) svg: Option<String>,
    /// What it comes to in a sentence or two; empty where the drawing says it.
    pub(super) said: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Which metric its page of explanation is.
    definition: &'static str,
    /// Where those it is about are found, and what the link says; none where nobody is meant, or nobody may be named.
    pub(super) lead: Option<(&'static str, String)>,
    /// Whether it can be had as a picture of dots: where there is a font.
    png: bool,
}

/// What a drawing is made of: the figures, of which weeks, and who looks.
pub(super) struct Sheet<'a> {
    pub(super) ask: &'a Ask,
    pub(super) figures: &'a Figures,
    pub(super) first: Week,
    pub(super) last: Week,
    /// The first week there ever was, and the first active share, where they lie before what is drawn.
    pub(super) launch: Week,
    pub(super) began: Option<f64>,
    /// Names of departments by number; of groups that are none, by the numbers that stand for them.
    pub(super) departments: &'a BTreeMap<i64, String>,
    /// Days on which more people were invited, and what is to be reached.
    pub(super) launches: &'a [(i64, String)],
    pub(super) target: Option<Target>,
}

impl Sheet<'_> {
    pub(super) fn drawing(
        &self,
        name: &'static str,
        definition: &'static str,
        svg: impl FnOnce(Caption<'_>) -> Option<String>,
    ) -> Drawing {
        let title = self.ask.t(&format!("chart-{name}"));
        let description = self.ask.t(&format!("chart-{name}-means"));
        let svg = svg(Caption {
            id: name,
            title: &title,
            description: &description,
        });
        Drawing {
            name,
            title,
            description,
            svg,
            said: String::new(),
            heads: Vec::new(),
            rows: Vec::new(),
            definition,
            lead: None,
            png: charts::png::is_possible(),
        }
    }

    /// Named values as lying bars: what each is called, how long it is, and what is written at its end.
    fn lying(
        &self,
        name: &'static str,
        definition: &'static str,
        lines: &[(String, Option<f64>, String)],
        full: Option<f64>,
    ) -> Drawing {
        self.drawing(name, definition, |caption| {
            let drawn: Vec<bars::Bar<'_>> = lines
                .iter()
                .map(|(words, value, text)| bars::Bar {
                    words,
                    value: *value,
                    text,
                    marked: false,
                })
                .collect();
            bars::bars(&bars::Bars {
                caption,
                bars: &drawn,
                full,
            })
        })
    }

    pub(super) fn whole(&self, share: f64) -> String {
        Locales::get().percent(self.ask.lang, share, 0)
    }

    /// A few dates for an axis of weeks.
    pub(super) fn dates(&self, from: Week, until: Week) -> Result<Vec<(usize, String)>> {
        let span = until - from;
        let step = (span / 4).max(1);
        (0..=span)
            .filter(|place| place % step == 0)
            .map(|place| Ok((usize::try_from(place).unwrap_or(0), say::month(self.ask, from + place)?)))
            .collect()
    }

    /// The weeks of a table beside a line of two years: the newest, and every fourth before it.
    pub(super) fn every_fourth(&self) -> impl Iterator<Item = Week> {
        let (first, last) = (self.first, self.last);
        (0..)
            .map(move |back| last - back * BLOCK)
            .take_while(move |week| *week >= first)
    }
}

/// The shade of a share, 0 to 5.
fn shade(share: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one of six")]
    let shade = (share.clamp(0.0, 1.0) * 5.0).round() as u8;
    shade
}

/// A drawing that says of what kind it is: on a page its place says so.
pub(super) fn with_name(svg: &str) -> Option<String> {
    let end = svg.find('>')?;
    let (open, rest) = svg.split_at(end);
    Some(if open.contains("xmlns=") {
        svg.to_owned()
    } else {
        format!(
            "{}{rest}",
            open.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
        )
    })
}
/// A drawing as a file of its own: with the colours that the site's style sheets give it on its pages.
pub(super) fn alone(svg: &str) -> Option<String> {
    let svg = with_name(svg)?;
    let (open, rest) = svg.split_at(svg.find('>')?);
    let style = charts::style();
    Some(format!("{open}><style>{style}</style>{}", &rest[1..]))
}

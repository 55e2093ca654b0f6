//! One input of the business case: its form, and numbers as people of a language write them. What follows from it is
//! `business`.

use super::business::{kept, may_keep, written};
use super::found::find_told;
use crate::access::{deed, on_forum};
use crate::forum::business::{self, Said};
use crate::forum::metrics::models::business::{Estimate, Grade, Input, Unit};
use crate::forum::metrics::read::Telling;
use crate::i18n::{Locales, Message};
use crate::refusal::{Problems, Refusal, Result};
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Form, choices};
use crate::web::reply::Reply;

fn asked(ask: &Ask) -> Result<Input> {
    Input::from_word(ask.param("input")).ok_or(Refusal::NotFound)
}

/// A number as it is typed into a field, with the language's mark: shares in percent.
fn typed(ask: &Ask, input: Input, value: f64) -> String {
    let shown = if input.unit() == Unit::Share {
        value * 100.0
    } else {
        value
    };
    // Without the last digits that a computer adds.
    plain((shown * 1e6).round() / 1e6, decimal_mark(ask))
}

fn plain(value: f64, mark: char) -> String {
    value.to_string().replace('.', &mark.to_string())
}

fn decimal_mark(ask: &Ask) -> char {
    if ask.t("decimal-mark") == "," { ',' } else { '.' }
}

/// A number as people write it whose mark before the parts of one is this: "75,000" is seventy-five thousand in English,
/// and "75.000" is in Dutch. A single mark of the other kind before other than three digits is taken for what it must
/// mean.
fn written_number(text: &str, decimal: char) -> Option<f64> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '€' | '%' | '\u{a0}' | '\u{202f}'))
        .collect();
    let thousands = if decimal == ',' { '.' } else { ',' };
    let (whole, parts) = match text.split_once(decimal) {
        Some((whole, parts)) => (whole, Some(parts)),
        None => (text.as_str(), None),
    };
    let groups: Vec<&str> = whole.split(thousands).collect();
    let grouped =
        groups.len() > 1 && (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let number = match (grouped || groups.len() == 1, parts) {
        (true, Some(parts)) => format!("{}.{parts}", groups.concat()),
        (true, None) => groups.concat(),
        // "12,5" in English: one mark, and no thousands.
        (false, None) if groups.len() == 2 => groups.join("."),
        _ => return None,
    };
    number.parse().ok()
}

fn read(ask: &Ask, input: Input, text: &str) -> Option<f64> {
    let number = written_number(text, decimal_mark(ask))?;
    Some(if input.unit() == Unit::Share {
        number / 100.0
    } else {
        number
    })
}

pub fn show(ask: &Ask) -> Answer {
    let input = asked(ask)?;
    let one = kept(ask)?.get(input).clone();
    if !may_keep(ask) {
        return Err(Refusal::NotFound);
    }
    // What the log says stands in the form once somebody takes it over; it counts when they save it.
    let measured = measured(ask, input)?.filter(|_| ask.ask_for("measured") == "yes");
    let (estimate, grade) = match measured {
        Some(measured) => (measured, Grade::Measured),
        None => (one.estimate, one.grade),
    };
    let form = Form::new(&[
        ("low", &typed(ask, input, estimate.low())),
        ("base", &typed(ask, input, estimate.base())),
        ("high", &typed(ask, input, estimate.high())),
        ("grade", grade.word()),
        ("owner", &one.owner),
    ]);
    form_page(ask, input, one.since, form, false)
}

/// What the log says of an input, where it says anything.
pub(super) fn measured(ask: &Ask, input: Input) -> Result<Option<Estimate>> {
    let found = find_told(ask, &business::MEASURED_FROM, Telling::Published)?;
    Ok(found
        .weeks
        .and_then(|(_, last)| business::measured(input, &found.figures, last)))
}

fn form_page(ask: &Ask, input: Input, since: i64, form: Form, again: bool) -> Answer {
    let words: Vec<&str> = Grade::ALL.iter().map(|grade| grade.word()).collect();
    let unit = match input.unit() {
        Unit::Share => "case-unit-share",
        Unit::Minutes => "case-unit-minutes",
        Unit::Hours => "case-unit-hours",
        Unit::Euros => "case-unit-euros",
        Unit::Number => "case-unit-number",
    };
    let title = ask.t(&format!("case-input-{}", input.key()));
    let measured = measured(ask, input)?.map(|measured| {
        let [low, base, high] = [measured.low(), measured.base(), measured.high()];
        let says = [("low", low), ("base", base), ("high", high)];
        let values = says.map(|(name, value)| (name, written(ask, input, value).into()));
        Locales::get().with_values(ask.lang, "case-measured", &values)
    });
    let page = serde_json::json!({
        "title": title,
        "measured": measured,
        "word": input.word(),
        "unit": ask.t(unit),
        "grades": choices(ask.lang, "case-grade", &words, &[form.value("grade")]),
        "since": since,
        "form": form,
    });
    if again {
        ask.again("figures/input.html", &title, &page)
    } else {
        ask.page("figures/input.html", &title, &page)
    }
}

pub fn change(ask: &Ask) -> Answer {
    let input = asked(ask)?;
    let number = |field: &str| read(ask, input, ask.sent.text(field));
    let said = Said {
        low: number("low"),
        base: number("base"),
        high: number("high"),
        grade: Grade::from_word(ask.sent.text("grade")),
        owner: ask.sent.text("owner"),
        since: ask.sent.number("since").unwrap_or(0),
    };
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::KeepFigures>(tx.viewer())?;
        business::change(tx, may, input, &said)
    });
    // Whoever mistypes still changes what they read; only who is told what it is now changes that.
    let mut since = said.since;
    let outcome = match outcome {
        // Beside the numbers stands what they are now, and what was typed stays.
        Err(Refusal::Conflict) => {
            let one = kept(ask)?.get(input).clone();
            let ends = [one.estimate.low(), one.estimate.base(), one.estimate.high()];
            let [low, base, high] = ends.map(|end| typed(ask, input, end));
            since = one.since;
            let words = Message::of("problem-case-meanwhile")
                .with("low", low)
                .with("base", base)
                .with("high", high)
                .with("grade", ask.t(&format!("case-grade-{}", one.grade.word())))
                .with("owner", one.owner);
            Err(Problems::one("base", words))
        }
        other => other,
    };
    let again = |problems: &Problems| {
        let form = ask.kept(&["low", "base", "high", "grade", "owner"], problems);
        form_page(ask, input, since, form, true)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other("/health/business").saying("done-saved")),
        Err(answer) => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_written_as_people_write_them() {
        for (text, english, dutch) in [
            ("75,000", Some(75_000.0), Some(75.0)),
            ("75.000", Some(75.0), Some(75_000.0)),
            ("1,200,000", Some(1_200_000.0), None),
            ("1.200.000", None, Some(1_200_000.0)),
            ("1,234.5", Some(1234.5), None),
            ("1.234,5", None, Some(1234.5)),
            ("12,5", Some(12.5), Some(12.5)),
            ("12.5", Some(12.5), Some(12.5)),
            ("€ 52", Some(52.0), Some(52.0)),
            ("0.25 %", Some(0.25), Some(0.25)),
            ("", None, None),
            ("many", None, None),
            ("1,2,3", None, None),
        ] {
            assert_eq!(written_number(text, '.'), english, "{text} in English");
            assert_eq!(written_number(text, ','), dutch, "{text} in Dutch");
        }
    }

    #[test]
    fn what_a_field_shows_is_read_as_what_it_was() {
        for value in [0.0, 0.125, 12.345, 52.125, 62.5, 75_000.0, 1_234_567.125] {
            for mark in ['.', ','] {
                assert_eq!(
                    written_number(&plain(value, mark), mark),
                    Some(value),
                    "{value} with {mark}"
                );
            }
        }
    }
}

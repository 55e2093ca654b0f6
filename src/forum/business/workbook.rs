//! The business case as a workbook that computes: one sheet of inputs, one of the case, in which every number is a
//! formula over the first. Whoever changes an input in it sees what follows; opened unchanged it says what the page
//! says, to the cent.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

use super::Kept;
use crate::forum::metrics::models::business::{
    Case, Columns, Estimate, FACTORS, Grade, Input, Inputs, NOTHING, WEEKS, break_even_answers, is_soft,
};
use crate::forum::metrics::week;
use crate::refusal::{Refusal, Result};

/// Row of the first input on its sheet, counted from 1 as spreadsheets do; below the heads.
const FIRST: usize = 2;

/// Where an input stands in the columns of the case: strict, base, generous are B, C and D.
fn cell(column: char, input: Input) -> String {
    format!("{column}{}", FIRST + input.place())
}

/// The lines of the case, in the order of the page; each a formula over the cells above it.
const LINES: [&str; 12] = [
    "answers",
    "networked",
    "onboarding",
    "ideas",
    "benefit",
    "fixed",
    "writing",
    "cost",
    "net",
    "roi",
    "soft",
    "break-even",
];

fn line(name: &str) -> usize {
    let place = LINES.iter().position(|one| *one == name).unwrap_or(0);
    FIRST + Input::ALL.len() + 1 + place
}

fn formula(name: &str, column: char, grade: &impl Fn(Input) -> Grade) -> String {
    let of = |input| cell(column, input);
    let at = |name| format!("{column}{}", line(name));
    let product = |inputs: &[Input]| inputs.iter().map(|one| of(*one)).collect::<Vec<_>>().join("*");
    match name {
        "answers" => format!(
            "12*{}*(1-{})*{}/60*{}",
            product(&[Input::Answers, Input::Resolved]),
            of(Input::Displaced),
            of(Input::AnswerMinutes),
            of(Input::Hour)
        ),
        "networked" => format!(
            "12*{}/60*{}",
            product(&[Input::Searches, Input::Found, Input::Useful, Input::SearchMinutes]),
            of(Input::Hour)
        ),
        "onboarding" => product(&[Input::Hires, Input::HireHours, Input::HireShare, Input::Hour]),
        "ideas" => product(&[Input::Ideas, Input::IdeaValue, Input::IdeaShare]),
        "benefit" => format!("SUM({}:{})", at("answers"), at("ideas")),
        "fixed" => format!(
            "{}+{}+{}*{WEEKS}*{}",
            product(&[Input::Team, Input::TeamCost]),
            of(Input::Platform),
            product(&[Input::Champions, Input::ChampionHours]),
            of(Input::Hour)
        ),
        "writing" => format!(
            "12*{}/60*{}",
            product(&[Input::Answers, Input::WriteMinutes]),
            of(Input::Hour)
        ),
        "cost" => format!("{}+{}", at("fixed"), at("writing")),
        "net" => format!("{}-{}", at("benefit"), at("cost")),
        "roi" => format!("IF({0}>0,{1}/{0},\"–\")", at("cost"), at("net")),
        "soft" => {
            let lines: Vec<String> = LINES
                .iter()
                .zip(FACTORS)
                .filter(|(_, factors)| is_soft(factors, grade))
                .map(|(line, _)| at(line))
                .collect();
            let soft = if lines.is_empty() {
                "0".to_owned()
            } else {
                lines.join("+")
            };
            format!("IF({0}>0,({soft})/{0},\"–\")", at("benefit"))
        }
        // What answers bring and cost goes with their number; everything else stays.
        _ => {
            let each = format!(
                "(12*{}/60*({}*(1-{})*{}-{}))",
                of(Input::Hour),
                of(Input::Resolved),
                of(Input::Displaced),
                of(Input::AnswerMinutes),
                of(Input::WriteMinutes)
            );
            let without = format!("({}-{}+{})", at("net"), at("answers"), at("writing"));
            format!("IF({without}>=0,0,IF({each}>{NOTHING:.6},-{without}/{each},\"–\"))")
        }
    }
}

fn value(name: &str, case: &Case, inputs: &Inputs<f64>, grade: &impl Fn(Input) -> Grade) -> Option<f64> {
    match name {
        "answers" => Some(case.answers),
        "networked" => Some(case.networked),
        "onboarding" => Some(case.onboarding),
        "ideas" => Some(case.ideas),
        "benefit" => Some(case.benefit()),
        "fixed" => Some(case.fixed_cost),
        "writing" => Some(case.writing_cost),
        "cost" => Some(case.cost()),
        "net" => Some(case.net()),
        "roi" => case.roi(),
        "soft" => case.soft_share(grade),
        _ => break_even_answers(inputs),
    }
}

/// The workbook, in the words of whoever takes it along.
pub fn workbook(kept: &Inputs<Kept>, words: &dyn Fn(&str) -> String) -> Result<Vec<u8>> {
    write(kept, words).map_err(Refusal::broken)?.map_err(Refusal::broken)
}

type Written = std::result::Result<Vec<u8>, XlsxError>;

fn write(kept: &Inputs<Kept>, words: &dyn Fn(&str) -> String) -> std::result::Result<Written, Refusal> {
    let estimates: Inputs<Estimate> = kept.map(|_, one| one.estimate);
    let mut days = Vec::new();
    for input in Input::ALL {
        days.push(match kept.get(input).day {
            Some(day) => week::date_of(day)?.to_string(),
            None => words("case-example"),
        });
    }
    Ok(sheets(kept, &estimates, &days, words))
}

fn sheets(
    kept: &Inputs<Kept>,
    estimates: &Inputs<Estimate>,
    days: &[String],
    words: &dyn Fn(&str) -> String,
) -> Written {
    let bold = Format::new().set_bold();
    let names = [words("case-sheet-inputs"), words("case-sheet-case")];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&names[0])?;
    heads(
        sheet,
        &[
            "case-input",
            "case-low",
            "case-base",
            "case-high",
            "case-grade",
            "case-owner",
            "case-day",
        ],
        &bold,
        words,
    )?;
    for (row, input) in (1_u32..).zip(Input::ALL) {
        let one = kept.get(input);
        sheet.write_string(row, 0, words(&format!("case-input-{}", input.key())))?;
        for (column, number) in (1_u16..).zip([one.estimate.low(), one.estimate.base(), one.estimate.high()]) {
            sheet.write_number(row, column, number)?;
        }
        sheet.write_string(row, 4, words(&format!("case-grade-{}", one.grade.word())))?;
        sheet.write_string(row, 5, &one.owner)?;
        sheet.write_string(row, 6, days.get(input.place()).map_or("", String::as_str))?;
    }
    sheet.autofit();
    let ends = estimates.ends();
    let columns = estimates.columns();
    let sheet = book.add_worksheet();
    sheet.set_name(&names[1])?;
    heads(
        sheet,
        &["case-line", "case-strict", "case-base", "case-generous"],
        &bold,
        words,
    )?;
    for (row, input) in (1_u32..).zip(Input::ALL) {
        sheet.write_string(row, 0, words(&format!("case-input-{}", input.key())))?;
        let generous_is_high = *ends.get(input);
        let estimate = estimates.get(input);
        let place = FIRST + input.place();
        // Low, base and high of the other sheet, at the end that gives less, between, and more.
        for (column, from, number) in [
            (
                1,
                if generous_is_high { 'B' } else { 'D' },
                if generous_is_high {
                    estimate.low()
                } else {
                    estimate.high()
                },
            ),
            (2, 'C', estimate.base()),
            (
                3,
                if generous_is_high { 'D' } else { 'B' },
                if generous_is_high {
                    estimate.high()
                } else {
                    estimate.low()
                },
            ),
        ] {
            let formula = format!("='{}'!{from}{place}", names[0].replace('\'', "''"));
            sheet.write_formula(row, column, Formula::new(formula).set_result(number.to_string()))?;
        }
    }
    results(sheet, &columns, estimates, &|input| kept.get(input).grade, words)?;
    sheet.autofit();
    book.save_to_buffer()
}

fn results(
    sheet: &mut Worksheet,
    columns: &Columns,
    estimates: &Inputs<Estimate>,
    grade: &impl Fn(Input) -> Grade,
    words: &dyn Fn(&str) -> String,
) -> std::result::Result<(), XlsxError> {
    let money = Format::new().set_num_format("#,##0.00");
    let percent = Format::new().set_num_format("0 %");
    for name in LINES {
        let row = u32::try_from(line(name)).unwrap_or(0) - 1;
        sheet.write_string(row, 0, words(&format!("case-line-{name}")))?;
        for (column, letter, case, inputs) in [
            (1, 'B', &columns.strict, estimates.end(false)),
            (2, 'C', &columns.base, estimates.bases()),
            (3, 'D', &columns.generous, estimates.end(true)),
        ] {
            // What cannot be said is a dash, as the formula makes it.
            let known = value(name, case, &inputs, grade).map_or_else(|| "–".to_owned(), |value| value.to_string());
            let formula = Formula::new(format!("={}", formula(name, letter, grade))).set_result(known);
            let format = if matches!(name, "roi" | "soft") {
                &percent
            } else {
                &money
            };
            sheet.write_formula_with_format(row, column, formula, format)?;
        }
    }
    Ok(())
}

fn heads(
    sheet: &mut Worksheet,
    keys: &[&str],
    bold: &Format,
    words: &dyn Fn(&str) -> String,
) -> std::result::Result<(), XlsxError> {
    for (column, key) in (0_u16..).zip(keys) {
        sheet.write_string_with_format(0, column, words(key), bold)?;
    }
    Ok(())
}

//! The business case as a workbook that computes: one sheet of inputs, and in formulas over it the case, what each input
//! moves, and three years month by month. Whoever changes an input in it sees what follows; opened unchanged it says what
//! the page says, to the cent.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

use super::Kept;
use crate::forum::metrics::models::business::{
    Case, Columns, Estimate, FACTORS, Grade, Input, Inputs, NOTHING, WEEKS, break_even_answers, is_soft, present_value,
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

/// The six lines that are made of inputs alone, which stand where `of` says; none of any other line.
fn term(name: &str, of: &impl Fn(Input) -> String) -> Option<String> {
    let product = |inputs: &[Input]| inputs.iter().map(|one| of(*one)).collect::<Vec<_>>().join("*");
    Some(match name {
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
        _ => return None,
    })
}

fn formula(name: &str, column: char, grade: &impl Fn(Input) -> Grade) -> String {
    let of = |input| cell(column, input);
    let at = |name| format!("{column}{}", line(name));
    if let Some(term) = term(name, &of) {
        return term;
    }
    match name {
        "benefit" => format!("SUM({}:{})", at("answers"), at("ideas")),
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

/// What three years are computed from besides the inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// The share of active people at the end of each month, and the one to which the inputs belong.
    pub active: Vec<f64>,
    pub reference: f64,
    /// What a euro of next year is worth less.
    pub interest: f64,
}

/// The workbook, in the words of whoever takes it along.
pub fn workbook(kept: &Inputs<Kept>, ahead: &Ahead, words: &dyn Fn(&str) -> String) -> Result<Vec<u8>> {
    write(kept, ahead, words)
        .map_err(Refusal::broken)?
        .map_err(Refusal::broken)
}

type Written = std::result::Result<Vec<u8>, XlsxError>;

fn write(kept: &Inputs<Kept>, ahead: &Ahead, words: &dyn Fn(&str) -> String) -> std::result::Result<Written, Refusal> {
    let estimates: Inputs<Estimate> = kept.map(|_, one| one.estimate);
    let mut days = Vec::new();
    for input in Input::ALL {
        days.push(match kept.get(input).day {
            Some(day) => week::date_of(day)?.to_string(),
            None => words("case-example"),
        });
    }
    Ok(sheets(kept, &estimates, ahead, &days, words))
}

fn sheets(
    kept: &Inputs<Kept>,
    estimates: &Inputs<Estimate>,
    ahead: &Ahead,
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
    let quoted = names.map(|name| format!("'{}'", name.replace('\'', "''")));
    moves(book.add_worksheet(), estimates, &quoted, words)?;
    years(book.add_worksheet(), &columns, ahead, &quoted[1], words)?;
    book.save_to_buffer()
}

/// What each input moves while all others are at base, the one that moves most first, as the page has them.
fn moves(
    sheet: &mut Worksheet,
    estimates: &Inputs<Estimate>,
    [inputs, case]: &[String; 2],
    words: &dyn Fn(&str) -> String,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(words("case-sheet-moves"))?;
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format("#,##0.00");
    heads(
        sheet,
        &[
            "case-input",
            "case-low",
            "case-high",
            "case-at-low",
            "case-at-high",
            "case-width",
        ],
        &bold,
        words,
    )?;
    for (row, swing) in (1_u32..).zip(estimates.tornado()) {
        let (moved, place) = (swing.input, FIRST + swing.input.place());
        let estimate = estimates.get(moved);
        sheet.write_string(row, 0, words(&format!("case-input-{}", moved.key())))?;
        for (column, from, end) in [(1, 'B', estimate.low()), (2, 'D', estimate.high())] {
            let formula = Formula::new(format!("={inputs}!{from}{place}")).set_result(end.to_string());
            sheet.write_formula(row, column, formula)?;
        }
        for (column, from, net) in [(3, 'B', swing.at_low), (4, 'C', swing.at_high)] {
            let of = |input: Input| {
                if input == moved {
                    format!("{from}{}", row + 1)
                } else {
                    format!("{case}!{}", cell('C', input))
                }
            };
            let terms = |names: &[&str]| -> Vec<String> { names.iter().filter_map(|name| term(name, &of)).collect() };
            let gives = terms(&["answers", "networked", "onboarding", "ideas"]).join("+");
            let takes = terms(&["fixed", "writing"]).join("+");
            let formula = Formula::new(format!("={gives}-({takes})")).set_result(net.to_string());
            sheet.write_formula_with_format(row, column, formula, &money)?;
        }
        let (one, other) = (format!("D{}", row + 1), format!("E{}", row + 1));
        let formula = Formula::new(format!("=IF({other}>{one},{other}-{one},{one}-{other})"));
        sheet.write_formula_with_format(row, 5, formula.set_result(swing.width().to_string()), &money)?;
    }
    sheet.autofit();
    Ok(())
}

/// Three years, month by month: benefits and what writing costs go with the share of active people, everything else
/// runs on. Below them what three years at the base are worth today.
fn years(
    sheet: &mut Worksheet,
    columns: &Columns,
    ahead: &Ahead,
    case: &str,
    words: &dyn Fn(&str) -> String,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(words("case-sheet-years"))?;
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format("#,##0.00");
    let percent = Format::new().set_num_format("0.0 %");
    heads(
        sheet,
        &["case-month", "case-active", "case-strict", "case-base", "case-generous"],
        &bold,
        words,
    )?;
    // Month 0: the share to which the inputs belong, with nothing earned or spent yet.
    sheet.write_number(1, 0, 0.0)?;
    sheet.write_number_with_format(1, 1, ahead.reference, &percent)?;
    for column in 2..5 {
        sheet.write_number_with_format(1, column, 0.0, &money)?;
    }
    let sums = [&columns.strict, &columns.base, &columns.generous]
        .map(|one| one.cumulative(&ahead.active, ahead.reference).unwrap_or_default());
    for ((row, month), (place, share)) in (2_u32..).zip(1_u32..).zip(ahead.active.iter().enumerate()) {
        sheet.write_number(row, 0, f64::from(month))?;
        sheet.write_number_with_format(row, 1, *share, &percent)?;
        for ((column, letter, of), sums) in [(2_u16, 'C', 'B'), (3, 'D', 'C'), (4, 'E', 'D')].into_iter().zip(&sums) {
            let at = |name: &str| format!("{case}!{of}{}", line(name));
            let moving = format!("({}-{})/12*B{}/B2", at("benefit"), at("writing"), row + 1);
            let formula = format!("={letter}{row}+{moving}-{}/12", at("fixed"));
            let known = sums.get(place).map_or_else(|| "–".to_owned(), f64::to_string);
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(known), &money)?;
        }
    }
    let row = u32::try_from(ahead.active.len()).unwrap_or(0) + 3;
    sheet.write_string(row, 0, words("case-interest"))?;
    sheet.write_number_with_format(row, 1, ahead.interest, &percent)?;
    sheet.write_string(row + 1, 0, words("case-worth-today"))?;
    let (net, rate) = (format!("{case}!C{}", line("net")), format!("(1+B{})", row + 1));
    let formula = Formula::new(format!("={net}/{rate}+{net}/{rate}/{rate}+{net}/{rate}/{rate}/{rate}"));
    let worth = present_value(&[columns.base.net(); 3], ahead.interest);
    let known = worth.map_or_else(|| "–".to_owned(), |worth| worth.to_string());
    sheet.write_formula_with_format(row + 1, 1, formula.set_result(known), &money)?;
    sheet.autofit();
    Ok(())
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

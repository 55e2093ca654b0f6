//! The business case as it is kept: each input with its range, where it comes from, who answers for it and of which day
//! it is. To begin with every input is an example, and says so. What follows from them is computed by
//! `metrics::models::business` and kept nowhere; what was changed, by whom, is in the audit.

mod measured;
mod workbook;

pub use measured::{READ as MEASURED_FROM, measured};
pub use workbook::{Ahead, workbook};

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::schema::case_inputs;
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::models::business::{Estimate, Grade, Input, Inputs, Unit};
use crate::forum::metrics::week::Calendar;
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// Characters of an owner's name.
const OWNER: usize = 80;
/// Larger numbers are no input of a year.
const LARGEST: f64 = 1e9;

/// An input as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub estimate: Estimate,
    pub grade: Grade,
    /// Empty: it is an example still.
    pub owner: String,
    /// Days since 1970.
    pub day: Option<i64>,
    /// When it was changed last, in microseconds; 0 for an example.
    pub since: i64,
}

impl Kept {
    pub fn is_example(&self) -> bool {
        self.day.is_none()
    }
}

/// All inputs: what somebody said, and examples of the rest.
pub fn inputs(cx: &mut Cx<'_>, _: &May<deed::SeeTotals, Forum>) -> Result<Inputs<Kept>> {
    type Row = (String, (f64, f64, f64), String, String, (i64, Moment));
    let mut known: BTreeMap<String, Kept> = BTreeMap::new();
    let rows: Vec<Row> = case_inputs::table
        .select((
            case_inputs::input,
            (case_inputs::low, case_inputs::base, case_inputs::high),
            case_inputs::grade,
            case_inputs::owner,
            (case_inputs::day, case_inputs::changed_at),
        ))
        .load(cx.conn())?;
    for (input, (low, base, high), grade, owner, (day, since)) in rows {
        let wrong = || Refusal::broken(format!("the input {input} is kept wrongly"));
        known.insert(
            input.clone(),
            Kept {
                estimate: Estimate::new(low, base, high).ok_or_else(wrong)?,
                grade: Grade::from_word(&grade).ok_or_else(wrong)?,
                owner,
                day: Some(day),
                since: since.0,
            },
        );
    }
    Ok(Inputs::example().map(|input, estimate| {
        known.remove(input.word()).unwrap_or(Kept {
            estimate: *estimate,
            grade: Grade::Assumed,
            owner: String::new(),
            day: None,
            since: 0,
        })
    }))
}

/// An input as somebody says it; numbers as they count, shares from 0 to 1.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    pub low: Option<f64>,
    pub base: Option<f64>,
    pub high: Option<f64>,
    pub grade: Option<Grade>,
    pub owner: &'a str,
    /// [`Kept::since`] of what was changed; whatever is there now must be the same.
    pub since: i64,
}

/// Keeps an input. [`Refusal::Conflict`]: somebody else changed it meanwhile.
pub fn change(tx: &mut Tx<'_>, _: May<deed::KeepFigures, Forum>, input: Input, said: &Said<'_>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    // One after the other, on two nodes too.
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let there: Option<Moment> = case_inputs::table
        .find(input.word())
        .select(case_inputs::changed_at)
        .first(tx.conn())
        .optional()?;
    // What was never said is an example, of no moment. This comes before mistakes are looked for: whoever makes one
    // must not be taken to have seen what somebody else wrote.
    if there.map_or(0, |at| at.0) != said.since {
        return Err(Refusal::Conflict);
    }
    let mut problems = Problems::default();
    let most = if input.unit() == Unit::Share { 1.0 } else { LARGEST };
    for (field, value) in [("low", said.low), ("base", said.base), ("high", said.high)] {
        if !value.is_some_and(|value| (0.0..=most).contains(&value)) {
            problems.add(
                field,
                if input.unit() == Unit::Share {
                    "problem-case-share"
                } else {
                    "problem-case-number"
                },
            );
        }
    }
    let owner = name::tidy(said.owner);
    if owner.is_empty() {
        problems.add("owner", "problem-empty");
    }
    if owner.chars().count() > OWNER {
        problems.add("owner", "problem-too-long");
    }
    let Some(grade) = said.grade else {
        problems.add("grade", "problem-choose");
        return Err(Refusal::Invalid(problems));
    };
    problems.check()?;
    let (Some(low), Some(base), Some(high)) = (said.low, said.base, said.high) else {
        return Err(Problems::one("base", "problem-case-number"));
    };
    if Estimate::new(low, base, high).is_none() {
        return Err(Problems::one("base", "problem-case-order"));
    }
    let day = Calendar::read(tx.conn())?.day(now);
    diesel::delete(case_inputs::table.find(input.word())).execute(tx.conn())?;
    diesel::insert_into(case_inputs::table)
        .values((
            case_inputs::input.eq(input.word()),
            case_inputs::low.eq(low),
            case_inputs::base.eq(base),
            case_inputs::high.eq(high),
            case_inputs::grade.eq(grade.word()),
            case_inputs::owner.eq(&owner),
            case_inputs::day.eq(day),
            case_inputs::changed_by.eq(me),
            case_inputs::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::CaseChanged {
        input: input.word(),
        low,
        base,
        high,
    })?;
    Ok(())
}

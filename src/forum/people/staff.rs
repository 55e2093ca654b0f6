//! The staff list: who could be here. People on it without an account are "not here yet", and with
//! the others they are what shares of the organisation are counted against.

use std::collections::HashMap;

use diesel::prelude::*;

use super::account::NewAccount;
use super::departments;
use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::schema::{accounts, staff};
use crate::event::Event;
use crate::ids::{AccountId, DepartmentId};
use crate::refusal::{Refusal, Result};
use crate::text::name;

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    pub read: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    /// Line and reason.
    pub refused: Vec<(u64, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    mail: String,
    name: String,
    department: String,
    location: String,
    starts_on: Option<i64>,
    ends_on: Option<i64>,
}

/// Reads a CSV file with a first line of names: mail, name, department, location, start, end. Commas
/// or semicolons; dates as 2026-11-22. A line that cannot be read is named, the others are taken.
pub fn import(tx: &mut Tx<'_>, may: &May<deed::Administer, Forum>, bytes: &[u8]) -> Result<Report> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or("");
    let delimiter = if first.matches(';').count() > first.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads = reader.headers().map_err(Refusal::broken)?.clone();
    let place = |wanted: &str| heads.iter().position(|head| head.eq_ignore_ascii_case(wanted));
    let (Some(mail), Some(called)) = (place("mail").or_else(|| place("email")), place("name")) else {
        return Err(crate::refusal::Problems::one("file", "problem-staff-heads"));
    };
    let (department, location, start, end) = (place("department"), place("location"), place("start"), place("end"));
    let mut report = Report::default();
    let mut made: HashMap<String, DepartmentId> = HashMap::new();
    for (number, record) in reader.records().enumerate() {
        report.read += 1;
        let line = u64::try_from(number).unwrap_or(0) + 2;
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                report.refused.push((line, error.to_string()));
                continue;
            }
        };
        let field = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or("").to_owned();
        let day = |text: &str| -> std::result::Result<Option<i64>, String> {
            if text.is_empty() {
                return Ok(None);
            }
            let date: jiff::civil::Date = text.parse().map_err(|_| format!("{text} is no date"))?;
            let at = date
                .to_zoned(jiff::tz::TimeZone::UTC)
                .map_err(|error| error.to_string())?;
            Ok(Some(at.timestamp().as_second().div_euclid(86_400)))
        };
        let days = day(&field(start)).and_then(|start| Ok((start, day(&field(end))?)));
        let row = match days {
            Ok((starts_on, ends_on)) => Row {
                mail: field(Some(mail)),
                name: name::tidy(&field(Some(called))),
                department: name::tidy(&field(department)),
                location: name::tidy(&field(location)),
                starts_on,
                ends_on,
            },
            Err(problem) => {
                report.refused.push((line, problem));
                continue;
            }
        };
        if !name::is_mail(&row.mail) {
            report
                .refused
                .push((line, format!("\"{}\" is no mail address", row.mail)));
            continue;
        }
        if row.name.is_empty() {
            report.refused.push((line, "the name is empty".to_owned()));
            continue;
        }
        match take(tx, may, &row, &mut made)? {
            Some(true) => report.added += 1,
            Some(false) => report.changed += 1,
            None => report.unchanged += 1,
        }
    }
    tx.record(&Event::StaffImported {
        people: report.added + report.changed + report.unchanged,
    })?;
    Ok(report)
}

/// `Some(true)`: new; `Some(false)`: changed; `None`: as it was.
fn take(
    tx: &mut Tx<'_>,
    may: &May<deed::Administer, Forum>,
    row: &Row,
    made: &mut HashMap<String, DepartmentId>,
) -> Result<Option<bool>> {
    let department = match (row.department.is_empty(), made.get(&row.department)) {
        (true, _) => None,
        (false, Some(id)) => Some(*id),
        (false, None) => {
            let id = departments::create(tx, may, &row.department)?;
            made.insert(row.department.clone(), id);
            Some(id)
        }
    };
    let key = name::mail_key(&row.mail);
    type Present = (i64, String, Option<DepartmentId>, String, Option<i64>, Option<i64>);
    let present: Option<Present> = staff::table
        .filter(staff::mail_key.eq(&key))
        .select((
            staff::id,
            staff::name,
            staff::department_id,
            staff::location,
            staff::starts_on,
            staff::ends_on,
        ))
        .first(tx.conn())
        .optional()?;
    let account: Option<AccountId> = accounts::table
        .filter(accounts::mail_key.eq(&key))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    let values = (
        staff::mail.eq(&row.mail),
        staff::mail_key.eq(&key),
        staff::name.eq(&row.name),
        staff::department_id.eq(department),
        staff::location.eq(&row.location),
        staff::starts_on.eq(row.starts_on),
        staff::ends_on.eq(row.ends_on),
        staff::account_id.eq(account),
    );
    let outcome = match present {
        None => {
            diesel::insert_into(staff::table).values(values).execute(tx.conn())?;
            Some(true)
        }
        Some((_, called, was_in, location, starts_on, ends_on))
            if called == row.name
                && was_in == department
                && location == row.location
                && (starts_on, ends_on) == (row.starts_on, row.ends_on) =>
        {
            None
        }
        Some((id, ..)) => {
            diesel::update(staff::table.find(id)).set(values).execute(tx.conn())?;
            Some(false)
        }
    };
    if let (Some(account), Some(department)) = (account, department) {
        diesel::update(accounts::table.find(account))
            .set(accounts::department_id.eq(department))
            .execute(tx.conn())?;
    }
    Ok(outcome)
}

/// Fills in what the staff list knows of somebody who comes.
pub(super) fn complete(tx: &mut Tx<'_>, new: &mut NewAccount) -> Result<()> {
    let Some(mail) = &new.mail else { return Ok(()) };
    let known: Option<(Option<DepartmentId>, String)> = staff::table
        .filter(staff::mail_key.eq(name::mail_key(mail)))
        .select((staff::department_id, staff::location))
        .first(tx.conn())
        .optional()?;
    if let Some((department, location)) = known {
        new.department = department;
        new.location = location;
    }
    Ok(())
}

pub(crate) fn link(tx: &mut Tx<'_>, mail: &str, account: AccountId) -> Result<()> {
    diesel::update(staff::table.filter(staff::mail_key.eq(name::mail_key(mail))))
        .set(staff::account_id.eq(account))
        .execute(tx.conn())?;
    Ok(())
}

/// People on the list, and of them those who are here.
pub fn size(cx: &mut Cx<'_>) -> Result<(i64, i64)> {
    if !cx.viewer().is_admin() {
        return Err(Refusal::NotFound);
    }
    let all = staff::table.count().get_result(cx.conn())?;
    let here = staff::table
        .filter(staff::account_id.is_not_null())
        .count()
        .get_result(cx.conn())?;
    Ok((all, here))
}

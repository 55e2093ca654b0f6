//! Departments: a list that admins keep, because figures by department are worth what the list is.

use diesel::prelude::*;

use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::schema::departments;
use crate::ids::DepartmentId;
use crate::refusal::{Problems, Result};
use crate::text::name;

pub type Department = (DepartmentId, String);

pub fn departments(cx: &mut Cx<'_>) -> Result<Vec<Department>> {
    Ok(departments::table
        .order(departments::name)
        .select((departments::id, departments::name))
        .load(cx.conn())?)
}

pub fn create(tx: &mut Tx<'_>, _: &May<deed::Administer, Forum>, called: &str) -> Result<DepartmentId> {
    let called = name::tidy(called);
    if called.is_empty() || called.chars().count() > 80 {
        return Err(Problems::one("department", "problem-department"));
    }
    find_or_create(tx, &called)
}

pub(crate) fn find_or_create(tx: &mut Tx<'_>, called: &str) -> Result<DepartmentId> {
    let key = name::fold(called);
    let present: Option<DepartmentId> = departments::table
        .filter(departments::name_key.eq(&key))
        .select(departments::id)
        .first(tx.conn())
        .optional()?;
    match present {
        Some(id) => Ok(id),
        None => Ok(diesel::insert_into(departments::table)
            .values((departments::name.eq(called), departments::name_key.eq(&key)))
            .returning(departments::id)
            .get_result(tx.conn())?),
    }
}

//! The staff list and the departments.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::forum::people::{self, StaffReport};
use crate::refusal::{Problems, Refusal};
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct StaffPage {
    form: Form,
    people: i64,
    here: i64,
    departments: Vec<String>,
    report: Option<StaffReport>,
}

fn staff_page(ask: &Ask, form: Form, report: Option<StaffReport>) -> Result<StaffPage, Refusal> {
    let ((people, here), departments) = ask.read(|cx| Ok((people::staff_size(cx)?, people::departments(cx)?)))?;
    Ok(StaffPage {
        form,
        people,
        here,
        departments: departments.into_iter().map(|(_, name)| name).collect(),
        report,
    })
}

fn staff_form() -> Form {
    Form::new(&[("file", ""), ("department", "")])
}

pub fn staff(ask: &Ask) -> Answer {
    let page = staff_page(ask, staff_form(), None)?;
    ask.page("admin/staff.html", &ask.t("admin-staff-title"), &page)
}

pub fn import_staff(ask: &Ask) -> Answer {
    let outcome = match ask.sent.file("file") {
        None => Err(Problems::one("file", "problem-file")),
        Some(file) => ask.write(|tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            people::import_staff(tx, &may, &file.bytes)
        }),
    };
    let again = |problems: &Problems| {
        let page = staff_page(ask, staff_form().with(problems, ask.lang), None)?;
        ask.again("admin/staff.html", &ask.t("admin-staff-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(report) => {
            let page = staff_page(ask, staff_form(), Some(report))?;
            ask.page("admin/staff.html", &ask.t("admin-staff-title"), &page)
        }
        Err(answer) => answer,
    }
}

pub fn create_department(ask: &Ask) -> Answer {
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::create_department(tx, &may, ask.sent.text("department"))
    });
    let again = |problems: &Problems| {
        let page = staff_page(ask, ask.kept(&["file", "department"], problems), None)?;
        ask.again("admin/staff.html", &ask.t("admin-staff-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(_) => Ok(Reply::see_other("/admin/staff").saying("done-saved")),
        Err(answer) => answer,
    }
}

//! The business case: examples until somebody says otherwise, three columns, and a workbook that comes to the same.

use aquarium::access::{deed, on_forum};
use aquarium::forum::business::{self, Ahead};
use aquarium::i18n::Locales;

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("business::three_columns_and_who_sees_them", seen),
        ("business::an_input_is_changed_with_its_owner", changed),
        ("business::two_who_change_the_same_are_told", meanwhile),
        ("business::what_the_log_counts_is_offered_and_taken_over", measured),
    ]
}

pub(crate) fn stories_with_python() -> Vec<Story> {
    vec![("business::the_workbook_computes_what_the_page_says", workbook)]
}

fn council(town: &Town, who: &str) {
    let id = town.people[who];
    town.by_hand(&format!(
        "UPDATE accounts SET forum_role = 'works_council' WHERE id = {id}"
    ));
}

fn seen(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/health/business").is(200);
    // Golden vector G: the base of the example, to the cent.
    ada.sees("Time saved by answers")
        .sees("€ 29,484.00")
        .sees("€ 34,320.00");
    ada.sees("€ 78,492.00")
        .sees("€ 154,304.00")
        .sees("€ −75,812.00")
        .sees("−49 %");
    ada.sees("21 inputs are examples still")
        .sees("does not turn positive within three years");
    assert!(ada.body.contains("<svg"));
    for chart in ["cumulative", "tornado"] {
        let path = format!("/health/business/charts/{chart}");
        ada.visit("/health/business");
        assert!(
            ada.body.contains(&format!("href=\"{path}\"")),
            "{chart} can be taken along"
        );
        ada.visit(&path).is(200);
        assert!(ada.body.starts_with("<svg xmlns="), "{chart}");
    }
    ada.visit("/health/business/charts/road");
    assert_eq!(ada.status, 404);
    ada.visit("/health/business/nothing");
    assert_eq!(ada.status, 404);
    // The works council reads it and changes nothing; to everybody else it is not there.
    council(town, "oda");
    let mut oda = town.sign_in("oda");
    oda.visit("/health/business").is(200);
    oda.visit("/health/business/excel").is(200);
    oda.visit("/health/business/answers");
    assert_eq!(oda.status, 404);
    let token = oda.visit("/").form("/sign-out").1;
    oda.post("/health/business/answers", &token);
    assert_ne!(oda.status, 303, "nothing is changed");
    // Everybody who works here reads the page, and takes nothing along; to guests it is not there.
    for who in ["mo", "nia", "gus"] {
        let mut person = town.sign_in(who);
        let status = if who == "gus" { 404 } else { 200 };
        person.visit("/health/business").is(status);
        assert!(who == "gus" || person.text().contains("€ 78,492.00"), "{who} reads it");
        assert!(
            !person.body.contains("/excel") && !person.body.contains("/charts/"),
            "{who}"
        );
        for path in ["/excel", "/answers", "/charts/tornado"] {
            person.visit(&format!("/health/business{path}"));
            assert_eq!(person.status, 404, "{who} at {path}");
        }
    }
}

fn changed(town: &Town) {
    let page = "/health/business/resolved";
    let mut ada = town.sign_in("ada");
    ada.visit(page).sees("In percent, from 0 to 100.");
    for (fields, problem) in [
        (
            [("low", "50"), ("base", "seventy"), ("high", "80")],
            "A share from 0 to 100",
        ),
        (
            [("low", "50"), ("base", "70"), ("high", "180")],
            "A share from 0 to 100",
        ),
        ([("low", "-1"), ("base", "70"), ("high", "80")], "A share from 0 to 100"),
        (
            [("low", "80"), ("base", "70"), ("high", "90")],
            "Low must not be above base",
        ),
        (
            [("low", "NaN"), ("base", "70"), ("high", "90")],
            "A share from 0 to 100",
        ),
    ] {
        let mut all = fields.to_vec();
        all.push(("owner", "Finance"));
        ada.visit(page).submit(page, &all);
        assert_eq!(ada.status, 422, "{fields:?}");
        ada.sees(problem);
        assert!(
            ada.body.contains(&format!("value=\"{}\"", fields[1].1)),
            "what was typed stays"
        );
    }
    let fields = [("low", "40"), ("base", "62,5"), ("high", "75 %"), ("grade", "surveyed")];
    let mut all = fields.to_vec();
    ada.visit(page).submit(page, &all);
    assert_eq!(ada.status, 422, "somebody answers for it");
    all.push(("owner", "Fenna, finance"));
    ada.visit(page).submit(page, &all).is(200);
    ada.sees("Fenna, finance").sees("20 inputs are examples still");
    // 29,484 × 62.5 / 70.
    ada.sees("€ 26,325.00");
    ada.visit(page);
    assert!(ada.body.contains("value=\"62.5\""), "as it was typed");
    ada.visit("/admin/audit").sees("case_changed");
}

fn meanwhile(town: &Town) {
    let page = "/health/business/resolved";
    let (mut ada, mut other) = (town.sign_in("ada"), town.sign_in("ada"));
    ada.visit(page);
    other.visit(page);
    let said = |low| [("low", low), ("base", "70"), ("high", "80"), ("owner", "Finance")];
    ada.submit(page, &said("50")).is(200);
    // Whoever comes second reads what it is now, and loses nothing of what they typed; a mistake first changes nothing
    // of that.
    other.submit(page, &said("90"));
    assert_eq!(other.status, 422);
    other.sees("Somebody else changed this meanwhile");
    other.visit(page).submit(page, &said("90"));
    other.sees("Low must not be above base");
    town.app.clock.set(town.app.clock.now().plus_seconds(60));
    ada.visit(page).submit(page, &said("50")).is(200);
    other.submit(page, &said("40"));
    assert_eq!(other.status, 422);
    other.sees("Somebody else changed this meanwhile: it is 50, 70, 80 now, assumed, and Finance answers for it.");
    assert!(other.body.contains("value=\"40\""), "what was typed stays");
    ada.visit(page);
    assert!(ada.body.contains("value=\"50\""), "nothing was changed");
    // Knowing it, they may.
    other.submit(page, &said("40")).is(200);
    ada.visit(page);
    assert!(ada.body.contains("value=\"40\""));
}

fn workbook(town: &Town) {
    changed(town);
    let bytes = town
        .app
        .store
        .read(&town.viewer("ada"), |cx| {
            let may = on_forum::<deed::SeeTotals>(cx.viewer())?;
            let kept = business::inputs(cx, &may)?;
            let locales = Locales::get();
            // Before there is a forecast, three years are as today.
            let ahead = Ahead {
                active: vec![1.0; 36],
                reference: 1.0,
                interest: 0.05,
            };
            business::workbook(&kept, &ahead, &|key| locales.word(locales.first(), key))
        })
        .expect("a workbook");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("case.xlsx");
    std::fs::write(&file, bytes).expect("written");
    let program = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_opinion/workbook.py");
    let output = crate::running::second_opinion::python()
        .arg(program)
        .arg(&file)
        .output()
        .expect("python");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // Line by line what the page says, to the cent.
    let mut ada = town.sign_in("ada");
    ada.visit("/health/business");
    let page = ada.text().replace(',', "").replace('−', "-");
    let (mut compared, mut beside) = (0, 0);
    for line in said.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        // What each input moves, every half year, and what it is worth today stand on the page too.
        let euros = |cells: &[&str]| -> String {
            let all: Vec<String> = cells.iter().map(|cell| format!("€ {cell}")).collect();
            all.join(" | ")
        };
        let wanted = match cells[0] {
            // The page draws those that matter.
            "moves" if beside < 10 => Some(euros(&cells[2..])),
            "moves" => continue,
            "month" => Some(format!("{} | {}", cells[1], euros(&cells[2..]))),
            "today" => Some(euros(&cells[1..])),
            _ => None,
        };
        if let Some(wanted) = wanted {
            assert!(page.contains(&wanted), "{line}: {wanted} in {page}");
            beside += 1;
            continue;
        }
        if cells[1..].iter().any(|cell| cell.is_empty()) || cells[0].starts_with(['N', 'R']) && cells[0] != "Net" {
            continue;
        }
        let wanted = if cells[0].starts_with("Answers a month") {
            let whole = |cell: &&str| format!("{:.0}", cell.parse::<f64>().expect("a number"));
            format!(
                "{} | {}",
                cells[0],
                cells[1..].iter().map(whole).collect::<Vec<_>>().join(" | ")
            )
        } else {
            format!(
                "{} | {}",
                cells[0],
                cells[1..]
                    .iter()
                    .map(|cell| format!("€ {cell}"))
                    .collect::<Vec<_>>()
                    .join(" | ")
            )
        };
        let wanted = wanted.replace(',', "");
        assert!(page.contains(&wanted), "{wanted} in {page}");
        compared += 1;
    }
    assert!(compared >= 9 && beside == 10 + 6 + 1, "{said}");
}

/// What the log counts need not be guessed: it is offered, taken over by whoever saves it, and says that it is measured.
fn measured(town: &Town) {
    let mut ada = town.sign_in("ada");
    let page = "/health/business/answers";
    ada.visit("/health/business").sees_not("own log counts");
    ada.visit(page).sees_not("own log says");
    for (week, answered) in [(2_900, 150), (2_896, 90), (2_892, 210)] {
        for (metric, numerator, denominator) in [
            ("audience", 80, "NULL".to_owned()),
            ("peer-answers", 60, answered.to_string()),
        ] {
            town.by_hand(&format!(
                "INSERT INTO figures (space_id, metric, part, week, series, numerator, denominator, value, people, \
                 suppressed, version) VALUES (0, '{metric}', '', {week}, 'published', {numerator}, {denominator}, 0.4, 60, \
                 (1 = 0), 3)"
            ));
        }
    }
    ada.visit("/health/business")
        .sees("own log counts some of them")
        .sees("Answers a month");
    ada.visit(page).sees("own log says 50").sees("from 30 to 70");
    assert!(ada.body.contains("value=\"180\""), "it is only offered: {}", ada.text());
    ada.visit(&format!("{page}?measured=yes"));
    for value in ["value=\"30\"", "value=\"50\"", "value=\"70\""] {
        assert!(ada.body.contains(value), "{value}");
    }
    ada.submit(page, &[("owner", "Ada")]).is(200);
    ada.sees("measured").sees("Ada");
    ada.visit("/health/business").sees_not("own log counts");
    // Minutes are counted by nobody.
    ada.visit("/health/business/answer_minutes?measured=yes").is(200);
    ada.sees_not("own log says");
}

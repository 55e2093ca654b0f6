//! A second program, in another language and written from the definitions, counts every figure of the demo's two
//! years again from the log, and comes to the same: counts to the last one, values to nine digits.

use std::path::Path;
use std::process::Command;

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::demo;
use aquarium::forum::metrics::read::{self, Scope, Telling};
use aquarium::forum::metrics::rules::{self, Numbers};
use aquarium::forum::metrics::{auditors, export, verify};
use aquarium::forum::{people, spaces};
use aquarium::ids::AccountId;
use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories_with_python() -> Vec<Story> {
    vec![("second_opinion::another_program_counts_the_same", counted_again)]
}

/// A Python: that of `AQUARIUM_TEST_PYTHON`, else the one that is found.
pub(crate) fn python() -> Command {
    Command::new(std::env::var_os("AQUARIUM_TEST_PYTHON").unwrap_or_else(|| "python3".into()))
}

/// Whether it has what the second program counts with.
pub(crate) fn can_count() -> bool {
    python()
        .args(["-c", "import networkx, pandas"])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A year ago the operator said when people work and when not, and what the index measures against: what was due before
/// goes by what was delivered.
fn changed_rules(town: &Town) {
    let now = town.app.clock.now();
    let mut numbers = Numbers::default();
    rules::keep(&town.app.store, &numbers).expect("the first version");
    numbers.hours.days = (2..=6).collect();
    numbers.hours.to = 24;
    let off = (100..130).map(|days| now.plus_days(-days).timestamp().strftime("%F").to_string());
    numbers.hours.holidays = off.collect();
    numbers.index.growth = [0.1, 0.9];
    numbers.index.weights = [3.0, 1.0, 2.0, 1.0, 0.5, 1.0];
    rules::keep(&town.app.store, &numbers).expect("the second version");
    let then = now.plus_days(-365).0;
    town.by_hand(&format!("UPDATE rules SET since = {then} WHERE version = 2"));
    // The configuration as it is kept makes no third.
    rules::keep(&town.app.store, &numbers).expect("nothing new");
    let versions: Vec<Count> = town.ask_by_hand("SELECT COUNT(*) AS count FROM rules");
    assert_eq!(versions[0].count, 7, "five parts, two of which changed");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn counted_again(town: &Town) {
    let town = Town::empty(&town.databases, town.kind);
    let options = demo::Options {
        seed: 1,
        until: None,
        password: "three quiet herons".to_owned(),
    };
    changed_rules(&town);
    demo::fill(&town.app, &options).expect("two years");
    let store = &town.app.store;
    let report = verify::verify(store).expect("the log is read");
    assert!(report.is_sound() && report.weeks > 300, "{report:#?}");
    let folder = tempfile::tempdir().expect("a folder");
    store
        .read(&Viewer::system("story"), |cx| {
            auditors::write(cx, folder.path(), |_| {})
        })
        .expect("the log");
    // Whoever set up the forum is its admin, and belongs to every space.
    let admin = people::viewer_of(store, AccountId(1)).expect("the admin");
    let spaces = store.read(&admin, spaces::all_for_index).expect("spaces");
    assert!(spaces.len() > 1);
    for space in std::iter::once(None).chain(spaces.iter().map(|(space, ..)| Some(space.id))) {
        let table = store
            .read(&admin, |cx| {
                let scope = match space {
                    None => Scope::of_forum(&on_forum::<deed::SeeFigures>(cx.viewer())?),
                    Some(id) => Scope::of_space(&spaces::find(cx, id)?)?,
                };
                let (first, last) = read::weeks(cx, scope)?.expect("weeks");
                export::table(&read::figures(
                    cx,
                    scope,
                    &[],
                    first..=last,
                    Telling::Published,
                    town.app.config.metrics,
                )?)
            })
            .expect("figures");
        let number = space.map_or(0, |space| space.0);
        let file = folder.path().join(format!("{number}.csv"));
        std::fs::write(&file, table).expect("written");
        recount(folder.path(), &file, &["--space", &number.to_string()]);
    }
}

/// Has the second program count, and gives what it said; that it comes to the same is asserted.
pub(crate) fn recount(folder: &Path, file: &Path, how: &[&str]) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_opinion/recount.py");
    let output = python()
        .arg(program)
        .args([folder, file])
        .args(how)
        .output()
        .expect("python runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{how:?}:\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains(" 0 differ"), "{said}");
    said
}

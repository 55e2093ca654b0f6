//! The two databases have the same shape, and the way down exists.

use aquarium::db::migrate;
use aquarium::db::pool::{Address, Connections};

use crate::Story;
use crate::support::world::Town;
use crate::tidy::files;

pub(crate) fn stories() -> Vec<Story> {
    vec![("running::migrations_go_up_down_and_up", up_down_up)]
}

fn up_down_up(town: &Town) {
    let database = town.databases.bare(town.kind, town.folder.path());
    let connections = Connections::new(Address::parse(&database.url).expect("a url"), 1);
    let done = migrate::up(&connections).expect("up");
    let names = |database: &str| {
        let mut all: Vec<String> = files(&format!("migrations/{database}"), "up.sql")
            .into_iter()
            .map(|(name, _)| name.split('/').nth(2).unwrap_or("").to_owned())
            .collect();
        all.sort();
        all
    };
    assert_eq!(names("sqlite"), names("postgres"), "every migration has its twin");
    assert_eq!(done.len(), names("sqlite").len());
    migrate::down(&connections).expect("down");
    assert_eq!(migrate::up(&connections).expect("up again").len(), done.len());
    assert!(migrate::up(&connections).expect("nothing left").is_empty());
    // Columns are the twins' own, in order: what one has the other has.
    let columns = |database: &str| -> Vec<String> {
        files(&format!("migrations/{database}"), "up.sql")
            .into_iter()
            .flat_map(|(_, text)| {
                // How SQLite lays rows down is its own affair: PostgreSQL has no such word.
                text.replace(") WITHOUT ROWID;", ");")
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.starts_with("--") && !line.is_empty())
                    .map(|line| {
                        line.split_whitespace()
                            .take(if line.starts_with("CREATE") { 9 } else { 1 })
                            .collect::<Vec<_>>()
                            .join(" ")
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    assert_eq!(columns("sqlite"), columns("postgres"));
}

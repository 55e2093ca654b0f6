//! How the benches begin that need no server: a forum with one space and one board, in a folder that goes with
//! the bench. And what they all do with times.

use std::path::Path;
use std::sync::Arc;

use aquarium::access::Viewer;
use aquarium::app::App;
use aquarium::config::Config;
use aquarium::db::migrate;
use aquarium::forum::people::{self, FirstRun, Join};
use aquarium::forum::{boards, spaces};
use aquarium::ids::{BoardId, SpaceId};
use aquarium::kinds::{Joining, Visibility};

pub struct Forum {
    pub app: Arc<App>,
    pub board: BoardId,
    pub space: SpaceId,
}

/// `url`: another database than a file in the folder; empty for the file.
pub fn build(data: &Path, url: &str) -> Forum {
    let mut config = Config::defaults(data);
    config.limits.posts_a_minute = 1_000_000;
    config.database.url = url.to_owned();
    let app = Arc::new(App::new(config, "127.0.0.1:1".parse().expect("an address")).expect("the app"));
    migrate::up(app.store.connections()).expect("migrated");
    people::first_run(
        &app.store,
        None,
        &FirstRun {
            forum_name: "Bench".to_owned(),
            admin: Join {
                display_name: "Ada Admin".to_owned(),
                name: "ada".to_owned(),
                mail: "ada@bench.example".to_owned(),
                password: "three quiet herons".to_owned(),
                language: "en".to_owned(),
                time_zone: "UTC".to_owned(),
            },
            space: spaces::New {
                name: "Everybody".to_owned(),
                visibility: Visibility::Internal,
                joining: Joining::Open,
                concept_for: "All".to_owned(),
                concept_about: "All".to_owned(),
                concept_gain: "All".to_owned(),
            },
            board_name: "Board".to_owned(),
            board_description: String::new(),
            welcome_title: "Welcome".to_owned(),
            welcome_body: "Hello".to_owned(),
        },
        &app.hasher.hash("three quiet herons").expect("a hash"),
        &app.config.limits,
        app.clock.now().plus_days(-2),
    )
    .expect("set up");
    app.search.rebuild(&app).expect("an index");
    let (space, board) = app
        .store
        .read(&Viewer::system("bench"), |cx| {
            let space = spaces::all_for_index(cx)?[0].0.id;
            Ok((space, boards::of_spaces(cx, &[space], true)?[0].id))
        })
        .expect("a board");
    Forum { app, board, space }
}

pub fn percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let at = ((times.len() as f64 - 1.0) * share).round() as usize;
    times[at]
}

/// The word after an option.
pub fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|word| word != name).nth(1)
}

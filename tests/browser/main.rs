//! Walks in a real browser: what a person with keyboard and eyes meets. Chromium is driven through
//! ChromeDriver; axe-core and the HTML checker come from npm. What is missing is left out and named;
//! with `AQUARIUM_TEST_REQUIRE=all` it fails instead.

#[path = "../suite/support/mod.rs"]
#[expect(dead_code, reason = "the suite uses more of it")]
mod support;

mod driver;
mod pages;
mod walks;

use libtest_mimic::{Arguments, Failed, Trial};
use support::database::{Databases, Kind};
use support::world::Town;

/// What a walk is given: a forum, and a browser for it.
type Walk = (&'static str, &'static [Need], fn(&Town));

/// What a walk needs beside the forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Chromium,
    Axe,
    Vnu,
    Data,
}

impl Need {
    fn is_here(self) -> bool {
        match self {
            Self::Chromium => driver::program("chromedriver").is_some() && driver::program("chromium").is_some(),
            Self::Axe => driver::tool("axe-core/axe.min.js").is_some(),
            Self::Vnu => driver::tool("vnu-jar/build/dist/vnu.jar").is_some() && driver::program("java").is_some(),
            Self::Data => driver::data().is_some(),
        }
    }

    fn how(self) -> &'static str {
        match self {
            Self::Chromium => "a browser; install chromium and chromium-driver (Debian's names)",
            Self::Axe => "axe-core; npm install axe-core, and set AQUARIUM_TEST_TOOLS to the node_modules folder",
            Self::Vnu => {
                "the HTML checker; npm install vnu-jar, set AQUARIUM_TEST_TOOLS to the node_modules folder, and have java"
            }
            Self::Data => "real texts; set AQUARIUM_TEST_DATA to their folder",
        }
    }
}

fn main() {
    let mut arguments = Arguments::from_args();
    // One browser at a time: two would only take turns.
    arguments.test_threads = Some(1);
    let required = driver::variable("AQUARIUM_TEST_REQUIRE").is_some_and(|all| all == "all");
    let mut missing: Vec<Need> = Vec::new();
    let trials = [walks::walks(), pages::walks()]
        .concat()
        .into_iter()
        .map(|(name, needs, walk)| {
            let lacking: Vec<Need> = needs.iter().copied().filter(|need| !need.is_here()).collect();
            let skip = lacking.iter().any(|need| !required || *need == Need::Data);
            missing.extend(&lacking);
            Trial::test(name, move || {
                if let Some(need) = lacking.first() {
                    return Err(Failed::from(format!("required and missing: {}", need.how())));
                }
                let databases = Databases::default();
                std::panic::catch_unwind(|| walk(&Town::open(&databases, Kind::Sqlite))).map_err(|panic| {
                    let text = panic
                        .downcast_ref::<String>()
                        .cloned()
                        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                    Failed::from(text.unwrap_or_default())
                })
            })
            .with_ignored_flag(skip)
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    missing.sort_by_key(|need| *need as u8);
    missing.dedup();
    for need in missing {
        println!("left out: what needs {}", need.how());
    }
    conclusion.exit();
}

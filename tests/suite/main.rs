//! The suite: stories told to a running forum, on SQLite and on PostgreSQL, and rules that hold the
//! house together. One binary. What is missing on this machine is left out and named, with how to
//! have it; with `AQUARIUM_TEST_REQUIRE=all` a missing program fails instead.

mod access;
mod flows;
mod running;
mod support;
mod tidy;

pub(crate) use access::every_route as access_support;
pub(crate) use flows::a_topic as flows_support;
pub(crate) use flows::by_mail as flows_by_mail;
pub(crate) use flows::moderation as flows_moderation;
pub(crate) use running::races as running_support;

use libtest_mimic::{Arguments, Failed, Trial};
use support::database::{Databases, Kind};
use support::world::Town;

/// A story is told to a fresh forum with the fixed cast.
pub(crate) type Story = (&'static str, fn(&Town));
/// A rule needs no forum.
pub(crate) type Rule = (&'static str, fn());

#[expect(clippy::disallowed_methods, reason = "a test has no configuration of its own")]
fn main() {
    let arguments = Arguments::from_args();
    let databases = Databases::find();
    let required = std::env::var("AQUARIUM_TEST_REQUIRE").is_ok_and(|all| all == "all");
    let data = std::env::var_os("AQUARIUM_TEST_DATA").is_some();
    let servers = support::mail_servers::are_here();
    let python = running::second_opinion::can_count();
    let bucket = support::bucket_server::program().is_some();
    let mut trials = Vec::new();
    for (name, rule) in tidy::rules().into_iter().chain(access::rules()) {
        trials.push(Trial::test(name, move || caught(rule)));
    }
    for (name, rule) in running::rules_with_data() {
        trials.push(Trial::test(name, move || caught(rule)).with_ignored_flag(!data));
    }
    let mut left_out = 0;
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let here = databases.has(kind);
        let stories = flows::stories()
            .into_iter()
            .chain(access::stories())
            .chain(running::stories())
            .map(|story| (story, true))
            .chain(running::stories_with_data().into_iter().map(|story| (story, data)))
            .chain(
                running::stories_with_servers()
                    .into_iter()
                    .map(|story| (story, servers || required)),
            )
            .chain(
                [running::stories_with_python(), flows::stories_with_python()]
                    .concat()
                    .into_iter()
                    .map(|story| (story, python || required)),
            )
            .chain(
                running::stories_with_bucket()
                    .into_iter()
                    .map(|story| (story, bucket || required)),
            );
        for ((name, story), possible) in stories {
            let databases = databases.clone();
            let skip = (!here && !required) || !possible;
            left_out += usize::from(!here);
            trials.push(
                Trial::test(format!("{}::{name}", kind.word()), move || {
                    caught(move || story(&Town::open(&databases, kind)))
                })
                .with_ignored_flag(skip),
            );
        }
    }
    // What a story asserts is told once, by the runner, with its place.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with_borrow_mut(|last| *last = place);
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    if left_out > 0 {
        println!("left out: {left_out} stories on PostgreSQL; install it (Debian: postgresql) so that initdb is found");
    }
    if !data {
        println!("left out: what needs real discussions; set AQUARIUM_TEST_DATA to their folder");
    }
    if !servers {
        println!("left out: two stories of real mail servers; install them as root (Debian: postfix, dovecot-imapd)");
    }
    if !python {
        println!("left out: a second opinion on the figures; install it (Debian: python3-pandas, python3-networkx)");
    }
    if !bucket {
        println!("left out: a story of a real bucket; npm install s3rver, and set AQUARIUM_TEST_TOOLS to node_modules");
    }
    databases.stop(conclusion.has_failed());
    conclusion.exit();
}

std::thread_local! {
    /// Where the last panic of this thread came from.
    static PLACE: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

fn caught(work: impl FnOnce() + std::panic::UnwindSafe) -> Result<(), Failed> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "the story ended in a panic".to_owned());
        Failed::from(format!("{}\n{text}", PLACE.with_borrow(Clone::clone)))
    })
}

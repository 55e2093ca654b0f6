//! A storm: two thousand people follow every post of one topic, and two hundred replies come in a minute. Posting
//! during it is compared with posting when nobody follows, in the same run; then how many letters leave, and
//! how many people they went to. Judges nothing. `--seconds N` for a shorter storm, `--json FILE` for machines.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aquarium::access::{Viewer, deed};
use aquarium::event::Source;
use aquarium::forum::inbox;
use aquarium::forum::letters::wishes::{self, About, How, Rhythm};
use aquarium::forum::letters::{self, notices};
use aquarium::forum::people;
use aquarium::forum::posts::{self, Sent};
use aquarium::forum::reading::follow::{self, Level, Subject};
use aquarium::forum::{boards, spaces, topics};
use aquarium::ids::{AccountId, PostId};
use aquarium::jobs::{Worker, worker};
use aquarium::kinds::{AccountKind, SpaceRole, TopicKind};
use serde::Serialize;

#[path = "../beginning/mod.rs"]
mod beginning;

use beginning::{Forum, build, option, percentile};

const FOLLOWERS: usize = 2_000;
const REPLIES: usize = 200;

#[derive(Serialize)]
struct Report {
    followers: usize,
    replies: usize,
    idle_p50_ms: f64,
    idle_p95_ms: f64,
    storm_p50_ms: f64,
    storm_p95_ms: f64,
    ratio_p50: f64,
    ratio_p95: f64,
    /// Replies of which the last follower heard, and in how many lines.
    told_of: i64,
    lines: usize,
    /// Until every line of every inbox was written, after the last reply.
    told_after_seconds: f64,
    letters: i64,
    most_to_one: i64,
}

struct Storm(Forum);

impl Storm {
    fn as_somebody<T>(
        &self,
        who: AccountId,
        work: impl FnOnce(&mut aquarium::access::Tx<'_>) -> aquarium::refusal::Result<T>,
    ) -> T {
        let viewer = people::viewer_of(&self.0.app.store, who).expect("somebody");
        self.0.app.store.write(&viewer, Source::Page, work).expect("it is done")
    }

    fn member(&self, name: &str) -> AccountId {
        self.0
            .app
            .store
            .write(&Viewer::system("bench"), Source::System, |tx| {
                let mail = format!("{name}@bench.example");
                let id = people::create_account(tx, AccountKind::Employee, name, &mail, "no hash")?;
                spaces::take_in(tx, self.0.space, id, SpaceRole::Member)?;
                Ok(id)
            })
            .expect("a member")
    }

    fn topic(&self, who: AccountId, title: &str) -> (aquarium::ids::TopicId, PostId) {
        self.as_somebody(who, |tx| {
            let board = boards::find(tx, self.0.board)?;
            let new = topics::New {
                kind: TopicKind::Discussion,
                title: title.to_owned(),
                tags: Vec::new(),
                body: "It begins.".to_owned(),
                key: String::new(),
                accepts: 0,
            };
            topics::start(tx, board, &new, &self.0.app.config.limits)
        })
    }

    /// Milliseconds that each reply took, so many seconds apart.
    fn reply(&self, who: AccountId, to: PostId, replies: usize, apart: Duration) -> Vec<f64> {
        let viewer = people::viewer_of(&self.0.app.store, who).expect("somebody");
        (0..replies)
            .map(|number| {
                let begun = Instant::now();
                self.0
                    .app
                    .store
                    .write(&viewer, Source::Page, |tx| {
                        let post = posts::take(tx, to)?.may::<deed::Reply>()?;
                        let sent = Sent {
                            body: format!("Reply {number}: the wind turned, and the gauge reads {number} more."),
                            key: String::new(),
                            accepts: 0,
                        };
                        posts::reply(tx, post, &sent, &self.0.app.config.limits)
                    })
                    .expect("a reply");
                let took = begun.elapsed();
                std::thread::park_timeout(apart.saturating_sub(took));
                took.as_secs_f64() * 1000.0
            })
            .collect()
    }
}

fn main() {
    let seconds: f64 = option("--seconds").map_or(60.0, |word| word.parse().expect("--seconds takes a number"));
    #[expect(clippy::cast_precision_loss, reason = "two hundred")]
    let apart = Duration::from_secs_f64(seconds / REPLIES as f64);
    let folder = tempfile::tempdir().expect("a folder");
    let forum = Storm(build(folder.path(), ""));
    let (writer, quiet_writer) = (forum.member("Writer"), forum.member("Quiet"));
    let (topic, first) = forum.topic(writer, "The storm");
    let (_, quiet) = forum.topic(quiet_writer, "The lull");
    let mut last_follower = writer;
    for number in 0..FOLLOWERS {
        let id = forum.member(&format!("Follower {number}"));
        // All of them want a letter at once.
        forum.as_somebody(id, |tx| {
            follow::set(tx, Subject::Topic(topic), Some(Level::Every))?;
            let wanted: Vec<(About, How)> = About::ALL.iter().map(|about| (*about, How::Once)).collect();
            wishes::change(tx, &wanted, Rhythm::Weekly, 8)
        });
        last_follower = id;
    }
    worker::run_out(&forum.0.app).expect("all is quiet");
    let running = Worker::start(Arc::clone(&forum.0.app));
    let mut idle = forum.reply(quiet_writer, quiet, REPLIES, apart);
    let mut storm = forum.reply(writer, first, REPLIES, apart);
    let over = Instant::now();
    while worker::count(&forum.0.app.store).expect("jobs").0 > 0 {
        std::thread::park_timeout(Duration::from_millis(50));
    }
    let told_after = over.elapsed();
    // The last follower has heard of every reply, in as few lines as a topic makes.
    let viewer = people::viewer_of(&forum.0.app.store, last_follower).expect("somebody");
    let (lines, _) = forum
        .0
        .app
        .store
        .read(&viewer, |cx| inbox::mine(cx, 1))
        .expect("an inbox");
    let told_of: i64 = lines.iter().map(|line| line.times).sum();
    // The letters of the next twenty minutes.
    let begun = forum.0.app.clock.now();
    for minute in 1..=20 {
        forum.0.app.clock.set(begun.plus_seconds(minute * 60));
        notices::write(&forum.0.app).expect("letters are written");
    }
    drop(running);
    let (letters, most_to_one) = forum
        .0
        .app
        .store
        .read(&Viewer::system("bench"), letters::count_by_reader)
        .expect("counted");
    let (idle_p50, idle_p95) = (percentile(&mut idle, 0.5), percentile(&mut idle, 0.95));
    let (storm_p50, storm_p95) = (percentile(&mut storm, 0.5), percentile(&mut storm, 0.95));
    let report = Report {
        followers: FOLLOWERS,
        replies: REPLIES,
        idle_p50_ms: idle_p50,
        idle_p95_ms: idle_p95,
        storm_p50_ms: storm_p50,
        storm_p95_ms: storm_p95,
        ratio_p50: storm_p50 / idle_p50,
        ratio_p95: storm_p95 / idle_p95,
        told_of,
        lines: lines.len(),
        told_after_seconds: told_after.as_secs_f64(),
        letters,
        most_to_one,
    };
    println!(
        "{} followers, {} replies in {seconds} s: posting p50 {:.2} ms, p95 {:.2} ms; idle {:.2} and {:.2}; {:.2} and {:.2} times",
        report.followers,
        report.replies,
        report.storm_p50_ms,
        report.storm_p95_ms,
        report.idle_p50_ms,
        report.idle_p95_ms,
        report.ratio_p50,
        report.ratio_p95
    );
    println!(
        "each heard of {} replies in {} lines, {:.1} s after the last; {} letters in twenty minutes, {} at most to one person",
        report.told_of, report.lines, report.told_after_seconds, report.letters, report.most_to_one
    );
    if let Some(file) = option("--json") {
        std::fs::write(file, serde_json::to_string_pretty(&report).expect("JSON")).expect("written");
    }
}

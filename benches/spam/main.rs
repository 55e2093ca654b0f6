//! How well suspected spam is told: the classifier begins with the texts in `assets/spam`, learns four
//! fifths of the labelled sets of `AQUARIUM_TEST_DATA/spam` (which fifth a text is in is decided by a
//! hash of it) and other posts of the same forums, as it learns in a forum the posts that stood, and is asked
//! about the rest and 5,000 ordinary posts of two real forums and a mailing list. The same is asked of a classifier
//! that knows the texts of ours only, as in a forum of the first day. Text features only. Judges nothing.
//! `--json FILE` for machines.

use std::collections::HashSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aquarium::forum::moderation::spam::{HELD_ABOVE, HELD_ABOVE_AT_FIRST, STOOD, seeds};
use aquarium::import::html::Converter;
use aquarium::text::resemblance::{Features, Model, Slots};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

fn data() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a bench has no configuration of its own")]
    std::env::var("AQUARIUM_TEST_DATA").ok().map(PathBuf::from)
}

fn files(archive: &Path) -> Vec<(String, String)> {
    let file = std::fs::File::open(archive).unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    let mut tar = tar::Archive::new(zstd::Decoder::new(file).expect("zstd"));
    let mut all = Vec::new();
    for entry in tar.entries().expect("tar") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a path").display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("read");
        if !bytes.is_empty() {
            all.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    all
}

fn youtube(folder: &Path) -> Vec<(String, bool)> {
    files(&folder.join("youtube.tar.zst"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .flat_map(|(_, text)| {
            csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes())
                .records()
                .filter_map(Result::ok)
                .filter_map(|row| Some((row.get(3)?.to_owned(), row.get(4)?.trim() == "1")))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn sms(folder: &Path) -> Vec<(String, bool)> {
    files(&folder.join("sms.tar.zst"))
        .into_iter()
        .flat_map(|(_, text)| {
            text.lines()
                .filter_map(|line| line.split_once('\t'))
                .map(|(label, text)| (text.to_owned(), label == "spam"))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn lingspam(folder: &Path) -> Vec<(String, bool)> {
    files(&folder.join("lingspam.tar.zst"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".txt"))
        .map(|(name, text)| {
            let spam = name.rsplit('/').next().is_some_and(|name| name.starts_with("spmsg"));
            (text, spam)
        })
        .collect()
}

/// Ordinary posts of the forums that can be imported, as an import brings them in, and of a real list; of each the
/// same number, spread over its years; and as many others as a forum learns, spread in the same way.
fn ordinary(folder: &Path) -> (Vec<String>, Vec<String>) {
    let converter = Converter::new("");
    // Those asked about, and others to be learned: never the same text.
    let spread = |all: Vec<String>, asked: usize, learned: usize| -> (Vec<String>, Vec<String>) {
        let mut all: Vec<String> = all
            .into_iter()
            .map(|text| text.chars().take(8_000).collect::<String>())
            .filter(|text| text.split_whitespace().count() > 3)
            .collect();
        let step = (all.len() / asked).max(2);
        let mut tests = Vec::new();
        let mut rest = Vec::new();
        for (at, text) in all.drain(..).enumerate() {
            if at % step == 0 && tests.len() < asked {
                tests.push(text);
            } else {
                rest.push(text);
            }
        }
        let known: HashSet<&str> = tests.iter().map(|text| text.trim()).collect();
        rest.retain(|text| !known.contains(text.trim()));
        let step = (rest.len() / learned).max(1);
        let rest = rest.into_iter().step_by(step).take(learned).collect();
        (tests, rest)
    };
    let list = files(&folder.join("r-mailing-lists/r-package-devel.tar.zst"))
        .into_iter()
        .flat_map(|(_, text)| {
            text.split("\nFrom ")
                .filter_map(|mail| mail.split_once("\n\n"))
                .map(|(_, body)| body.to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let urho = files(&folder.join("urho3d-forum/json.tar.zst"))
        .into_iter()
        .filter_map(|(_, text)| serde_json::from_str::<serde_json::Value>(&text).ok())
        .flat_map(|topic| {
            topic["post_stream"]["posts"]
                .as_array()
                .cloned()
                .expect("a topic has posts")
        })
        .filter_map(|post| post["cooked"].as_str().map(ToOwned::to_owned))
        .collect();
    let slicer = files(&folder.join("slicer-forum/topics.tar.zst"))
        .into_iter()
        .filter(|(name, _)| !name.ends_with("README.md"))
        .flat_map(|(_, text)| {
            text.split("\n## Post #")
                .skip(1)
                .filter_map(|post| post.split_once("UTC)"))
                .map(|(_, cooked)| cooked.trim().trim_end_matches("---").to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let converted = |all: Vec<String>| -> Vec<String> {
        all.iter()
            .map(|cooked| converter.convert(cooked).expect("it converts"))
            .collect()
    };
    let third = usize::try_from(STOOD).expect("some thousands") / 3;
    let (mut asked, mut learned) = spread(list, 1_666, third);
    for forum in [urho, slicer] {
        let (tests, rest) = spread(forum, 1_667, third);
        asked.extend(converted(tests));
        learned.extend(converted(rest));
    }
    (asked, learned)
}

/// One text in five is kept for the test, the same one each time.
fn is_test(text: &str) -> bool {
    Sha256::digest(text.trim().as_bytes())[0].is_multiple_of(5)
}

#[derive(Serialize)]
struct Row {
    set: String,
    texts: usize,
    spam: usize,
    precision: f64,
    recall: f64,
    false_positives: usize,
}

fn odds(model: &Model, text: &str) -> f64 {
    model.score(&Features::of(text)).odds
}

fn measure(model: &Model, line: f64, set: &str, tests: &[(String, bool)]) -> Row {
    let (mut caught, mut wrong) = (0, 0);
    for (text, spam) in tests {
        if odds(model, text) > line {
            if *spam {
                caught += 1;
            } else {
                wrong += 1;
            }
        }
    }
    let spam = tests.iter().filter(|(_, spam)| *spam).count();
    let share = |part: usize, whole: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a share of a few thousand")]
        if whole == 0 {
            f64::NAN
        } else {
            part as f64 / whole as f64
        }
    };
    Row {
        set: set.to_owned(),
        texts: tests.len(),
        spam,
        precision: share(caught, caught + wrong),
        recall: share(caught, spam),
        false_positives: wrong,
    }
}

fn main() {
    let Some(data) = data() else {
        println!("left out: set AQUARIUM_TEST_DATA to the folder of real texts");
        return;
    };
    let folder = data.join("spam");
    let mut lessons: Vec<(Slots, bool)> = seeds().map(|(text, spam)| (Slots::of(text), spam)).collect();
    let seeds_only = Model::learn(&lessons);
    let sets = [
        ("YouTube comments", youtube(&folder)),
        ("SMS", sms(&folder)),
        ("Ling-Spam", lingspam(&folder)),
    ];
    // The same text twice teaches once.
    let mut known = HashSet::new();
    for (_, set) in &sets {
        for (text, spam) in set.iter().filter(|(text, _)| !is_test(text)) {
            if known.insert(text.trim().to_lowercase()) {
                lessons.push((Slots::of(text), *spam));
            }
        }
    }
    let (posts, stood) = ordinary(&data);
    lessons.extend(stood.iter().map(|text| (Slots::of(text), false)));
    let model = Model::learn(&lessons);
    let posts: Vec<(String, bool)> = posts.into_iter().map(|text| (text, false)).collect();
    let mut rows = Vec::new();
    let mut ask = |name: &str, tests: &[(String, bool)]| {
        rows.push(measure(&model, HELD_ABOVE, name, tests));
        let first_day = format!("{name}, first day");
        rows.push(measure(&seeds_only, HELD_ABOVE_AT_FIRST, &first_day, tests));
    };
    for (name, set) in &sets {
        let tests: Vec<(String, bool)> = set.iter().filter(|(text, _)| is_test(text)).cloned().collect();
        ask(name, &tests);
    }
    ask("ordinary posts", &posts);
    println!(
        "{:28} {:>6} {:>6} {:>10} {:>8} {:>16}",
        "set", "texts", "spam", "precision", "recall", "false positives"
    );
    for row in &rows {
        println!(
            "{:28} {:>6} {:>6} {:>9.1}% {:>7.1}% {:>16}",
            row.set,
            row.texts,
            row.spam,
            row.precision * 100.0,
            row.recall * 100.0,
            row.false_positives
        );
    }
    let mut words = std::env::args().skip_while(|word| word != "--json").skip(1);
    if let Some(file) = words.next() {
        std::fs::write(file, serde_json::to_string_pretty(&rows).expect("JSON")).expect("written");
    }
    if std::env::args().any(|word| word == "--scores") {
        // For choosing the threshold: the scores of what was missed and of what was held wrongly.
        let mut scores: Vec<f64> = posts.iter().map(|(text, _)| odds(&model, text)).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        println!("highest ordinary: {:?}", &scores[..scores.len().min(25)]);
        let mut scores: Vec<f64> = sets[0]
            .1
            .iter()
            .filter(|(text, spam)| *spam && is_test(text))
            .map(|(text, _)| odds(&model, text))
            .collect();
        scores.sort_by(f64::total_cmp);
        println!("lowest spam comments: {:?}", &scores[..scores.len().min(25)]);
    }
}

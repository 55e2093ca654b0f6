//! What was brought in from elsewhere has figures of its own, which count in no other: a small table that is read by
//! eye, and the mail of two real organisations, counted again by another program.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aquarium::access::Viewer;
use aquarium::forum::metrics::models::dyads;
use aquarium::forum::metrics::read::{self, Scope, Telling};
use aquarium::forum::metrics::week::Week;
use aquarium::forum::metrics::{auditors, export, work};
use aquarium::forum::spaces;
use aquarium::ids::{AccountId, SpaceId};
use aquarium::import::{foreign, table};

use super::second_opinion;
use crate::support::world::Town;
use crate::{Rule, Story};

pub(crate) fn stories() -> Vec<Story> {
    vec![("history::what_was_brought_in_is_told_apart", apart)]
}

pub(crate) fn stories_with_data() -> Vec<Story> {
    vec![("history::the_mail_of_a_factory_is_counted_again", factory)]
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![(
        "history::two_thirds_of_a_universitys_pairs_cross_departments",
        university,
    )]
}

fn bring(town: &Town, space: &str, lines: &str) {
    let folder = town.folder.path().join("history");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("posts.csv"), lines).expect("a file");
    let options = table::Options {
        common: foreign::Options {
            path: folder,
            space: space.to_owned(),
            board: None,
            department: None,
            address: String::new(),
            report: "json".to_owned(),
        },
        time_zone: "UTC".to_owned(),
    };
    let report = table::bring(&town.app, &options, false).expect("brought in");
    assert!(report.unreadable.is_empty(), "{:?}", report.unreadable.first());
}

/// Three years of twenty-four people, half of them in Sales, half in Care: every week two ask, and two others answer
/// each. In the third year twelve more come, ask once, and are answered. Thirteen blocks are a year.
fn three_years() -> String {
    let mut lines = "id,parent,kind,title,author,at,body,department\n".to_owned();
    let day = |week: i64, hour: i64| {
        let at = jiff::civil::date(2015, 1, 5)
            .checked_add(jiff::Span::new().days(7 * week))
            .expect("a day");
        format!("{at} {hour:02}:00")
    };
    let of = |who: i64| if who % 2 == 0 { "Sales" } else { "Care" };
    for week in 0..156 {
        for asked in 0..2 {
            let who = |step: i64| (6 * week + 3 * asked + step) % 24;
            let (one, two, three) = (who(0), who(1), who(2));
            let id = format!("{week}-{asked}");
            lines += &format!(
                "{id}a,,question,Which lid?,p{one},{},Which?,{}\n",
                day(week, 9),
                of(one)
            );
            lines += &format!("{id}b,{id}a,,,p{two},{},This.,{}\n", day(week, 11), of(two));
            lines += &format!("{id}c,{id}a,,,p{three},{},That.,{}\n", day(week, 15), of(three));
        }
    }
    for new in 0..12 {
        lines += &format!("{new}n,,,Hello,n{new},{},I am new.,Care\n", day(148, 9));
        lines += &format!("{new}w,{new}n,,,p{new},{},Welcome.,{}\n", day(148, 11), of(new));
    }
    lines
}

/// The number of a space by its name.
fn number(town: &Town, name: &str) -> SpaceId {
    let admin = aquarium::forum::people::viewer_of(&town.app.store, AccountId(1)).expect("the admin");
    let all = town.app.store.read(&admin, spaces::all_for_index).expect("spaces");
    all.iter()
        .find(|(space, ..)| space.name == name)
        .map(|(space, ..)| space.id)
        .expect("the space")
}

fn bring_up(town: &Town) -> usize {
    work::bring_up(&town.app.store, town.app.config.metrics)
        .expect("the figures are worked out")
        .history
}

#[derive(diesel::QueryableByName)]
struct Numbered {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}

fn apart(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut ada = town.sign_in("ada");
    assert_eq!(bring_up(town), 0);
    // Without anything from elsewhere there is no such page.
    ada.visit("/health/history").is(404);
    bring(town, "Old forum", &three_years());
    // 39 blocks, and 9 quarters that end within one; of the space, and of all.
    assert_eq!(bring_up(town), 2 * (39 + 9));
    assert_eq!(bring_up(town), 0, "nothing is counted twice");
    let old = number(town, "Old forum");
    let page = format!("/spaces/{old}/health/history");
    ada.visit(&page)
        .is(200)
        .sees("Old forum: history")
        .sees("A year earlier");
    let text = ada.text();
    for told in [
        "Contributors in four weeks | 24 | 12 less than 4 weeks ago",
        "Median first reply | 2 h 0 min",
        "Newcomers’ topics replied to in 24 h | 100 %",
        "Ties across departments | 50 %",
        // The twelve who came in the third year: none of them stayed. Cohorts are numbered from long before the chart.
        "3 Dec 2017 | 100 % | 0 %",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for chart in ["growth", "waiting", "cohorts", "departments"] {
        assert!(ada.body.contains(&format!("id=\"{chart}\"")), "{chart}");
    }
    ada.visit(&format!("{page}?week=2016-W40")).is(200).sees("A year later");
    ada.visit(&format!("/spaces/{old}/health/charts/waiting?telling=history"))
        .is(200);
    ada.visit("/health/history").is(200);
    // It is a telling of its own: in the files of the others there is nothing of it, and in its own nothing else.
    let mut taken = |page: &str| {
        let fields = [("from", "1990-01-01"), ("format", "csv"), ("why", "a test")];
        ada.visit(page).submit(page, &fields).is(200);
        ada.unpacked().remove("figures.csv").expect("a table")
    };
    let past = taken(&format!("/spaces/{old}/health/take?telling=history"));
    assert!(past.lines().skip(1).all(|line| line.contains(",history,")));
    assert!(past.contains("departments,") && past.lines().count() > 300);
    let now = taken("/health/take");
    assert!(!now.contains(",history,") && !now.contains("2015-"), "{now}");
    // Elsewhere in the house nothing came in.
    ada.visit(&format!("/spaces/{kitchen}/health/history")).is(404);
    ada.visit(&format!("/spaces/{old}/health")).is(200);
    for who in ["nia", "pia", "mo", "oda", "gus"] {
        let mut person = town.sign_in(who);
        person.visit(&page).is(404);
        person.visit("/health/history").is(404);
    }
    // What a moderator takes away was never written: the weeks are told anew.
    let gone: Vec<Numbered> = town.ask_by_hand(&format!(
        "SELECT id FROM posts WHERE space_id = {old} AND parent_id IS NOT NULL ORDER BY id LIMIT 1"
    ));
    let form = format!("/posts/{}/remove", gone[0].id);
    ada.visit(&form)
        .submit(&form, &[("rule", "other"), ("why", "A test."), ("reason", "A test.")])
        .is(200);
    town.app.clock.set(town.app.clock.now().plus_days(1));
    assert_eq!(bring_up(town), 2 * (39 + 9));
}

/// The history of a space as its table, and the log beside it, into a folder.
fn written(town: &Town, space: SpaceId, folder: &Path) -> PathBuf {
    let system = Viewer::system("story");
    town.app
        .store
        .read(&system, |cx| auditors::write(cx, folder, |_| {}))
        .expect("the log");
    let admin = aquarium::forum::people::viewer_of(&town.app.store, AccountId(1)).expect("the admin");
    let text = town
        .app
        .store
        .read(&admin, |cx| {
            let scope = Scope::of_space(&spaces::find(cx, space)?)?;
            let (first, last): (Week, Week) = read::weeks_of_history(cx, scope)?.expect("weeks");
            export::table(&read::figures(
                cx,
                scope,
                &[],
                first..=last,
                Telling::History,
                town.app.config.metrics,
            )?)
        })
        .expect("figures");
    let file = folder.join("history.csv");
    std::fs::write(&file, text).expect("written");
    file
}

/// Another program comes to the same about everything that was brought into a space. Says how many figures that were.
pub(crate) fn counted_again(town: &Town, space: &str) -> usize {
    assert!(bring_up(town) > 0);
    let space = number(town, space);
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(town, space, folder.path());
    let said = second_opinion::recount(folder.path(), &file, &["--space", &space.to_string(), "--history"]);
    said.lines()
        .last()
        .and_then(|line| line.split(", ").nth(1)?.split(' ').next()?.parse().ok())
        .expect("a number of figures")
}

fn data(archive: &str) -> BTreeMap<String, String> {
    let path = PathBuf::from(std::env::var_os("AQUARIUM_TEST_DATA").expect("set"))
        .join("org-mail")
        .join(archive);
    let unpacked = zstd::Decoder::new(std::fs::File::open(path).expect("the archive")).expect("zstd");
    let mut all = BTreeMap::new();
    for entry in tar::Archive::new(unpacked).entries().expect("a tar") {
        let mut entry = entry.expect("an entry");
        let name = entry
            .path()
            .expect("a path")
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        all.insert(name, text);
    }
    all
}

/// Those below one direct report of the head are a department; the head is one alone.
fn department(who: &str, boss: &BTreeMap<String, String>) -> Option<String> {
    let mut at = who;
    loop {
        let above = boss.get(at)?;
        if above == at {
            return Some("Head".to_owned());
        }
        if boss.get(above) == Some(above) {
            return Some(format!("Under {at}"));
        }
        at = above;
    }
}

fn factory(town: &Town) {
    let files = data("manufacturing.tar.zst");
    let boss: BTreeMap<String, String> = files["reportsto.csv"]
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(who, above)| (who.to_owned(), above.to_owned()))
        .collect();
    let mut lines = "author,to,at,department\n".to_owned();
    for line in files["communication.csv"].lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        // Who is in no hierarchy is in no department.
        let of = department(cells[0], &boss).unwrap_or_default();
        lines += &format!("{},{},{},{of}\n", cells[0], cells[1], cells[2]);
    }
    assert_eq!(lines.lines().count(), 55_703);
    bring(town, "Mail", &lines);
    if second_opinion::can_count() {
        let compared = counted_again(town, "Mail");
        assert!(compared > 400, "{compared} figures");
    } else {
        bring_up(town);
    }
    // Between whom the letters went is known to the last one: 54.2 % of those whose ends have a department cross.
    let folder = tempfile::tempdir().expect("a folder");
    written(town, number(town, "Mail"), folder.path());
    let mut table = csv::Reader::from_path(folder.path().join("events.csv")).expect("events");
    let heads = table.headers().expect("heads").clone();
    let place = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let (verb, about, said) = (place("verb"), place("about"), place("particulars"));
    let (mut letters, mut works) = (Vec::new(), BTreeMap::new());
    for row in table.records().map(|row| row.expect("a row")) {
        if &row[verb] == "topic_brought_in" {
            let said: serde_json::Value = serde_json::from_str(&row[said]).expect("particulars");
            let from: i64 = row[about].parse().expect("somebody");
            if let Some(department) = said["department"].as_i64() {
                works.insert(from, department);
            }
            letters.push((from, said["to"].as_i64().expect("somebody")));
        }
    }
    assert_eq!(letters.len(), 55_702);
    // Who wrote to nobody has no department here; of them nobody knows it.
    let known: Vec<bool> = letters
        .iter()
        .filter_map(|(from, to)| Some(works.get(from)? != works.get(to)?))
        .collect();
    let crossed = known.iter().filter(|crosses| **crosses).count();
    let share = ratio(crossed, known.len());
    assert!((share - 0.542).abs() < 0.002, "{crossed} of {}: {share}", known.len());
}

#[expect(clippy::cast_precision_loss, reason = "a few ten thousand")]
fn ratio(of: usize, whole: usize) -> f64 {
    of as f64 / whole as f64
}

fn university() {
    let files = data("email-eu-core.tar.zst");
    let pairs = |name: &str| -> Vec<(i64, i64)> {
        files[name]
            .lines()
            .map(|line| {
                let mut numbers = line.split_whitespace().map(|number| number.parse().expect("a number"));
                (numbers.next().expect("one"), numbers.next().expect("two"))
            })
            .collect()
    };
    let works: BTreeMap<i64, i64> = pairs("email-Eu-core-department-labels.txt").into_iter().collect();
    let mails = pairs("email-Eu-core.txt");
    assert_eq!((works.len(), mails.len()), (1_005, 25_571));
    let cells = dyads::lift(mails.into_iter().map(|(from, to)| (from, to, 1)), &works);
    let all: u64 = cells.values().map(|cell| cell.dyads).sum();
    let across: u64 = cells
        .iter()
        .filter(|((from, to), _)| from != to)
        .map(|(_, cell)| cell.dyads)
        .sum();
    assert_eq!(all, 25_571 - 642);
    // 65.3 %.
    assert_eq!((across * 1_000 + all / 2) / all, 653, "{across} of {all}");
}

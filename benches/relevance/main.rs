//! How well the search ranks: public collections with judgements, in English and in Dutch, asked as the search page
//! asks and beside it with plain BM25. nDCG@10, mean average precision of the first hundred, and in how many of a
//! hundred questions something relevant is among the first five. `AQUARIUM_TEST_DATA` is the folder that holds
//! them; nothing of it is part of the product. Judges nothing. `--json FILE` for machines.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aquarium::search::measure::{Collection, Ranking, Text};
use scraper::{Html, Selector};
use serde::Serialize;

/// Questions, each with the texts that answer it and how much.
struct Asked {
    name: &'static str,
    language: &'static str,
    texts: Vec<Text>,
    questions: Vec<(String, BTreeMap<usize, f64>)>,
    /// Where only so many texts were judged for each question: these, in the order of the engine that found them. Then
    /// only their order is asked, and that engine's is the published figure.
    judged_only: Vec<Vec<usize>>,
}

/// Results that are looked at.
const LOOKED_AT: usize = 100;

#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Measured {
    ndcg_10: f64,
    map: f64,
    success_5: f64,
}

#[derive(Serialize)]
struct Line {
    collection: &'static str,
    language: &'static str,
    questions: usize,
    ranking: &'static str,
    measured: Measured,
}

#[expect(clippy::cast_precision_loss, reason = "a hundred places")]
fn gain(place: usize, grade: f64) -> f64 {
    (2.0_f64.powf(grade) - 1.0) / ((place + 2) as f64).log2()
}

/// nDCG after Järvelin and Kekäläinen with gains of 2^grade - 1; average precision over the relevant texts.
#[expect(clippy::cast_precision_loss, reason = "a few hundred texts")]
fn one(found: &[usize], judged: &BTreeMap<usize, f64>) -> Measured {
    let grade = |text: &usize| judged.get(text).copied().unwrap_or(0.0);
    let sum: f64 = found
        .iter()
        .take(10)
        .enumerate()
        .map(|(place, text)| gain(place, grade(text)))
        .sum();
    let mut ideal: Vec<f64> = judged.values().copied().collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best: f64 = ideal
        .iter()
        .take(10)
        .enumerate()
        .map(|(place, grade)| gain(place, *grade))
        .sum();
    let mut relevant = 0_usize;
    let mut precision = 0.0;
    for (place, text) in found.iter().enumerate() {
        if grade(text) > 0.0 {
            relevant += 1;
            precision += relevant as f64 / (place + 1) as f64;
        }
    }
    let all = judged.values().filter(|grade| **grade > 0.0).count().max(1);
    Measured {
        ndcg_10: if best > 0.0 { sum / best } else { 0.0 },
        map: precision / all as f64,
        success_5: f64::from(u8::from(found.iter().take(5).any(|text| grade(text) > 0.0))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand questions")]
fn measure(asked: &Asked, collection: &Collection, ranking: Option<Ranking>) -> Measured {
    let mut sum = Measured::default();
    for (number, (question, judged)) in asked.questions.iter().enumerate() {
        let found = match (asked.judged_only.get(number), ranking) {
            (None, Some(ranking)) => collection.rank(ranking, question, LOOKED_AT).expect("an answer"),
            (None, None) => continue,
            (Some(only), None) => only.clone(),
            (Some(only), Some(ranking)) => {
                let all = collection
                    .rank(ranking, question, asked.texts.len())
                    .expect("an answer");
                let mut found: Vec<usize> = all.into_iter().filter(|text| only.contains(text)).collect();
                // What was not found at all comes last.
                let rest: Vec<usize> = only.iter().copied().filter(|text| !found.contains(text)).collect();
                found.extend(rest);
                found
            }
        };
        let measured = one(&found, judged);
        sum.ndcg_10 += measured.ndcg_10;
        sum.map += measured.map;
        sum.success_5 += measured.success_5;
    }
    let count = asked.questions.len().max(1) as f64;
    Measured {
        ndcg_10: sum.ndcg_10 / count,
        map: sum.map / count,
        success_5: sum.success_5 / count,
    }
}

fn data() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a bench has no configuration of its own")]
    std::env::var("AQUARIUM_TEST_DATA").ok().map(PathBuf::from)
}

/// The files of an archive, by name.
fn files(archive: &Path) -> BTreeMap<String, String> {
    let file = std::fs::File::open(archive).unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    let unpacked = zstd::Decoder::new(file).expect("a zstd archive");
    let mut found = BTreeMap::new();
    for entry in tar::Archive::new(unpacked).entries().expect("a tar archive") {
        let mut entry = entry.expect("an entry");
        let name = entry
            .path()
            .expect("a name")
            .to_string_lossy()
            .trim_start_matches("./")
            .to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        found.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    found
}

/// Records that begin with `.I`, their fields by letter.
fn records(source: &str) -> Vec<(String, BTreeMap<char, String>)> {
    let mut all: Vec<(String, BTreeMap<char, String>)> = Vec::new();
    let mut field = ' ';
    for line in source.lines() {
        let mut letters = line.strip_prefix('.').unwrap_or("").chars();
        match (letters.next(), letters.next()) {
            (Some('I'), _) => all.push((line[2..].trim().to_owned(), BTreeMap::new())),
            (Some(letter), None) if letter.is_ascii_uppercase() => field = letter,
            _ => {
                if let Some((_, fields)) = all.last_mut() {
                    let text = fields.entry(field).or_default();
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    all
}

fn field(fields: &BTreeMap<char, String>, letter: char) -> String {
    fields
        .get(&letter)
        .map_or_else(String::new, |text| text.trim().to_owned())
}

fn english(title: String, body: String) -> Text {
    Text {
        title,
        body,
        dutch: false,
    }
}

fn cranfield(folder: &Path) -> Asked {
    let files = files(&folder.join("search-cranfield/cranfield.tar.zst"));
    let texts = records(&files["cran.all.1400"])
        .into_iter()
        .map(|(_, fields)| english(field(&fields, 'T'), field(&fields, 'W')))
        .collect();
    // Judgements number the questions by their place.
    let mut judged: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for line in files["QRelsCorrectedforTRECeval"].lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        if let [question, _, text, grade] = parts[..] {
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let grade: f64 = grade.parse().expect("a grade");
            judged
                .entry(number(question) - 1)
                .or_default()
                .insert(number(text) - 1, grade);
        }
    }
    let questions = records(&files["cran.qry"])
        .into_iter()
        .enumerate()
        .filter_map(|(place, (_, fields))| Some((field(&fields, 'W'), judged.remove(&place)?)))
        .collect();
    Asked {
        name: "cranfield",
        language: "en",
        texts,
        questions,
        judged_only: Vec::new(),
    }
}

fn cacm(folder: &Path) -> Asked {
    let files = files(&folder.join("search-cacm/cacm.tar.zst"));
    let texts = records(&files["cacm.mm"])
        .into_iter()
        .map(|(_, fields)| english(field(&fields, 'T'), field(&fields, 'W')))
        .collect();
    let mut judged: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for line in files["qrels.text"].lines() {
        let parts: Vec<usize> = line.split_whitespace().filter_map(|part| part.parse().ok()).collect();
        // One line lacks its text.
        if let [question, text, _, _] = parts[..] {
            judged.entry(question).or_default().insert(text - 1, 1.0);
        }
    }
    let questions = records(&files["query.text"])
        .into_iter()
        .filter_map(|(number, fields)| Some((field(&fields, 'W'), judged.remove(&number.parse().ok()?)?)))
        .collect();
    Asked {
        name: "cacm",
        language: "en",
        texts,
        questions,
        judged_only: Vec::new(),
    }
}

fn unescaped(text: &str) -> String {
    Html::parse_fragment(text)
        .root_element()
        .text()
        .collect::<String>()
        .trim()
        .to_owned()
}

fn between<'a>(text: &'a str, tag: &str) -> Vec<&'a str> {
    text.split(&format!("<{tag}>"))
        .skip(1)
        .filter_map(|rest| rest.split(&format!("</{tag}>")).next())
        .collect()
}

fn stackfaq(folder: &Path) -> Asked {
    let files = files(&folder.join("search-stackfaq/stackfaq.tar.zst"));
    let source = &files["stackExchange-FAQ.xml"];
    let mut texts = Vec::new();
    let mut questions = Vec::new();
    for (number, pair) in between(source, "qapair").into_iter().enumerate() {
        let all = |tag: &str| between(pair, tag).into_iter().map(unescaped).collect::<Vec<_>>();
        texts.push(english(all("question").join(" "), all("answer").join("\n\n")));
        for words in all("rephr").into_iter().filter(|words| words != "*") {
            questions.push((words, BTreeMap::from([(number, 1.0)])));
        }
    }
    Asked {
        name: "stackfaq",
        language: "en",
        texts,
        questions,
        judged_only: Vec::new(),
    }
}

/// Whether a question was asked before: fifty questions to a forum, each with ten threads that a web search engine
/// found and people judged. Seven questions, to which none of the ten is relevant, count as nothing, as in the figure
/// that the task published (MAP 0.7135): nobody reaches more than 0.86.
fn qatar(folder: &Path) -> Asked {
    let files = files(&folder.join("search-qatarliving/semeval2016-dev.tar.zst"));
    let source = &files["SemEval2016-Task3-CQA-QL-dev.xml"];
    let attribute = |tag: &str, name: &str| -> String {
        let value = tag
            .split(&format!("{name}=\""))
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        value.unwrap_or_else(|| panic!("no {name} in {tag}")).to_owned()
    };
    let first = |text: &str, tag: &str| {
        between(text, tag)
            .first()
            .map_or_else(String::new, |words| unescaped(words))
    };
    let mut texts = Vec::new();
    // Place, text and grade of each.
    type Found = Vec<(usize, usize, f64)>;
    let mut asked: BTreeMap<String, (String, Found)> = BTreeMap::new();
    for part in source.split("<OrgQuestion ").skip(1) {
        let id = attribute(part, "ORGQ_ID");
        let thread = part.split("<RelQuestion ").nth(1).expect("a thread");
        let grade = match attribute(thread, "RELQ_RELEVANCE2ORGQ").as_str() {
            "PerfectMatch" => 2.0,
            "Relevant" => 1.0,
            _ => 0.0,
        };
        let place: usize = attribute(thread, "RELQ_RANKING_ORDER").parse().expect("a place");
        let words = format!("{} {}", first(part, "OrgQSubject"), first(part, "OrgQBody"));
        let (_, found) = asked.entry(id).or_insert((words, Vec::new()));
        found.push((place, texts.len(), grade));
        texts.push(english(first(thread, "RelQSubject"), first(thread, "RelQBody")));
    }
    let (mut questions, mut judged_only) = (Vec::new(), Vec::new());
    for (words, mut found) in asked.into_values() {
        found.sort_by_key(|(place, ..)| *place);
        questions.push((words, found.iter().map(|(_, text, grade)| (*text, *grade)).collect()));
        judged_only.push(found.iter().map(|(_, text, _)| *text).collect());
    }
    Asked {
        name: "qatarliving",
        language: "en",
        texts,
        questions,
        judged_only,
    }
}

/// The index of a manual, made by people: a term, and the page that it leads to.
fn manual(folder: &Path, language: &'static str, name: &'static str, tag: &str) -> Asked {
    let files = files(&folder.join("search-nl-en-lohelp/lohelp.tar.zst"));
    let shown = Selector::parse("#DisplayArea").expect("a selector");
    let heading = Selector::parse("title").expect("a selector");
    let mut texts = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (path, page) in files
        .iter()
        .filter(|(path, _)| path.starts_with(&format!("{tag}/text/")))
    {
        let page = Html::parse_document(page);
        let text = |selector: &Selector| {
            page.select(selector)
                .flat_map(|part| part.text())
                .collect::<Vec<_>>()
                .join(" ")
        };
        numbers.insert(path.clone(), texts.len());
        texts.push(Text {
            title: text(&heading).trim().to_owned(),
            body: text(&shown),
            dutch: language == "nl",
        });
    }
    let mut terms: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for line in files[&format!("{tag}/bookmarks.js")].lines() {
        let value = |key: &str| {
            line.split(&format!("{key}:\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next())
        };
        if let (Some(url), Some(term)) = (value("url"), value("text"))
            && let Some(number) = url.split(['?', '#']).next().and_then(|path| numbers.get(path))
        {
            terms
                .entry(unescaped(term).replace(" -- ", " "))
                .or_default()
                .insert(*number);
        }
    }
    Asked {
        name,
        language,
        texts,
        questions: terms
            .into_iter()
            .map(|(term, pages)| (term, pages.into_iter().map(|page| (page, 1.0)).collect()))
            .collect(),
        judged_only: Vec::new(),
    }
}

fn main() {
    let Some(data) = data() else {
        println!("left out: set AQUARIUM_TEST_DATA to the folder of real texts");
        return;
    };
    let all = [
        cranfield(&data),
        cacm(&data),
        stackfaq(&data),
        qatar(&data),
        manual(&data, "en", "manual", "en-US"),
        manual(&data, "nl", "handleiding", "nl"),
    ];
    let mut lines = Vec::new();
    println!("collection    lang  questions  ranking    nDCG@10     MAP  success@5");
    for asked in &all {
        let folder = tempfile::tempdir().expect("a folder");
        let collection = Collection::new(folder.path(), &asked.texts).expect("an index");
        for (ranking, name) in [
            (Some(Ranking::Bm25), "BM25"),
            (Some(Ranking::Ours), "ours"),
            (None, "published"),
        ] {
            if ranking.is_none() && asked.judged_only.is_empty() {
                continue;
            }
            let measured = measure(asked, &collection, ranking);
            println!(
                "{:<13} {:<5} {:>9}  {:<9} {:>8.4}  {:>6.4}  {:>9.4}",
                asked.name,
                asked.language,
                asked.questions.len(),
                name,
                measured.ndcg_10,
                measured.map,
                measured.success_5
            );
            lines.push(Line {
                collection: asked.name,
                language: asked.language,
                questions: asked.questions.len(),
                ranking: name,
                measured,
            });
        }
    }
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--json") {
        let file = arguments.get(at + 1).expect("a file after --json");
        std::fs::write(file, serde_json::to_string_pretty(&lines).expect("JSON")).expect("it is written");
    }
}

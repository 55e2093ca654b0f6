//! Every row of the table of routes, tried by those who may not: a visitor sees the door and nothing
//! else, an outsider cannot tell hidden from absent, and a deed without a form's token does nothing.

use aquarium::web::routes::{Audience, ROUTES};

use crate::Story;
use crate::flows_support::start;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("routes::a_visitor_sees_the_door", visitor),
        ("routes::hidden_looks_like_absent", hidden),
        ("routes::deeds_need_a_form_of_ours", forged),
        ("routes::admins_pages_are_admins", admins),
        ("routes::nothing_breaks_whatever_is_sent", junk),
    ]
}

/// A route's path with these numbers in it.
pub(crate) fn filled(path: &str, numbers: &[(&str, i64)]) -> String {
    let mut filled = path.to_owned();
    for (name, number) in numbers {
        filled = filled.replace(&format!("{{{name}}}"), &number.to_string());
    }
    filled
        .replace("{name}", "aquarium.css")
        .replace("{token}", "nonsense")
        .replace("{purpose}", "mail")
        .replace("{key}", "nonsense")
        .replace("{what}", "digest")
        .replace("{tag}", "1")
        .replace("{year}", "2026")
        .replace("{chart}", "road")
        .replace("{metric}", "active-share")
        .replace("{input}", "answers")
}

struct Secret {
    numbers: Vec<(&'static str, i64)>,
}

/// A topic in the cellar, and the numbers of everything around it.
fn secret(town: &Town) -> Secret {
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "question", "Hidden title", "Hidden body");
    let topic: i64 = topic
        .split(['/', '-'])
        .nth(2)
        .and_then(|id| id.parse().ok())
        .expect("a number");
    let post = pia
        .body
        .split("id=\"post-")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .and_then(|id| id.parse().ok())
        .expect("a post");
    // With a tag of the cellar's own.
    let edit = format!("/topics/{topic}/edit");
    pia.visit(&edit).submit(&edit, &[("tags", "vintage")]).is(200);
    pia.visit("/follows");
    let tag = pia
        .body
        .split("Cellar › vintage")
        .next()
        .and_then(|before| before.rsplit("value=\"").next());
    let tag: i64 = tag
        .and_then(|rest| rest.split('"').next())
        .and_then(|id| id.parse().ok())
        .expect("a tag");
    // A poll, open to all who read it.
    let ask = format!("/topics/{topic}/poll");
    pia.visit(&ask)
        .submit(&ask, &[("question", "Hidden question"), ("choices", "red\nwhite")])
        .is(200);
    let poll = pia
        .body
        .split("id=\"poll-")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .and_then(|id| id.parse().ok())
        .expect("a poll");
    let vote = format!("/polls/{poll}/vote");
    let choice = pia
        .body
        .split("name=\"choice\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a choice")
        .to_owned();
    pia.submit(&vote, &[("choice", &choice)]).is(200);
    // And a file in a reply.
    pia.visit(&format!("/topics/{topic}"))
        .submit_files(
            "/reply",
            &[("body", "See here."), ("do", "post")],
            &[("a.txt", b"hidden words")],
        )
        .is(200);
    let file = pia
        .links()
        .into_iter()
        .find(|link| link.starts_with("/files/"))
        .expect("a file");
    let file: i64 = file.split('/').nth(2).and_then(|id| id.parse().ok()).expect("a number");
    // A review in the cellar: Ada flags what Pia wrote.
    let report = format!("/posts/{post}/report");
    let mut ada = town.sign_in("ada");
    ada.visit(&report)
        .submit(&report, &[("why", "spam"), ("words", "")])
        .is(200);
    let review: i64 = crate::flows_moderation::first(&mut ada)
        .split('/')
        .nth(2)
        .and_then(|id| id.parse().ok())
        .expect("a number");
    // Something worth doing about her, on the list of the cellar.
    let (cellar, about) = (town.spaces["Cellar"], town.people["pia"]);
    town.by_hand(&format!(
        "INSERT INTO work_items (id, space_id, kind, subject, account_id, arm, facts, since, made_at) \
         VALUES (1, {cellar}, 'welcome', 'pia', {about}, 'shown', '{{}}', 0, 0)"
    ));
    // And something planned there.
    town.by_hand(&format!(
        "INSERT INTO plan_lines (id, space_id, day, sort, what, starts) VALUES (1, {cellar}, 1, 'talk', 'wine', '')"
    ));
    Secret {
        numbers: vec![
            ("item", 1),
            ("space", town.spaces["Cellar"].0),
            ("board", town.boards["Cellar"].0),
            ("topic", topic),
            ("post", post),
            ("person", town.people["pia"].0),
            ("account", town.people["pia"].0),
            ("report", 1),
            ("review", review),
            ("tag", tag),
            ("file", file),
            ("poll", poll),
            ("rule", 1),
            ("phrase", 1),
            ("line", 1),
            ("session", 1),
            ("invitation", 1),
        ],
    }
}

const ABSENT: &[(&str, i64)] = &[
    ("space", 99_001),
    ("board", 99_002),
    ("topic", 99_003),
    ("post", 99_004),
    ("person", 99_005),
    ("account", 99_006),
    ("report", 99_007),
    ("session", 99_008),
    ("invitation", 99_009),
    ("review", 99_010),
    ("tag", 99_011),
    ("file", 99_014),
    ("rule", 99_012),
    ("phrase", 99_013),
    ("line", 99_017),
    ("poll", 99_015),
    ("item", 99_016),
];

fn visitor(town: &Town) {
    let secret = secret(town);
    let mut client = town.visitor();
    let mut tried = 0;
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        if matches!(route.audience, Audience::Machine | Audience::Door) {
            continue;
        }
        let there = filled(route.path, &secret.numbers);
        let absent = filled(route.path, ABSENT);
        client.get(&there);
        assert_eq!(client.status, 303, "{there}");
        assert!(client.headers["location"].starts_with("/sign-in"), "{there}");
        client.get(&absent);
        assert_eq!(client.status, 303, "{absent}");
        tried += 1;
    }
    client.get("/no/such/place").is(303);
    assert!(tried > 30, "{tried} routes");
}

/// The page but for what differs from request to request.
fn plain(client: &Client) -> String {
    let mut text = client.body.clone();
    while let Some(at) = text.find("name=\"token\" value=\"") {
        let end = text[at + 20..].find('"').map_or(text.len(), |end| at + 20 + end);
        text.replace_range(at..end, "token");
    }
    text
}

fn hidden(town: &Town) {
    let secret = secret(town);
    let mut tried = 0;
    for who in ["oda", "gus", "exa", "mo"] {
        let mut client = town.sign_in(who);
        let token = client.visit("/").form("/sign-out").1;
        // A feed reader comes with a key of its own, which opens what its owner may read.
        let key = town.as_person(who, |tx| {
            aquarium::forum::feeds::make(tx)?;
            aquarium::forum::feeds::mine(tx)
        });
        let key = key.expect("a key");
        for route in ROUTES {
            let about_secret = [
                "{space}", "{board}", "{topic}", "{post}", "{review}", "{tag}", "{file}", "{item}",
            ]
            .iter()
            .any(|part| route.path.contains(part));
            if !about_secret {
                continue;
            }
            let path = route.path.replace("/feeds/{key}", &format!("/feeds/{key}"));
            let there = filled(&path, &secret.numbers);
            let absent = filled(&path, ABSENT);
            let mut answer = |path: &str| {
                if route.method == "GET" {
                    client.get(path);
                } else {
                    let mut fields = token.clone();
                    for (name, value) in [
                        ("role", "member"),
                        ("to", "1"),
                        ("body", "x"),
                        ("title", "xyz"),
                        ("why", "spam"),
                        ("name", "xyz"),
                        ("visibility", "private"),
                        ("joining", "request"),
                    ] {
                        fields.push((name.to_owned(), value.to_owned()));
                    }
                    client.post(path, &fields);
                }
                (client.status, plain(&client).replace(path, "PATH"))
            };
            let (hidden_status, hidden_page) = answer(&there);
            let (absent_status, absent_page) = answer(&absent);
            assert_eq!(hidden_status, 404, "{who} {} {there}", route.method);
            assert_eq!(absent_status, 404, "{who} {} {absent}", route.method);
            let name = |text: &str| text.replace(&there, "PATH").replace(&absent, "PATH");
            assert_eq!(name(&hidden_page), name(&absent_page), "{who} {} {there}", route.method);
            tried += 1;
            if route.method != "GET" {
                continue;
            }
            // However it is asked for, with the same headers too.
            for headers in [
                &[("Range", "bytes=0-40")][..],
                &[
                    ("If-None-Match", "*"),
                    ("If-Modified-Since", "Sun, 22 Nov 2026 00:00:00 GMT"),
                ],
                &[("Accept", "application/json")],
                &[("Sec-Purpose", "prefetch")],
            ] {
                let mut told = |path: &str| {
                    client.get_with(path, headers);
                    let mut names: Vec<(String, String)> = client
                        .headers
                        .iter()
                        .filter(|(name, _)| !matches!(name.as_str(), "date" | "content-length"))
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect();
                    names.sort();
                    (client.status, names, plain(&client).replace(path, "PATH"))
                };
                let (hidden, absent) = (told(&there), told(&absent));
                assert_eq!(hidden.0, 404, "{who} {there} {headers:?}");
                assert_eq!(
                    (hidden.0, &hidden.1),
                    (absent.0, &absent.1),
                    "{who} {there} {headers:?}"
                );
                assert_eq!(name(&hidden.2), name(&absent.2), "{who} {there} {headers:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 600, "{tried} pairs");
}

fn forged(town: &Town) {
    let mut nia = town.sign_in("nia");
    let token = nia.visit("/").form("/sign-out").1;
    let mut tried = 0;
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let path = filled(route.path, ABSENT);
        // What a mail program presses has no form: a key that is none is absent, wherever it comes from.
        let machine = route.audience == Audience::Machine;
        assert!(!machine || route.path == "/letters/stop/{key}/{what}", "{path}");
        let refused = if machine { 404 } else { 403 };
        for (fields, site) in [
            (token.clone(), "cross-site"),
            (token.clone(), "same-site"),
            (vec![("token".to_owned(), "nonsense".to_owned())], "same-origin"),
            (vec![("body".to_owned(), "x".to_owned())], "same-origin"),
        ] {
            nia.post_with(&path, &fields, &[("Sec-Fetch-Site", site)]);
            assert_eq!(nia.status, refused, "{path} from {site}");
            tried += 1;
        }
        nia.post_with(&path, &token, &[("Origin", "https://evil.example")]);
        assert_eq!(nia.status, refused, "{path}");
    }
    assert!(tried > 150, "{tried} deeds");
    nia.visit("/").sees("Soup");
}

fn admins(town: &Town) {
    let mut nia = town.sign_in("nia");
    let mut tried = 0;
    for route in ROUTES
        .iter()
        .filter(|route| route.audience == Audience::Admins && route.method == "GET")
    {
        nia.get(&filled(route.path, &[("person", town.people["pia"].0)]))
            .is(404);
        tried += 1;
    }
    // Nor what their forms do, with a token that is right.
    let token = nia.visit("/").form("/sign-out").1;
    for route in ROUTES
        .iter()
        .filter(|route| route.audience == Audience::Admins && route.method == "POST")
    {
        nia.post(&filled(route.path, &[("person", town.people["pia"].0)]), &token)
            .is(404);
        tried += 1;
    }
    assert!(tried >= 20, "{tried} routes");
}

/// Every form sent empty, and with what no form sends: an answer, and never an error of ours.
fn junk(town: &Town) {
    let secret = secret(town);
    let long = "w".repeat(6_000);
    let mut tried = 0;
    let mut broken = Vec::new();
    for value in [
        "",
        "x",
        "-1",
        "0",
        "99999999999999999999",
        "9223372036854775807",
        "\u{0}\u{202e}<b>%s",
        &long,
    ] {
        for route in ROUTES.iter().filter(|route| route.method == "POST") {
            // Ada stays, and stays herself.
            if matches!(route.path, "/sign-out" | "/settings/sessions/{session}/end") {
                continue;
            }
            let mut ada = town.sign_in("ada");
            let mut fields = ada.visit("/").form("/sign-out").1;
            let names = [
                "accept",
                "act",
                "amount",
                "author",
                "back",
                "based_on",
                "board",
                "body",
                "concept_for",
                "decision",
                "department",
                "description",
                "display_name",
                "do",
                "domains",
                "entrance",
                "expression",
                "forum_name",
                "hour",
                "into",
                "joining",
                "key",
                "kind",
                "kinds",
                "language",
                "level",
                "mail",
                "minutes",
                "name",
                "names.en",
                "note",
                "parent",
                "password",
                "phrase",
                "position",
                "reason",
                "remind",
                "review",
                "review_hours",
                "rhythm",
                "role",
                "rule",
                "sanction",
                "seen",
                "space",
                "tags",
                "text",
                "text_version",
                "texts.en",
                "time_zone",
                "title",
                "to",
                "until",
                "uses",
                "version",
                "visibility",
                "who",
                "why",
                "words",
            ];
            if !value.is_empty() {
                fields.extend(names.iter().map(|name| ((*name).to_owned(), value.to_owned())));
            }
            let path = filled(route.path, &secret.numbers);
            ada.post(&path, &fields);
            if ada.status >= 500 {
                broken.push(format!("{path} with {value:.30}: {}", ada.status));
            }
            tried += 1;
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert!(tried > 500, "{tried} forms");
}

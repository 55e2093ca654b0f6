//! The search page.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::access::{deed, on_forum};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::spaces;
use crate::i18n::When;
use crate::ids::SpaceId;
use crate::kinds::AccountKind;
use crate::search::{self, Run, Sort, gaps};
use crate::url;

#[derive(Serialize)]
struct Hit {
    url: String,
    title: String,
    kind: &'static str,
    kind_label: String,
    answered: bool,
    place: String,
    author: String,
    author_url: String,
    at: When,
    lang: String,
    excerpt: Vec<Run>,
}

#[derive(Serialize)]
struct Results {
    q: String,
    asked: bool,
    hits: Vec<Hit>,
    total: usize,
    rebuilding: bool,
    /// How many of the hits, the last ones, only come near; and how many stand before them.
    near: usize,
    exact: usize,
    unknown: Vec<String>,
    newer: String,
    older: String,
    /// Where one finds it as a feed.
    feed_url: String,
    /// Label, address, and whether it is this one.
    sorts: Vec<(String, String, bool)>,
    facets: Vec<Facet>,
    people: Vec<Expert>,
}

/// A way to ask more exactly.
#[derive(Serialize)]
struct Facet {
    label: String,
    /// Name, count, and the address of the narrower search.
    values: Vec<(String, usize, String)>,
}

/// Somebody who wrote about it, and agreed to be found by that.
#[derive(Serialize)]
struct Expert {
    name: String,
    url: String,
    count: usize,
    /// What they wrote: the reason.
    posts: String,
}

/// Narrower searches by what was found. A facet that the search names already narrows nothing.
fn facets(ask: &Ask, q: &str, parsed: &search::Parsed, found: &search::Facets) -> Vec<Facet> {
    let with = |filter: String| url::search(&format!("{q} {filter}"));
    // A name with a blank stands between quotes, and has none of its own.
    let quoted = |name: &str| name.replace('"', " ");
    let mut all = Vec::new();
    let mut add = |label: &str, named: bool, values: Vec<(String, usize, String)>| {
        if !named && values.len() > 1 {
            all.push(Facet {
                label: ask.t(label),
                values,
            });
        }
    };
    let each = |one: &search::Share<SpaceId>| {
        let filter = format!("space:\"{}\"", quoted(&one.name));
        (one.name.clone(), one.count, with(filter))
    };
    add(
        "facet-space",
        !parsed.spaces.is_empty(),
        found.spaces.iter().map(each).collect(),
    );
    let boards = found.boards.iter().map(|one| {
        let filter = format!("board:\"{}\"", quoted(&one.name));
        (one.name.clone(), one.count, with(filter))
    });
    add("facet-board", !parsed.boards.is_empty(), boards.collect());
    let kinds = found.kinds.iter().map(|one| {
        let label = ask.t(&format!("kind-{}", one.name));
        (label, one.count, with(format!("kind:{}", one.name)))
    });
    add("facet-kind", !parsed.kinds.is_empty(), kinds.collect());
    // By what somebody is called: their @name is for those who know each other.
    let colleague = ask
        .viewer()
        .person()
        .is_some_and(|person| person.kind == AccountKind::Employee);
    let authors = found.authors.iter().map(|one| {
        let filter = if colleague {
            format!("author:@{}", one.of.1)
        } else {
            format!("author:\"{}\"", quoted(&one.name))
        };
        (one.name.clone(), one.count, with(filter))
    });
    add("facet-author", !parsed.authors.is_empty(), authors.collect());
    let years = found.years.iter().map(|one| {
        let filter = format!("after:{0}-01-01 before:{1}-01-01", one.of, one.of + 1);
        (one.name.clone(), one.count, with(filter))
    });
    let dated = parsed.after.is_some() || parsed.before.is_some();
    add("facet-year", dated, years.collect());
    all
}

/// What is looked for, and in which order, as a query.
fn in_order(q: &str, sort: Sort) -> String {
    let mut pairs = vec![("q", q)];
    if sort == Sort::Newest {
        pairs.push(("sort", "newest"));
    }
    serde_html_form::to_string(pairs).expect("texts always become a query")
}

/// The last page that is shown: whoever reads so far should ask more exactly.
const LAST: usize = 50;

pub fn show(ask: &Ask) -> Answer {
    let q = ask.ask_for("q").trim().to_owned();
    let parsed = search::parse(&q);
    let page = usize::try_from(ask.page_number()).unwrap_or(1).min(LAST);
    let asked = !parsed.is_empty();
    let sort = match ask.ask_for("sort") {
        "newest" => Sort::Newest,
        _ => Sort::Relevance,
    };
    let found = if asked {
        let who = ask
            .viewer()
            .id()
            .map_or_else(|| format!("from {}", ask.from), |id| format!("account {id}"));
        ask.shared.limits.take(
            &format!("search {who}"),
            ask.app().config.limits.searches_a_minute,
            ask.app().clock.now(),
        )?;
        ask.read(|cx| search::find(cx, &ask.app().search, &parsed, sort, page))?
    } else {
        search::Found::default()
    };
    // What only comes near was not found.
    let exactly = found.total;
    if asked && page == 1 && ask.viewer().person().is_some() && !ask.prefetch {
        // How much was found, never what was looked for.
        let count = i64::try_from(found.total).unwrap_or(i64::MAX);
        ask.shared.app.gathered.searched(Event::Searched { found: count });
        if !found.rebuilding
            && let Some(what) = ask.read(|cx| gaps::what(cx, &parsed))?
        {
            ask.app()
                .gaps
                .searched(ask.me()?.id, what, exactly, ask.app().clock.now());
        }
    }
    let mut unknown = parsed.unknown.clone();
    if asked && found.total == 0 {
        unknown.extend(ask.read(|cx| search::names_nothing(cx, &parsed))?);
    }
    let link = |number: usize| {
        let words = in_order(&q, sort);
        format!("/search?{words}&page={number}")
    };
    let (near, exact) = (found.near, found.exactly().len());
    let people: Vec<Expert> = found
        .facets
        .experts
        .iter()
        .map(|one| Expert {
            name: one.name.clone(),
            url: url::person(one.of.0, &one.name),
            count: one.count,
            posts: url::search(&format!("{q} author:\"{}\"", one.name.replace('"', " "))),
        })
        .collect();
    let facets = facets(ask, &q, &parsed, &found.facets);
    let results = Results {
        asked,
        hits: found
            .hits
            .into_iter()
            .map(|hit| Hit {
                url: url::post(hit.post),
                kind: hit.kind.word(),
                kind_label: ask.t(&format!("kind-{}", hit.kind.word())),
                answered: hit.answered,
                place: format!("{} › {}", hit.space, hit.board),
                author_url: url::person(hit.author_id, &hit.author),
                author: hit.author,
                at: ask.when(hit.at),
                lang: hit.language,
                excerpt: hit.excerpt,
                title: hit.title,
            })
            .collect(),
        total: found.total,
        rebuilding: found.rebuilding,
        near,
        exact,
        unknown,
        newer: if page > 1 { link(page - 1) } else { String::new() },
        older: if found.more && page < LAST {
            link(page + 1)
        } else {
            String::new()
        },
        feed_url: format!("/settings/feeds?{}", url::query("q", &q)),
        sorts: [(Sort::Relevance, "search-best"), (Sort::Newest, "search-newest")]
            .map(|(other, label)| (ask.t(label), format!("/search?{}", in_order(&q, other)), other == sort))
            .to_vec(),
        // Whoever asks for filters alone asks for no knowledge.
        people: if parsed.terms.is_empty() { Vec::new() } else { people },
        facets,
        q: q.clone(),
    };
    ask.page("search/show.html", &ask.t("search-title"), &results)
}

/// For the script that offers something while a search is typed: labels and addresses.
pub fn suggest(ask: &Ask) -> Answer {
    let typed = ask.ask_for("q").to_owned();
    let offered = ask.read(|cx| search::suggest::offered(cx, &ask.app().search, &typed))?;
    let topics = offered
        .topics
        .into_iter()
        .map(|(id, title)| (url::topic(id, &title), title));
    let tags = offered
        .tags
        .into_iter()
        .map(|name| (url::search(&format!("tag:\"{name}\"")), format!("#{name}")));
    let all: Vec<(String, String)> = topics.chain(tags).collect();
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/json", serde_json::json!(all).to_string()),
    ))
}

#[derive(Serialize)]
struct Gap {
    term: String,
    url: String,
    nothing: i64,
    refined: i64,
    since: When,
}

/// What was looked for and not found, of a space or of the forum.
pub fn show_gaps(ask: &Ask) -> Answer {
    let (space, lines) = if ask.param("space").is_empty() {
        let lines = ask.read(|cx| {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            gaps::of_forum(cx, &may)
        })?;
        (None, lines)
    } else {
        let id: SpaceId = ask.id("space")?;
        let (space, lines) = ask.read(|cx| {
            let space = spaces::find(cx, id)?;
            let lines = gaps::of_space(cx, &space)?;
            Ok((space, lines))
        })?;
        (Some((id, space.name.clone())), lines)
    };
    let only = space
        .as_ref()
        .map(|(_, name)| format!(" space:\"{name}\""))
        .unwrap_or_default();
    let lines: Vec<Gap> = lines
        .into_iter()
        .map(|line| Gap {
            url: url::search(&format!("{}{only}", line.term)),
            term: line.term,
            nothing: line.nothing,
            refined: line.refined,
            since: ask.date(Moment(line.first_day * 86_400 * Moment::MICROS_PER_SECOND)),
        })
        .collect();
    ask.page(
        "search/gaps.html",
        &ask.t("gaps-title"),
        &serde_json::json!({
            "lines": lines,
            "space": space.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            "space_url": space.map(|(id, name)| url::space(id, &name)).unwrap_or_default(),
        }),
    )
}

//! What every answer carries, and what no request gets past.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use aquarium::web::routes::ROUTES;

use crate::Story;
use crate::access_support::filled;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("running::every_answer_has_its_headers", headers),
        ("running::cookies_are_kept_from_others", cookies),
        ("running::requests_have_limits", limits),
        ("running::nobody_believes_the_host", host),
        ("running::health_is_told", health),
        ("running::returning_stays_here", returning),
    ]
}

fn headers(town: &Town) {
    let mut nia = town.sign_in("nia");
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        let path = filled(
            route.path,
            &[("space", 1), ("board", 1), ("topic", 1), ("post", 1), ("person", 1)],
        );
        nia.get(&path);
        let csp = &nia.headers["content-security-policy"];
        assert!(
            csp.starts_with("default-src 'none'; script-src 'self';") && !csp.contains("unsafe"),
            "{path}"
        );
        assert_eq!(nia.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(nia.headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(nia.headers["cache-control"], "private, no-store", "{path}");
        assert!(nia.headers.contains_key("referrer-policy"), "{path}");
    }
    nia.visit("/");
    let css = nia
        .body
        .split("href=\"/assets/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a stylesheet")
        .to_owned();
    nia.get(&format!("/assets/{css}")).is(200);
    assert!(nia.headers["cache-control"].contains("immutable"));
    nia.get("/assets/aquarium.other.css").is(404);
}

fn cookies(town: &Town) {
    let mut nia = town.visitor();
    nia.visit("/sign-in");
    nia.submit("/sign-in", &[("who", "nia"), ("password", "wrong")]);
    let before = nia.cookies.clone();
    let (action, mut fields) = nia.form("/sign-in");
    fields.retain(|(name, _)| name != "who" && name != "password");
    fields.push(("who".to_owned(), "nia".to_owned()));
    fields.push(("password".to_owned(), crate::support::world::PASSWORD.to_owned()));
    nia.post(&action, &fields).is(303);
    let session = nia
        .set_cookies
        .iter()
        .find(|cookie| cookie.contains("sid="))
        .expect("a session")
        .clone();
    for mark in ["__Host-sid=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(mark), "{session} lacks {mark}");
    }
    assert!(
        !before.values().any(|value| session.contains(value.as_str())),
        "the session is new"
    );
}

fn limits(town: &Town) {
    let mut nia = town.sign_in("nia");
    let token = nia.visit("/").form("/sign-out").1;
    // An encoded body is refused before anybody unfolds it.
    nia.post_with(
        "/preview",
        &token,
        &[("Sec-Fetch-Site", "same-origin"), ("Content-Encoding", "gzip")],
    );
    nia.is(415);
    let mut large = token.clone();
    large.push(("body".to_owned(), "x".repeat(400_000)));
    nia.post("/preview", &large).is(413);
    nia.post_with(
        "/preview",
        &token,
        &[("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json")],
    );
    nia.is(415);
    // A body that does not arrive is not waited for.
    let mut slow = TcpStream::connect(town.address()).expect("a connection");
    slow.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    write!(
        slow,
        "POST /sign-in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nwho=",
        town.address()
    )
    .expect("written");
    let mut answer = [0_u8; 64];
    let length = slow.read(&mut answer).expect("an answer");
    assert!(
        String::from_utf8_lossy(&answer[..length]).starts_with("HTTP/1.1 408"),
        "{}",
        String::from_utf8_lossy(&answer[..length])
    );
    // Nobody's files are waited for before it is known whose they are.
    let mut stranger = TcpStream::connect(town.address()).expect("a connection");
    stranger
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a limit");
    write!(
        stranger,
        "POST /posts/1/reply HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 5000000\r\n\r\nbody=",
        town.address()
    )
    .expect("written");
    let length = stranger.read(&mut answer).expect("an answer");
    assert!(
        String::from_utf8_lossy(&answer[..length]).starts_with("HTTP/1.1 413"),
        "{}",
        String::from_utf8_lossy(&answer[..length])
    );
    // Two lengths, or a length and chunks, are somebody's trick.
    for trick in [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
    ] {
        let mut raw = TcpStream::connect(town.address()).expect("a connection");
        raw.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        write!(
            raw,
            "POST /sign-in HTTP/1.1\r\nHost: {}\r\n{trick}\r\n\r\nhello",
            town.address()
        )
        .expect("written");
        let length = raw.read(&mut answer).expect("an answer");
        assert!(
            String::from_utf8_lossy(&answer[..length]).starts_with("HTTP/1.1 400"),
            "{trick}"
        );
    }
}

fn host(town: &Town) {
    let mut nia = town.visitor();
    nia.get_with("/sign-in", &[("Host", "evil.example")]).is(421);
    nia.get_with(
        "/sign-in",
        &[("Forwarded", "host=evil.example"), ("X-Forwarded-Host", "evil.example")],
    )
    .is(200);
    nia.sees_not("evil.example");
    nia.visit("/reset");
    let (action, mut fields) = nia.form("/reset");
    fields.retain(|(name, _)| name != "mail");
    fields.push(("mail".to_owned(), "nia@cast.example".to_owned()));
    nia.post_with(
        &action,
        &fields,
        &[("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-Host", "evil.example")],
    )
    .is(200);
    town.settle();
    for letter in crate::support::letters::letters(town) {
        assert!(!letter.contains("evil.example"));
    }
}

fn health(town: &Town) {
    let mut machine = town.visitor();
    machine.get("/healthz").is(200);
    machine.get("/readyz").is(200);
    assert!(machine.body.contains("ready"));
}

fn returning(town: &Town) {
    for trap in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/%0d%0aSet-Cookie:x",
        "javascript:alert(1)",
    ] {
        let mut nia = town.visitor();
        let next = serde_html_form::to_string([("next", trap)]).expect("a query");
        nia.get(&format!("/sign-in?{next}")).is(200);
        nia.submit(
            "/sign-in",
            &[("who", "nia"), ("password", crate::support::world::PASSWORD)],
        );
        assert!(
            nia.path.starts_with('/') && !nia.path.contains("evil"),
            "{trap} led to {}",
            nia.path
        );
    }
    let mut nia = town.visitor();
    nia.visit("/latest").submit(
        "/sign-in",
        &[("who", "nia"), ("password", crate::support::world::PASSWORD)],
    );
    assert_eq!(nia.path, "/latest");
}

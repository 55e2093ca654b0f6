//! Link previews: off until admins want them, asked for after the post stands, and never from the inside.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aquarium::jobs::previews;
use aquarium::outside::Reach;

use super::a_topic::{posts, reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("previewing::a_page_says_what_it_is_where_admins_want_that", shown),
        ("previewing::the_inside_is_never_asked", inside),
    ]
}

/// A web server with one answer, which counts who came.
struct Site {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Site {
    fn answering(answer: String) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = socket.local_addr().expect("an address");
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        // Ends with the story's process: it waits for visitors only.
        std::thread::spawn(move || {
            for visitor in socket.incoming() {
                let mut visitor = visitor.expect("a visitor");
                count.fetch_add(1, Ordering::AcqRel);
                let mut lines = BufReader::new(visitor.try_clone().expect("a way back")).lines();
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                visitor.write_all(answer.as_bytes()).expect("answered");
            }
        });
        Self { address, asked }
    }

    fn page(html: &str) -> Self {
        let long = html.len();
        Self::answering(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {long}\r\nConnection: close\r\n\r\n{html}"
        ))
    }

    fn leading_to(to: &str) -> Self {
        Self::answering(format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Acquire)
    }
}

fn switch(town: &Town, on: bool) {
    let mut ada = town.sign_in("ada");
    let (action, mut fields) = ada.visit("/admin").form("/admin");
    fields.retain(|(name, _)| name != "previews");
    if on {
        fields.push(("previews".to_owned(), "on".to_owned()));
    }
    ada.post(&action, &fields).follow().is(200);
}

fn shown(town: &Town) {
    let site = Site::page(
        "<title>Cast iron</title><meta name=\"description\" content=\"How to <b>season</b> a pan, and why\">",
    );
    let reach = Reach::Only(vec![site.address]);
    let one = || previews::one(&town.app, &reach).expect("looked after");
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Pans", "Steel or iron?");
    let link = format!("http://{}/pans?x=1&y=2", site.address);
    let body = format!("Read this:\n\n{link}\n\nand say what you think.");
    // Off: the link is a link, and nobody is asked.
    reply(&mut nia, &topic, "It is off.");
    nia.visit(&topic)
        .submit("/reply", &[("body", &body), ("do", "post")])
        .is(200);
    assert!(!one());
    assert_eq!(site.asked(), 0);
    switch(town, true);
    assert!(!one(), "what was written before stays as it is");
    nia.visit(&topic)
        .submit("/reply", &[("body", &body), ("do", "post")])
        .is(200);
    let post = *posts(&nia).iter().max().expect("a post");
    assert!(one() && !one(), "one post waited");
    assert_eq!(site.asked(), 1);
    let mut pia = town.sign_in("pia");
    pia.visit(&topic)
        .sees("Cast iron")
        .sees("How to season a pan, and why")
        .sees("127.0.0.1");
    assert_eq!(pia.count(&format!("#post-{post} > a.card")), 1);
    assert_eq!(pia.count("a.card"), 1);
    // Who does not read the post reads nothing of its page.
    town.sign_in("gus").get(&topic).is(404);
    // Edited, it shows what it leads to now: nothing.
    let edit = format!("/posts/{post}/edit");
    nia.visit(&edit)
        .submit(&edit, &[("body", "Never mind."), ("do", "save")])
        .is(200);
    assert!(!one());
    assert_eq!(pia.visit(&topic).count("a.card"), 0);
    nia.visit(&edit)
        .submit(&edit, &[("body", &body), ("do", "save")])
        .is(200);
    assert!(one());
    assert_eq!(pia.visit(&topic).count("a.card"), 1);
    // Held, nobody is asked before it stands.
    let mut gus = town.sign_in("gus");
    start(&mut gus, town, "Bridge", "discussion", "Bolts", &body);
    assert!(!one());
    let asked = site.asked();
    let mut ada = town.sign_in("ada");
    ada.visit("/queue")
        .submit("/decide", &[("decision", "approve")])
        .is(200);
    assert!(one());
    assert_eq!(site.asked(), asked + 1);
    // Off again, nothing of it is left.
    switch(town, false);
    assert_eq!(pia.visit(&topic).count("a.card"), 0);
    crate::running_support::sound(town);
}

fn inside(town: &Town) {
    let secret = Site::page("<title>The salaries</title>");
    let lead = Site::leading_to(&format!("http://{}/", secret.address));
    let endless = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address");
    switch(town, true);
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Pans", "Steel or iron?");
    let mut show = |link: &str, reach: &Reach| {
        nia.visit(&topic)
            .submit("/reply", &[("body", &format!("Look:\n\n{link}")), ("do", "post")])
            .is(200);
        assert!(previews::one(&town.app, reach).expect("looked after"));
        nia.visit(&topic).count("a.card")
    };
    // As the forum runs, neither it nor where a page leads.
    for link in [
        format!("http://{}/", secret.address),
        format!("http://localhost:{}/", secret.address.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", secret.address.port()),
    ] {
        assert_eq!(show(&link, &Reach::Public), 0, "{link}");
    }
    // One that may be asked leads to one that may not.
    let outer = Reach::Only(vec![lead.address]);
    assert_eq!(show(&format!("http://{}/", lead.address), &outer), 0);
    assert_eq!((lead.asked(), secret.asked()), (1, 0));
    // What is no page, leads in a circle, or is not there, shows nothing.
    let picture = Site::answering(
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx".to_owned(),
    );
    let circle = Site::leading_to("/");
    for at in [picture.address, circle.address, endless] {
        assert_eq!(show(&format!("http://{at}/"), &Reach::Only(vec![at])), 0);
    }
    assert_eq!(circle.asked(), 4);
    assert_eq!(secret.asked(), 0);
}

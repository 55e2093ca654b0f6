//! The ways in for mail: the door for mail servers on this machine, spoken to word by word and by a real
//! Postfix; and a mailbox of a real Dovecot.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use aquarium::app::App;
use aquarium::config::Config;
use aquarium::mail::incoming::{self, Incoming};
use lettre::Transport as _;

use crate::Story;
use crate::flows_by_mail::{asked, letter};
use crate::support::mail_servers::{Dovecot, Postfix, until};
use crate::support::world::{Town, config};

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("mail_comes::the_door_takes_and_refuses", door),
        ("mail_comes::what_cannot_be_kept_now_is_sent_again", put_off),
    ]
}

/// Those that need real servers.
pub(crate) fn stories_with_servers() -> Vec<Story> {
    vec![
        ("mail_comes::a_real_postfix_hands_letters_over", postfix),
        ("mail_comes::a_real_dovecot_is_looked_into", dovecot),
    ]
}

/// Another node of the same forum, with ways in.
fn node(town: &Town, change: impl FnOnce(&mut Config)) -> (Arc<App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(folder.path(), &town.app.config.database.url);
    change(&mut config);
    let app = App::new(config, town.address()).expect("a node");
    (Arc::new(app), folder)
}

fn with_door(town: &Town) -> (Incoming, SocketAddr, tempfile::TempDir) {
    let (app, folder) = node(town, |config| {
        config.incoming.listen = "127.0.0.1:0".to_owned();
        config.incoming.letter_bytes = 100_000;
    });
    let incoming = Incoming::start(&app).expect("the door opens");
    let address = incoming.listens.expect("an address");
    (incoming, address, folder)
}

/// A mail server that says what a story wants.
struct Sender {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Sender {
    fn at(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the door");
        let writer = stream.try_clone().expect("a way back");
        let mut sender = Self {
            reader: BufReader::new(stream),
            writer,
        };
        assert!(sender.hear().starts_with("220 "));
        sender
    }

    /// The last line of an answer.
    fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).expect("an answer");
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    fn say(&mut self, line: &str) -> String {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).expect("heard");
        self.hear()
    }

    fn hears(&mut self, line: &str, answer: &str) {
        let said = self.say(line);
        assert!(said.starts_with(answer), "{line}: {said}");
    }
}

fn count(town: &Town, topic: &str) -> usize {
    let mut ada = town.sign_in("ada");
    crate::flows_support::posts(ada.visit(topic)).len()
}

fn door(town: &Town) {
    let (topic, _, address) = asked(town);
    let (incoming, at, _folder) = with_door(town);
    let mut lmtp = Sender::at(at);
    // Out of order, unknown, too long: each has its answer, and the talk goes on.
    lmtp.hears("MAIL FROM:<nia@cast.example>", "503 ");
    lmtp.hears("LHLO mx.cast.example", "250 ");
    lmtp.hears("RCPT TO:<x@cast.example>", "503 ");
    lmtp.hears("DATA", "503 ");
    lmtp.hears("WHAT IS THIS", "500 ");
    lmtp.hears("MAIL FROM:<nia@cast.example> SIZE=200000", "552 ");
    lmtp.hears("MAIL FROM:<nia@cast.example>", "250 ");
    lmtp.hears("RCPT TO:<nobody@cast.example>", "550 ");
    lmtp.hears("RCPT TO:<forum+r1.1.0000@cast.example>", "550 ");
    lmtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
    lmtp.hears("DATA", "354 ");
    let raw = String::from_utf8(letter(
        "nia@cast.example",
        &address,
        "door",
        "",
        "Iron it is.\r\n..\r\nReally.",
    ))
    .expect("text");
    lmtp.hears(&format!("{raw}."), "250 2.0.0 Posted");
    town.sign_in("pia").visit(&topic).sees("Iron it is.").sees("Really.");
    assert_eq!(count(town, &topic), 3);
    // Too large a letter is read to its end, and not taken.
    lmtp.hears("MAIL FROM:<nia@cast.example>", "250 ");
    lmtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
    lmtp.hears("DATA", "354 ");
    let large = "pans and pans and pans\r\n".repeat(9_000);
    lmtp.hears(&format!("Subject: x\r\n\r\n{large}."), "552 ");
    lmtp.hears("NOOP", "250 ");
    lmtp.hears("QUIT", "221 ");
    // By SMTP; and forgotten in the middle.
    let mut smtp = Sender::at(at);
    smtp.hears("EHLO mx.cast.example", "250 ");
    smtp.hears("MAIL FROM:<pia@cast.example>", "250 ");
    smtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
    smtp.hears("RSET", "250 ");
    smtp.hears("DATA", "503 ");
    smtp.hears("MAIL FROM:<pia@cast.example>", "250 ");
    smtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
    smtp.hears("DATA", "354 ");
    let forged = String::from_utf8(letter("pia@cast.example", &address, "forged", "", "I am Nia.")).expect("text");
    smtp.hears(&format!("{forged}."), "250 2.0.0 Taken");
    // Whoever hangs up in the middle of a letter has sent none.
    smtp.hears("MAIL FROM:<nia@cast.example>", "250 ");
    smtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
    smtp.hears("DATA", "354 ");
    let half = String::from_utf8(letter("nia@cast.example", &address, "half", "", "Half a")).expect("text");
    smtp.writer.write_all(half.as_bytes()).expect("heard");
    drop(smtp);
    // A line without end is cut off.
    let mut endless = Sender::at(at);
    endless.hears(&"x".repeat(3_000), "500 ");
    drop(incoming);
    assert!(TcpStream::connect(at).is_err(), "the door is closed");
    assert_eq!(count(town, &topic), 3);
}

fn put_off(town: &Town) {
    let (topic, _, address) = asked(town);
    let (incoming, at, _folder) = with_door(town);
    let raw = String::from_utf8(letter("nia@cast.example", &address, "later", "", "In good time.")).expect("text");
    let hold = |town: &Town| -> String {
        let mut lmtp = Sender::at(at);
        lmtp.hears("LHLO mx.cast.example", "250 ");
        lmtp.hears("MAIL FROM:<nia@cast.example>", "250 ");
        lmtp.hears(&format!("RCPT TO:<{address}>"), "250 ");
        lmtp.hears("DATA", "354 ");
        let answer = lmtp.say(&format!("{raw}."));
        drop(lmtp);
        assert!(count(town, &topic) >= 2);
        answer
    };
    // Something of ours is broken: the row that says what came in cannot be written, and neither is the post.
    town.by_hand("ALTER TABLE arrivals RENAME TO arrivals_away");
    let answer = hold(town);
    assert!(answer.starts_with("451 "), "{answer}");
    assert_eq!(count(town, &topic), 2);
    town.by_hand("ALTER TABLE arrivals_away RENAME TO arrivals");
    assert!(hold(town).starts_with("250 2.0.0 Posted"));
    assert!(hold(town).starts_with("250 2.0.0 Posted"), "sent again, it is the same");
    assert_eq!(count(town, &topic), 3);
    drop(incoming);
}

fn postfix(town: &Town) {
    let (topic, _, address) = asked(town);
    let (incoming, at, _folder) = with_door(town);
    let postfix = Postfix::handing_over_at(at);
    let smtp = lettre::SmtpTransport::builder_dangerous(postfix.address.ip().to_string())
        .port(postfix.address.port())
        .build();
    let send = |from: &str, to: &str, raw: &[u8]| {
        let envelope = lettre::address::Envelope::new(
            Some(from.parse().expect("a sender")),
            vec![to.parse().expect("a recipient")],
        )
        .expect("an envelope");
        smtp.send_raw(&envelope, raw).expect("Postfix takes it");
    };
    let body = "Über iron.\r\n.\r\n> Iron, always.";
    let more = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n";
    send(
        "nia@cast.example",
        &address,
        &letter("nia@cast.example", &address, "px1", more, body),
    );
    until("the letter is posted", || count(town, &topic) == 3);
    town.sign_in("pia")
        .visit(&topic)
        .sees("Über iron.")
        .sees("Show what was quoted");
    // A machine's answer is taken and does nothing; an address that nobody has is sent back by Postfix.
    let away = letter(
        "nia@cast.example",
        &address,
        "px2",
        "Auto-Submitted: auto-replied\r\n",
        "I am away.",
    );
    send("nia@cast.example", &address, &away);
    send(
        "nia@cast.example",
        "forum+x@cast.example",
        &letter("nia@cast.example", "x", "px3", "", "To whom?"),
    );
    until("Postfix heard about both", || {
        let log = postfix.log();
        log.contains("250 2.0.0 Taken") && log.contains("550 5.1.1 Nobody has this address")
    });
    assert_eq!(count(town, &topic), 3);
    drop(postfix);
    drop(incoming);
}

fn dovecot(town: &Town) {
    let (topic, _, address) = asked(town);
    let dovecot = Dovecot::open();
    let (app, _folder) = node(town, |config| {
        config.incoming.imap_host = dovecot.address.ip().to_string();
        config.incoming.imap_port = dovecot.address.port();
        config.incoming.imap_user = "forum".to_owned();
        config.incoming.imap_password = "brine".to_owned();
        config.incoming.imap_encryption = "none".to_owned();
        config.incoming.imap_seconds = 1;
        config.incoming.letter_bytes = 100_000;
    });
    assert_eq!(incoming::fetch(&app).expect("an empty mailbox"), 0);
    dovecot.lay("one", &letter("nia@cast.example", &address, "dc1", "", "Iron, then."));
    dovecot.lay(
        "two",
        &letter(
            "nia@cast.example",
            &address,
            "dc2",
            "Precedence: bulk\r\n",
            "I am a list.",
        ),
    );
    dovecot.lay(
        "three",
        &letter("nia@cast.example", "forum@cast.example", "dc3", "", "Hello?"),
    );
    dovecot.lay(
        "four",
        &letter("nia@cast.example", &address, "dc4", "", &"pan ".repeat(30_000)),
    );
    // As some servers do, the address stands only in what the delivery wrote.
    let delivered = format!("Delivered-To: {address}\r\n");
    dovecot.lay(
        "five",
        &letter(
            "nia@cast.example",
            "undisclosed@cast.example",
            "dc5",
            &delivered,
            "And a lid.",
        ),
    );
    // The first again, under another name.
    dovecot.lay("six", &letter("nia@cast.example", &address, "dc1", "", "Iron, then."));
    assert_eq!(incoming::fetch(&app).expect("all are dealt with"), 6);
    assert_eq!(dovecot.read(), 6);
    town.sign_in("pia").visit(&topic).sees("Iron, then.").sees("And a lid.");
    assert_eq!(count(town, &topic), 4);
    assert_eq!(incoming::fetch(&app).expect("nothing new"), 0);
    // With a wrong word nothing is lost: it waits there, and the way in goes on trying.
    dovecot.lay(
        "seven",
        &letter("nia@cast.example", &address, "dc7", "", "And a spoon."),
    );
    let (stranger, _other) = node(town, |config| {
        config.incoming.clone_from(&app.config.incoming);
        config.incoming.imap_password = "fresh water".to_owned();
    });
    incoming::fetch(&stranger).expect_err("a wrong word");
    assert_eq!(dovecot.read(), 6);
    let running = Incoming::start(&app).expect("it looks by itself");
    until("it is fetched", || count(town, &topic) == 5);
    drop(running);
}

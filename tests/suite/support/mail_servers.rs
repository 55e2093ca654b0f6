//! Real mail servers for stories, from Debian's packages: Postfix, which hands letters over by LMTP, and
//! Dovecot, which keeps a mailbox. Each in a folder of its own, on loopback, gone with its story.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Whether this machine has both, and lets us start them.
pub(crate) fn are_here() -> bool {
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    is_root && Path::new(POSTFIX).exists() && Path::new(DOVECOT).exists()
}

const POSTFIX: &str = "/usr/sbin/postfix";
const DOVECOT: &str = "/usr/sbin/dovecot";

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a free port")
}

/// Asks again and again, as long as a mail server may take, whether something has come to pass.
pub(crate) fn until(what: &str, so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !so() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// A server's own process; ended when dropped.
struct Running {
    child: Child,
    folder: tempfile::TempDir,
}

impl Running {
    fn start(mut command: Command, folder: tempfile::TempDir, at: SocketAddr) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let running = Self { child, folder };
        until("a mail server answers", || TcpStream::connect(at).is_ok());
        running
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Its children end with it when it is asked politely.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.is_ok_and(|status| status.success()), "the server can be ended");
        self.child.wait().expect("it ends");
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // The servers give up their rights, and still find their way here.
    let open = Command::new("chmod").arg("755").arg(folder.path()).status();
    assert!(open.is_ok_and(|status| status.success()));
    folder
}

fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().expect(program);
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
}

/// A Postfix that takes letters on one port and hands those for `cast.example` over at another.
pub(crate) struct Postfix {
    pub(crate) address: SocketAddr,
    running: Running,
}

impl Postfix {
    pub(crate) fn handing_over_at(lmtp: SocketAddr) -> Self {
        let address = free_port();
        let folder = folder();
        let at = folder.path().display();
        for part in ["etc", "queue", "data"] {
            std::fs::create_dir(folder.path().join(part)).expect("a folder");
        }
        run("chown", &["postfix", &format!("{at}/data")]);
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {at}/queue\ndata_directory = {at}/data\n\
             command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\nmail_owner = postfix\n\
             setgid_group = postdrop\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
             myhostname = mx.cast.example\nmydestination =\nalias_maps =\nlocal_recipient_maps =\n\
             virtual_mailbox_domains = cast.example\nvirtual_transport = lmtp:inet:{lmtp}\n\
             recipient_delimiter = +\nmynetworks = 127.0.0.0/8\nsmtpd_relay_restrictions = permit_mynetworks, reject\n\
             maillog_file_prefixes = {at}\nmaillog_file = {at}/maillog\nqueue_run_delay = 1s\n\
             minimal_backoff_time = 1s\nmaximal_backoff_time = 1s\ndouble_bounce_sender = nobody\n\
             bounce_queue_lifetime = 5m\n",
        );
        std::fs::write(folder.path().join("etc/main.cf"), main).expect("its configuration");
        let services = [
            ("cleanup", "unix", "n", "0", "cleanup"),
            ("qmgr", "unix", "n", "1", "qmgr"),
            ("rewrite", "unix", "-", "-", "trivial-rewrite"),
            ("bounce", "unix", "-", "0", "bounce"),
            ("defer", "unix", "-", "0", "bounce"),
            ("trace", "unix", "-", "0", "bounce"),
            ("verify", "unix", "-", "1", "verify"),
            ("proxymap", "unix", "-", "-", "proxymap"),
            ("lmtp", "unix", "-", "-", "lmtp"),
            ("smtp", "unix", "-", "-", "smtp"),
            ("error", "unix", "-", "-", "error"),
            ("retry", "unix", "-", "-", "error"),
            ("discard", "unix", "-", "-", "discard"),
            ("anvil", "unix", "-", "1", "anvil"),
            ("scache", "unix", "-", "1", "scache"),
            ("postlog", "unix-dgram", "n", "1", "postlogd"),
        ];
        let mut master = format!("127.0.0.1:{} inet n - n - - smtpd\n", address.port());
        for (name, kind, private, most, program) in services {
            let wakes = if name == "qmgr" { "1" } else { "-" };
            let private = if private == "-" { "-" } else { private };
            master.push_str(&format!("{name} {kind} {private} - n {wakes} {most} {program}\n"));
        }
        std::fs::write(folder.path().join("etc/master.cf"), master).expect("its services");
        let mut command = Command::new(POSTFIX);
        command.args(["-c", &format!("{at}/etc"), "start-fg"]);
        Self {
            address,
            running: Running::start(command, folder, address),
        }
    }

    /// What it wrote down about letters.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.running.path("maillog")).unwrap_or_else(|error| format!("no log: {error}"))
    }
}

/// A Dovecot with one mailbox: `forum`, whose word is `brine`.
pub(crate) struct Dovecot {
    pub(crate) address: SocketAddr,
    running: Running,
}

impl Dovecot {
    pub(crate) fn open() -> Self {
        let address = free_port();
        let folder = folder();
        let at = folder.path().display();
        for part in ["new", "cur", "tmp"] {
            std::fs::create_dir_all(folder.path().join("mail").join(part)).expect("a mailbox");
        }
        run("chown", &["-R", "dovecot", &format!("{at}/mail")]);
        let text = format!(
            "base_dir = {at}/run\nstate_dir = {at}/state\nlog_path = {at}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             ssl = no\ndisable_plaintext_auth = no\nmail_location = maildir:{at}/mail\nfirst_valid_uid = 1\n\
             default_internal_user = dovecot\n\
             service imap-login {{\n inet_listener imap {{\n port = {}\n }}\n inet_listener imaps {{\n port = 0\n }}\n}}\n\
             auth_failure_delay = 0\n\
             service anvil {{\n unix_listener anvil-auth-penalty {{\n mode = 0\n }}\n}}\n\
             passdb {{\n driver = static\n args = password=brine\n}}\n\
             userdb {{\n driver = static\n args = uid=dovecot gid=dovecot home={at}/mail\n}}\n",
            address.port(),
        );
        std::fs::write(folder.path().join("dovecot.conf"), text).expect("its configuration");
        let mut command = Command::new(DOVECOT);
        command.args(["-F", "-c", &format!("{at}/dovecot.conf")]);
        Self {
            address,
            running: Running::start(command, folder, address),
        }
    }

    /// Lays a letter into the mailbox, as a delivery does.
    pub(crate) fn lay(&self, name: &str, letter: &[u8]) {
        let (whole, part) = (
            self.running.path("mail/new").join(name),
            self.running.path("mail/tmp").join(name),
        );
        std::fs::write(&part, letter).expect("a letter");
        run("chown", &["dovecot", &part.display().to_string()]);
        std::fs::rename(part, whole).expect("it is delivered");
    }

    /// How many letters somebody has read there.
    pub(crate) fn read(&self) -> usize {
        std::fs::read_dir(self.running.path("mail/cur"))
            .expect("the mailbox")
            .filter(|entry| {
                let name = entry.as_ref().expect("a letter").file_name();
                name.to_string_lossy()
                    .split(":2,")
                    .nth(1)
                    .is_some_and(|flags| flags.contains('S'))
            })
            .count()
    }
}

//! A fresh database for each story: a file, or a copy of a migrated one in a throw-away cluster.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aquarium::db::{
    migrate,
    pool::{Address, Connections},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Without a cluster, which is the default: files only.
#[derive(Clone, Default)]
pub(crate) struct Databases {
    cluster: Option<Arc<Cluster>>,
}

/// One database of the cluster, for as long as its story runs: hundreds of them side by side fill a small disk.
pub(crate) struct Lent {
    pub(crate) url: String,
    of: Option<(Arc<Cluster>, String)>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some((cluster, name)) = &self.of {
            cluster.end(name);
        }
    }
}

struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
}

static NEXT: AtomicUsize = AtomicUsize::new(1);

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

impl Cluster {
    /// PostgreSQL refuses to run as root; Debian's package brings a user for it.
    fn command(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(path);
            command.current_dir("/");
            command
        } else {
            Command::new(path)
        }
    }

    fn start(programs: &Path) -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("aquarium-cluster-{}", std::process::id()));
        std::fs::create_dir_all(&folder).ok()?;
        if is_root() {
            let owned = Command::new("chown").arg("postgres").arg(&folder).status().ok()?;
            if !owned.success() {
                return None;
            }
        }
        let cluster = Self {
            programs: programs.to_path_buf(),
            folder,
        };
        let rows = cluster.folder.join("rows");
        let made = cluster
            .command("initdb")
            .args(["-A", "trust", "-U", "aquarium", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&rows)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .ok()?;
        let options = format!(
            "-k {} -c listen_addresses='' -c max_connections=300 -c max_wal_size=256MB",
            cluster.folder.display()
        );
        let started = made.success()
            && cluster
                .command("pg_ctl")
                .args(["-w", "-D"])
                .arg(&rows)
                .arg("-l")
                .arg(cluster.folder.join("log"))
                .args(["-o", &options, "start"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .ok()?
                .success();
        started.then_some(cluster)
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://aquarium@/{name}?host={}", self.folder.display())
    }

    fn create(&self, name: &str, template: &str) {
        let output = self
            .command("createdb")
            .args(["-h"])
            .arg(&self.folder)
            .args(["-U", "aquarium", "-T", template, name])
            .output()
            .expect("createdb can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Whoever still holds a connection is cut off. A story that failed already says its own reason.
    fn end(&self, name: &str) {
        let output = self
            .command("dropdb")
            .args(["--force", "-h"])
            .arg(&self.folder)
            .args(["-U", "aquarium", name])
            .output();
        if std::thread::panicking() {
            return;
        }
        let output = output.expect("dropdb can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The last that the cluster itself said of why it could not go on.
    fn complaints(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_else(|error| error.to_string());
        let mut last: Vec<String> = log
            .lines()
            .rev()
            // Whoever was still connected when a story gave its database back is none.
            .filter(|line| !line.contains("administrator command"))
            .filter(|line| {
                ["PANIC:", "FATAL:", "could not", "terminated by", "shut down"]
                    .iter()
                    .any(|sign| line.contains(sign))
            })
            .take(20)
            .map(ToOwned::to_owned)
            .collect();
        last.reverse();
        last
    }
}

fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    debian
        .chain(on_path)
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

impl Databases {
    pub(crate) fn find() -> Self {
        let cluster = programs().and_then(|programs| Cluster::start(&programs)).map(Arc::new);
        if let Some(cluster) = &cluster {
            cluster.create("template", "template0");
            let address = Address::parse(&cluster.url("template")).expect("our own url");
            let connections = Connections::new(address, 2);
            migrate::up(&connections).expect("the template migrates");
        }
        Self { cluster }
    }

    pub(crate) fn has(&self, kind: Kind) -> bool {
        kind == Kind::Sqlite || self.cluster.is_some()
    }

    /// A database of its own, migrated on PostgreSQL, empty on SQLite.
    pub(crate) fn fresh(&self, kind: Kind, folder: &Path) -> Lent {
        self.lend(kind, &folder.join("story.db"), "story", "template")
    }

    /// A database without any table.
    pub(crate) fn bare(&self, kind: Kind, folder: &Path) -> Lent {
        self.lend(kind, &folder.join("bare.db"), "bare", "template0")
    }

    fn lend(&self, kind: Kind, file: &Path, word: &str, template: &str) -> Lent {
        match (kind, &self.cluster) {
            (Kind::Sqlite, _) => Lent {
                url: format!("sqlite:{}", file.display()),
                of: None,
            },
            (Kind::Postgres, Some(cluster)) => {
                let name = format!("{word}_{}", NEXT.fetch_add(1, Ordering::Relaxed));
                cluster.create(&name, template);
                Lent {
                    url: cluster.url(&name),
                    of: Some((Arc::clone(cluster), name)),
                }
            }
            (Kind::Postgres, None) => panic!("PostgreSQL is required and initdb is not found"),
        }
    }

    /// Says what the cluster complained of where stories failed, and throws it away.
    pub(crate) fn stop(&self, failed: bool) {
        if let Some(cluster) = &self.cluster {
            if failed {
                for line in cluster.complaints() {
                    println!("postgresql: {line}");
                }
            }
            let stopped = cluster
                .command("pg_ctl")
                .args(["-m", "immediate", "-D"])
                .arg(cluster.folder.join("rows"))
                .arg("stop")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            if stopped.is_ok() {
                drop(std::fs::remove_dir_all(&cluster.folder));
            }
        }
    }
}

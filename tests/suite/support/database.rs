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
            "-k {} -c listen_addresses='' -c max_connections=300",
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

    /// The URL of a database of its own, migrated on PostgreSQL, empty on SQLite.
    pub(crate) fn fresh(&self, kind: Kind, folder: &Path) -> String {
        match (kind, &self.cluster) {
            (Kind::Sqlite, _) => format!("sqlite:{}", folder.join("story.db").display()),
            (Kind::Postgres, Some(cluster)) => {
                let name = format!("story_{}", NEXT.fetch_add(1, Ordering::Relaxed));
                cluster.create(&name, "template");
                cluster.url(&name)
            }
            (Kind::Postgres, None) => panic!("PostgreSQL is required and initdb is not found"),
        }
    }

    /// The URL of a database without any table.
    pub(crate) fn bare(&self, kind: Kind, folder: &Path) -> String {
        match (kind, &self.cluster) {
            (Kind::Postgres, Some(cluster)) => {
                let name = format!("bare_{}", NEXT.fetch_add(1, Ordering::Relaxed));
                cluster.create(&name, "template0");
                cluster.url(&name)
            }
            _ => format!("sqlite:{}", folder.join("bare.db").display()),
        }
    }

    pub(crate) fn stop(&self) {
        if let Some(cluster) = &self.cluster {
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

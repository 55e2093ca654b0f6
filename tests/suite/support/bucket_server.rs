//! A real server that speaks S3, for stories: s3rver from npm, on loopback, with one bucket and one key. It
//! knows whose key it is.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use aquarium::config::Config;

use super::mail_servers::until;

/// Where it was installed; `None` where it was not.
pub(crate) fn program() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a test has no configuration of its own")]
    let tools = std::env::var("AQUARIUM_TEST_TOOLS").ok()?;
    let program = PathBuf::from(tools).join("s3rver/bin/s3rver.js");
    program.exists().then_some(program)
}

pub(crate) struct BucketServer {
    address: SocketAddr,
    folder: tempfile::TempDir,
    child: Option<Child>,
}

impl BucketServer {
    pub(crate) fn open() -> Self {
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .expect("a free port");
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Self {
            address,
            folder,
            child: None,
        };
        server.start();
        server
    }

    /// With what it kept before.
    pub(crate) fn start(&mut self) {
        let child = Command::new("node")
            .arg(program().expect("s3rver; npm install s3rver, and set AQUARIUM_TEST_TOOLS to the node_modules folder"))
            .args([
                "--silent",
                "--no-vhost-buckets",
                "--configure-bucket",
                "pond",
                "-a",
                "127.0.0.1",
            ])
            .args(["-p", &self.address.port().to_string(), "-d"])
            .arg(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        self.child = Some(child);
        until("the bucket answers", || TcpStream::connect(self.address).is_ok());
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it is ended");
            child.wait().expect("it ends");
        }
    }

    pub(crate) fn configure(&self, config: &mut Config) {
        config.files.bucket = "pond".to_owned();
        config.files.endpoint = format!("http://{}", self.address);
        config.files.key = "S3RVER".to_owned();
        config.files.secret = "S3RVER".to_owned();
        config.files.insecure_http = true;
    }

    /// Whole objects that lie there.
    pub(crate) fn objects(&self) -> usize {
        fn count(folder: PathBuf) -> usize {
            std::fs::read_dir(folder)
                .expect("a folder")
                .map(|entry| entry.expect("an entry").path())
                .map(|path| {
                    let is_object = path.to_string_lossy().ends_with("_object");
                    if path.is_dir() {
                        count(path)
                    } else {
                        usize::from(is_object)
                    }
                })
                .sum()
        }
        count(self.folder.path().join("pond"))
    }
}

impl Drop for BucketServer {
    fn drop(&mut self) {
        self.stop();
    }
}

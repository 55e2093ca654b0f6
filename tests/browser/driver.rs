//! Chromium, driven: a session with its own profile, as wide, dark and scriptless as a walk asks.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

#[expect(clippy::disallowed_methods, reason = "a test has no configuration of its own")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(crate) fn program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&variable("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.exists())
}

pub(crate) fn tool(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(variable("AQUARIUM_TEST_TOOLS")?).join(path);
    path.exists().then_some(path)
}

pub(crate) fn data() -> Option<PathBuf> {
    variable("AQUARIUM_TEST_DATA").map(PathBuf::from)
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    pub(crate) dark: bool,
    pub(crate) width: u32,
    pub(crate) without_script: bool,
}

pub(crate) struct Browser {
    driver: Child,
    runtime: tokio::runtime::Runtime,
    client: Client,
}

impl Browser {
    pub(crate) fn open(look: Look) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .expect("a port");
        let driver = Command::new("chromedriver")
            .arg(format!("--port={}", free.port()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        while std::net::TcpStream::connect(free).is_err() {
            std::thread::yield_now();
        }
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--force-prefers-reduced-motion".to_owned(),
            format!(
                "--window-size={},900",
                if look.width == 0 { 1280 } else { look.width.max(500) }
            ),
        ];
        if look.dark {
            arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
        }
        if look.without_script {
            arguments.push("--blink-settings=scriptEnabled=false".to_owned());
        }
        let mut options = json!({ "args": arguments });
        if look.width > 0 && look.width < 500 {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": look.width, "height": 900, "pixelRatio": 1.0 } });
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let client = runtime
            .block_on(
                ClientBuilder::new(hyper_connector())
                    .capabilities(capabilities)
                    .connect(&format!("http://{free}")),
            )
            .expect("a browser opens");
        Self {
            driver,
            runtime,
            client,
        }
    }

    /// A browser that does not answer within half a minute has failed.
    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(async {
            tokio::time::timeout(std::time::Duration::from_secs(30), work)
                .await
                .expect("the browser answers in time")
        })
    }

    /// Asks again until it is so: a page that was asked for is on its way, and to look elsewhere before
    /// it came would call the asking off. What is not so after half a minute never will be.
    pub(crate) fn until(&self, what: &str, so: impl Fn(&Self) -> bool) {
        let begun = std::time::Instant::now();
        while !so(self) {
            assert!(
                begun.elapsed() < std::time::Duration::from_secs(30),
                "{what}, but the page says: {}",
                self.find_text("body").unwrap_or_else(|error| error.to_string())
            );
            std::thread::yield_now();
        }
    }

    pub(crate) fn go(&self, url: &str) {
        self.wait(self.client.goto(url)).expect("the page loads");
    }

    /// How many sheets of paper the page takes.
    pub(crate) fn sheets(&self) -> usize {
        let print = fantoccini::wd::PrintConfiguration::builder()
            .size(fantoccini::wd::PrintSize::A4)
            .build()
            .expect("paper that there is");
        let document = self.wait(self.client.print(print)).expect("it prints");
        let text = String::from_utf8_lossy(&document);
        text.match_indices("/Type /Page")
            .filter(|(at, word)| !text[at + word.len()..].starts_with('s'))
            .count()
    }

    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute(script, arguments))
            .expect("the script runs")
    }

    pub(crate) fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute_async(script, arguments))
            .expect("the script runs")
    }

    pub(crate) fn kind(&self, css: &str, text: &str) {
        self.wait(async {
            let field = self.client.find(Locator::Css(css)).await.expect("the field is there");
            field.send_keys(text).await.expect("it takes the keys");
        });
    }

    /// One press of the Tab key.
    pub(crate) fn tab(&self) {
        self.wait(async {
            let keys = KeyActions::new("keys".to_owned())
                .then(KeyAction::Down { value: '\u{e004}' })
                .then(KeyAction::Up { value: '\u{e004}' });
            self.client.perform_actions(keys).await.expect("it takes the key");
        });
    }

    pub(crate) fn click(&self, css: &str) {
        self.wait(async {
            let thing = self.client.find(Locator::Css(css)).await.expect("it is there");
            thing.click().await.expect("it can be clicked");
        });
    }

    pub(crate) fn text(&self, css: &str) -> String {
        self.find_text(css).expect("it is there and has text")
    }

    fn find_text(&self, css: &str) -> Result<String, fantoccini::error::CmdError> {
        self.wait(async { self.client.find(Locator::Css(css)).await?.text().await })
    }

    /// Whether this part of the page shows the words by now; while one page goes and the next comes, it
    /// does not.
    pub(crate) fn shows(&self, css: &str, what: &str) -> bool {
        self.find_text(css).is_ok_and(|text| text.contains(what))
    }

    pub(crate) fn url(&self) -> String {
        self.wait(self.client.current_url()).expect("an address").to_string()
    }

    /// As if the session had ended: nobody is signed in, and nothing was said to the browser about it.
    pub(crate) fn forget_session(&self) {
        self.wait(self.client.delete_all_cookies())
            .expect("cookies can be forgotten");
    }

    pub(crate) fn sign_in(&self, base: &str, who: &str) {
        self.go(&format!("{base}/sign-in"));
        self.kind("#f-who", who);
        self.kind("#f-password", crate::support::world::PASSWORD);
        self.click("main form button");
        self.until(&format!("{who} is signed in"), |browser| {
            !browser.url().contains("sign-in")
        });
    }
}

fn hyper_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let closing = self.client.clone().close();
        drop(
            self.runtime
                .block_on(async { tokio::time::timeout(std::time::Duration::from_secs(5), closing).await }),
        );
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

//! Somebody with a browser that has no JavaScript: follows links, finds forms on the page, keeps their
//! hidden fields, and reads what is shown.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::net::SocketAddr;

use scraper::{Html, Selector};

pub(crate) struct Client {
    agent: ureq::Agent,
    pub(crate) base: String,
    pub(crate) cookies: HashMap<String, String>,
    pub(crate) set_cookies: Vec<String>,
    pub(crate) status: u16,
    pub(crate) path: String,
    pub(crate) body: String,
    bytes: Vec<u8>,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) language: &'static str,
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of our own")
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(std::time::Duration::from_secs(60)))
            .build();
        Self {
            agent: config.into(),
            base: format!("http://{address}"),
            cookies: HashMap::new(),
            set_cookies: Vec::new(),
            status: 0,
            path: "/".to_owned(),
            body: String::new(),
            bytes: Vec::new(),
            headers: HashMap::new(),
            language: "en",
        }
    }

    fn cookie_header(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn take(&mut self, mut response: ureq::http::Response<ureq::Body>) {
        self.status = response.status().as_u16();
        self.headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or("").to_owned()))
            .collect();
        self.set_cookies.clear();
        for value in response.headers().get_all("set-cookie") {
            let text = value.to_str().unwrap_or("").to_owned();
            if let Some((name, rest)) = text.split_once('=') {
                let value = rest.split(';').next().unwrap_or("").to_owned();
                if text.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value);
                }
            }
            self.set_cookies.push(text);
        }
        let bytes = response
            .body_mut()
            .with_config()
            .limit(50_000_000)
            .read_to_vec()
            .expect("a body");
        self.body = String::from_utf8_lossy(&bytes).into_owned();
        self.bytes = bytes;
    }

    /// The files of an archive that was answered, by name without its folder; as text, whatever they are.
    pub(crate) fn unpacked(&self) -> BTreeMap<String, String> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&self.bytes)).expect("an archive");
        (0..archive.len())
            .map(|place| {
                let mut file = archive.by_index(place).expect("a file");
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).expect("whole");
                let name = file.name().expect("a name").rsplit('/').next().unwrap_or("").to_owned();
                (name, String::from_utf8_lossy(&bytes).into_owned())
            })
            .collect()
    }

    /// One request, no redirect followed.
    pub(crate) fn get(&mut self, path: &str) -> &mut Self {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> &mut Self {
        let mut request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("Cookie", self.cookie_header())
            .header("Accept-Language", self.language);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.call().unwrap_or_else(|error| panic!("GET {path}: {error}"));
        self.path = path.to_owned();
        self.take(response);
        self
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(String, String)]) -> &mut Self {
        self.post_with(path, fields, &[("Sec-Fetch-Site", "same-origin")])
    }

    pub(crate) fn post_with(&mut self, path: &str, fields: &[(String, String)], headers: &[(&str, &str)]) -> &mut Self {
        let body = serde_html_form::to_string(fields).expect("fields");
        let mut request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("Cookie", self.cookie_header())
            .header("Accept-Language", self.language);
        if !headers.iter().any(|(name, _)| *name == "Content-Type") {
            request = request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request
            .send(body)
            .unwrap_or_else(|error| panic!("POST {path}: {error}"));
        self.path = path.to_owned();
        self.take(response);
        self
    }

    /// Goes where the answer points, as browsers do.
    pub(crate) fn follow(&mut self) -> &mut Self {
        for _ in 0..6 {
            if !(300..400).contains(&self.status) {
                return self;
            }
            let to = self.headers.get("location").cloned().expect("a redirect says where to");
            let to = to.split('#').next().unwrap_or("/").to_owned();
            self.get(&to);
        }
        panic!("redirects go round in circles at {}", self.path);
    }

    pub(crate) fn visit(&mut self, path: &str) -> &mut Self {
        self.get(path);
        self.follow()
    }

    /// The fields of the form that goes to `action` (or ends with it), as the page has them.
    pub(crate) fn form(&self, action: &str) -> (String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.body);
        let by_button = page.select(&select("button[formaction]")).find_map(|button| {
            let to = button.value().attr("formaction")?;
            to.ends_with(action).then(|| {
                let id = button.value().attr("form").unwrap_or("");
                let token = page
                    .select(&select(&format!("form#{id} input[name=token]")))
                    .next()
                    .and_then(|input| input.value().attr("value"))
                    .unwrap_or("");
                (to.to_owned(), vec![("token".to_owned(), token.to_owned())])
            })
        });
        if let Some(found) = by_button {
            return found;
        }
        let form = page
            .select(&select("form"))
            .filter(|form| form.value().attr("action").is_some_and(|to| to.ends_with(action)))
            .max_by_key(|form| form.value().attr("method") == Some("post"))
            .unwrap_or_else(|| panic!("no form for {action} on {}:\n{}", self.path, self.text()));
        let mut fields = Vec::new();
        for input in form.select(&select("input")) {
            let value = input.value();
            let Some(name) = value.attr("name") else { continue };
            let kind = value.attr("type").unwrap_or("text");
            if matches!(kind, "radio" | "checkbox") && value.attr("checked").is_none() || kind == "file" {
                continue;
            }
            fields.push((name.to_owned(), value.attr("value").unwrap_or("").to_owned()));
        }
        for area in form.select(&select("textarea")) {
            if let Some(name) = area.value().attr("name") {
                let text = area.text().collect::<String>();
                fields.push((name.to_owned(), text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            }
        }
        for choice in form.select(&select("select")) {
            if let Some(name) = choice.value().attr("name") {
                let options: Vec<_> = choice.select(&select("option")).collect();
                let chosen = options
                    .iter()
                    .find(|option| option.value().attr("selected").is_some())
                    .or(options.first());
                let value = chosen.map_or_else(String::new, |option| {
                    option
                        .value()
                        .attr("value")
                        .map_or_else(|| option.text().collect(), ToOwned::to_owned)
                });
                fields.push((name.to_owned(), value));
            }
        }
        let action = form.value().attr("action").unwrap_or("").to_owned();
        (action, fields)
    }

    /// Fills in the form on this page that goes to `action`, sends it and follows.
    pub(crate) fn submit(&mut self, action: &str, values: &[(&str, &str)]) -> &mut Self {
        let (action, mut fields) = self.form(action);
        for (name, _) in values {
            fields.retain(|(field, _)| field != name);
        }
        fields.extend(
            values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self.post(&action, &fields);
        self.follow()
    }

    /// The same with files, as a browser sends them: what each is called, and its bytes.
    pub(crate) fn submit_files(&mut self, action: &str, values: &[(&str, &str)], files: &[(&str, &[u8])]) -> &mut Self {
        let (action, mut fields) = self.form(action);
        for (name, _) in values {
            fields.retain(|(field, _)| field != name);
        }
        fields.extend(
            values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let mut body: Vec<u8> = Vec::new();
        for (name, value) in &fields {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for (called, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"attach\"; filename=\"{called}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let response = self
            .agent
            .post(format!("{}{action}", self.base))
            .header("Cookie", self.cookie_header())
            .header("Accept-Language", self.language)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .send(&body[..])
            .unwrap_or_else(|error| panic!("POST {action}: {error}"));
        self.path = action;
        self.take(response);
        self.follow()
    }

    pub(crate) fn text(&self) -> String {
        let page = Html::parse_document(&self.body);
        let all: Vec<String> = page
            .select(&select("main"))
            .flat_map(|main| {
                main.text()
                    .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
                    .collect::<Vec<_>>()
            })
            .filter(|text| !text.is_empty())
            .collect();
        all.join(" | ")
    }

    /// The words of every part of the page that a selector names.
    pub(crate) fn words_in(&self, css: &str) -> String {
        let page = Html::parse_document(&self.body);
        page.select(&select(css))
            .flat_map(|part| part.text())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(crate) fn sees(&mut self, what: &str) -> &mut Self {
        let all = Html::parse_document(&self.body)
            .root_element()
            .text()
            .collect::<String>();
        let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            all.contains(what),
            "{} does not show {what:?} ({}):\n{}",
            self.path,
            self.status,
            self.text()
        );
        self
    }

    pub(crate) fn sees_not(&mut self, what: &str) -> &mut Self {
        assert!(
            !self.body.contains(what),
            "{} shows {what:?}:\n{}",
            self.path,
            self.text()
        );
        self
    }

    pub(crate) fn is(&mut self, status: u16) -> &mut Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.text());
        self
    }

    /// The addresses that links on this page lead to.
    pub(crate) fn links(&self) -> Vec<String> {
        self.links_in("a[href]")
    }

    /// The addresses of the links that a selector finds.
    pub(crate) fn links_in(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        page.select(&select(css))
            .filter_map(|link| link.value().attr("href"))
            .map(ToOwned::to_owned)
            .collect()
    }

    pub(crate) fn count(&self, css: &str) -> usize {
        Html::parse_document(&self.body).select(&select(css)).count()
    }
}

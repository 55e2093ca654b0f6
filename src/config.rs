//! What an operator may set. `config/aquarium.toml` explains every key and is the source of the
//! defaults; this file only reads. The one place that reads the environment.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::forum::metrics::hours::Hours;
use crate::forum::metrics::metric::Thresholds;
use crate::forum::metrics::rules::{Champions, Index, List, Numbers, Targets};
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../config/aquarium.toml");
const PREFIX: &str = "AQUARIUM_";
/// Variables with our prefix that are no keys.
const NO_KEYS: &[&str] = &[
    "AQUARIUM_TEST_DATA",
    "AQUARIUM_TEST_PYTHON",
    "AQUARIUM_TEST_REQUIRE",
    "AQUARIUM_TEST_TOOLS",
];

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub site: Site,
    pub server: Server,
    pub database: Database,
    pub mail: Mail,
    pub incoming: Incoming,
    pub files: Files,
    pub accounts: Accounts,
    pub limits: Limits,
    pub metrics: Thresholds,
    pub hours: Hours,
    pub index: Index,
    pub targets: Targets,
    pub list: List,
    pub champions: Champions,
    pub exports: Exports,
    pub log: Log,
    /// Where rows, index, letters and uploads are kept.
    #[serde(skip)]
    pub data: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub url: String,
    pub insecure_http: bool,
    pub time_zone: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub workers: usize,
    pub stop_seconds: u64,
    /// Where Prometheus asks; empty: nowhere.
    pub gauges: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: String,
    pub readers: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub from: String,
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: String,
    pub encryption: String,
    /// `full`, or `none` for organisations that want no text of posts in mail.
    pub contents: String,
    /// Seconds that the mail server has for each answer.
    pub answer_seconds: u64,
}

/// Where the files of posts lie.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// A bucket that speaks S3; empty for a folder.
    pub bucket: String,
    pub endpoint: String,
    pub region: String,
    pub key: String,
    pub secret: String,
    pub insecure_http: bool,
}

/// Mail that comes in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    pub address: String,
    pub listen: String,
    pub imap_host: String,
    pub imap_port: u16,
    pub imap_user: String,
    pub imap_password: String,
    pub imap_encryption: String,
    pub imap_folder: String,
    /// Seconds between two looks.
    pub imap_seconds: u64,
    /// Who is believed about where a letter came from.
    pub authority: String,
    pub letter_bytes: usize,
}

impl Incoming {
    fn check(&self) -> Result<(), String> {
        let on = !self.listen.is_empty() || !self.imap_host.is_empty();
        if on && self.address.is_empty() {
            return Err("incoming.address is empty, and mail has a way in".to_owned());
        }
        if !self.address.is_empty() && crate::mail::incoming::address::Ours::parse(&self.address).is_none() {
            return Err(format!(
                "incoming.address is \"{}\"; it is an address without a plus sign",
                self.address
            ));
        }
        if !self.listen.is_empty() {
            let here = self.listen.parse::<SocketAddr>().is_ok_and(|at| at.ip().is_loopback());
            if !here {
                return Err(format!(
                    "incoming.listen is \"{}\"; it must be an address of this machine, such as 127.0.0.1:2424",
                    self.listen
                ));
            }
        }
        if !["tls", "none"].contains(&self.imap_encryption.as_str()) {
            return Err(format!(
                "incoming.imap_encryption is \"{}\"; it can be tls or none",
                self.imap_encryption
            ));
        }
        let near = ["localhost", "127.0.0.1", "::1"].contains(&self.imap_host.as_str());
        if self.imap_encryption == "none" && !self.imap_host.is_empty() && !near {
            return Err(format!(
                "incoming.imap_encryption is \"none\", and {} is not on this machine",
                self.imap_host
            ));
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    pub hash_memory: u32,
    pub hash_rounds: u32,
    pub session_idle_days: i64,
    pub session_days: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub title_characters: usize,
    pub post_bytes: usize,
    pub tags: usize,
    pub posts_a_minute: i64,
    pub sign_ins_an_account: i64,
    pub sign_ins_an_address: i64,
    pub resets_an_hour: i64,
    pub searches_a_minute: u32,
    pub body_seconds: u64,
    pub picture_bytes: usize,
    pub csv_bytes: usize,
    pub file_bytes: usize,
    pub files_a_day: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: String,
    pub format: String,
}

/// Figures that leave by themselves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exports {
    /// `never`, `week`, or `block` for every fourth.
    pub every: String,
    /// A folder, or `bucket` for the one of `files`; empty: `exports` in the data folder.
    pub folder: String,
}

impl Config {
    /// The defaults, then `DATA/aquarium.toml`, then `file`, then the environment. An error names
    /// the file and line or the variable, and the key.
    pub fn load(data: &Path, file: Option<&Path>) -> Result<Self, String> {
        let mut table: Table = DEFAULTS.parse().map_err(|error| format!("defaults: {error}"))?;
        let beside = data.join("aquarium.toml");
        if beside.exists() {
            overlay(&mut table, &beside)?;
        }
        if let Some(file) = file {
            overlay(&mut table, file)?;
        }
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let variables = std::env::vars_os();
        for (name, value) in variables {
            let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else {
                continue;
            };
            if name.starts_with(PREFIX) && !NO_KEYS.contains(&name) {
                set_from_variable(&mut table, name, value)?;
            }
        }
        let mut config: Self = Value::Table(table)
            .try_into()
            .map_err(|error| format!("configuration: {error}"))?;
        config.data = data.to_path_buf();
        config.check()?;
        Ok(config)
    }

    /// The defaults alone, for tests and for `data` that nobody configured.
    pub fn defaults(data: &Path) -> Self {
        let mut config: Self = toml::from_str(DEFAULTS).expect("config/aquarium.toml is valid, a test reads it");
        config.data = data.to_path_buf();
        config
    }

    fn check(&self) -> Result<(), String> {
        if !["full", "none"].contains(&self.mail.contents.as_str()) {
            return Err(format!(
                "mail.contents is \"{}\"; it can be full or none",
                self.mail.contents
            ));
        }
        if !["starttls", "tls", "none"].contains(&self.mail.encryption.as_str()) {
            return Err(format!(
                "mail.encryption is \"{}\"; it can be starttls, tls or none",
                self.mail.encryption
            ));
        }
        self.incoming.check()?;
        if !["text", "json"].contains(&self.log.format.as_str()) {
            return Err(format!("log.format is \"{}\"; it can be text or json", self.log.format));
        }
        if !self.site.time_zone.is_empty() && jiff::tz::TimeZone::get(&self.site.time_zone).is_err() {
            return Err(format!(
                "site.time_zone is \"{}\", which is no time zone",
                self.site.time_zone
            ));
        }
        if !self.database.url.is_empty() {
            crate::db::pool::Address::parse(&self.database.url)?;
        }
        if self.metrics.people < 5 || self.metrics.contributors < 1 || !(1..=100).contains(&self.metrics.top_share) {
            return Err(
                "metrics: people is never below 5, contributors never below 1, top_share from 1 to 100".to_owned(),
            );
        }
        self.numbers().check()?;
        if !["never", "week", "block"].contains(&self.exports.every.as_str()) {
            return Err(format!(
                "exports.every is \"{}\"; it can be never, week or block",
                self.exports.every
            ));
        }
        if self.exports.folder == "bucket" && self.files.bucket.is_empty() {
            return Err("exports.folder is bucket, and files.bucket is empty".to_owned());
        }
        if !self.server.gauges.is_empty() && self.server.gauges.parse::<std::net::SocketAddr>().is_err() {
            return Err(format!(
                "server.gauges is \"{}\"; it is an address and a port, such as 127.0.0.1:9464",
                self.server.gauges
            ));
        }
        if self.limits.post_bytes > 1024 * 1024 {
            return Err("limits.post_bytes is above 1048576, more than a page can show".to_owned());
        }
        Ok(())
    }

    /// What figures, lists and pages go by, of which every version is kept.
    pub fn numbers(&self) -> Numbers {
        Numbers {
            hours: self.hours.clone(),
            index: self.index,
            targets: self.targets,
            list: self.list,
            champions: self.champions,
        }
    }

    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite:{}", self.data.join("aquarium.db").display())
        } else {
            self.database.url.clone()
        }
    }

    pub fn workers(&self) -> usize {
        if self.server.workers == 0 {
            std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
        } else {
            self.server.workers
        }
    }

    pub fn readers(&self) -> u32 {
        if self.database.readers == 0 {
            u32::try_from(self.workers() * 2 + 2).unwrap_or(8)
        } else {
            self.database.readers
        }
    }

    /// Where people find the forum, without a slash at the end. Refuses an address on the open
    /// network without encryption, unless the operator said that this is wanted.
    pub fn site_url(&self, listen: SocketAddr) -> Result<SiteUrl, String> {
        let text = if self.site.url.is_empty() {
            format!("http://{listen}")
        } else {
            self.site.url.trim_end_matches('/').to_owned()
        };
        let (scheme, host) = text
            .split_once("://")
            .filter(|(scheme, host)| matches!(*scheme, "http" | "https") && !host.is_empty() && !host.contains('/'))
            .ok_or_else(|| format!("site.url is \"{text}\"; write https:// and a host, without a path"))?;
        let bare = host.rsplit_once(':').map_or(host, |(bare, port)| {
            if port.chars().all(|c| c.is_ascii_digit()) {
                bare
            } else {
                host
            }
        });
        let loopback = matches!(bare, "localhost" | "[::1]") || bare.starts_with("127.");
        if scheme == "http" && !loopback && !self.site.insecure_http {
            return Err(format!(
                "site.url is {text}: passwords would travel unencrypted. Put a proxy with TLS in front and \
                 write its https:// address there, or set site.insecure_http = true"
            ));
        }
        Ok(SiteUrl {
            secure: scheme == "https" || loopback,
            encrypted: scheme == "https",
            host: host.to_owned(),
            text,
        })
    }
}

/// The checked form of `site.url`.
#[derive(Debug, Clone)]
pub struct SiteUrl {
    /// `https://forum.example`, without a slash at the end.
    pub text: String,
    pub host: String,
    /// Whether cookies may carry the prefix and the mark that browsers demand encryption for.
    /// Browsers count this machine itself as encrypted.
    pub secure: bool,
    pub encrypted: bool,
}

/// Checks one file by itself, so that an unknown key is named with its line, and lays it over.
fn overlay(table: &mut Table, path: &Path) -> Result<(), String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let over: Table = text.parse().map_err(|error| format!("{name}: {error}"))?;
    for (part, value) in over {
        let line = line_of(&text, &format!("[{part}]"))
            .or_else(|| line_of(&text, &part))
            .unwrap_or(0);
        let Some(Value::Table(known)) = table.get_mut(&part) else {
            return Err(format!("{name}, line {line}: there is no part [{part}]"));
        };
        let Value::Table(keys) = value else {
            return Err(format!("{name}, line {line}: [{part}] must be a part with keys"));
        };
        for (key, value) in keys {
            let line = line_of(&text, &key).unwrap_or(line);
            match known.get(&key) {
                None => return Err(format!("{name}, line {line}: there is no key {part}.{key}")),
                Some(present) if !present.same_type(&value) => {
                    return Err(format!(
                        "{name}, line {line}: {part}.{key} must be a {}, not a {}",
                        present.type_str(),
                        value.type_str()
                    ));
                }
                Some(_) => known.insert(key, value),
            };
        }
    }
    Ok(())
}

fn line_of(text: &str, start: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.trim_start().starts_with(start))
        .map(|place| place + 1)
}

fn set_from_variable(table: &mut Table, name: &str, value: &str) -> Result<(), String> {
    let rest = name[PREFIX.len()..].to_ascii_lowercase();
    for (part, keys) in table.iter_mut() {
        let Value::Table(keys) = keys else { continue };
        let Some(key) = rest.strip_prefix(part.as_str()).and_then(|rest| rest.strip_prefix('_')) else {
            continue;
        };
        let Some(present) = keys.get_mut(key) else { continue };
        let wrong = || format!("{name} must be a {}, not \"{value}\"", present.type_str());
        *present = match &*present {
            Value::String(_) => Value::String(value.to_owned()),
            Value::Integer(_) => Value::Integer(value.parse().map_err(|_| wrong())?),
            Value::Boolean(_) => Value::Boolean(value.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        };
        return Ok(());
    }
    Err(format!("{name} names no key of config/aquarium.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_delivered_are_those_of_a_forum_that_set_none() {
        let config = Config::defaults(std::path::Path::new("nowhere"));
        assert_eq!(config.numbers(), Numbers::default());
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line() {
        let folder = std::env::temp_dir().join(format!("aquarium-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let file = folder.join("a.toml");
        for (text, problem) in [
            ("[site]\nurll = \"x\"\n", "line 2: there is no key site.urll"),
            (
                "[limits]\ntags = \"many\"\n",
                "line 2: limits.tags must be a integer, not a string",
            ),
            ("[nothing]\n", "line 1: there is no part [nothing]"),
            ("[mail]\nencryption = \"rot13\"\n", "mail.encryption is \"rot13\""),
            ("[database]\nurl = \"mysql://x\"\n", "begins with \"mysql:\""),
            ("[incoming]\nlisten = \"127.0.0.1:1\"\n", "incoming.address is empty"),
            (
                "[incoming]\naddress = \"a@b.example\"\nlisten = \"0.0.0.0:1\"\n",
                "must be an address of this machine",
            ),
            (
                "[incoming]\naddress = \"a@b.example\"\nimap_host = \"x.example\"\nimap_encryption = \"none\"\n",
                "is not on this machine",
            ),
            ("[incoming]\naddress = \"a+b@c\"\n", "without a plus sign"),
        ] {
            std::fs::write(&file, text).expect("a file for the test");
            let error = Config::load(&folder, Some(&file)).expect_err(text);
            assert!(error.contains(problem), "{error}");
        }
        std::fs::remove_dir_all(&folder).expect("the test's own folder");
    }

    #[test]
    fn passwords_do_not_travel_in_the_open_unasked() {
        let mut config = Config::defaults(Path::new("data"));
        let listen = "127.0.0.1:8080".parse().expect("an address");
        assert_eq!(config.site_url(listen).expect("loopback").text, "http://127.0.0.1:8080");
        config.site.url = "http://forum.example".to_owned();
        assert!(config.site_url(listen).is_err());
        config.site.insecure_http = true;
        assert!(!config.site_url(listen).expect("asked for").secure);
        config.site.url = "https://forum.example/".to_owned();
        assert!(config.site_url(listen).expect("encrypted").secure);
    }
}

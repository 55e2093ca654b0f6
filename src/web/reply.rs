//! What goes back: a status, a few headers, a body. Made by handlers, sent by `server`.

use actix_web::http::StatusCode;

#[derive(Debug, Clone)]
pub enum Body {
    Empty,
    Html(String),
    Text(&'static str, String),
    Bytes(&'static str, Vec<u8>),
    /// What somebody brought.
    File(Box<Served>),
    /// What was made to be taken along and is too large to hold: read from the disk as it goes.
    Download(Box<Download>),
    /// Events as they happen.
    Live(Box<super::live::Live>),
    /// Bytes that never change under this address.
    Immutable(&'static str, &'static [u8]),
}

#[derive(Debug, Clone)]
pub struct Cookie {
    pub name: &'static str,
    pub value: String,
    /// Seconds; none: as long as the browser is open; zero: take it away.
    pub max_age: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub body: Body,
    pub location: Option<String>,
    pub retry_after: Option<i64>,
    pub cookies: Vec<Cookie>,
    /// Pages that carry a secret in their address tell nobody where the reader came from.
    pub no_referrer: bool,
}

/// A file on the disk that has no name there and is gone once it was sent.
#[derive(Debug, Clone)]
pub struct Download {
    pub kind: &'static str,
    pub name: String,
    pub length: u64,
    pub file: std::sync::Arc<std::fs::File>,
}

/// How a file is served.
#[derive(Debug, Clone)]
pub struct Served {
    pub kind: String,
    /// None: the browser has them, and they are still so.
    pub bytes: Option<Vec<u8>>,
    /// What its bytes are known by: the browser may keep them, and asks whether they are still so. Empty for what
    /// is made anew each time.
    pub tag: String,
    /// To be saved under this name, and not opened here.
    pub download: Option<String>,
}

impl Reply {
    pub fn new(status: StatusCode, body: Body) -> Self {
        Self {
            status,
            body,
            location: None,
            retry_after: None,
            cookies: Vec::new(),
            no_referrer: false,
        }
    }

    pub fn html(html: String) -> Self {
        Self::new(StatusCode::OK, Body::Html(html))
    }

    /// After a deed: go and look at it there.
    pub fn see_other(to: impl Into<String>) -> Self {
        Self {
            location: Some(to.into()),
            ..Self::new(StatusCode::SEE_OTHER, Body::Empty)
        }
    }

    pub fn moved(to: impl Into<String>) -> Self {
        Self {
            location: Some(to.into()),
            ..Self::new(StatusCode::MOVED_PERMANENTLY, Body::Empty)
        }
    }

    /// The next page begins with this sentence.
    #[must_use]
    pub fn saying(mut self, key: &'static str) -> Self {
        self.cookies.push(Cookie {
            name: "flash",
            value: key.to_owned(),
            max_age: Some(60),
        });
        self
    }

    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    #[must_use]
    pub fn cookie(mut self, name: &'static str, value: impl Into<String>, max_age: Option<i64>) -> Self {
        self.cookies.push(Cookie {
            name,
            value: value.into(),
            max_age,
        });
        self
    }

    #[must_use]
    pub fn without_referrer(mut self) -> Self {
        self.no_referrer = true;
        self
    }
}

//! A reply on its way out: headers, cookies, packing, and the bytes of files. What it says is decided before.

use std::io::Read as _;

use actix_web::body::SizedStream;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::reply::{Body, Download, Reply, Served};
use super::server::cookie_prefix;
use super::{guard, live};
use crate::app::App;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Zstd,
}

pub(super) fn encoding(request: &HttpRequest) -> Encoding {
    let accepted = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let takes = |name: &str| {
        accepted
            .split(',')
            .any(|part| part.split(';').next().is_some_and(|part| part.trim() == name))
    };
    if takes("zstd") {
        Encoding::Zstd
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Plain
    }
}

/// Smaller bodies are not worth packing.
const WORTH_PACKING: usize = 1024;

fn pack(bytes: Vec<u8>, encoding: Encoding) -> (Vec<u8>, Option<&'static str>) {
    use std::io::Write as _;
    if bytes.len() < WORTH_PACKING {
        return (bytes, None);
    }
    match encoding {
        Encoding::Plain => (bytes, None),
        Encoding::Zstd => match zstd::bulk::compress(&bytes, 1) {
            Ok(packed) => (packed, Some("zstd")),
            Err(_) => (bytes, None),
        },
        Encoding::Gzip => {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            match packer.write_all(&bytes).and_then(|()| packer.finish()) {
                Ok(packed) => (packed, Some("gzip")),
                Err(_) => (bytes, None),
            }
        }
    }
}

/// To be saved under a name, and not opened here.
fn save_as(response: &mut HttpResponseBuilder, name: String) {
    response.insert_header(header::ContentDisposition {
        disposition: header::DispositionType::Attachment,
        parameters: vec![header::DispositionParam::FilenameExt(header::ExtendedValue {
            charset: header::Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.into_bytes(),
        })],
    });
}

/// Bytes that are read at once of what is sent as it is read.
const AT_ONCE: usize = 64 * 1024;

/// A file of the disk, a piece at a time: a large one takes no more memory than a small one.
fn download(mut response: HttpResponseBuilder, download: Download, head: bool) -> HttpResponse {
    save_as(&mut response, download.name);
    response.insert_header((header::CONTENT_TYPE, download.kind));
    if head {
        response.insert_header((header::CONTENT_LENGTH, download.length));
        return response.finish();
    }
    let pieces = futures_util::stream::try_unfold(download.file, |file| async move {
        let (piece, file) = actix_web::web::block(move || {
            let mut piece = Vec::with_capacity(AT_ONCE);
            let most = u64::try_from(AT_ONCE).unwrap_or(u64::MAX);
            file.as_ref().take(most).read_to_end(&mut piece).map(|_| (piece, file))
        })
        .await
        .map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!piece.is_empty()).then(|| (bytes::Bytes::from(piece), file)))
    });
    response.body(SizedStream::new(download.length, Box::pin(pieces)))
}

/// A file that somebody brought: nothing in it runs here, and what is no picture is saved and not opened.
fn file(mut response: HttpResponseBuilder, served: Served, head: bool) -> HttpResponse {
    if let Some(name) = served.download {
        save_as(&mut response, name);
    }
    // What is made anew each time is like a page: nobody keeps it.
    if !served.tag.is_empty() {
        // Kept by the browser, and asked about each time: whoever may not see it any more does not.
        response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
        response.insert_header((header::ETAG, served.tag));
        response.insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"));
    }
    let Some(bytes) = served.bytes else {
        return response.finish();
    };
    response.insert_header((header::CONTENT_TYPE, served.kind));
    if head {
        response.insert_header((header::CONTENT_LENGTH, bytes.len()));
        return response.finish();
    }
    response.body(bytes)
}

pub(super) async fn send(reply: Reply, app: &App, encoding: Encoding, head: bool) -> HttpResponse {
    let mut response = HttpResponse::build(reply.status);
    let immutable = matches!(reply.body, Body::Immutable(..)) && reply.status == StatusCode::OK;
    guard::headers::put(&mut response, &app.site, immutable, reply.no_referrer);
    if let Some(location) = &reply.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    if let Some(seconds) = reply.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    let prefix = cookie_prefix(app);
    for cookie in &reply.cookies {
        let mut made = Cookie::build(format!("{prefix}{}", cookie.name), cookie.value.clone())
            .path("/")
            .http_only(true)
            .secure(app.site.secure)
            .same_site(SameSite::Lax);
        if let Some(seconds) = cookie.max_age {
            made = made.max_age(actix_web::cookie::time::Duration::seconds(seconds));
        }
        response.cookie(made.finish());
    }
    let (kind, bytes) = match reply.body {
        Body::Empty => return response.finish(),
        Body::Live(live) => {
            let Some(events) = live::events(*live).filter(|_| !head) else {
                // A browser asks no further after this.
                return response.status(StatusCode::NO_CONTENT).finish();
            };
            response.insert_header((header::CONTENT_TYPE, "text/event-stream"));
            // A proxy that gathers would keep them for itself.
            response.insert_header(("X-Accel-Buffering", "no"));
            return response.streaming(events);
        }
        Body::Html(html) => ("text/html; charset=utf-8", html.into_bytes()),
        Body::Text(kind, text) => (kind, text.into_bytes()),
        Body::Bytes(kind, bytes) => (kind, bytes),
        Body::File(file) => return self::file(response, *file, head),
        Body::Download(file) => return download(response, *file, head),
        Body::Immutable(kind, bytes) => (kind, bytes.to_vec()),
    };
    response.insert_header((header::CONTENT_TYPE, kind));
    let packable = kind.starts_with("text/") || kind.contains("svg");
    let (bytes, packed) = if packable { pack(bytes, encoding) } else { (bytes, None) };
    if let Some(name) = packed {
        response.insert_header((header::CONTENT_ENCODING, name));
    }
    if head {
        response.insert_header((header::CONTENT_LENGTH, bytes.len()));
        return response.finish();
    }
    response.body(bytes)
}

//! Does this request come from a page of this forum, and was it sent to this forum? Neither `Host` nor
//! `Forwarded` is believed for anything else.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::config::SiteUrl;

fn text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn bare(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(bare, port)| {
        if port.chars().all(|c| c.is_ascii_digit()) {
            bare
        } else {
            host
        }
    })
}

fn is_loopback(host: &str) -> bool {
    let bare = bare(host);
    bare == "localhost" || bare == "[::1]" || bare.starts_with("127.")
}

/// Whether the address that the browser used is one of the forum's: what `site.url` says, or this
/// machine itself. Another name that leads here is somebody's trick.
pub fn host_is_ours(request: &HttpRequest, site: &SiteUrl) -> bool {
    match text(request, header::HOST.as_str()) {
        Some(host) => host.eq_ignore_ascii_case(&site.host) || is_loopback(host),
        None => false,
    }
}

/// Whether a deed was asked for on a page of this forum. Browsers say so by themselves, and pages
/// cannot lie about it; older ones give the origin.
pub fn is_same_origin(request: &HttpRequest, site: &SiteUrl) -> bool {
    if let Some(site_word) = text(request, "sec-fetch-site") {
        return matches!(site_word, "same-origin" | "none");
    }
    match text(request, header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            origin == site.text
                || origin
                    .split_once("://")
                    .is_some_and(|(_, host)| Some(host) == text(request, header::HOST.as_str()) && is_loopback(host))
        }
    }
}

//! The headers that every answer carries. No inline script or style anywhere, so none is allowed.

use actix_web::HttpResponseBuilder;
use actix_web::http::header;

use crate::config::SiteUrl;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'";

pub fn put(response: &mut HttpResponseBuilder, site: &SiteUrl, immutable: bool, no_referrer: bool) {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((
            header::REFERRER_POLICY,
            if no_referrer { "no-referrer" } else { "same-origin" },
        ))
        .insert_header(("cross-origin-opener-policy", "same-origin"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header(("permissions-policy", "geolocation=(), camera=(), microphone=()"))
        .insert_header((
            header::CACHE_CONTROL,
            if immutable {
                "public, max-age=31536000, immutable"
            } else {
                "private, no-store"
            },
        ));
    if !immutable {
        response.insert_header((header::VARY, "Cookie, Accept-Encoding, Accept-Language, Sec-Fetch-Site"));
    }
    if site.encrypted {
        response.insert_header((header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"));
    }
}

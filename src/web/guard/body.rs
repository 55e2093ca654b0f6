//! Bodies: whole within a time and a size. The web server itself limits neither the time of a body
//! nor what an encoded one may unfold to, so encoded ones are refused.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt as _;

use crate::web::form::{File, Sent};

/// Bytes for which a body gets one second more: a megabyte in ten seconds, a telephone on a train.
const BYTES_A_SECOND: usize = 100_000;

/// Reads the body, or says with which status to refuse. It has `seconds`, and more for each byte that was
/// announced; who announces nothing gets nothing more.
pub async fn read(request: &HttpRequest, mut payload: Payload, most: usize, seconds: u64) -> Result<Bytes, StatusCode> {
    let encoded = request
        .headers()
        .get(header::CONTENT_ENCODING)
        .is_some_and(|value| value.as_bytes() != b"identity");
    if encoded {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let whole = async {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
            if bytes.len() + chunk.len() > most {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    let more = u64::try_from(announced.unwrap_or(0) / BYTES_A_SECOND).unwrap_or(0);
    tokio::time::timeout(Duration::from_secs(seconds + more), whole)
        .await
        .unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

/// What a form sent: as pairs, or as parts when it carries files.
pub async fn parse(request: &HttpRequest, bytes: Bytes) -> Result<Sent, StatusCode> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        return parts(request, bytes).await;
    }
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let pairs = serde_html_form::from_bytes(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Sent {
        pairs,
        files: Vec::new(),
    })
}

const MOST_PARTS: usize = 100;

async fn parts(request: &HttpRequest, bytes: Bytes) -> Result<Sent, StatusCode> {
    let stream = futures_util::stream::iter([Ok::<_, actix_web::error::PayloadError>(bytes)]);
    let mut multipart = actix_multipart::Multipart::new(request.headers(), stream);
    let mut sent = Sent::default();
    while let Some(field) = multipart.next().await {
        let mut field = field.map_err(|_| StatusCode::BAD_REQUEST)?;
        if sent.pairs.len() + sent.files.len() >= MOST_PARTS {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let name = field.name().unwrap_or("").to_owned();
        let called = field
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(ToOwned::to_owned);
        let mut whole = Vec::new();
        while let Some(chunk) = field.next().await {
            whole.extend_from_slice(&chunk.map_err(|_| StatusCode::BAD_REQUEST)?);
        }
        if let Some(called) = called {
            sent.files.push(File {
                field: name,
                name: called,
                bytes: whole,
            });
        } else {
            let text = String::from_utf8(whole).map_err(|_| StatusCode::BAD_REQUEST)?;
            sent.pairs.push((name, text));
        }
    }
    Ok(sent)
}

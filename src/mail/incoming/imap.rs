//! A mailbox that is looked into now and then, by IMAP. What was dealt with is marked as read there, and
//! stays; what could not be written down now is left unread for the next time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::take_in;
use crate::app::App;
use crate::refusal::{Refusal, Result};

/// A look that takes longer has failed.
const LONGEST_LOOK: Duration = Duration::from_secs(300);
/// Letters that are fetched one after the other in one look.
const A_LOOK: usize = 200;

pub(super) fn start(app: Arc<App>, stop: Arc<AtomicBool>) -> std::result::Result<JoinHandle<()>, String> {
    std::thread::Builder::new()
        .name("mailbox".to_owned())
        .spawn(move || {
            while !stop.load(Ordering::Acquire) {
                match fetch(&app) {
                    Ok(0) => {}
                    Ok(letters) => tracing::info!(letters, "fetched from the mailbox"),
                    Err(refusal) => tracing::warn!(%refusal, "the mailbox could not be looked into"),
                }
                std::thread::park_timeout(Duration::from_secs(app.config.incoming.imap_seconds.max(1)));
            }
        })
        .map_err(|error| error.to_string())
}

/// Looks into the mailbox once; how many letters were dealt with.
pub fn fetch(app: &App) -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| away(&error))?;
    let looked = runtime.block_on(async { tokio::time::timeout(LONGEST_LOOK, look(app)).await });
    looked.map_err(|_| Refusal::Away("the mailbox did not answer in time".to_owned()))?
}

fn away(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Away(format!("the mailbox: {error}"))
}

async fn look(app: &App) -> Result<usize> {
    let config = &app.config.incoming;
    let place = (config.imap_host.as_str(), config.imap_port);
    let stream = TcpStream::connect(place).await.map_err(|error| away(&error))?;
    if config.imap_encryption == "none" {
        return read_all(app, Client::new(stream)).await;
    }
    let connector = TlsConnector::from(Arc::new(tls()?));
    let name = ServerName::try_from(config.imap_host.clone()).map_err(|error| away(&error))?;
    let stream = connector.connect(name, stream).await.map_err(|error| away(&error))?;
    read_all(app, Client::new(stream)).await
}

fn tls() -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let known = rustls_native_certs::load_native_certs();
    let (kept, _) = roots.add_parsable_certificates(known.certs);
    if kept == 0 {
        return Err(away(&"this machine knows no certificates"));
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| away(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

async fn read_all<S>(app: &App, mut client: Client<S>) -> Result<usize>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + std::fmt::Debug + Send,
{
    let config = &app.config.incoming;
    client.read_response().await.map_err(|error| away(&error))?;
    let mut session = client
        .login(&config.imap_user, &config.imap_password)
        .await
        .map_err(|(error, _)| away(&error))?;
    session
        .select(&config.imap_folder)
        .await
        .map_err(|error| away(&error))?;
    let mut new: Vec<u32> = session
        .uid_search("UNSEEN UNDELETED")
        .await
        .map_err(|error| away(&error))?
        .into_iter()
        .collect();
    new.sort_unstable();
    let mut done = 0;
    for letter in new.into_iter().take(A_LOOK) {
        if deal_with(app, &mut session, letter).await? {
            done += 1;
        }
    }
    // Whether it says goodbye changes nothing of what was done.
    if let Err(error) = session.logout().await {
        tracing::debug!(%error, "the mailbox did not say goodbye");
    }
    Ok(done)
}

/// Takes one letter in and marks it as read. False for one that must wait.
async fn deal_with<S>(app: &App, session: &mut Session<S>, uid: u32) -> Result<bool>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + std::fmt::Debug + Send,
{
    let most = app.config.incoming.letter_bytes;
    let size = fetched(session, uid, "RFC822.SIZE").await?.and_then(|found| found.size);
    // What is too large is not even fetched; its row says that it was unreadable.
    let too_large = size.is_some_and(|size| usize::try_from(size).unwrap_or(usize::MAX) > most);
    let raw = if too_large {
        format!("mailbox letter {uid} of {size:?} bytes").into_bytes()
    } else {
        let found = fetched(session, uid, "BODY.PEEK[]").await?;
        match found.as_ref().and_then(|found| found.body()) {
            Some(body) => body.to_vec(),
            // Taken away by somebody meanwhile.
            None => return Ok(false),
        }
    };
    match take_in::take_in(app, &raw, None, None) {
        Ok(_) => {}
        Err(refusal) => {
            tracing::warn!(%refusal, uid, "a letter waits in the mailbox");
            return Ok(false);
        }
    }
    session
        .uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)")
        .await
        .map_err(|error| away(&error))?
        .try_collect::<Vec<_>>()
        .await
        .map_err(|error| away(&error))?;
    Ok(true)
}

async fn fetched<S>(session: &mut Session<S>, uid: u32, what: &str) -> Result<Option<async_imap::types::Fetch>>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + std::fmt::Debug + Send,
{
    let found: Vec<_> = session
        .uid_fetch(uid.to_string(), what)
        .await
        .map_err(|error| away(&error))?
        .try_collect()
        .await
        .map_err(|error| away(&error))?;
    Ok(found.into_iter().find(|found| found.uid == Some(uid)))
}

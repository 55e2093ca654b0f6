//! Files in a bucket that speaks S3, for forums of several machines: the same names as on a disk. Whatever the
//! bucket does not answer is tried again by the client, and is then a store that is away.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, Error, ObjectStore as _, ObjectStoreExt as _, RetryConfig};

use crate::config;
use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

/// What the bucket has for one answer, and for all tries together.
const ANSWER: Duration = Duration::from_secs(10);
const ALL_TRIES: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub(super) struct Bucket {
    client: AmazonS3,
    /// Taken out when the bucket is closed: it must not be waited for then.
    runtime: Option<tokio::runtime::Runtime>,
}

impl Bucket {
    pub(super) fn new(config: &config::Files) -> std::result::Result<Self, String> {
        let problem = |error: &dyn std::fmt::Display| format!("files.bucket {}: {error}", config.bucket);
        // Whoever came first has chosen the same.
        drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default());
        let options = ClientOptions::new()
            .with_timeout(ANSWER)
            .with_connect_timeout(Duration::from_secs(5))
            .with_allow_http(config.insecure_http);
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&config.bucket)
            .with_region(&config.region)
            .with_access_key_id(&config.key)
            .with_secret_access_key(&config.secret)
            .with_client_options(options)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: 3,
                retry_timeout: ALL_TRIES,
            });
        if !config.endpoint.is_empty() {
            builder = builder.with_endpoint(&config.endpoint);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("bucket")
            .enable_all()
            .build()
            .map_err(|error| problem(&error))?;
        Ok(Self {
            client: builder.build().map_err(|error| problem(&error))?,
            runtime: Some(runtime),
        })
    }

    fn wait<T>(&self, work: impl Future<Output = object_store::Result<T>>) -> object_store::Result<T> {
        self.runtime
            .as_ref()
            .expect("taken out when it is closed only")
            .block_on(work)
    }

    pub(super) fn put(&self, hash: &str, bytes: &[u8]) -> Result<()> {
        let bytes = bytes.to_vec();
        self.wait(self.client.put(&place(hash), bytes.into()))
            .map(|_| ())
            .map_err(|error| away(hash, &error))
    }

    /// Something that is no file of a post, under a name of its own.
    pub(super) fn put_named(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let bytes = bytes.to_vec();
        self.wait(self.client.put(&Path::from(name), bytes.into()))
            .map(|_| ())
            .map_err(|error| away(name, &error))
    }

    pub(super) fn has(&self, hash: &str) -> Result<bool> {
        match self.wait(self.client.head(&place(hash))) {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(away(hash, &error)),
        }
    }

    pub(super) fn get(&self, hash: &str) -> Result<Vec<u8>> {
        let place = place(hash);
        self.wait(async { self.client.get(&place).await?.bytes().await })
            .map(|bytes| bytes.to_vec())
            .map_err(|error| away(hash, &error))
    }

    pub(super) fn on_shelf(&self, shelf: u8, before: Moment) -> Result<Vec<String>> {
        let prefix = Path::from(format!("files/{shelf:02x}"));
        let listed: Vec<_> = self
            .wait(self.client.list(Some(&prefix)).try_collect())
            .map_err(|error| away(prefix.as_ref(), &error))?;
        Ok(listed
            .into_iter()
            .filter(|found| found.last_modified.timestamp_micros() < before.0)
            .filter_map(|found| found.location.filename().map(ToOwned::to_owned))
            .collect())
    }

    pub(super) fn remove(&self, hash: &str) -> Result<()> {
        match self.wait(self.client.delete(&place(hash))) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(away(hash, &error)),
        }
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn place(hash: &str) -> Path {
    Path::from(format!("files/{}/{hash}", hash.get(..2).unwrap_or("")))
}

/// A name without bytes is ours to mend; a bucket that says anything else heals by itself.
fn away(what: &str, error: &Error) -> Refusal {
    let text = format!("the bucket, {what}: {error}");
    match error {
        Error::NotFound { .. } => Refusal::broken(text),
        _ => Refusal::Away(text),
    }
}

//! Endpoints from a file, followed as it changes, and on disk for the next start.

mod cached;
mod entry;
mod format;
mod snapshots;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::stream;

pub use cached::{Cached, cached};
use entry::Entry;
use format::{Format, Services};

use super::{Discover, Update, Updates};
use crate::error::{BoxError, Error};

/// Finds services in a file that is read anew when it changes.
///
/// TOML or JSON, by the file's ending; each key is a service, each value its endpoints, written as a base
/// URL or with all that is known of one:
///
/// ```toml
/// inventory = [
///     "http://10.0.0.7:8080",
///     { url = "http://10.0.0.8:8080", id = "inventory-8", zone = "eu-1a", weight = 2, priority = 0,
///       state = "draining", metadata = { version = "3" } },      # state: up, draining, down
/// ]
/// payments = []                                                  # known, and nowhere yet
/// ```
///
/// ```no_run
/// let hub = feign::Hub::builder().discover(feign::discover::File::at("services.toml")?).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
///
/// It is looked at every second. A change is read once the file has been quiet for that long, so that one
/// that is being written is not read by half; what cannot be read leaves the services as they are,
/// stale, and the cause names line and key. A file that is mounted or replaced as a whole, such as a
/// Kubernetes ConfigMap, is read in the same way.
#[derive(Clone, Debug)]
pub struct File {
    path: Arc<Path>,
    format: Format,
    every: Duration,
    names: Arc<Mutex<Vec<String>>>,
}

/// How often the file is looked at by default.
const EVERY: Duration = Duration::from_secs(1);

impl File {
    /// Follows a file. It need not exist yet.
    ///
    /// # Errors
    ///
    /// When its name ends neither in `.toml` nor in `.json`.
    pub fn at(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let format = Format::of(&path).ok_or_else(|| {
            let shown = path.display();
            Error::build(format!(
                "file `{shown}`: its name has to end in `.toml` or `.json`, which says how it is read"
            ))
        })?;
        Ok(Self { path: path.into(), format, every: EVERY, names: Arc::default() })
    }

    /// Looks at it so often. 1 s by default; zero is taken as that.
    #[must_use]
    pub fn every(mut self, interval: Duration) -> Self {
        self.every = if interval.is_zero() { EVERY } else { interval };
        self
    }

    /// Reads the file, and picks out one service.
    async fn read(&self, service: &str) -> Update {
        let mut services = self.services().await.map_err(|cause| self.named(&cause))?;
        let names = services.keys().cloned().collect();
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = names;
        Ok(services.remove(service).map(|entries| entries.into_iter().map(|e| e.0).collect()))
    }

    async fn services(&self) -> Result<Services, BoxError> {
        let text = tokio::fs::read(&*self.path).await?;
        self.format.read(&text)
    }

    fn named(&self, cause: &BoxError) -> BoxError {
        format!("{}: {cause}", self.describe()).into()
    }
}

impl Discover for File {
    fn watch(&self, service: &str) -> Updates {
        let state = Following { file: self.clone(), service: service.to_owned(), read: None };
        Box::pin(stream::unfold(state, async |mut state| Some((state.next().await, state))))
    }

    fn names(&self) -> Vec<String> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn describe(&self) -> Cow<'_, str> {
        format!("file `{}`", self.path.display()).into()
    }
}

/// One service, followed.
struct Following {
    file: File,
    service: String,
    /// What the file looked like when it was read last.
    read: Option<Look>,
}

impl Following {
    /// Waits until there is something new to say.
    async fn next(&mut self) -> Update {
        let mut look = Look::at(&self.file.path).await;
        if self.read.is_some() {
            loop {
                tokio::time::sleep(self.file.every).await;
                let before = std::mem::replace(&mut look, Look::at(&self.file.path).await);
                // It has changed since it was read, and is quiet.
                if look == before && self.read.as_ref() != Some(&look) {
                    break;
                }
            }
        }
        self.read = Some(look);
        self.file.read(&self.service).await
    }
}

/// What tells that a file has changed.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    Is { modified: Option<SystemTime>, length: u64 },
    Fails(io::ErrorKind),
}

impl Look {
    async fn at(path: &Path) -> Self {
        match tokio::fs::metadata(path).await {
            Ok(is) => Self::Is { modified: is.modified().ok(), length: is.len() },
            Err(error) => Self::Fails(error.kind()),
        }
    }
}

//! A source whose last word survives the process.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};

use super::snapshots::Snapshots;
use crate::discover::{Discover, Endpoint, Update, Updates};
use crate::error::BoxError;

/// See [`cached`].
#[derive(Clone, Debug)]
pub struct Cached<D> {
    source: D,
    file: Arc<Snapshot>,
    patience: Duration,
}

#[derive(Debug)]
struct Snapshot {
    path: PathBuf,
    max_age: Duration,
}

/// One writer at a time in this process, whichever source it writes for: a file may serve several.
static WRITING: Mutex<()> = Mutex::new(());

/// How long a source is waited for by default before the snapshot is taken.
const PATIENCE: Duration = Duration::from_secs(1);
/// How old a snapshot may be by default.
const MAX_AGE: Duration = Duration::from_secs(7 * 24 * 3600);

/// How often the file is written while nothing changes, so that its age tells when the source was heard.
const REFRESH: Duration = Duration::from_secs(600);

/// Keeps what a source says on disk, so that a process can start while its registry is dead.
///
/// The file (JSON) is written when something changes, and every ten minutes. It is read where the source
/// fails before it has said anything, or does not answer within a second: then its endpoints are used,
/// stale, and the cause says how old they are. Whatever the source says later stands above. One file
/// serves all services, and may be shared by processes that use the same ones.
///
/// ```
/// # let registry = feign::discover::fixed([("orders", vec![])]);
/// # let path = std::env::temp_dir().join("feign-doc-services.json");
/// let hub = feign::Hub::builder().discover(feign::discover::cached(registry, path)).build()?;
/// # Ok::<(), feign::Error>(())
/// ```
pub fn cached<D: Discover>(source: D, path: impl Into<PathBuf>) -> Cached<D> {
    let file = Snapshot { path: path.into(), max_age: MAX_AGE };
    Cached { source, file: Arc::new(file), patience: PATIENCE }
}

impl<D> Cached<D> {
    /// Waits so long for the source's first word. 1 s by default.
    #[must_use]
    pub const fn patience(mut self, limit: Duration) -> Self {
        self.patience = limit;
        self
    }

    /// Takes no snapshot that is older. 7 days by default.
    #[must_use]
    pub fn max_age(mut self, limit: Duration) -> Self {
        let path = self.file.path.clone();
        self.file = Arc::new(Snapshot { path, max_age: limit });
        self
    }
}

impl<D: Discover> Discover for Cached<D> {
    fn watch(&self, service: &str) -> Updates {
        let state = Following {
            updates: self.source.watch(service),
            service: service.into(),
            file: Arc::clone(&self.file),
            patience: Some(self.patience),
            live: None,
            ready: VecDeque::new(),
        };
        Box::pin(stream::unfold(state, async |mut state| {
            state.next().await.map(|update| (update, state))
        }))
    }

    fn names(&self) -> Vec<String> {
        self.source.names()
    }

    fn describe(&self) -> Cow<'_, str> {
        self.source.describe()
    }
}

/// One service, followed.
struct Following {
    updates: Updates,
    service: Arc<str>,
    file: Arc<Snapshot>,
    /// How long the first word is waited for; `None` after it.
    patience: Option<Duration>,
    /// What the source said last, unless it fails now.
    live: Option<Vec<Endpoint>>,
    /// What is to be said before anything else is heard.
    ready: VecDeque<Update>,
}

impl Following {
    async fn next(&mut self) -> Option<Update> {
        if let Some(update) = self.ready.pop_front() {
            return Some(update);
        }
        let Some(patience) = self.patience.take() else {
            let update = self.confirming().await?;
            return Some(self.kept(update).await);
        };
        match tokio::time::timeout(patience, self.updates.next()).await {
            Ok(Some(Err(cause))) => Some(self.instead(cause).await),
            Ok(update) => Some(self.kept(update?).await),
            Err(_) => Some(self.instead(format!("no answer within {patience:?}").into()).await),
        }
    }

    /// The snapshot in the place of an error, and then the error.
    async fn instead(&mut self, cause: BoxError) -> Update {
        let (file, service) = (Arc::clone(&self.file), Arc::clone(&self.service));
        let read = tokio::task::spawn_blocking(move || Snapshots::read(&file.path));
        let path = self.file.path.display();
        let (endpoints, age) = match read.await {
            Ok(Ok(snapshots)) => match snapshots.of(&service) {
                Some((endpoints, age)) if age <= self.file.max_age => (endpoints, age),
                Some((_, age)) => {
                    let age = humantime::format_duration(Duration::from_secs(age.as_secs()));
                    return Err(
                        format!("{cause}; the snapshot in `{path}` is too old, {age}").into()
                    );
                }
                None => return Err(cause),
            },
            Ok(Err(error)) => {
                return Err(format!("{cause}; no snapshot from `{path}`: {error}").into());
            }
            Err(_) => return Err(cause),
        };
        let age = humantime::format_duration(Duration::from_secs(age.as_secs()));
        // First, as a long cause is cut.
        let cause = format!("the snapshot in `{path}`, {age} old, is used: {cause}");
        self.ready.push_back(Err(cause.into()));
        Ok(Some(endpoints))
    }

    /// Waits for the next word, and dates the snapshot anew while there is none: a source that says
    /// nothing has nothing new to say.
    async fn confirming(&mut self) -> Option<Update> {
        loop {
            let Ok(update) = tokio::time::timeout(REFRESH, self.updates.next()).await else {
                self.write().await;
                continue;
            };
            return update;
        }
    }

    /// Writes what is new in an update, and hands it on.
    async fn kept(&mut self, update: Update) -> Update {
        let said = update.as_ref().ok().and_then(Option::as_ref);
        // An empty set is no help to anybody at the next start.
        let live = said.filter(|endpoints| !endpoints.is_empty()).cloned();
        let is_new = match (&self.live, &live) {
            (Some(before), Some(now)) => !same(before, now),
            (None, Some(_)) => true,
            (_, None) => false,
        };
        self.live = live;
        if is_new {
            self.write().await;
        }
        update
    }

    async fn write(&mut self) {
        let Some(endpoints) = self.live.clone() else { return };
        let (file, service) = (Arc::clone(&self.file), Arc::clone(&self.service));
        let written = tokio::task::spawn_blocking(move || file.write(&service, &endpoints)).await;
        if let Ok(Err(error)) = written {
            let (service, path) = (&*self.service, self.file.path.display());
            tracing::warn!(target: "feign::discover", service, "cannot write the snapshot `{path}`: {error}");
        }
    }
}

impl Snapshot {
    fn write(&self, service: &str, endpoints: &[Endpoint]) -> std::io::Result<()> {
        let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        Snapshots::save(Path::new(&self.path), service, endpoints)
    }
}

fn same(one: &[Endpoint], other: &[Endpoint]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.says_the_same(b))
}

//! Follows one service as long as a client needs it.

use std::borrow::Cow;
use std::fmt;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::reconcile::Reconciler;
use super::{Discover, Endpoint, Known, Selection, Source, Updates, View};

/// How long a service is followed after its last client has gone.
const LINGER: Duration = Duration::from_secs(30);

/// One service of one source: what is known of it, who sees it, and the task that keeps it so.
pub(crate) struct Watch {
    service: Arc<str>,
    source: Source,
    seed: u64,
    /// From when on its time counts.
    epoch: Instant,
    is_running: AtomicBool,
    state: Mutex<State>,
    /// The source has said its first word, or failed to.
    answered: Notify,
    users: Arc<Notify>,
}

struct State {
    reconciler: Reconciler,
    views: Vec<Arc<View>>,
    lease: Weak<Lease>,
    task: Option<AbortHandle>,
}

/// Held by every client of a service.
#[derive(Debug)]
pub(crate) struct Lease(Arc<Notify>);

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl Watch {
    pub(crate) fn new(service: Arc<str>, source: Source, seed: u64) -> Self {
        let reconciler = Reconciler::new(source.describe().into());
        let state = State { reconciler, views: Vec::new(), lease: Weak::new(), task: None };
        Self {
            service,
            source,
            seed,
            epoch: Instant::now(),
            is_running: AtomicBool::new(false),
            state: Mutex::new(state),
            answered: Notify::new(),
            users: Arc::default(),
        }
    }

    /// A service whose endpoints never change; without any, nobody knows it but `names`.
    pub(crate) fn fixed(
        service: Arc<str>,
        source: &str,
        endpoints: Option<Vec<Endpoint>>,
        names: Arc<[String]>,
        seed: u64,
    ) -> Self {
        let watch = Self::new(service, Arc::new(Nobody { source: source.to_owned(), names }), seed);
        // There is no task to be started.
        watch.is_running.store(true, Ordering::Relaxed);
        watch.apply(Ok(endpoints));
        watch
    }

    pub(crate) const fn service(&self) -> &Arc<str> {
        &self.service
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what keeps the service followed.
    pub(crate) fn lease(&self) -> Arc<Lease> {
        let mut state = self.state();
        state.lease.upgrade().unwrap_or_else(|| {
            let lease = Arc::new(Lease(Arc::clone(&self.users)));
            state.lease = Arc::downgrade(&lease);
            lease
        })
    }

    /// Returns the view of a selection; clients of the same selection share one, and so its turn.
    pub(crate) fn view(&self, selection: &Selection) -> Arc<View> {
        let mut state = self.state();
        if let Some(view) = state.views.iter().find(|view| view.selection() == selection) {
            return Arc::clone(view);
        }
        let (known, is_known) = state.reconciler.known();
        let view =
            Arc::new(View::new(selection.clone(), self.seed, self.epoch, known.clone(), is_known));
        state.views.push(Arc::clone(&view));
        view
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.source.names()
    }

    pub(crate) fn known(&self) -> Known {
        self.state().reconciler.known().0.clone()
    }

    /// Starts the task where it does not run: at first, and when its runtime has gone.
    pub(crate) fn keep_running(self: &Arc<Self>) {
        if !self.is_running.load(Ordering::Relaxed) {
            self.start();
        }
    }

    #[cold]
    fn start(self: &Arc<Self>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if self.is_running.swap(true, Ordering::AcqRel) {
            return;
        }
        let running = Running(Arc::downgrade(self));
        let updates = self.source.watch(&self.service);
        let users = Arc::clone(&self.users);
        let task = runtime.spawn(async move {
            let mut updates = pin!(updates);
            loop {
                let update = tokio::select! {
                    update = updates.next() => update,
                    () = users.notified() => {
                        tokio::time::sleep(LINGER).await;
                        if running.is_unused() { break } else { continue }
                    }
                };
                match (update, running.0.upgrade()) {
                    (Some(update), Some(watch)) => watch.apply(update),
                    _ => break,
                }
            }
        });
        self.state().task = Some(task.abort_handle());
    }

    fn apply(&self, update: super::Update) {
        let mut state = self.state();
        state.reconciler.apply(update);
        let (known, is_known) = state.reconciler.known();
        for view in &state.views {
            view.publish(known.clone(), is_known);
        }
        drop(state);
        self.answered.notify_waiters();
    }

    /// Waits until the source has said its first word.
    pub(crate) async fn first_word(&self) {
        let mut answered = pin!(self.answered.notified());
        answered.as_mut().enable();
        if matches!(self.known().freshness, super::Freshness::Pending) {
            answered.await;
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(task) = &self.state().task {
            task.abort();
        }
    }
}

/// The source of what is fixed: only named, never followed.
struct Nobody {
    source: String,
    names: Arc<[String]>,
}

impl Discover for Nobody {
    fn watch(&self, _: &str) -> Updates {
        Box::pin(futures_util::stream::pending())
    }

    fn names(&self) -> Vec<String> {
        self.names.to_vec()
    }

    fn describe(&self) -> Cow<'_, str> {
        self.source.as_str().into()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("service", &self.service).finish_non_exhaustive()
    }
}

/// Says that the task has ended, however it ends.
struct Running(Weak<Watch>);

impl Running {
    fn is_unused(&self) -> bool {
        self.0.upgrade().is_none_or(|watch| watch.state().lease.strong_count() == 0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(watch) = self.0.upgrade() {
            watch.is_running.store(false, Ordering::Release);
        }
    }
}

//! One service: what is known of it, who sees it, and who keeps it so.

use std::borrow::Cow;
use std::fmt;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::feed::{Feed, Newest};
use super::follow::{Running, follow};
use super::jitter::seeded;
use super::reconcile::Reconciler;
use super::{Discover, Endpoint, Finding, Freshness, Known, Selection, Source, Updates, View};
use crate::balance::{hash_of, mix};
use crate::log::Rules;
use crate::observe::{Happened, Observers};

/// With more views than this, those are dropped that nobody holds: a program may ask for any number
/// of tags.
const VIEWS: usize = 64;

/// What a hub says of all its services.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) seed: u64,
    /// How long endpoints are kept that are suddenly gone.
    pub(crate) grace: Duration,
    /// The names whose addresses were given to the hub.
    pub(crate) names: Arc<[String]>,
    pub(crate) observers: Observers,
    /// What is shown to nobody.
    pub(crate) rules: Rules,
}

/// One service of one source. It is followed by a task as long as a client needs it.
pub(crate) struct Watch {
    service: Arc<str>,
    source: Source,
    terms: Terms,
    /// Whether there is a source beyond what was given to the hub.
    has_source: bool,
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
    pub(crate) fn new(service: Arc<str>, source: Source, terms: Terms) -> Self {
        let epoch = Instant::now();
        let reconciler = Reconciler::new(Arc::clone(&service), &source.describe(), &terms, epoch);
        let state = State { reconciler, views: Vec::new(), lease: Weak::new() };
        Self {
            service,
            source,
            terms,
            has_source: true,
            epoch,
            is_running: AtomicBool::new(false),
            state: Mutex::new(state),
            answered: Notify::new(),
            users: Arc::default(),
        }
    }

    /// A service whose endpoints never change; without any, no source knows it.
    pub(crate) fn fixed(service: Arc<str>, endpoints: Option<Vec<Endpoint>>, terms: Terms) -> Self {
        let mut watch = Self::new(service, Arc::new(Nobody), terms);
        watch.has_source = false;
        // There is no task to be started.
        watch.is_running.store(true, Ordering::Relaxed);
        watch.change(|reconciler, now| reconciler.take(endpoints, now));
        watch
    }

    pub(crate) const fn service(&self) -> &Arc<str> {
        &self.service
    }

    pub(crate) const fn terms(&self) -> &Terms {
        &self.terms
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // === who sees it ===

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
        if state.views.len() >= VIEWS {
            state.views.retain(|view| Arc::strong_count(view) > 1);
        }
        let (known, is_known) = state.reconciler.known();
        let (seed, known) = (self.terms.seed, known.clone());
        let view = Arc::new(View::new(selection.clone(), seed, self.epoch, known, is_known));
        state.views.push(Arc::clone(&view));
        view
    }

    #[cfg(test)]
    pub(super) fn views(&self) -> usize {
        self.state().views.len()
    }

    pub(crate) fn known(&self) -> Known {
        self.state().reconciler.known().0.clone()
    }

    /// Says why a view has no endpoint.
    pub(crate) fn finding(&self, view: &View) -> Finding {
        let snapshot = view.snapshot.load();
        let mut names = self.terms.names.to_vec();
        names.extend(self.source.names());
        Finding::of(&snapshot, view.selection(), names, self.has_source)
    }

    /// Waits until the source has said its first word, or has failed to.
    pub(crate) async fn first_word(self: &Arc<Self>) {
        loop {
            let mut answered = pin!(self.answered.notified());
            answered.as_mut().enable();
            // Again in the loop: the runtime of the task may go while it is waited for.
            self.keep_running();
            if !matches!(self.known().freshness, Freshness::Pending) {
                return;
            }
            answered.await;
            tokio::task::yield_now().await;
        }
    }

    // === who keeps it so ===

    /// Starts the task where it does not run: at first, and when its runtime has gone. On the way of
    /// every call, so it costs one load; what it guards is under the lock.
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
        let feed = Feed::new(Arc::clone(&self.source), Arc::clone(&self.service));
        let running = Running::new(self, Arc::clone(&self.users));
        // A runtime that is at its end drops the task here: no lock is held.
        let seed = mix(self.terms.seed ^ hash_of(self.service.as_bytes()));
        drop(runtime.spawn(seeded(seed, follow(running, feed))));
    }

    pub(super) fn apply(&self, newest: Newest) {
        self.change(|reconciler, now| {
            let is_new = newest.said.is_some_and(|said| reconciler.take(said, now));
            newest.failed.is_some_and(|cause| reconciler.fail(&cause, now)) || is_new
        });
    }

    /// Applies what was held back; returns when to do so again.
    pub(super) fn elapse(&self) -> Option<Instant> {
        self.change(Reconciler::elapse);
        self.state().reconciler.due()
    }

    /// The task has ended, without having been asked to.
    pub(super) fn abandon(&self) {
        self.change(|reconciler, now| {
            reconciler.abandon("the runtime in which it was followed has ended", now)
        });
        self.is_running.store(false, Ordering::Release);
        self.answered.notify_waiters();
    }

    /// Ends the task unless there is a client: then what is known is forgotten, so that the next
    /// client does not call what was there long ago.
    pub(super) fn is_left(&self) -> bool {
        let mut state = self.state();
        if state.lease.strong_count() > 0 {
            return false;
        }
        state.reconciler.forget();
        state.publish();
        // Under the lock: a client that comes now sees that it has to start the task.
        self.is_running.store(false, Ordering::Release);
        true
    }

    fn change(&self, change: impl FnOnce(&mut Reconciler, Instant) -> bool) {
        let mut state = self.state();
        let is_new = change(&mut state.reconciler, Instant::now());
        let happened = state.reconciler.happened();
        if is_new {
            state.publish();
        }
        drop(state);
        if is_new {
            self.answered.notify_waiters();
        }
        self.tell(&happened);
    }
}

impl Watch {
    /// Tells the observers: no lock is held, so they may ask the hub.
    fn tell(&self, happened: &[Happened]) {
        for happened in happened {
            let event = happened.event(&self.service);
            self.terms.observers.tell(|observer| observer.discovered(&event));
        }
    }
}

impl State {
    fn publish(&self) {
        let (known, is_known) = self.reconciler.known();
        for view in &self.views {
            view.publish(known.clone(), is_known);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The task sees that there is nothing to follow any more.
        self.users.notify_one();
    }
}

/// The source of what is given to the hub: never followed.
struct Nobody;

impl Discover for Nobody {
    fn watch(&self, _: &str) -> Updates {
        Box::pin(futures_util::stream::pending())
    }

    fn describe(&self) -> Cow<'_, str> {
        "the hub".into()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("service", &self.service).finish_non_exhaustive()
    }
}

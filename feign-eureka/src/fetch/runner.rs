//! The task that reads the registry: one, wherever it runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use tokio::runtime::Handle;

use super::failure::Failure;
use super::pause::Pauses;
use crate::eureka::Shared;

/// How the last round went.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    /// Counted from 1; 0 before the first one has ended.
    pub(super) number: u64,
    /// Why what is known is stale, if it is.
    pub(super) failure: Option<Arc<str>>,
}

/// Whether the task runs.
#[derive(Debug, Default)]
pub(crate) struct Runner {
    is_running: AtomicBool,
}

/// Held by the task. A task also ends with its runtime: then those who follow a service on another
/// one are woken, and the first of them starts the task again.
struct Running(Weak<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(shared) = self.0.upgrade() {
            shared.runner.is_running.store(false, Ordering::Release);
            shared.rounds.send_modify(|_| {});
        }
    }
}

impl Shared {
    /// Starts the task where it does not run.
    pub(super) fn keep_running(self: &Arc<Self>) {
        if !self.runner.is_running.load(Ordering::Acquire) {
            self.start();
        }
    }

    #[cold]
    fn start(self: &Arc<Self>) {
        let Ok(runtime) = Handle::try_current() else { return };
        if self.runner.is_running.swap(true, Ordering::AcqRel) {
            return;
        }
        let running = Running(Arc::downgrade(self));
        drop(runtime.spawn(async move { run(&running.0).await }));
    }

    /// Tells those who follow services how a round went.
    fn publish(&self, outcome: &Result<(), Failure>) {
        let failure: Option<Arc<str>> =
            outcome.as_ref().err().map(|failure| failure.to_string().into());
        let was = self.rounds.borrow().failure.clone();
        match (&was, &failure) {
            (None, Some(why)) => {
                tracing::warn!(target: "feign::eureka", "Eureka: the registry cannot be read, what is known is kept: {why}");
            }
            (Some(_), None) => {
                tracing::info!(target: "feign::eureka", "Eureka: the registry is read again")
            }
            _ => {}
        }
        self.rounds.send_modify(|round| {
            round.number += 1;
            round.failure = failure;
        });
    }
}

/// Reads on, as long as somebody follows a service.
async fn run(weak: &Weak<Shared>) {
    let mut pauses = None;
    while let Some(shared) = weak.upgrade() {
        let outcome = shared.fetcher.round(&shared).await;
        shared.publish(&outcome);
        let settings = &shared.settings;
        let pauses = pauses.get_or_insert_with(|| Pauses::new(settings.interval, settings.seed));
        let knows = !shared.registry().knows_nothing();
        let pause = pauses.after(outcome.err().as_ref(), knows);
        drop(shared);
        tokio::time::sleep(pause).await;
        if weak.upgrade().is_none_or(|shared| shared.rounds.receiver_count() == 0) {
            return;
        }
    }
}

//! Calls that flow all the time, from OpenFeign.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::support::eureka::EurekaServer;
use crate::support::spring::{OpenFeign, Outcome};
use crate::support::until;

const LIMIT: Duration = Duration::from_secs(20);
/// So many calls are asked for at once.
const BATCH: u32 = 20;
/// How soon the next ones are.
const PAUSE: Duration = Duration::from_millis(10);

/// A Java process that calls `inventory`, until it is stopped.
pub(super) struct JavaLoad {
    java: Arc<OpenFeign>,
    outcome: Arc<Mutex<Outcome>>,
    is_over: Arc<AtomicBool>,
    calling: JoinHandle<()>,
}

impl JavaLoad {
    /// Starts once it knows exactly these instances.
    pub(super) async fn start(server: &EurekaServer, ids: &[&str]) -> Self {
        let java = Arc::new(OpenFeign::start(&[server], &[]).await.unwrap());
        known(&java, ids).await;
        // What it picks from is cached as it was at its first call, which must not have been before.
        let (outcome, is_over) = (Arc::<Mutex<Outcome>>::default(), Arc::<AtomicBool>::default());
        let (caller, sum, stop) = (Arc::clone(&java), Arc::clone(&outcome), Arc::clone(&is_over));
        let calling = tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                let calls = caller.call_many(BATCH).await.unwrap();
                sum.lock().unwrap().add(calls);
                tokio::time::sleep(PAUSE).await;
            }
        });
        Self { java, outcome, is_over, calling }
    }

    /// Waits until it knows exactly these instances, and no call goes to others.
    pub(super) async fn calls(&self, ids: &[&str]) {
        known(&self.java, ids).await;
        // What it picks from is a second old at most.
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.goes_on().await;
    }

    /// Waits until it has called a hundred times more.
    pub(super) async fn goes_on(&self) {
        let before = self.counts(|outcome| outcome.calls);
        let more = until("more calls of Java", LIMIT, async || {
            (self.counts(|outcome| outcome.calls) >= before + 5 * BATCH).then_some(())
        });
        more.await.unwrap();
    }

    /// What has become of the calls by now.
    pub(super) fn counts<T>(&self, read: impl FnOnce(&Outcome) -> T) -> T {
        read(&self.outcome.lock().unwrap())
    }

    /// How many calls an instance has answered by now.
    pub(super) fn answered(&self, id: &str) -> u32 {
        self.counts(|outcome| outcome.answered.get(id).copied().unwrap_or_default())
    }

    /// What has become of the calls by now, to be printed.
    pub(super) fn shown(&self) -> String {
        self.counts(|Outcome { calls, failed, answered, .. }| {
            format!("{calls} calls, {failed} failed, {answered:?}")
        })
    }

    /// Ends the process in order.
    pub(super) async fn stop(self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.calling.await.unwrap();
        Arc::into_inner(self.java).unwrap().stop().await.unwrap();
    }
}

async fn known(java: &OpenFeign, ids: &[&str]) {
    let known = until("what Java knows", LIMIT, async || {
        (java.known("inventory").await.unwrap() == ids).then_some(())
    });
    known.await.unwrap();
}

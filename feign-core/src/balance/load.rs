//! What is known of an endpoint's work: counted while calls go on, read by policies.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::Instant;

use super::Tick;
use super::context::tick;
use crate::discover::Endpoint;

/// The statistics of one endpoint, in one cache line: threads that call different endpoints do not
/// disturb each other. They stay with an instance whatever else is said of it.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(crate) struct Load {
    in_flight: AtomicU32,
    /// Failures in a row.
    failures: AtomicU32,
    /// When it joined a set that was there already; 0 if it was there from the start.
    joined: AtomicU64,
}

impl Load {
    pub(crate) fn in_flight(&self) -> u32 {
        self.in_flight.load(Relaxed)
    }

    pub(crate) fn failures(&self) -> u32 {
        self.failures.load(Relaxed)
    }

    pub(crate) fn joined(&self) -> Tick {
        self.joined.load(Relaxed)
    }

    pub(crate) fn set_joined(&self, at: Tick) {
        self.joined.store(at, Relaxed);
    }

    fn record(&self, outcome: Outcome) {
        match outcome {
            Outcome::Failure { .. } => drop(self.failures.fetch_add(1, Relaxed)),
            // A store would take the line from other threads each time.
            Outcome::Success if self.failures() > 0 => self.failures.store(0, Relaxed),
            Outcome::Success => {}
        }
    }
}

/// How an attempt ended, up to the head of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success,
    Failure {
        /// How long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
}

/// One call that an endpoint has to do: counted until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight(Endpoint);

impl InFlight {
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        endpoint.load().in_flight.fetch_add(1, Relaxed);
        if let Some(group) = endpoint.group() {
            group.begin();
        }
        Self(endpoint)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.load().in_flight.fetch_sub(1, Relaxed);
        if let Some(group) = self.0.group() {
            group.end();
        }
    }
}

/// An attempt on its way to the head of its answer. Dropped before, it was cancelled.
#[derive(Debug)]
pub(crate) struct Attempt {
    in_flight: InFlight,
    /// Where latency is read.
    begun: Option<(Instant, Tick)>,
}

impl Attempt {
    pub(crate) fn new(endpoint: Endpoint, begun: Option<(Instant, Tick)>) -> Self {
        Self { in_flight: InFlight::new(endpoint), begun }
    }

    /// Counts how it ended; it stays in flight until its body has ended.
    pub(crate) fn record(self, outcome: Outcome) -> InFlight {
        let endpoint = &self.in_flight.0;
        endpoint.load().record(outcome);
        if let Some((epoch, begun)) = self.begun {
            let _elapsed = tick(epoch).saturating_sub(begun);
        }
        if let Some(group) = endpoint.group() {
            group.record(outcome);
        }
        self.in_flight
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.in_flight.0
    }
}

/// A load of its own, until an endpoint belongs to a service.
pub(crate) fn unshared() -> Arc<Load> {
    Arc::default()
}

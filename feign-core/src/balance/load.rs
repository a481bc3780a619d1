//! What is known of an endpoint's work: counted while calls go on, read by policies.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::Instant;

use super::Tick;
use super::context::tick;
use super::latency::Latency;
use crate::discover::Endpoint;

/// A failure counts as an answer that took so long: a server that fails at once would look like the
/// fastest of all.
const FAILURE: Duration = Duration::from_secs(5);
/// `Retry-After` is believed up to this.
const RETRY_AFTER: Duration = Duration::from_secs(300);

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
    pub(super) latency: Latency,
}

const _: () = assert!(size_of::<Load>() == 64);

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

    #[inline]
    fn record(&self, outcome: Outcome) {
        match outcome {
            Outcome::Failure { .. } => {
                // It wraps after four thousand million failures in a row, and counts on.
                self.failures.fetch_add(1, Relaxed);
            }
            // A store would take the line from other threads each time.
            Outcome::Success if self.failures() > 0 => self.failures.store(0, Relaxed),
            Outcome::Success | Outcome::Ignored => {}
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
    /// It says nothing of the endpoint: the attempt never reached it.
    Ignored,
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

/// An attempt that an endpoint was picked for.
#[derive(Debug)]
pub(crate) struct Attempt {
    in_flight: InFlight,
    /// Where latency is read: from when on time counts, and when it began.
    begun: Option<(Instant, Tick)>,
}

impl Attempt {
    pub(crate) fn new(endpoint: Endpoint, begun: Option<(Instant, Tick)>) -> Self {
        Self { in_flight: InFlight::new(endpoint), begun }
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.in_flight.0
    }

    /// Waits for the head of the answer, until the deadline of the call at most.
    pub(crate) fn wait(&self, deadline: Option<Instant>) -> Waiting<'_> {
        self.begin();
        Waiting { attempt: self, deadline, is_over: false }
    }

    /// The head of its answer is waited for from now on: until `record` or `cancel`.
    pub(super) fn begin(&self) {
        if let Some((_, now)) = self.begun {
            self.endpoint().load().latency.begin(now);
        }
    }

    /// The head is there; the endpoint has work to do until the body has ended.
    pub(crate) fn into_in_flight(self) -> InFlight {
        self.in_flight
    }

    #[inline]
    pub(super) fn record(&self, outcome: Outcome) {
        self.endpoint().load().record(outcome);
        if let Some(group) = self.endpoint().group() {
            group.record(outcome);
        }
        if let Some((epoch, begun)) = self.begun {
            match outcome {
                Outcome::Success => self.answered(epoch, begun, 0.0),
                Outcome::Failure { retry_after } => self.failed(epoch, begun, retry_after),
                Outcome::Ignored => self.endpoint().load().latency.end(),
            }
        }
    }

    /// It took this time to answer, or counts as if it had taken `least`.
    #[inline(never)]
    fn answered(&self, epoch: Instant, begun: Tick, least: f32) {
        let latency = &self.endpoint().load().latency;
        let now = tick(epoch, Instant::now());
        latency.end();
        latency.progress(now);
        // On a clock that stands still too, what has been measured is not nothing.
        latency.observe((now.saturating_sub(begun).max(1) as f32).max(least), now);
    }

    #[cold]
    fn failed(&self, epoch: Instant, begun: Tick, retry_after: Option<Duration>) {
        let asked = retry_after.unwrap_or_default().min(RETRY_AFTER);
        self.answered(epoch, begun, asked.max(FAILURE).as_nanos() as f32);
    }

    /// It has waited so long for nothing: if that is long, an answer takes longer still.
    #[cold]
    fn given_up(&self, epoch: Instant, begun: Tick) {
        let latency = &self.endpoint().load().latency;
        let now = tick(epoch, Instant::now());
        let elapsed = now.saturating_sub(begun) as f32;
        latency.end();
        if latency.is_exceeded_by(elapsed) {
            latency.observe(elapsed, now);
        }
    }

    /// Cancelled by the end of the call's time, it has failed as by any other timeout; cancelled by
    /// somebody who has lost interest, it says no more than how long it has waited.
    #[cold]
    pub(super) fn cancel(&self, deadline: Option<Instant>) {
        match deadline {
            Some(deadline) if deadline <= Instant::now() => {
                self.record(Outcome::Failure { retry_after: None });
            }
            _ => {
                if let Some((epoch, begun)) = self.begun {
                    self.given_up(epoch, begun);
                }
            }
        }
    }
}

/// An attempt on its way to the head of its answer. Dropped before it is said how that ended, it was
/// cancelled.
#[derive(Debug)]
pub(crate) struct Waiting<'a> {
    attempt: &'a Attempt,
    deadline: Option<Instant>,
    is_over: bool,
}

impl Waiting<'_> {
    /// Counts how it ended.
    #[inline]
    pub(crate) fn end(mut self, outcome: Outcome) {
        self.is_over = true;
        self.attempt.record(outcome);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.attempt.cancel(self.deadline);
        }
    }
}

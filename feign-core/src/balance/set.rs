//! The endpoints among which a policy chooses.

use std::sync::OnceLock;
use std::time::Duration;

use super::ring::Ring;
use super::schedule::schedule;
use crate::discover::Endpoint;

/// Endpoints that can serve an attempt, as they were when the set was made: those that drain, are
/// down or do not have the tags that are asked for are not in it. Never empty.
#[derive(Debug)]
pub struct EndpointSet {
    endpoints: Box<[Endpoint]>,
    // Made when first asked for, and from then on with each new set before it is used.
    ring: OnceLock<Ring>,
    schedule: OnceLock<Option<Box<[u32]>>>,
}

impl EndpointSet {
    pub(crate) fn new(endpoints: Vec<Endpoint>) -> Self {
        let endpoints = endpoints.into_boxed_slice();
        Self { endpoints, ring: OnceLock::new(), schedule: OnceLock::new() }
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.endpoints.len()
    }

    /// Whether there is none, which a policy never sees.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.endpoints.is_empty()
    }

    /// Returns one of them.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Candidate<'_>> {
        self.endpoints.get(index).map(Candidate)
    }

    /// Returns all of them, in the order of their indexes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Candidate<'_>> {
        self.endpoints.iter().map(Candidate)
    }

    pub(crate) fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    pub(super) fn ring(&self) -> &Ring {
        self.ring.get_or_init(|| Ring::new(&self.endpoints))
    }

    /// The turns by weight; `None` where all weights are the same.
    pub(super) fn schedule(&self) -> Option<&[u32]> {
        self.schedule.get_or_init(|| schedule(&self.endpoints)).as_deref()
    }

    /// Makes what policies have asked the last set for, so that no call has to.
    pub(super) fn prepare_like(&self, last: &Self) {
        if last.ring.get().is_some() {
            self.ring();
        }
        if last.schedule.get().is_some() {
            self.schedule();
        }
    }
}

/// An endpoint and what is known of its work.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a>(&'a Endpoint);

impl<'a> Candidate<'a> {
    /// Returns the endpoint.
    #[must_use]
    pub const fn endpoint(self) -> &'a Endpoint {
        self.0
    }

    /// Returns how many calls it has to do, from the pick to the end of the body.
    #[must_use]
    pub fn in_flight(self) -> u32 {
        self.0.load().in_flight()
    }

    /// Returns how many of its last calls failed in a row: no answer, 429 or 5xx. What never reached
    /// it, such as a call that a layer refused, does not count.
    #[must_use]
    pub fn failures(self) -> u32 {
        self.0.load().failures()
    }

    /// Returns how long it takes to answer, up to the head: what [`ewma`](super::ewma) goes by. A peak
    /// counts at once and is forgotten with a time constant of 10 s; a failure counts for 5 s at least.
    /// `None` until something has been measured, which is only done where a policy
    /// [reads it](super::Balance::reads_latency).
    #[must_use]
    pub fn latency(self) -> Option<Duration> {
        let average = self.0.load().latency.average().measured()?;
        Some(Duration::from_nanos(average as u64))
    }
}

//! The endpoints among which a policy chooses.

use crate::discover::Endpoint;

/// Endpoints that can serve an attempt, as they were when the set was made: those that drain, are
/// down or do not have the tags that are asked for are not in it. Never empty.
#[derive(Debug)]
pub struct EndpointSet {
    endpoints: Box<[Endpoint]>,
}

impl EndpointSet {
    pub(crate) fn new(endpoints: Vec<Endpoint>) -> Self {
        Self { endpoints: endpoints.into_boxed_slice() }
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

    /// Returns how many of its last calls failed in a row: no answer, 429 or 5xx.
    #[must_use]
    pub fn failures(self) -> u32 {
        self.0.load().failures()
    }
}

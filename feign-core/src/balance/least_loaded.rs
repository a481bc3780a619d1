//! The one with the least to do.

use super::choose::cheapest;
use super::{Balance, EndpointSet, PickContext};
use crate::discover::Endpoint;

/// See [`least_loaded`](super::least_loaded).
#[derive(Clone, Copy, Debug)]
pub struct LeastLoaded;

impl Balance for LeastLoaded {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        cheapest(endpoints, cx, cost, |a, b| a.0 * b.1 < b.0 * a.1)
    }
}

/// The work with one call more, and by what it is divided.
fn cost(endpoint: &Endpoint) -> (u64, u64) {
    (u64::from(endpoint.load().in_flight()) + 1, u64::from(endpoint.weight()))
}

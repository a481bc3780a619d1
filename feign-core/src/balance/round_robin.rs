//! One after the other.

use super::{Balance, EndpointSet, PickContext};

/// See [`round_robin`](super::round_robin).
#[derive(Clone, Copy, Debug)]
pub struct RoundRobin;

impl Balance for RoundRobin {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        cx.in_turn(endpoints.len())
    }
}

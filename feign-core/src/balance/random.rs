//! Any of them.

use super::{Balance, EndpointSet, PickContext};

/// See [`random`](super::random).
#[derive(Clone, Copy, Debug)]
pub struct Random;

impl Balance for Random {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        cx.random(endpoints.len())
    }
}

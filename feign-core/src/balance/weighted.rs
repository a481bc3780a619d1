//! In turn, the heavier more often.

use super::{Balance, EndpointSet, PickContext};

/// See [`weighted`](super::weighted).
#[derive(Clone, Copy, Debug)]
pub struct Weighted;

impl Balance for Weighted {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        match endpoints.schedule() {
            None => cx.in_turn(endpoints.len()),
            Some(turns) => turns.get(cx.in_turn(turns.len())).map_or(0, |index| *index as usize),
        }
    }
}

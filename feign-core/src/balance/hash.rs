//! The one that a key belongs to.

use super::{Balance, EndpointSet, PickContext};
use crate::discover::Endpoint;

/// With fewer calls than this an endpoint is never full.
const FREE: u64 = 4;
/// It is full with so many times the mean of all: c of "consistent hashing with bounded loads".
const BOUND: (u64, u64) = (5, 4);
/// Of so many endpoints the mean is taken.
const SAMPLED: usize = 16;
/// How far along the ring one that is not full is looked for.
const FAR: usize = 256;

/// See [`hash`](super::hash).
#[derive(Clone, Copy, Debug)]
pub struct Hash;

impl Balance for Hash {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        let all = endpoints.endpoints();
        let Some(key) = cx.hash_key() else { return cx.in_turn(all.len()) };
        let mut owners = endpoints.ring().owners(key);
        let Some(owner) = owners.next() else { return 0 };
        if in_flight(all, owner) < FREE && !cx.is_tried(owner) {
            return owner;
        }
        let full = full(all, cx);
        let has_room = |index: usize| in_flight(all, index) < full && !cx.is_tried(index);
        if has_room(owner) {
            return owner;
        }
        owners.take(FAR).find(|index| has_room(*index)).unwrap_or(owner)
    }

    fn affinity(&self, cx: &PickContext<'_>) -> Option<u64> {
        cx.hash_key()
    }
}

fn in_flight(all: &[Endpoint], index: usize) -> u64 {
    all.get(index).map_or(0, |endpoint| endpoint.load().in_flight().into())
}

/// With how much to do an endpoint is full: 1.25 times the mean with this call, rounded up.
fn full(all: &[Endpoint], cx: &mut PickContext<'_>) -> u64 {
    let count = all.len().min(SAMPLED);
    let start = if all.len() > SAMPLED { cx.random(all.len()) } else { 0 };
    let sampled = all.iter().cycle().skip(start).step_by((all.len() / count.max(1)).max(1));
    let work: u64 = sampled.take(count).map(|e| u64::from(e.load().in_flight())).sum();
    let (more, of) = BOUND;
    ((work + 1) * more).div_ceil(count.max(1) as u64 * of).max(FREE)
}

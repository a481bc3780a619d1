//! Always the same one.

use super::{Balance, EndpointSet, PickContext};
use crate::discover::Endpoint;

/// With so many failures in a row an endpoint is left.
const FAILURES: u32 = 5;
/// One call in so many asks it nevertheless, to see whether it works again.
const PROBES: usize = 32;
/// How far along the ring one that works is looked for.
const FAR: usize = 256;

/// See [`sticky`](super::sticky).
#[derive(Clone, Copy, Debug)]
pub struct Sticky;

impl Balance for Sticky {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        let all = endpoints.endpoints();
        let mut owners = endpoints.ring().owners(key_of(cx));
        let Some(owner) = owners.next() else { return 0 };
        if works(all, owner) && !cx.is_tried(owner) {
            return owner;
        }
        if !cx.is_tried(owner) && cx.random(PROBES) == 0 {
            return owner;
        }
        let fits = |index: &usize| works(all, *index) && !cx.is_tried(*index);
        owners.take(FAR).find(fits).unwrap_or(owner)
    }

    fn affinity(&self, cx: &PickContext<'_>) -> Option<u64> {
        Some(key_of(cx))
    }
}

fn key_of(cx: &PickContext<'_>) -> u64 {
    cx.hash_key().unwrap_or_else(|| cx.client())
}

fn works(all: &[Endpoint], index: usize) -> bool {
    all.get(index).is_some_and(|endpoint| endpoint.load().failures() < FAILURES)
}

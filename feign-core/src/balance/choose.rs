//! The cheapest endpoint: of all where there are few, of two otherwise.

use super::{EndpointSet, PickContext};
use crate::discover::Endpoint;

/// Up to so many, all are looked at. Of four with two slow ones, two choices would both be slow once in
/// six times.
const FEW: usize = 8;

/// Returns the index of the cheaper one; `is_less` compares what `cost` says. Of equals, any.
pub(super) fn cheapest<C: Copy>(
    endpoints: &EndpointSet,
    cx: &mut PickContext<'_>,
    cost: impl Fn(&Endpoint) -> C,
    is_less: impl Fn(C, C) -> bool,
) -> usize {
    let all = endpoints.endpoints();
    if all.len() <= FEW {
        return of_all(all, cx, cost, is_less);
    }
    let (one, other) = two(all.len(), cx);
    let (Some(first), Some(second)) = (all.get(one), all.get(other)) else { return one };
    let is_other = match cx.tried.is_empty() {
        true => is_less(cost(second), cost(first)),
        false => cx.is_tried(one),
    };
    if is_other { other } else { one }
}

/// Begins anywhere, so that the first of equals is not always the same.
fn of_all<C: Copy>(
    all: &[Endpoint],
    cx: &mut PickContext<'_>,
    cost: impl Fn(&Endpoint) -> C,
    is_less: impl Fn(C, C) -> bool,
) -> usize {
    let start = cx.random(all.len());
    let mut index = start;
    let mut best: (usize, Option<C>) = (start, None);
    for _ in 0..all.len() {
        if let Some(endpoint) = all.get(index)
            && (cx.tried.is_empty() || !cx.is_tried(index))
        {
            let cost = cost(endpoint);
            if best.1.is_none_or(|least| is_less(cost, least)) {
                best = (index, Some(cost));
            }
        }
        index = if index + 1 < all.len() { index + 1 } else { 0 };
    }
    best.0
}

/// Two different indexes from one draw.
#[expect(clippy::cast_possible_truncation, reason = "smaller than the length")]
fn two(length: usize, cx: &mut PickContext<'_>) -> (usize, usize) {
    let draw = cx.draw();
    let (high, low, length) = (draw >> 32, draw & u64::from(u32::MAX), length as u64);
    let one = (high * length) >> 32;
    let other = (low * (length - 1)) >> 32;
    (one as usize, (other + u64::from(other >= one)) as usize)
}

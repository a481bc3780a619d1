//! The one that answers soonest.

use super::choose::cheapest;
use super::{Balance, EndpointSet, PickContext};
use crate::discover::Endpoint;

/// Of so many endpoints a guess is made.
const SAMPLED: usize = 8;
/// What takes longer than this, in nanoseconds, is taken for a failure and not guessed of others.
const SLOWEST: f32 = 1e9;

/// See [`ewma`](super::ewma).
#[derive(Clone, Copy, Debug)]
pub struct Ewma;

impl Balance for Ewma {
    fn pick(&self, endpoints: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        let now = cx.now();
        let turn = cx.turn();
        let cost = |endpoint: &Endpoint| {
            let load = endpoint.load();
            let mut average = load.latency.average();
            if average.is_unknown() {
                average = load.latency.guess(typical(endpoints, turn), now);
            }
            // How long the call would take, were those before it served one after the other.
            let calls = load.in_flight() as f32 + 1.0;
            load.latency.expected(average, now) * calls / endpoint.weight() as f32
        };
        cheapest(endpoints, cx, cost, |a, b| a < b)
    }

    fn reads_latency(&self) -> bool {
        true
    }
}

/// The median of a few that are known and work: what is guessed of one that has just come. With
/// nothing, it would get every call; with a pessimistic guess, none for a long time.
#[cold]
fn typical(endpoints: &EndpointSet, turn: u64) -> Option<f32> {
    let all = endpoints.endpoints();
    let from = turn.checked_rem(all.len() as u64)? as usize;
    let step = (all.len() / SAMPLED).max(1);
    let measured = |endpoint: &Endpoint| endpoint.load().latency.average().measured();
    let sampled = all.iter().cycle().skip(from).step_by(step).take(SAMPLED.min(all.len()));
    let mut known = [f32::INFINITY; SAMPLED];
    let works = |average: &f32| *average < SLOWEST;
    let count = (known.iter_mut())
        .zip(sampled.filter_map(measured).filter(works))
        .map(|(slot, average)| *slot = average)
        .count();
    known.sort_unstable_by(f32::total_cmp);
    (count > 0).then(|| known.get(count / 2).copied()).flatten()
}

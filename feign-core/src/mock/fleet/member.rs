//! One instance: what it does when, and what came to it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::phase::{Phase, Plan};
use crate::balance::mix;

/// How many requests came to an instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Those that were sent there, refused ones among them.
    pub received: u64,
    /// Those whose answer began, whatever it was.
    pub answered: u64,
    /// Those that wait for their answer now.
    pub in_flight: u32,
    /// The most that have waited at once.
    pub max_in_flight: u32,
}

#[derive(Debug)]
pub(super) struct Member(Mutex<State>);

#[derive(Debug)]
struct State {
    /// In the order of their times; the first is from the begin on.
    phases: Vec<Phase>,
    /// Of its own draws: what the others do changes nothing for this one.
    seed: u64,
    counts: Counts,
}

impl Member {
    pub(super) fn new(seed: u64) -> Self {
        let phases = vec![Phase::default()];
        Self(Mutex::new(State { phases, seed, counts: Counts::default() }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn counts(&self) -> Counts {
        self.state().counts
    }

    /// Changes what it does from a time on, until the next that something is said of.
    pub(super) fn change<T>(&self, from: Duration, change: impl FnOnce(&mut Phase) -> T) -> T {
        let mut state = self.state();
        let phases = &mut state.phases;
        let next = phases.partition_point(|phase| phase.from <= from);
        match phases.get(next - 1) {
            Some(last) if last.from < from => {
                let mut phase = last.clone();
                phase.from = from;
                phases.insert(next, phase);
                change(&mut phases[next])
            }
            _ => change(&mut phases[next - 1]),
        }
    }

    /// Takes a request in, and says what becomes of it.
    pub(super) fn arrive(member: Arc<Self>, now: Duration) -> (Serving, Plan) {
        let mut state = member.state();
        let luck = state.luck();
        let at = state.phases.partition_point(|phase| phase.from <= now);
        let plan = state.phases[at - 1].plan(luck);
        let counts = &mut state.counts;
        counts.received += 1;
        counts.in_flight += 1;
        counts.max_in_flight = counts.max_in_flight.max(counts.in_flight);
        drop(state);
        (Serving(member), plan)
    }
}

impl State {
    /// Draws as much for each request, whatever is done with it: the tenth request has the same luck in
    /// each run.
    fn luck(&mut self) -> [f64; 3] {
        std::array::from_fn(|_| {
            self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            (mix(self.seed) >> 11) as f64 / (1_u64 << 53) as f64
        })
    }
}

/// A request that waits for its answer; dropped without one, it has gone away or was broken off.
#[derive(Debug)]
pub(super) struct Serving(Arc<Member>);

impl Serving {
    pub(super) fn answered(&self) {
        self.0.state().counts.answered += 1;
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.state().counts.in_flight -= 1;
    }
}

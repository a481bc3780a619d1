//! Chance for what is done again and again, so that many processes do not do it in step.

use std::cell::Cell;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use crate::balance::mix;

tokio::task_local! {
    /// Where a task's chance stands; without it, every draw is new.
    static STATE: Cell<u64>;
}

/// Runs a task whose jitter is the same for the same seed.
pub(super) fn seeded<F: Future>(seed: u64, task: F) -> impl Future<Output = F::Output> {
    STATE.scope(Cell::new(seed), task)
}

/// A time, give or take so many per cent of it.
pub(super) fn jittered(time: Duration, per_cent: u32) -> Duration {
    // From 0 to 2 in steps of 2⁻³¹; a time beyond what can be counted stays as it is.
    let part = f64::from((draw() >> 32) as u32) / f64::from(1_u32 << 31);
    let factor = 1.0 + (part - 1.0) * f64::from(per_cent) / 100.0;
    Duration::try_from_secs_f64(time.as_secs_f64() * factor).unwrap_or(time)
}

fn draw() -> u64 {
    let next = |state: &Cell<u64>| {
        state.set(state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        mix(state.get())
    };
    STATE.try_with(next).unwrap_or_else(|_| RandomState::new().hash_one(()))
}

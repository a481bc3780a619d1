//! How well all endpoints of one priority and zone do, where there are several such groups.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::Outcome;

/// The whole of a share or a rate.
pub(super) const WHOLE: u32 = 1 << 24;
/// A call counts for 1/64: the rate speaks of the last hundred calls or so, without a clock.
const SHIFT: u32 = 6;

/// The work of all endpoints of one priority and zone.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(crate) struct Group {
    in_flight: AtomicU32,
    /// The moving share of calls that failed.
    failing: AtomicU32,
}

impl Group {
    pub(crate) fn begin(&self) {
        self.in_flight.fetch_add(1, Relaxed);
    }

    pub(crate) fn end(&self) {
        self.in_flight.fetch_sub(1, Relaxed);
    }

    pub(crate) fn record(&self, outcome: Outcome) {
        let old = self.failing.load(Relaxed);
        let new = match outcome {
            Outcome::Failure { .. } => old + ((WHOLE - old) >> SHIFT),
            Outcome::Success => old - (old >> SHIFT),
            Outcome::Ignored => return,
        };
        if new != old {
            // Where two threads meet, one of the calls is not counted.
            let _ = self.failing.compare_exchange(old, new, Relaxed, Relaxed);
        }
    }

    pub(super) fn in_flight(&self) -> u32 {
        self.in_flight.load(Relaxed)
    }

    /// The share of calls that succeed.
    pub(super) fn succeeding(&self) -> u32 {
        WHOLE - self.failing.load(Relaxed).min(WHOLE)
    }
}

//! How often changes are told.

use std::time::Duration;

use tokio::time::Instant;

/// As in Java's client: two in a row, four in a minute.
const BURST: u32 = 2;
const EVERY: Duration = Duration::from_secs(15);

/// A bucket of tokens that is filled by the clock.
#[derive(Debug)]
pub(super) struct Limiter {
    /// When the bucket is full again.
    full_at: Instant,
}

impl Limiter {
    pub(super) fn new(now: Instant) -> Self {
        Self { full_at: now }
    }

    /// Returns from when on a change may be told.
    pub(super) fn ready_at(&self, now: Instant) -> Instant {
        let room = EVERY * (BURST - 1);
        now.max(self.full_at.checked_sub(room).unwrap_or(now))
    }

    /// Counts a change that is told.
    pub(super) fn take(&mut self, now: Instant) {
        self.full_at = self.full_at.max(now) + EVERY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_in_a_row_and_four_in_a_minute() {
        let start = Instant::now();
        let mut limiter = Limiter::new(start);
        let mut now = start;
        let mut told = Vec::new();
        for _ in 0..7 {
            now = limiter.ready_at(now);
            limiter.take(now);
            told.push(now.duration_since(start).as_secs());
        }
        assert_eq!(told, [0, 0, 15, 30, 45, 60, 75]);
        now += Duration::from_secs(600);
        limiter.take(limiter.ready_at(now));
        assert_eq!(limiter.ready_at(now), now, "no more than two are saved up");
        limiter.take(now);
        assert_eq!(limiter.ready_at(now), now + EVERY);
    }
}

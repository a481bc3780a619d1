//! How long an endpoint takes to answer: a moving average, and how long it has said nothing.

use std::f64::consts::LN_2;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use super::Tick;

/// After this time without a new sample an old one counts for 1/e: as Finagle and linkerd have it.
const DECAY: f64 = 10e9;
/// The grain of the average's own clock is 2^20 ns, about a millisecond.
const GRAIN: u32 = 20;
/// What a grain is worth as a power of one half, with 32 bits behind the point.
const HALVINGS: u64 = ((1_u64 << (GRAIN + 32)) as f64 / (DECAY * LN_2)) as u64;

/// From here on a difference of times is one below zero.
const LATER: u32 = u32::MAX - 1024;

/// What is assumed of an endpoint that nothing is known of and nothing can be guessed.
const ASSUMED: f32 = 1e9;

/// The time to the head of an answer, and the calls that wait for theirs. Only counted where a policy
/// reads it.
#[derive(Debug, Default)]
pub(super) struct Latency {
    /// See [`Average`].
    average: AtomicU64,
    /// When it last answered, or began to have something to answer.
    progress: AtomicU64,
    waiting: AtomicU32,
}

/// A peak-sensitive moving average in nanoseconds: what is slower than it raises it at once, what is
/// faster lowers it as time goes on. Packed: its number in the upper half, negative for a guess; the
/// time of its last sample in the lower. All zero: nothing is known.
#[derive(Clone, Copy)]
pub(super) struct Average(u64);

impl Average {
    fn new(value: f32, now: Tick) -> Self {
        Self(u64::from(value.to_bits()) << 32 | u64::from(grains(now)))
    }

    pub(super) const fn is_unknown(self) -> bool {
        self.0 == 0
    }

    /// Its number, where it has been measured.
    pub(super) fn measured(self) -> Option<f32> {
        let value = f32::from_bits((self.0 >> 32) as u32);
        (value > 0.0).then_some(value)
    }

    /// Its number, measured or guessed.
    const fn value(self) -> f32 {
        f32::from_bits((self.0 >> 32) as u32).abs()
    }

    /// What is left of it by now.
    fn weight(self, now: Tick) -> f32 {
        let age = grains(now).wrapping_sub(self.0 as u32);
        // Another thread may have read the clock a little later than this one.
        match age {
            1..LATER => power_of_half(u64::from(age) * HALVINGS),
            _ => 1.0,
        }
    }

    fn with(self, sample: f32, now: Tick) -> Self {
        let value = match self.measured() {
            Some(value) if sample < value => {
                let weight = self.weight(now);
                value * weight + sample * (1.0 - weight)
            }
            _ => sample,
        };
        Self::new(value, now)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "differences are wrapped, too")]
const fn grains(tick: Tick) -> u32 {
    (tick >> GRAIN) as u32
}

/// 2^-x, where x has 32 bits behind the point: a parabola between the powers, 0.3 % off at most. `exp`
/// takes several times as long.
fn power_of_half(x: u64) -> f32 {
    let (whole, part) = ((x >> 32) as u32, x as u32);
    if whole >= 126 {
        return 0.0;
    }
    let up = 1.0 - part as f32 / (1_u64 << 32) as f32;
    let between = 1.0 + up * (0.660_25 + 0.339_75 * up);
    between * f32::from_bits((126 - whole) << 23)
}

impl Latency {
    pub(super) fn average(&self) -> Average {
        Average(self.average.load(Relaxed))
    }

    /// A call waits for its head from now on.
    pub(super) fn begin(&self, now: Tick) {
        if self.waiting.fetch_add(1, Relaxed) == 0 {
            self.progress.store(now, Relaxed);
        }
    }

    /// A call waits no more.
    pub(super) fn end(&self) {
        self.waiting.fetch_sub(1, Relaxed);
    }

    pub(super) fn progress(&self, now: Tick) {
        self.progress.store(now, Relaxed);
    }

    /// Takes a sample in. Where another thread does at the same moment, one of the two is lost: there
    /// are more to come, and nobody waits.
    pub(super) fn observe(&self, sample: f32, now: Tick) {
        let old = self.average();
        let _ = self.average.compare_exchange(old.0, old.with(sample, now).0, Relaxed, Relaxed);
    }

    /// Takes a guess where nothing is known; the first sample replaces it. Without one, something is
    /// assumed for this time.
    pub(super) fn guess(&self, value: Option<f32>, now: Tick) -> Average {
        let guess = Average::new(-value.unwrap_or(ASSUMED), now);
        if value.is_some() {
            let _ = self.average.compare_exchange(0, guess.0, Relaxed, Relaxed);
        }
        guess
    }

    /// Whether an answer that took so long would be a surprise.
    pub(super) fn is_exceeded_by(&self, elapsed: f32) -> bool {
        let average = self.average();
        elapsed > if average.is_unknown() { ASSUMED } else { average.value() }
    }

    /// How long an answer may take, in nanoseconds. With nothing to do, the average fades, so that an
    /// endpoint that was slow is asked again; with something to do, it counts as it is, or the time
    /// without an answer where that is longer.
    #[inline]
    pub(super) fn expected(&self, average: Average, now: Tick) -> f32 {
        let value = average.value();
        if self.waiting.load(Relaxed) == 0 {
            return value * average.weight(now);
        }
        let stall = now.saturating_sub(self.progress.load(Relaxed));
        value.max(stall as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::{Average, Latency, power_of_half};

    #[test]
    fn halves_are_off_by_three_thousandths_at_most() {
        for step in 0..1_250_000_u32 {
            let x = f64::from(step) / 10_000.0;
            let exact = (-x).exp2();
            let error =
                (f64::from(power_of_half((x * 4_294_967_296.0) as u64)) - exact).abs() / exact;
            assert!(error < 0.003, "2^-{x}: {error}");
        }
        assert_eq!(power_of_half(u64::MAX), 0.0);
    }

    #[test]
    fn averages_jump_up_and_fall_slowly() {
        let second = 1_000_000_000;
        let average = Average(0).with(1e6, 0);
        assert_eq!(average.with(2e6, 0).measured(), Some(2e6));
        assert_eq!(average.with(0.0, 0).measured(), Some(1e6));
        let fallen = average.with(0.0, 10 * second).measured().unwrap_or_default();
        assert!((fallen / 1e6 - 0.3679).abs() < 0.002, "{fallen}");
        // A clock that was read earlier, and one that has gone all the way round.
        assert_eq!(average.with(0.0, 0).weight(0), 1.0);
        let late = Average(0).with(1e6, 5 * second);
        assert_eq!(late.with(0.0, 5 * second - 2_000_000).measured(), Some(1e6));
        assert!(late.with(5e5, u64::MAX).measured().is_some_and(f32::is_finite));
    }

    #[test]
    fn guesses_give_way_to_the_first_sample() {
        let latency = Latency::default();
        assert_eq!(latency.expected(latency.guess(None, 7), 7), 1e9);
        assert!(latency.average().is_unknown());
        latency.guess(Some(5e8), 7);
        assert!(!latency.average().is_unknown() && latency.average().measured().is_none());
        assert_eq!(latency.expected(latency.average(), 7), 5e8);
        latency.observe(1e6, 8);
        latency.guess(Some(5e8), 9);
        assert_eq!(latency.average().measured(), Some(1e6));
    }

    #[test]
    fn silence_counts_only_while_something_is_waited_for() {
        let latency = Latency::default();
        latency.observe(1e6, 0);
        latency.begin(1_000_000_000);
        assert_eq!(latency.expected(latency.average(), 3_000_000_000), 2e9);
        latency.progress(3_000_000_000);
        assert_eq!(latency.expected(latency.average(), 3_000_000_000), 1e6);
        latency.end();
        assert!(latency.expected(latency.average(), 13_000_000_000) < 4e5);
    }
}

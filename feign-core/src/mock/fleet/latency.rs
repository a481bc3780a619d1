//! How long an instance takes.

use std::f64::consts::TAU;
use std::time::Duration;

/// How long an instance of a [`Fleet`](super::Fleet) takes to answer. A duration is one too: always as
/// long.
#[derive(Clone, Copy, Debug)]
pub struct Latency(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Fixed(Duration),
    Uniform(Duration, Duration),
    LogNormal { median: f64, sigma: f64 },
}

/// So many standard deviations above the mean are 99 of 100 of a normal distribution.
const Z_99: f64 = 2.326_347_874_040_841;

impl Latency {
    /// Takes always as long.
    #[must_use]
    pub const fn fixed(time: Duration) -> Self {
        Self(Kind::Fixed(time))
    }

    /// Takes any time between two, each as likely.
    ///
    /// # Panics
    ///
    /// When the first is longer.
    #[must_use]
    #[track_caller]
    pub fn uniform(from: Duration, to: Duration) -> Self {
        assert!(from <= to, "from {from:?} to {to:?} there is nothing");
        Self(Kind::Uniform(from, to))
    }

    /// Takes about as long as real servers do, whose latencies have a long tail: half of the requests
    /// take up to `median`, 99 of 100 up to `p99`.
    ///
    /// # Panics
    ///
    /// When `median` is zero, or longer than `p99`.
    #[must_use]
    #[track_caller]
    pub fn log_normal(median: Duration, p99: Duration) -> Self {
        assert!(
            !median.is_zero() && median <= p99,
            "the median is not zero and no longer than what 99 of 100 take; {median:?} and {p99:?} came"
        );
        let median = median.as_secs_f64();
        Self(Kind::LogNormal { median, sigma: (p99.as_secs_f64() / median).ln() / Z_99 })
    }

    /// Makes a time of two numbers from 0 up to 1.
    pub(super) fn sample(self, luck: f64, more: f64) -> Duration {
        match self.0 {
            Kind::Fixed(time) => time,
            Kind::Uniform(from, to) => from + (to - from).mul_f64(luck),
            Kind::LogNormal { median, sigma } => {
                // Box and Muller's way to a normal distribution.
                let normal = (-2.0 * (1.0 - luck).ln()).sqrt() * (TAU * more).cos();
                let seconds = median * (sigma * normal).exp();
                Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
            }
        }
    }
}

impl From<Duration> for Latency {
    fn from(time: Duration) -> Self {
        Self::fixed(time)
    }
}

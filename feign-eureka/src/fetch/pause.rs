//! How long to wait for the next round.

use std::time::Duration;

use super::failure::Failure;

/// No wait is longer than this many intervals, as in Java's client.
const MOST_INTERVALS: u32 = 10;

/// The first wait while nothing is known at all: callers are waiting.
const FIRST: Duration = Duration::from_secs(1);

/// Waits, by how the last rounds went.
#[derive(Debug)]
pub(super) struct Pauses {
    interval: Duration,
    random: fastrand::Rng,
    /// Rounds in a row that failed, or that found nothing at all.
    poor: u32,
}

impl Pauses {
    pub(super) fn new(interval: Duration, seed: u64) -> Self {
        Self { interval, random: fastrand::Rng::with_seed(seed), poor: 0 }
    }

    /// Returns the wait after a round, up to a fifth shorter or longer than meant: a fleet that was
    /// started at once does not ask at once. `knows` is whether any instance is known: a server that
    /// starts lists none at first.
    pub(super) fn after(&mut self, failure: Option<&Failure>, knows: bool) -> Duration {
        let is_poor = failure.is_some() || !knows;
        self.poor = if is_poor { self.poor.saturating_add(1) } else { 0 };
        let doubled = 2_u32.saturating_pow(self.poor.saturating_sub(1));
        let meant = match failure {
            _ if !knows => FIRST.saturating_mul(doubled).min(self.interval),
            Some(failure) if failure.is_strained() => {
                self.interval.saturating_mul(doubled.saturating_mul(2).min(MOST_INTERVALS))
            }
            // A server that is not there is not spared by waiting.
            _ => self.interval,
        };
        let varied = meant.as_secs_f64() * (0.8 + 0.4 * self.random.f64());
        Duration::try_from_secs_f64(varied).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use feign_core::{Error, StatusCode};

    use super::*;

    fn secs(pauses: &mut Pauses, failure: Option<&Failure>, knows: bool) -> f64 {
        pauses.after(failure, knows).as_secs_f64()
    }

    fn is_about(secs: f64, meant: f64) -> bool {
        (0.8 * meant..=1.2 * meant).contains(&secs)
    }

    #[test]
    fn waits_vary_by_a_fifth() {
        let mut pauses = Pauses::new(Duration::from_secs(30), 7);
        let all: Vec<_> = (0..1000).map(|_| secs(&mut pauses, None, true)).collect();
        assert!(all.iter().all(|secs| is_about(*secs, 30.0)));
        let (least, most) = all.iter().fold((f64::MAX, 0_f64), |(l, m), s| (l.min(*s), m.max(*s)));
        assert!(least < 24.5 && most > 35.5, "{least} {most}");
    }

    #[test]
    fn an_interval_may_be_for_ever() {
        let mut pauses = Pauses::new(Duration::MAX, 7);
        for _ in 0..100 {
            assert!(pauses.after(None, true) > Duration::MAX / 2);
        }
    }

    #[test]
    fn a_strained_server_is_spared_up_to_ten_intervals() {
        let mut pauses = Pauses::new(Duration::from_secs(30), 7);
        let timeout = Failure::Error(Error::timeout());
        for meant in [60.0, 120.0, 240.0, 300.0, 300.0] {
            let secs = secs(&mut pauses, Some(&timeout), true);
            assert!(is_about(secs, meant), "{secs} for {meant}");
        }
        assert!(is_about(secs(&mut pauses, None, true), 30.0));
        let busy = Failure::Error(Error::from_status(StatusCode::SERVICE_UNAVAILABLE));
        assert!(is_about(secs(&mut pauses, Some(&busy), true), 60.0));
        for _ in 0..100 {
            pauses.after(Some(&timeout), true);
        }
        assert!(is_about(secs(&mut pauses, Some(&timeout), true), 300.0));
    }

    #[test]
    fn a_dead_server_is_asked_as_ever() {
        let mut pauses = Pauses::new(Duration::from_secs(30), 7);
        for _ in 0..5 {
            assert!(is_about(
                secs(&mut pauses, Some(&Failure::Error(Error::connect())), true),
                30.0
            ));
        }
    }

    #[test]
    fn with_nothing_known_the_first_waits_are_short() {
        for failure in [Some(Failure::Error(Error::connect())), None] {
            let mut pauses = Pauses::new(Duration::from_secs(30), 7);
            for meant in [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0] {
                let secs = secs(&mut pauses, failure.as_ref(), false);
                assert!(is_about(secs, meant), "{secs} for {meant}");
            }
            assert!(is_about(secs(&mut pauses, None, true), 30.0));
        }
    }
}

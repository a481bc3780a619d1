//! tokio's paused clock: held, and as a sign that nothing goes on.

use std::sync::mpsc;
use std::time::Duration;

/// Keeps the paused clock where it is until a test moves it.
///
/// A paused clock jumps to the next timer as soon as no task is runnable, and a task that waits for
/// a socket is not runnable: every timeout would fire while the kernel carries the bytes. tokio does
/// not jump while a blocking task runs, so one runs until this is dropped.
#[derive(Debug)]
pub(crate) struct HeldClock {
    _release: mpsc::Sender<()>,
}

impl HeldClock {
    /// Pauses the clock and holds it.
    pub(crate) fn hold() -> Self {
        tokio::time::pause();
        let (release, held) = mpsc::channel::<()>();
        // The limit is for a test that hangs: the clock then runs on and the timeouts end it.
        tokio::task::spawn_blocking(move || held.recv_timeout(Duration::from_secs(20)));
        Self { _release: release }
    }

    /// Moves the clock past everything that is due by then: timers have a grain of a millisecond and
    /// are rounded up to it.
    pub(crate) async fn advance(&self, by: Duration) {
        tokio::time::advance(by + Duration::from_millis(1)).await;
    }
}

/// Waits until no task of this runtime can go on and no socket has anything for one: a paused clock
/// moves only then.
pub(crate) async fn at_rest() {
    tokio::time::pause();
    // Twice: what the sockets had at the first time is acted on before the second.
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::resume();
}

/// Waits until a count has begun and stands still, and returns it.
///
/// Should the kernel be late with some bytes, then it stands still too early, which makes a check that
/// it is small weaker and never fails one.
pub(crate) async fn settled(count: impl Fn() -> usize) -> usize {
    while count() == 0 {
        tokio::task::yield_now().await;
    }
    loop {
        let before = count();
        for _ in 0..3 {
            at_rest().await;
        }
        if count() == before {
            return before;
        }
    }
}

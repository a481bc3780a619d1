//! tokio's paused clock, held.

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

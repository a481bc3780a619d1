//! The task that follows one service.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::feed::Feed;
use super::watch::Watch;

/// How long a service is followed after its last client has gone: one that is called now and then
/// need not be found each time, and what `warm_up` has found is there when the first client comes.
const LINGER: Duration = Duration::from_secs(30);

/// Applies what the source says, until there is no client any more.
pub(super) async fn follow(mut running: Running, mut feed: Feed) {
    let users = Arc::clone(&running.users);
    let mut unused = None;
    let mut held = running.elapse();
    while running.is_needed(&mut unused) {
        tokio::select! {
            newest = feed.next() => running.apply(newest),
            () = users.notified() => unused = Some(Instant::now() + LINGER),
            () = at(unused) => {}
            () = at(held) => {}
        }
        held = running.elapse();
    }
}

/// Never, where no time is given.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}

/// What the task has of its service; says that the task has ended, however it ends.
pub(super) struct Running {
    watch: Weak<Watch>,
    users: Arc<Notify>,
    is_done: bool,
}

impl Running {
    pub(super) fn new(watch: &Arc<Watch>, users: Arc<Notify>) -> Self {
        Self { watch: Arc::downgrade(watch), users, is_done: false }
    }

    fn apply(&self, newest: super::feed::Newest) {
        if let Some(watch) = self.watch.upgrade() {
            watch.apply(newest);
        }
    }

    fn elapse(&self) -> Option<Instant> {
        self.watch.upgrade()?.elapse()
    }

    /// Whether anybody needs the service; asks when the time has come, and else believes it.
    fn is_needed(&mut self, unused: &mut Option<Instant>) -> bool {
        let Some(watch) = self.watch.upgrade() else { return false };
        if unused.take_if(|at| *at <= Instant::now()).is_some() {
            self.is_done = watch.is_left();
        }
        !self.is_done
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(watch) = self.watch.upgrade().filter(|_| !self.is_done) {
            watch.abandon();
        }
    }
}

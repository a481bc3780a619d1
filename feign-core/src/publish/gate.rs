//! The door of a backend: fair, and bounded in messages and bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::backend::Left;
use super::error::{Error, Kind};

/// How much may be on its way at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Events that are not acknowledged yet.
    pub messages: u32,
    /// Their bytes.
    pub bytes: u32,
    /// How long an event waits at a full gate before it is refused.
    pub max_block: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { messages: 1024, bytes: 32 << 20, max_block: Duration::from_secs(10) }
    }
}

/// Lets events in, first come, first served; one that is let in has its place in the line.
///
/// A permit is held until the broker has answered, so the permits are the drain of
/// [`Backend::close`](super::Backend::close).
#[derive(Debug)]
pub struct Gate {
    limits: Limits,
    messages: Semaphore,
    bytes: Semaphore,
    closed: AtomicBool,
    /// Counted apart: who drains takes all permits that are free.
    inside: AtomicUsize,
}

/// A place in the line; gives it back on drop.
#[derive(Debug)]
pub struct Permit {
    gate: Arc<Gate>,
    bytes: u32,
}

impl Gate {
    /// Makes an open gate.
    #[must_use]
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            messages: Semaphore::new(limits.messages as usize),
            bytes: Semaphore::new(limits.bytes as usize),
            closed: AtomicBool::new(false),
            inside: AtomicUsize::new(0),
        })
    }

    fn permit(self: &Arc<Self>, bytes: u32) -> Permit {
        self.inside.fetch_add(1, Ordering::Relaxed);
        Permit { gate: Arc::clone(self), bytes }
    }

    /// Lets an event in where there is room and nobody waits; `None` where it has to wait.
    pub fn try_enter(self: &Arc<Self>, size: usize) -> Option<Result<Permit, Error>> {
        if self.is_closed() {
            return Some(Err(Error::new(Kind::Closed)));
        }
        let bytes = self.bytes_of(size);
        // The semaphores are fair: with somebody waiting there is nothing to be had here.
        let message = self.messages.try_acquire().ok()?;
        let room = self.bytes.try_acquire_many(bytes).ok()?;
        message.forget();
        room.forget();
        Some(Ok(self.permit(bytes)))
    }

    /// Waits in line for a place.
    ///
    /// # Errors
    ///
    /// When the gate is closed, or stays full for `max_block`; nothing was sent then.
    pub async fn enter(self: Arc<Self>, size: usize) -> Result<Permit, Error> {
        let bytes = self.bytes_of(size);
        let wait = async {
            let message = self.messages.acquire().await.ok()?;
            let room = self.bytes.acquire_many(bytes).await.ok()?;
            message.forget();
            room.forget();
            Some(self.permit(bytes))
        };
        match timeout(self.limits.max_block, wait).await {
            Ok(Some(permit)) if !self.is_closed() => Ok(permit),
            Ok(_) => Err(Error::new(Kind::Closed)),
            Err(_) => Err(Error::new(Kind::Backpressure).with_reason(format!(
                "{} events are not acknowledged yet, for {:?}",
                self.in_flight(),
                self.limits.max_block
            ))),
        }
    }

    /// Lets nobody in any more.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    /// Returns whether it is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Returns how many events are in line or on their way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.inside.load(Ordering::Relaxed)
    }

    /// Waits until every event in line was answered.
    ///
    /// # Errors
    ///
    /// When that takes longer than `within`; it says how many are left.
    pub async fn drain(&self, within: Duration) -> Result<(), Left> {
        match timeout(within, self.drained()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(Left::new(self.in_flight())),
        }
    }

    /// The same, for as long as it takes.
    pub(super) async fn drained(&self) {
        drop(self.messages.acquire_many(self.limits.messages).await);
    }

    /// One that is larger than all the room takes all of it and goes alone.
    fn bytes_of(&self, size: usize) -> u32 {
        u32::try_from(size).unwrap_or(u32::MAX).min(self.limits.bytes)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.gate.inside.fetch_sub(1, Ordering::Relaxed);
        self.gate.bytes.add_permits(self.bytes as usize);
        self.gate.messages.add_permits(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(messages: u32, bytes: u32) -> Arc<Gate> {
        Gate::new(Limits { messages, bytes, max_block: Duration::from_millis(30) })
    }

    #[tokio::test]
    async fn a_full_gate_pushes_back_and_drops_nothing() {
        let gate = gate(2, 100);
        let first = gate.try_enter(10).expect("room").expect("open");
        let _second = gate.try_enter(10).expect("room").expect("open");
        assert!(gate.try_enter(10).is_none());
        let error = Arc::clone(&gate).enter(10).await.expect_err("full");
        assert_eq!(error.kind(), Kind::Backpressure);
        drop(first);
        assert!(gate.try_enter(10).is_some_and(|permit| permit.is_ok()));
    }

    #[tokio::test]
    async fn bytes_count_and_the_first_who_waits_is_the_first_to_go_in() {
        let gate = gate(9, 100);
        let held = gate.try_enter(60).expect("room").expect("open");
        let large = tokio::spawn(Arc::clone(&gate).enter(90));
        tokio::task::yield_now().await;
        assert!(gate.try_enter(10).is_none(), "would overtake the large one");
        drop(held);
        let permit = large.await.expect("no panic").expect("room");
        assert!(gate.try_enter(20).is_none());
        drop(permit);
        let whole = gate.try_enter(5_000).expect("room").expect("open");
        assert!(gate.try_enter(1).is_none());
        drop(whole);
        assert_eq!(gate.in_flight(), 0);
    }

    #[tokio::test]
    async fn the_drain_says_what_is_left() {
        let gate = gate(4, 100);
        let permit = gate.try_enter(1).expect("room").expect("open");
        gate.close();
        let closed = gate.try_enter(1).expect("an answer").expect_err("closed");
        assert_eq!(closed.kind(), Kind::Closed);
        let (first, second) = tokio::join!(
            gate.drain(Duration::from_millis(5)),
            gate.drain(Duration::from_millis(9))
        );
        assert_eq!((first, second), (Err(Left::new(1)), Err(Left::new(1))));
        drop(permit);
        assert_eq!(gate.drain(Duration::from_millis(5)).await, Ok(()));
    }
}

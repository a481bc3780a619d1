//! The events of a transaction: which are not answered yet, and whether one failed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::publish::error::{Error, Kind, Outcome};
use crate::publish::gate::{Gate, Limits};

#[derive(Debug)]
pub(super) struct Tally {
    gate: Arc<Gate>,
    /// Read while an event is handed over, so that nobody is at it any more once it is closed: a late one
    /// would fall into the next transaction of the same producer.
    open: RwLock<bool>,
    taken: AtomicUsize,
    acknowledged: AtomicUsize,
    failure: Mutex<Option<Failure>>,
}

#[derive(Clone, Debug)]
pub(super) struct Failure {
    kind: Kind,
    text: String,
}

impl Failure {
    /// Returns whether it may go well the next time.
    pub(super) const fn may_pass(&self) -> bool {
        may_pass(self.kind)
    }
}

impl Tally {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            gate: Gate::new(limits),
            open: RwLock::new(true),
            taken: AtomicUsize::new(0),
            acknowledged: AtomicUsize::new(0),
            failure: Mutex::new(None),
        })
    }

    pub(super) fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// Takes one more event by `hand_over`.
    pub(super) fn take(&self, hand_over: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if !*open {
            return Err(ended(Error::new(Kind::Closed)));
        }
        let taken = hand_over();
        match &taken {
            Ok(()) => drop(self.taken.fetch_add(1, Ordering::SeqCst)),
            Err(error) if is_its_end(error.kind()) => self.fail(error),
            // The caller is told, and decides.
            Err(_) => {}
        }
        taken
    }

    pub(super) fn answered(&self, error: Option<&Error>) {
        match error {
            None => drop(self.acknowledged.fetch_add(1, Ordering::SeqCst)),
            Some(error) => self.fail(error),
        }
    }

    /// Lets nobody in any more; afterwards nobody is at the door either.
    pub(super) fn close(&self) {
        self.gate.close();
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = false;
    }

    /// Waits until every event was answered.
    pub(super) async fn drained(&self) {
        self.gate.drained().await;
    }

    /// Says whether all that was taken was acknowledged.
    pub(super) fn check(&self) -> Result<(), Error> {
        if let Some(Failure { kind, text }) = self.failure() {
            let kind = if may_pass(kind) { Kind::Aborted } else { kind };
            return Err(not_written(kind, format!("an event of it failed: {text}")));
        }
        let open = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        match open(&self.taken).saturating_sub(open(&self.acknowledged)) {
            0 => Ok(()),
            left => Err(not_written(Kind::Aborted, format!("{left} events were not answered"))),
        }
    }

    /// Keeps the failure that says most about the next attempt.
    fn fail(&self, error: &Error) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        if failure.as_ref().is_none_or(|known| weight(known.kind) < weight(error.kind())) {
            *failure = Some(Failure { kind: error.kind(), text: error.to_string() });
        }
    }

    pub(super) fn failure(&self) -> Option<Failure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// No event of a transaction that does not commit is ever read.
fn not_written(kind: Kind, reason: String) -> Error {
    Error::new(kind).with_outcome(Outcome::NotWritten).with_reason(reason)
}

pub(super) fn ended(error: Error) -> Error {
    match error.kind() {
        Kind::Closed => error.with_reason("the transaction has ended"),
        _ => error,
    }
}

const fn is_its_end(kind: Kind) -> bool {
    matches!(kind, Kind::Aborted | Kind::Fenced | Kind::Fatal)
}

const fn may_pass(kind: Kind) -> bool {
    matches!(kind, Kind::Aborted | Kind::Rejected | Kind::TimedOut | Kind::Transport)
}

const fn weight(kind: Kind) -> u8 {
    match kind {
        // What the events behind the one that failed say.
        Kind::Aborted => 0,
        Kind::Fenced | Kind::Fatal => 3,
        kind if may_pass(kind) => 1,
        _ => 2,
    }
}

//! Runs a scope as a transaction: commits, aborts, runs again.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;

use super::{Inner, Transaction};
use crate::publish::backend::Backend;
use crate::publish::error::{Error, Kind};

/// Runs `scope` as a transaction of a backend: all events that it publishes through what it is given become
/// visible together, or none.
///
/// It commits when the scope returns `Ok`, after every event was acknowledged, also those whose
/// [`Pending`](crate::publish::Pending) was not awaited. It aborts when the scope returns `Err`, when an event
/// fails, when the scope panics (the panic goes on afterwards), and when the future is dropped; dropped while it commits, the
/// commit goes on, and nobody is told.
///
/// When the broker aborts it, or an event fails for a reason that may pass, **the scope is run again**, three times in
/// all unless the backend is told otherwise: so it must be something that can be repeated. An event that is refused at
/// once, as one that is too large, is no part of it; the scope is told, and decides.
///
/// Backends have it as a method as well: [`Memory::transaction`](crate::publish::Memory::transaction).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// use feign::publish::{Backend as _, Error, Memory, Record, transaction};
///
/// let memory = Memory::new().with_topic("orders", 3);
/// transaction(&memory, async |tx| {
///     tx.send(Record::new("orders").with_key("42").with_payload("paid")).await?;
///     tx.send(Record::new("orders").with_key("43").with_payload("paid")).await
/// })
/// .await?;
/// assert_eq!(memory.records("orders").len(), 2);
/// # Ok::<(), Error>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The scope's own; [`Kind::Aborted`] when the last attempt was aborted as well; [`Kind::Fenced`] when another
/// producer took the transactional id, or the scope took longer than the transaction may; [`Kind::TimedOut`] when the
/// commit was not answered.
pub async fn transaction<B, F, R, T, E>(backend: &B, mut scope: F) -> Result<T, E>
where
    B: Backend + ?Sized,
    F: FnMut(Transaction) -> R,
    R: Future<Output = Result<T, E>>,
    E: From<Error>,
{
    let mut attempt = 1;
    loop {
        let open = Open::begin(backend).await?;
        let attempts = open.transaction.0.attempts;
        match run(open, &mut scope).await {
            End::Again(_) if attempt < attempts => {
                tracing::debug!(target: "feign::publish", attempt, attempts, "the transaction is run again");
                attempt += 1;
            }
            End::Done(outcome) | End::Again(outcome) => return outcome,
        }
    }
}

/// How an attempt ended; what may go well the next time has what it says if there is none.
enum End<T, E> {
    Done(Result<T, E>),
    Again(Result<T, E>),
}

async fn run<F, R, T, E>(open: Open, scope: &mut F) -> End<T, E>
where
    F: FnMut(Transaction) -> R,
    R: Future<Output = Result<T, E>>,
    E: From<Error>,
{
    match caught(async { scope(open.handle()).await }).await {
        Ok(Ok(value)) => match open.commit().await {
            Ok(()) => End::Done(Ok(value)),
            Err(error) if error.kind() == Kind::Aborted => End::Again(Err(error.into())),
            Err(error) => End::Done(Err(error.into())),
        },
        Ok(Err(error)) => match open.abort().await {
            Ok(true) => End::Again(Err(error)),
            Ok(false) => End::Done(Err(error)),
            Err(reason) => End::Done(Err(reason.into())),
        },
        Err(panic) => {
            drop(open.abort().await);
            resume_unwind(panic)
        }
    }
}

/// Catches a panic of the scope, which goes on when the transaction is undone.
async fn caught<R: Future>(scope: R) -> Result<R::Output, Box<dyn Any + Send>> {
    let mut scope = pin!(scope);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| scope.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// An attempt that has not ended; dropped, it is undone.
#[derive(Debug)]
pub(in crate::publish) struct Open {
    transaction: Transaction,
    ended: bool,
}

impl Open {
    pub(in crate::publish) async fn begin(
        backend: &(impl Backend + ?Sized),
    ) -> Result<Self, Error> {
        Ok(Self { transaction: backend.begin().await?, ended: false })
    }

    pub(in crate::publish) fn handle(&self) -> Transaction {
        self.transaction.clone()
    }

    /// Commits, once everything was acknowledged.
    pub(in crate::publish) async fn commit(mut self) -> Result<(), Error> {
        let Inner { tally, attempt, .. } = &*self.transaction.0;
        tally.close();
        tally.drained().await;
        let checked = tally.check();
        self.ended = true;
        match checked {
            Ok(()) => attempt.commit().await,
            Err(error) => Err(attempt.abort().await.err().unwrap_or(error)),
        }
    }

    /// Aborts; says whether an event failed for a reason that may pass, or why it failed.
    pub(in crate::publish) async fn abort(mut self) -> Result<bool, Error> {
        let Inner { tally, attempt, .. } = &*self.transaction.0;
        tally.close();
        // Before the abort, which lets events fail that nothing was wrong with.
        let failure = tally.failure();
        self.ended = true;
        match attempt.abort().await {
            Ok(()) => Ok(failure.is_some_and(|failure| failure.may_pass())),
            // The scope was told of an event that failed, and this is why.
            Err(reason) if failure.is_some() => Err(reason),
            Err(reason) => {
                tracing::warn!(target: "feign::publish", %reason, "the transaction could not be aborted");
                Ok(false)
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.ended {
            self.transaction.0.tally.close();
            self.transaction.0.attempt.abandon();
        }
    }
}

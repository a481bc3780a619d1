//! Transactions of the broker in memory.

use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Fault, Held, Memory, Reply};
use crate::publish::backend::{BoxFuture, Left};
use crate::publish::error::{Error, Kind, Outcome};
use crate::publish::gate::Permit;
use crate::publish::record::Record;
use crate::publish::transaction::{Attempt, Entry, Transaction, transaction};

/// Its events are in the logs already, where nobody sees them before the end.
struct InMemory {
    memory: Memory,
    number: u64,
    /// Its place among the running ones, until it ends.
    place: Mutex<Option<Permit>>,
}

impl Memory {
    /// Runs `scope` as a [`transaction`](crate::publish::transaction): its events become visible together, or none.
    ///
    /// Readers see what is committed. As in Kafka, what stands behind an open transaction in a partition waits for
    /// its end.
    ///
    /// # Errors
    ///
    /// The scope's own, and those of the commit.
    pub async fn transaction<F, R, T, E>(&self, scope: F) -> Result<T, E>
    where
        F: FnMut(Transaction) -> R,
        R: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        transaction(self, scope).await
    }

    /// Answers the next commit with a fault; several are used up in their order. `Fail(Kind::Aborted)` lets the scope run
    /// again, `Fail(Kind::Fenced)` is what a second producer causes, and after `LoseAcknowledgement` it is committed and
    /// the caller is told `TimedOut`.
    pub fn fail_next_commit(&self, fault: Fault) {
        self.state().commit_faults.push(fault);
    }

    pub(super) async fn begin_transaction(&self) -> Result<Transaction, Error> {
        let place = match self.0.transactions.try_enter(0) {
            Some(place) => place?,
            None => Arc::clone(&self.0.transactions).enter(0).await.map_err(too_many)?,
        };
        let number = {
            let mut state = self.state();
            state.last += 1;
            state.last
        };
        let attempt = InMemory { memory: self.clone(), number, place: Mutex::new(Some(place)) };
        Ok(Transaction::new(self.clone(), attempt, self.0.limits))
    }

    /// Waits for the events in line, and for the transactions that run.
    pub(super) async fn drain(&self, within: Duration) -> Result<(), Left> {
        let Self(inner) = self;
        let (events, transactions) =
            tokio::join!(inner.gate.drain(within), inner.transactions.drain(within));
        let running = transactions.err().map_or(0, |left| left.messages);
        self.state().gone |= running > 0;
        match (events, running) {
            (Ok(()), 0) => Ok(()),
            (Ok(()), running) => Err(Left::new(0).with_transactions(running)),
            (Err(left), running) => Err(left.with_transactions(running)),
        }
    }
}

fn too_many(error: Error) -> Error {
    match error.kind() {
        Kind::Backpressure => error.with_reason("too many transactions are running"),
        _ => error,
    }
}

impl InMemory {
    fn end(&self, committed: bool) {
        for log in self.memory.state().topics.values_mut() {
            log.end(self.number, committed);
        }
        drop(self.place.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn finish(&self) -> Result<(), Error> {
        let (fault, gone) = {
            let mut state = self.memory.state();
            (state.commit_faults.next(), state.gone)
        };
        let fault = if gone { Some(Fault::Fail(Kind::Closed)) } else { fault };
        self.end(fault.is_none_or(|fault| fault.is_written()));
        match fault {
            None => Ok(()),
            Some(Fault::LoseAcknowledgement) => {
                Err(Error::new(Kind::TimedOut).with_reason("the answer to the commit was lost"))
            }
            Some(Fault::Fail(kind) | Fault::Refuse(kind)) => {
                Err(Error::new(kind).with_outcome(Outcome::NotWritten))
            }
        }
    }
}

impl Attempt for InMemory {
    fn take(&self, record: Record, entry: Entry) -> Result<(), Error> {
        self.memory.check(&record)?;
        let mut state = self.memory.state();
        let fault = state.faults.next();
        if let Some(refused) = fault.as_ref().and_then(|fault| fault.refuses(&record)) {
            return Err(refused);
        }
        let answer = state.write(record, fault, Some(self.number));
        let held = Held { reply: Reply::InTransaction(entry), answer };
        if state.paused {
            state.held.push(held);
        } else {
            drop(state);
            held.give();
        }
        Ok(())
    }

    fn commit(&self) -> BoxFuture<'static, Result<(), Error>> {
        Box::pin(ready(self.finish()))
    }

    fn abort(&self) -> BoxFuture<'static, Result<(), Error>> {
        self.end(false);
        Box::pin(ready(Ok(())))
    }

    fn abandon(&self) {
        self.end(false);
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("number", &self.number).finish_non_exhaustive()
    }
}

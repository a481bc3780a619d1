//! Several events that become visible together, or none of them.

mod attempt;
mod scope;
mod tally;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::attempt::{Attempt, Entry};
#[cfg(feature = "mock")]
pub(super) use self::scope::Open;
pub use self::scope::transaction;
use self::tally::Tally;
use super::backend::{Backend, BoxFuture, Capabilities, Enqueue, Left, Ready};
use super::error::Error;
use super::gate::{Limits, Permit};
use super::pending::Pending;
use super::record::Record;

/// How often a scope is run where the backend does not say.
const ATTEMPTS: u32 = 3;

/// A running transaction: a [`Backend`] whose events become visible together when its scope returns `Ok`.
///
/// It is cheap to clone, and spawned tasks may hold it. When the scope is done, its line is closed: what a
/// task sends afterwards is refused with [`Kind::Closed`](crate::publish::Kind::Closed).
///
/// A receipt means that the broker has the event; readers with `read_committed` see it after the commit.
#[derive(Clone)]
pub struct Transaction(Arc<Inner>);

struct Inner {
    backend: Box<dyn Backend>,
    attempt: Arc<dyn Attempt>,
    tally: Arc<Tally>,
    attempts: u32,
}

impl Transaction {
    /// Begins one, as a backend does in [`Backend::begin`]: `attempt` takes the events, and the transaction
    /// holds them to `limits`.
    pub fn new(
        backend: impl Backend + 'static,
        attempt: impl Attempt + 'static,
        limits: Limits,
    ) -> Self {
        let (backend, attempt) = (Box::new(backend), Arc::new(attempt));
        Self(Arc::new(Inner { backend, attempt, tally: Tally::new(limits), attempts: ATTEMPTS }))
    }

    /// Sets how often the scope is run at most, while its attempts are aborted. *Default:* 3.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        // Nobody else has it yet.
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.attempts = attempts.max(1);
        }
        self
    }

    /// Hands the record over, unless the scope is done.
    fn hand_over(&self, permit: Permit, record: Record) -> Result<Pending, Error> {
        let Inner { attempt, tally, .. } = &*self.0;
        let topic = record.topic().to_owned();
        let (entry, pending) = Entry::new(permit, Arc::clone(tally));
        tally.take(|| attempt.take(record, entry)).map_err(|error| error.with_topic(topic))?;
        Ok(pending)
    }
}

impl Backend for Transaction {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        let Inner { attempt, tally, .. } = &*self.0;
        if attempt.is_prepared(&record)
            && let Some(permit) = tally.gate().try_enter(record.size())
        {
            let permit = permit.map_err(|error| tally::ended(error).with_topic(record.topic()));
            return Enqueue::done(permit.and_then(|permit| self.hand_over(permit, record)));
        }
        Enqueue::waiting(async move {
            attempt.prepare(&record).await?;
            let permit = Arc::clone(tally.gate()).enter(record.size()).await;
            let permit = permit.map_err(|error| tally::ended(error).with_topic(record.topic()))?;
            self.hand_over(permit, record)
        })
    }

    /// Lets no event in any more, and waits until those in line were answered; the scope still commits.
    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        self.0.tally.close();
        Box::pin(self.0.tally.gate().drain(within))
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        self.0.backend.ready(topics)
    }

    fn capabilities(&self) -> Capabilities {
        // There is none within another.
        Capabilities { transactional: false, ..self.0.backend.capabilities() }
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("attempt", &self.0.attempt)
            .field("in_flight", &self.0.tally.gate().in_flight())
            .finish_non_exhaustive()
    }
}

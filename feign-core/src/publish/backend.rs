//! What sends events: a broker's client, or one for tests.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::error::{Error, Kind};
use super::pending::{Pending, Receipt};
use super::record::Record;
use super::transaction::Transaction;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends events. One per cluster and process: two have no order between them.
///
/// What a backend promises is held by the conformance suite, `publish::conformance` (with the feature
/// `mock`): the order of [`enqueue`](Self::enqueue) is the order of a key in its topic; a receipt means
/// that the broker has the event; an error says whether it may have it; nothing in line is dropped.
pub trait Backend: Send + Sync + fmt::Debug {
    /// Takes an event into the line, where its order is fixed; waits where the line is full.
    ///
    /// Dropped before it is done, nothing is sent; afterwards the event is on its way.
    fn enqueue(&self, record: Record) -> Enqueue<'_>;

    /// Lets no event in any more, and waits until those in line were answered.
    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>>;

    /// Asks whether events can be published to these topics, and how safely.
    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>>;

    /// Says what the backend can do.
    fn capabilities(&self) -> Capabilities;

    /// Begins a transaction, for [`transaction`](super::transaction) to run a scope in.
    ///
    /// # Errors
    ///
    /// When the backend has none, or none now.
    fn begin(&self) -> BoxFuture<'_, Result<Transaction, Error>> {
        let none = Error::new(Kind::Settings).with_reason("this backend has no transactions");
        Box::pin(std::future::ready(Err(none)))
    }

    /// Completes a record that is only encoded, as [`intercepted`](super::intercepted) does; what is sent is
    /// completed by [`enqueue`](Self::enqueue). *Default:* leaves it as it is.
    fn complete(&self, record: &mut Record) {
        let _ = record;
    }

    /// Sends one record and waits until the broker has it, as a relay of an outbox does.
    fn send(&self, record: Record) -> BoxFuture<'_, Result<Receipt, Error>> {
        Box::pin(async move {
            record.check()?;
            self.enqueue(record).await?.await
        })
    }
}

impl<B: Backend + ?Sized> Backend for Arc<B> {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        (**self).enqueue(record)
    }

    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        (**self).close(within)
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        (**self).ready(topics)
    }

    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    fn begin(&self) -> BoxFuture<'_, Result<Transaction, Error>> {
        (**self).begin()
    }

    fn complete(&self, record: &mut Record) {
        (**self).complete(record);
    }
}

/// The way into the line: at once where there is room, without a box.
#[must_use = "only awaiting it says whether the event is in line"]
pub struct Enqueue<'a> {
    way: Way<'a>,
    event: Option<&'static str>,
}

enum Way<'a> {
    Done(Option<Result<Pending, Error>>),
    Waiting(BoxFuture<'a, Result<Pending, Error>>),
}

impl<'a> Enqueue<'a> {
    /// The event is in line, or refused.
    pub fn done(result: Result<Pending, Error>) -> Self {
        Self { way: Way::Done(Some(result)), event: None }
    }

    /// Names the declared event, for a failure.
    pub(super) fn of(mut self, event: Option<&'static str>) -> Self {
        self.event = event;
        self
    }

    /// The event waits for its place.
    pub fn waiting(way: impl Future<Output = Result<Pending, Error>> + Send + 'a) -> Self {
        Self { way: Way::Waiting(Box::pin(way)), event: None }
    }
}

impl Future for Enqueue<'_> {
    type Output = Result<Pending, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let event = self.event;
        let result = match &mut self.way {
            Way::Done(result) => result.take().unwrap_or_else(|| Err(Error::new(Kind::Closed))),
            Way::Waiting(way) => ready!(way.as_mut().poll(cx)),
        };
        Poll::Ready(match (result, event) {
            (result, None) => result,
            (Ok(pending), event) => Ok(pending.of(event)),
            (Err(error), Some(event)) => Err(error.with_event(event)),
        })
    }
}

impl fmt::Debug for Enqueue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enqueue").finish_non_exhaustive()
    }
}

/// The deadline of a [`close`](Backend::close) passed, and this was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Left {
    /// Events that were in line or on their way.
    pub messages: usize,
    /// Transactions whose scope was running; what they published is aborted.
    pub transactions: usize,
}

impl Left {
    /// Makes one, where something is left.
    #[must_use]
    pub const fn new(messages: usize) -> Self {
        Self { messages, transactions: 0 }
    }

    /// Adds transactions that were running.
    #[must_use]
    pub const fn with_transactions(mut self, transactions: usize) -> Self {
        self.transactions = transactions;
        self
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events were not acknowledged before the deadline", self.messages)?;
        match self.transactions {
            0 => Ok(()),
            running => write!(f, ", and {running} transactions were running"),
        }
    }
}

impl std::error::Error for Left {}

/// Events can be published; `unsafe_because` says where an acknowledged one could still be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ready {
    /// One sentence for each thing that makes an acknowledgement worth less.
    pub unsafe_because: Vec<String>,
}

impl Ready {
    /// Makes one of what was found.
    #[must_use]
    pub const fn new(unsafe_because: Vec<String>) -> Self {
        Self { unsafe_because }
    }

    /// Returns whether an acknowledged event outlives the loss of a broker.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.unsafe_because.is_empty()
    }
}

/// What a backend can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Capabilities {
    /// Sends that are repeated inside leave one copy.
    pub idempotent: bool,
    /// Several events can become visible together.
    pub transactional: bool,
    /// Topics have partitions.
    pub partitions: bool,
    /// An event may have no payload.
    pub tombstones: bool,
    /// What stays in order.
    pub order: Order,
}

/// What stays in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Events of one key.
    PerKey,
    /// Events of one topic.
    PerTopic,
    /// Nothing.
    None,
}

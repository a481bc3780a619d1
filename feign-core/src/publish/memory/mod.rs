//! A broker in memory, for tests and for programs without one.

mod fault;
mod held;
mod log;
#[cfg(feature = "json")]
mod published;
mod topic;
mod transaction;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use self::fault::Fault;
use self::fault::Faults;
use self::held::{Held, Reply};
use self::log::Log;
#[cfg(feature = "json")]
pub use self::published::Published;
pub use self::topic::{Delivered, Topic};
use super::backend::{Backend, BoxFuture, Capabilities, Enqueue, Left, Order, Ready};
use super::error::{Error, Kind};
use super::gate::{Gate, Limits, Permit};
use super::pending::{Pending, Receipt};
use super::record::Record;
use super::transaction::Transaction;

/// A broker in memory: topics with partitions, keys where Kafka would put them, and faults on demand.
///
/// A topic that was not declared is refused, so that tests find a misspelt one.
///
/// ```
/// # #[cfg(feature = "json")] {
/// # #[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)] struct OrderCreated { total: u32 }
/// use feign::publish::{Error, Memory, Receipt};
///
/// #[feign::publisher]
/// trait OrderEvents {
///     #[topic("orders.created.v1")]
///     async fn created(&self, #[key] id: &str, #[body] event: &OrderCreated) -> Result<Receipt, Error>;
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let memory = Memory::new().with_topic("orders.created.v1", 3);
/// let events = OrderEventsPublisher::new(&memory);
/// events.created("42", &OrderCreated { total: 7 }).await?;
///
/// let published = memory.published::<OrderCreated>("orders.created.v1");
/// assert_eq!(published[0].key(), Some("42"));
/// assert_eq!(published[0].body(), Some(&OrderCreated { total: 7 }));
/// # Ok::<(), Error>(()) })?; }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    gate: Arc<Gate>,
    limits: Limits,
    /// One place for each transaction that runs.
    transactions: Arc<Gate>,
    limit: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    topics: BTreeMap<String, Log>,
    faults: Faults,
    commit_faults: Faults,
    /// The number of the last transaction.
    last: u64,
    /// Closed, with transactions that nobody waits for any more.
    gone: bool,
    /// Answers that are held back while it is paused.
    held: Vec<Held>,
    paused: bool,
}

/// What a [`Memory`] is to keep to.
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is made until `build`"]
pub struct MemoryBuilder {
    limits: Limits,
    limit: usize,
}

impl MemoryBuilder {
    /// Sets how many events may be in line. *Default:* 1024.
    pub const fn max_in_flight(mut self, messages: u32) -> Self {
        self.limits.messages = messages;
        self
    }

    /// Sets how many bytes may be in line. *Default:* 32 MiB.
    pub const fn max_bytes_in_flight(mut self, bytes: u32) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// Sets how long an event waits at a full gate. *Default:* 10 s.
    pub const fn max_block(mut self, wait: Duration) -> Self {
        self.limits.max_block = wait;
        self
    }

    /// Sets how large an event may be. *Default:* 1 MiB.
    pub const fn max_event_bytes(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Makes it.
    #[must_use]
    pub fn build(self) -> Memory {
        let Self { limits, limit } = self;
        let (gate, transactions) = (Gate::new(limits), Gate::new(Limits::default()));
        let state = Mutex::default();
        Memory(Arc::new(Inner { gate, limits, transactions, limit, state }))
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Memory {
    /// Makes one without topics.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Begins one with other limits.
    pub fn builder() -> MemoryBuilder {
        MemoryBuilder { limits: Limits::default(), limit: 1 << 20 }
    }

    /// Adds a topic of so many partitions, at least one.
    #[must_use]
    pub fn with_topic(self, topic: impl Into<String>, partitions: i32) -> Self {
        self.state().topics.entry(topic.into()).or_insert_with(|| Log::new(partitions.max(1)));
        self
    }

    /// Reads a topic from its beginning, and waits for what comes.
    pub fn topic(&self, topic: &str) -> Topic {
        Topic::new(self.clone(), topic)
    }

    /// Returns the records of a topic in the order in which they came.
    #[must_use]
    pub fn records(&self, topic: &str) -> Vec<Delivered> {
        self.state().topics.get(topic).map(Log::all).unwrap_or_default()
    }

    /// Answers the next event with a fault; several are used up in their order.
    pub fn fail_next(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// Holds every answer back from now on; events are written, and stay in line.
    pub fn pause(&self) {
        self.state().paused = true;
    }

    /// Gives the answers that were held back.
    pub fn resume(&self) {
        let held = {
            let mut state = self.state();
            state.paused = false;
            std::mem::take(&mut state.held)
        };
        held.into_iter().for_each(Held::give);
    }

    /// Returns how many events are in line.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.gate.in_flight()
    }

    /// Sends one record, as a relay of an outbox does.
    ///
    /// # Errors
    ///
    /// As a declared method that returns a receipt.
    pub async fn send(&self, record: Record) -> Result<Receipt, Error> {
        Backend::send(self, record).await
    }

    /// Lets no event in any more, and waits for the answers.
    ///
    /// # Errors
    ///
    /// When some are left at the end of `within`.
    pub async fn close(&self, within: Duration) -> Result<(), Left> {
        Backend::close(self, within).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes, and answers at once or when it is resumed.
    fn take(&self, permit: Result<Permit, Error>, record: Record) -> Result<Pending, Error> {
        let permit = permit.map_err(|error| error.with_topic(record.topic().to_owned()))?;
        let mut state = self.state();
        let fault = state.faults.next();
        if let Some(refused) = fault.as_ref().and_then(|fault| fault.refuses(&record)) {
            return Err(refused);
        }
        let answer = state.write(record, fault, None);
        if !state.paused {
            return Ok(Pending::settled(answer));
        }
        let (acknowledge, pending) = Pending::channel();
        state.held.push(Held { reply: Reply::Plain(acknowledge, permit), answer });
        Ok(pending)
    }

    fn check(&self, record: &Record) -> Result<(), Error> {
        if record.size() > self.0.limit {
            let reason = format!("{} bytes, and {} is the most", record.size(), self.0.limit);
            return Err(record.error(Kind::TooLarge).with_reason(reason));
        }
        let state = self.state();
        let Some(log) = state.topics.get(record.topic()) else {
            let known: Vec<_> = state.topics.keys().map(|topic| format!("`{topic}`")).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(record
                .error(Kind::Unroutable)
                .with_reason(format!("declared topics: {known}")));
        };
        log.check(record)
    }
}

impl State {
    fn write(
        &mut self,
        record: Record,
        fault: Option<Fault>,
        transaction: Option<u64>,
    ) -> Result<Receipt, Error> {
        let written = fault.as_ref().is_none_or(Fault::is_written);
        let lost = fault.map(|fault| fault.error(&record));
        let log = self.topics.get_mut(record.topic()).filter(|_| written);
        let receipt = log.map(|log| log.append(record, transaction));
        match (lost, receipt) {
            (Some(error), _) => Err(error),
            (None, receipt) => receipt.ok_or_else(|| Error::new(Kind::Unroutable)),
        }
    }
}

impl Backend for Memory {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        if let Err(error) = self.check(&record) {
            return Enqueue::done(Err(error));
        }
        match self.0.gate.try_enter(record.size()) {
            Some(permit) => Enqueue::done(self.take(permit, record)),
            None => Enqueue::waiting(async move {
                let permit = Arc::clone(&self.0.gate).enter(record.size()).await;
                self.take(permit, record)
            }),
        }
    }

    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        self.0.gate.close();
        self.0.transactions.close();
        Box::pin(self.drain(within))
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        Box::pin(async move {
            for topic in topics {
                self.check(&Record::new((*topic).to_owned()))?;
            }
            Ok(Ready::new(vec!["events are kept in memory and end with the process".to_owned()]))
        })
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            idempotent: true,
            transactional: true,
            partitions: true,
            tombstones: true,
            order: Order::PerKey,
        }
    }

    fn begin(&self) -> BoxFuture<'_, Result<Transaction, Error>> {
        Box::pin(self.begin_transaction())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics: Vec<_> = self.state().topics.keys().cloned().collect();
        f.debug_struct("Memory").field("topics", &topics).finish_non_exhaustive()
    }
}

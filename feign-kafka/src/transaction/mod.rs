//! Transactions: a pool of producers with transactional ids, each of which runs one scope at a time.

mod attempt;
mod context;
mod failure;
mod pool;
mod producer;

use std::time::Duration;

use feign_core::publish::{Error, Kind, Transaction, transaction};

use crate::kafka::Kafka;
pub(crate) use pool::Pool;

/// What librdkafka takes as `transaction.timeout.ms`.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
/// What a pool may hold: each producer has a thread for each broker, and three more.
const MOST: u32 = 1000;

/// How transactions are run; `.transactions("orders-1")` of the builder is enough where the defaults are right.
///
/// ```
/// use std::time::Duration;
/// use feign_kafka::{Kafka, Transactions};
///
/// let transactions = Transactions::new("orders-1").pool(2).timeout(Duration::from_secs(20));
/// let builder = Kafka::builder("localhost:9092").transactions(transactions);
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is handed to `KafkaBuilder::transactions`"]
pub struct Transactions {
    pub(crate) prefix: String,
    pub(crate) pool: u32,
    pub(crate) timeout: Duration,
    pub(crate) attempts: u32,
}

impl Transactions {
    /// Begins with the prefix of the transactional ids, which are `prefix-0`, `prefix-1` and so on.
    ///
    /// **Each running instance of a service has its own prefix**, and the same one after a restart: a host name or the
    /// number of a replica is one, a random number is none. Two instances with one prefix fence each other;
    /// one that comes back under its own finishes what it left open, which holds readers up until then.
    pub fn new(prefix: impl Into<String>) -> Self {
        let timeout = Duration::from_secs(60);
        Self { prefix: prefix.into(), pool: 4, timeout, attempts: 3 }
    }

    /// Sets how many transactions may run at a time; another one waits up to `max_block`. *Default:* 4. Each is
    /// a producer with threads of its own, and may have `max_in_flight` events of its own in line.
    pub const fn pool(mut self, producers: u32) -> Self {
        self.pool = producers;
        self
    }

    /// Sets how long a transaction may take, up to its commit. *Default:* 60 s; brokers allow 15 minutes
    /// (`transaction.max.timeout.ms`). One that takes longer is aborted by the broker and told as
    /// [`Fenced`](Kind::Fenced). An event in it is not tried for longer either.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how often a scope is run at most, while its attempts are aborted. *Default:* 3.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Refuses what cannot hold, by name.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mistake = if self.prefix.trim().is_empty() || self.prefix.contains('\0') {
            "the prefix of `transactions` is empty, or has a NUL in it".to_owned()
        } else if self.pool == 0 || self.pool > MOST {
            format!("the `pool` of `transactions` has {} producers, not 1 to {MOST}", self.pool)
        } else if self.attempts == 0 {
            "the `attempts` of `transactions` are 0: no scope would run".to_owned()
        } else if !(SHORTEST..=LONGEST).contains(&self.timeout) {
            format!("the `timeout` of `transactions` is {:?}, not 1 s or more", self.timeout)
        } else {
            return Ok(());
        };
        Err(Error::new(Kind::Settings).with_reason(mistake))
    }
}

impl From<&str> for Transactions {
    fn from(prefix: &str) -> Self {
        Self::new(prefix)
    }
}

impl From<String> for Transactions {
    fn from(prefix: String) -> Self {
        Self::new(prefix)
    }
}

impl Kafka {
    /// Runs `scope` as a [`transaction`](feign_core::publish::transaction): readers with `read_committed` see all of its events
    /// or none. Wants [`transactions`](crate::KafkaBuilder::transactions).
    ///
    /// It commits on `Ok`, and aborts on `Err`, on a panic, when an event fails, and when it is dropped. **It may run
    /// more than once**, when the broker aborts it; and it reaches what is in Kafka, not your database.
    ///
    /// ```no_run
    /// # use feign::publish::{Error, Pending, Receipt};
    /// # use feign_kafka::Kafka;
    /// # #[feign::publisher]
    /// # trait OrderEvents {
    /// #     #[topic("orders.paid.v1")]
    /// #     async fn paid(&self, #[key] id: &str, #[body] event: &str) -> Result<Pending, Error>;
    /// #     #[topic("invoices.v1")]
    /// #     async fn invoice(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;
    /// # }
    /// # async fn run() -> Result<(), Error> {
    /// let kafka = Kafka::builder("localhost:9092").transactions("orders-1").connect().await?;
    /// kafka
    ///     .transaction(async |tx| {
    ///         let events = OrderEventsPublisher::new(&tx);
    ///         let _in_line = events.paid("42", "{}").await?;     // acknowledged before the commit all the same
    ///         events.invoice("42", "{}").await
    ///     })
    ///     .await?;
    /// # Ok(()) }
    /// ```
    ///
    /// Readers ask for what is committed; rdkafka's do unless they say otherwise, Java's do not:
    ///
    /// ```no_run
    /// use feign_kafka::rdkafka::{ClientConfig, consumer::BaseConsumer, error::KafkaError};
    ///
    /// let reader: BaseConsumer = ClientConfig::new()
    ///     .set("bootstrap.servers", "localhost:9092")
    ///     .set("group.id", "invoices")
    ///     .set("isolation.level", "read_committed")
    ///     .create()?;
    /// # Ok::<(), KafkaError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The scope's own; `Backpressure` when the pool is in use for `max_block`; `Aborted` when the last attempt was;
    /// `Fenced` when another instance has the transactional id, or the scope outlived its timeout (the producer is replaced, and
    /// the next transaction runs); `TimedOut` when the commit was not answered, and may have been done.
    pub async fn transaction<F, R, T, E>(&self, scope: F) -> Result<T, E>
    where
        F: FnMut(Transaction) -> R,
        R: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        transaction(self, scope).await
    }
}

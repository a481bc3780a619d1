//! What is said of Kafka before it is connected.

use std::time::Duration;

use feign_core::observe::Observer;
use feign_core::publish::Error;

use crate::kafka::Kafka;
use crate::settings::Settings;
use crate::transaction::Transactions;

/// What is said of Kafka before it is connected; [`Kafka::builder`] begins it.
#[derive(Clone, Debug)]
#[must_use = "nothing is connected until `connect`"]
pub struct KafkaBuilder(Settings);

impl KafkaBuilder {
    pub(crate) fn new(servers: String) -> Self {
        Self(Settings::new(servers))
    }

    /// Sets how many events may be unacknowledged at a time. *Default:* 1024.
    pub const fn max_in_flight(mut self, messages: u32) -> Self {
        self.0.limits.messages = messages;
        self
    }

    /// Sets how many bytes may be unacknowledged at a time. *Default:* 32 MiB.
    pub const fn max_bytes_in_flight(mut self, bytes: u32) -> Self {
        self.0.limits.bytes = bytes;
        self
    }

    /// Sets how long an event waits for its place in the line. *Default:* 10 s.
    pub const fn max_block(mut self, wait: Duration) -> Self {
        self.0.limits.max_block = wait;
        self
    }

    /// Sets how long an event in line is tried. *Default:* 30 s; it may be half a second late, and more on a busy
    /// machine. An event that is sent again because of another in its batch begins anew.
    pub const fn delivery_timeout(mut self, timeout: Duration) -> Self {
        self.0.delivery_timeout = timeout;
        self
    }

    /// Sets how long a batch waits for company. *Default:* 0, since batches form by themselves.
    pub const fn linger(mut self, linger: Duration) -> Self {
        self.0.linger = linger;
        self
    }

    /// Sets how large a batch may be. *Default:* 512 KiB. It stays below the smallest `max.message.bytes` of
    /// the topics; [`Kafka::ready`] says where it does not. A batch that the broker refuses for its size, or for one
    /// of its events, is sent again, each event alone: the good ones arrive, behind events that were published
    /// later, and only the bad one fails. That may take a delivery timeout more.
    pub const fn batch_bytes(mut self, bytes: u32) -> Self {
        self.0.batch_bytes = bytes;
        self
    }

    /// Sets how long a topic may be unknown before its events fail. *Default:* 3 s.
    pub const fn topic_timeout(mut self, timeout: Duration) -> Self {
        self.0.propagation = timeout;
        self
    }

    /// Sets how long `connect` waits for the first broker. *Default:* 10 s.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.0.connect_timeout = timeout;
        self
    }

    /// Does not wait for a broker: the service starts without one, and its events wait in line.
    pub const fn lazy(mut self) -> Self {
        self.0.lazy = true;
        self
    }

    /// Tells an observer of every event that is in no transaction, of brokers that are down or up again, of a producer that cannot go on and
    /// of [`statistics`](Self::statistics). Several are told in their order, most by the thread that answers
    /// deliveries, which waits for them.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.0.audience = self.0.audience.with(observer);
        self
    }

    /// Tells librdkafka's statistics so often, to observers and as an event of `tracing` with the target
    /// `feign::kafka`. *Default:* never.
    pub const fn statistics(mut self, every: Duration) -> Self {
        self.0.statistics = every;
        self
    }

    /// Lets [`Kafka::transaction`] run: the prefix of the transactional ids, which **no other running instance may have**,
    /// or [`Transactions`] with more to say. *Default:* none, and no transactions.
    ///
    /// The producers are made when it connects, since each takes up to half a second, and since what a predecessor left
    /// open under its id holds readers up until then; with [`lazy`](Self::lazy) when they are needed.
    pub fn transactions(mut self, transactions: impl Into<Transactions>) -> Self {
        self.0.transactions = Some(transactions.into());
        self
    }

    /// Sets something else of librdkafka, as `security.protocol`; what the promises rest on is refused.
    pub fn set(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.others.push((key.into(), value.into()));
        self
    }

    /// Connects.
    ///
    /// # Errors
    ///
    /// When a setting is wrong, which is named, or no broker answers, which says what was tried.
    pub async fn connect(self) -> Result<Kafka, Error> {
        self.0.check()?;
        Kafka::open(self.0).await
    }
}

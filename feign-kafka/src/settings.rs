//! What librdkafka is told, all of it explicitly, so that a dump of its configuration shows it.

use std::fmt;
use std::time::Duration;

use feign_core::observe::Audience;
use feign_core::publish::{Error, Kind, Limits};
use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;

use crate::transaction::Transactions;

/// Librdkafka frees its slot after the delivery callback, so its queue is so many times ours and is never full.
const ROOM: u64 = 4;
/// The most kilobytes that librdkafka takes.
const MOST_KILOBYTES: u64 = 2_147_483_647;

/// What librdkafka gives a request.
const SOCKET_TIMEOUT: Duration = Duration::from_secs(60);

/// What is promised rests on these, or a setting of ours says them: they are not set from outside, under none
/// of their names.
const OURS: [&str; 22] = [
    "acks",
    "batch.size",
    "bootstrap.servers",
    "delivery.report.only.error",
    "delivery.timeout.ms",
    "enable.idempotence",
    "linger.ms",
    "log_level",
    "max.in.flight",
    "max.in.flight.requests.per.connection",
    "message.timeout.ms",
    "metadata.broker.list",
    "partitioner",
    "queue.buffering.max.kbytes",
    "queue.buffering.max.messages",
    "queue.buffering.max.ms",
    "reconnect.backoff.max.ms",
    "request.required.acks",
    "statistics.interval.ms",
    "topic.metadata.propagation.max.ms",
    "transaction.timeout.ms",
    "transactional.id",
];

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) servers: String,
    pub(crate) limits: Limits,
    pub(crate) delivery_timeout: Duration,
    pub(crate) linger: Duration,
    pub(crate) batch_bytes: u32,
    pub(crate) propagation: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) statistics: Duration,
    pub(crate) lazy: bool,
    pub(crate) transactions: Option<Transactions>,
    pub(crate) others: Vec<(String, String)>,
    pub(crate) audience: Audience,
}

impl Settings {
    pub(crate) fn new(servers: String) -> Self {
        Self {
            servers,
            limits: Limits::default(),
            delivery_timeout: Duration::from_secs(30),
            linger: Duration::ZERO,
            batch_bytes: 512 << 10,
            propagation: Duration::from_secs(3),
            connect_timeout: Duration::from_secs(10),
            statistics: Duration::ZERO,
            lazy: false,
            transactions: None,
            others: Vec::new(),
            audience: Audience::default(),
        }
    }

    /// Refuses what cannot hold, by name.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let refused = |reason: String| Err(Error::new(Kind::Settings).with_reason(reason));
        if self.servers.trim().is_empty() {
            return refused("`bootstrap.servers` is empty; write `host:port`".to_owned());
        }
        if self.limits.messages == 0 || self.limits.bytes == 0 {
            return refused("`max_in_flight` and `max_bytes_in_flight` let nothing in".to_owned());
        }
        if self.delivery_timeout <= self.propagation {
            return refused(format!(
                "`delivery_timeout` ({:?}) ends before an unknown topic is told ({:?}), and would hide why",
                self.delivery_timeout, self.propagation
            ));
        }
        if let Some((key, _)) = self.others.iter().find(|(key, _)| OURS.contains(&key.as_str())) {
            return refused(format!("`{key}` holds what is promised, and is not set by `set`"));
        }
        self.transactions.as_ref().map_or(Ok(()), Transactions::check)
    }

    /// What the producers of transactions have in common.
    pub(crate) fn transactional_config(&self, transactions: &Transactions) -> ClientConfig {
        let timeout = transactions.timeout;
        let millis = |duration: Duration| duration.min(timeout).as_millis().to_string();
        let mut config = self.config();
        config
            .set("transaction.timeout.ms", millis(timeout))
            // Neither an event nor a request may outlive the transaction.
            .set("delivery.timeout.ms", millis(self.delivery_timeout));
        if config.get("socket.timeout.ms").is_none() {
            config.set("socket.timeout.ms", millis(SOCKET_TIMEOUT));
        }
        config
    }

    pub(crate) fn config(&self) -> ClientConfig {
        let messages = u64::from(self.limits.messages) * ROOM;
        let kilobytes = (u64::from(self.limits.bytes) * ROOM).div_ceil(1024).min(MOST_KILOBYTES);
        let millis = |duration: Duration| duration.as_millis().to_string();
        let mut config = ClientConfig::new();
        for (key, value) in &self.others {
            config.set(key, value);
        }
        config
            .set("bootstrap.servers", &self.servers)
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("max.in.flight", "5")
            .set("delivery.timeout.ms", millis(self.delivery_timeout))
            .set("linger.ms", millis(self.linger))
            .set("batch.size", self.batch_bytes.to_string())
            // Java clients put a key where this does.
            .set("partitioner", "murmur2_random")
            .set("queue.buffering.max.messages", messages.to_string())
            .set("queue.buffering.max.kbytes", kilobytes.to_string())
            // Else the delivery timeout is seconds late when a broker dies.
            .set("reconnect.backoff.max.ms", "500")
            .set("topic.metadata.propagation.max.ms", millis(self.propagation))
            .set("statistics.interval.ms", millis(self.statistics))
            // Said by `tracing`, which decides what is shown.
            .set("log_level", "6")
            .set_log_level(RDKafkaLogLevel::Info);
        config
    }
}

/// Shows of the other settings their names: the values may be secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others: Vec<_> = self.others.iter().map(|(key, _)| key).collect();
        f.debug_struct("Settings")
            .field("servers", &self.servers)
            .field("limits", &self.limits)
            .field("others", &others)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

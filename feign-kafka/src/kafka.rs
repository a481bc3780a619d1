//! The backend: one producer, a fair line in front of it, and a way out that loses nothing.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use feign_core::observe::Publishing;
use feign_core::publish::{
    Backend, BoxFuture, Capabilities, Enqueue, Error, Gate, Kind, Left, Order, Pending, Permit,
    Ready, Receipt, Record, Transaction, partition_of,
};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, Producer as _, PurgeConfig, ThreadedProducer};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::builder::KafkaBuilder;
use crate::context::Context;
use crate::delivery::{Delivery, refuse};
use crate::partitions::Partitions;
use crate::settings::Settings;
use crate::transaction::Pool;
use crate::{connect, error, ready};

pub(crate) type Producer = ThreadedProducer<Context>;

/// Kafka, as a backend of publishers: one producer per cluster and process. Cheap to clone.
///
/// A receipt means that all replicas in sync have the event (`acks=all`), once and in the order of its key
/// (idempotence). How much that is worth depends on the topic: ask [`ready`](Self::ready).
///
/// Two things end the order of a key. An event that fails lets those behind it pass. And the members of a batch
/// that the broker refused for its size, or for one of them, are sent once more by a second producer, each alone:
/// in their order, but behind events that were published meanwhile.
///
/// [`close`](Self::close) is the only way out that loses nothing: when the last clone is dropped, what is in
/// line is lost, and that is an error in the log.
#[derive(Clone)]
pub struct Kafka(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    gate: Arc<Gate>,
    /// `None` once it is closed.
    producer: RwLock<Option<Arc<Producer>>>,
    pub(crate) partitions: Partitions,
    transactions: Option<Arc<Pool>>,
    /// One makes the producer anew at a time.
    rebuild: tokio::sync::Mutex<()>,
}

impl Kafka {
    /// Connects to a cluster by the addresses of some of its brokers, `host:port,host:port`.
    ///
    /// # Errors
    ///
    /// When no broker answers; the error says what was tried.
    pub async fn connect(servers: impl Into<String>) -> Result<Self, Error> {
        Self::builder(servers).connect().await
    }

    /// Begins a connection with other settings.
    pub fn builder(servers: impl Into<String>) -> KafkaBuilder {
        KafkaBuilder::new(servers.into())
    }

    pub(crate) async fn open(settings: Settings) -> Result<Self, Error> {
        let producer = RwLock::new(Some(connect::producer(&settings).await?));
        let transactions = Pool::open(&settings).await?;
        let gate = Gate::new(settings.limits);
        let (partitions, rebuild) = (Partitions::default(), tokio::sync::Mutex::default());
        let inner = Inner { settings, gate, producer, partitions, transactions, rebuild };
        Ok(Self(Arc::new(inner)))
    }

    /// Sends one record, as a relay of an outbox does.
    ///
    /// # Errors
    ///
    /// As a declared method that returns a receipt.
    pub async fn send(&self, record: Record) -> Result<Receipt, Error> {
        Backend::send(self, record).await
    }

    /// Lets no event and no transaction in any more, sends what is in line, waits for the transactions that run, and
    /// gives the connections back.
    ///
    /// # Errors
    ///
    /// When some are left at the end of `within`: each of them fails as `Closed`, and says whether it may have
    /// been written. A transaction that is left is aborted.
    pub async fn close(&self, within: Duration) -> Result<(), Left> {
        self.0.gate.close();
        let transactions = async {
            let Some(pool) = &self.0.transactions else { return 0 };
            pool.close();
            pool.drain(within).await
        };
        let (drained, running) = tokio::join!(self.0.gate.drain(within), transactions);
        let producer = self.0.producer.write().unwrap_or_else(PoisonError::into_inner).take();
        // Joins a thread that looks up every 100 ms.
        let _ = spawn_blocking(move || producer.inspect(|producer| empty(producer))).await;
        match drained {
            Ok(()) if running == 0 => Ok(()),
            drained => {
                let left = drained.err().unwrap_or(Left::new(0));
                Err(left.with_transactions(running))
            }
        }
    }

    /// Asks whether events can be published to these topics, and how safely: replication,
    /// `min.insync.replicas`, unclean elections, and the limit of a batch.
    ///
    /// # Errors
    ///
    /// When no broker answers, or a topic is not there.
    pub async fn ready(&self, topics: &[&str]) -> Result<Ready, Error> {
        ready::ask(self, topics).await
    }

    /// Makes the producer anew where it cannot go on, which every event says: `Fatal` or `Fenced`. One that can go
    /// on is kept, so all who were told may call this. Producers of transactions are replaced without it.
    ///
    /// It does not happen by itself. Events that failed so may have been written, those behind them would
    /// overtake them, and only the caller knows whether that matters. What the old producer still holds is
    /// answered before the new one takes events; without this it is answered when it is its time, or when the next
    /// event is refused.
    ///
    /// # Errors
    ///
    /// When it is closed, or no broker answers; the old producer stays then.
    pub async fn rebuild(&self) -> Result<(), Error> {
        let _one = self.0.rebuild.lock().await;
        let old = self.producer()?;
        if error::fatal(&old).is_none() {
            return Ok(());
        }
        let new = connect::producer(&self.0.settings).await?;
        let _ = spawn_blocking(move || empty(&old)).await;
        let dropped = self.replace(new);
        let _ = spawn_blocking(move || drop(dropped)).await;
        if self.0.gate.is_closed() { Err(Error::new(Kind::Closed)) } else { Ok(()) }
    }

    /// Puts a producer in the place of the other, and returns the one to drop: closed, it stays closed.
    fn replace(&self, new: Arc<Producer>) -> Option<Arc<Producer>> {
        let mut producer = self.0.producer.write().unwrap_or_else(PoisonError::into_inner);
        if producer.is_some() { producer.replace(new) } else { Some(new) }
    }

    /// Returns how many events are in line or on their way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.gate.in_flight()
    }

    pub(crate) fn producer(&self) -> Result<Arc<Producer>, Error> {
        let producer = self.0.producer.read().unwrap_or_else(PoisonError::into_inner);
        producer.clone().ok_or_else(|| Error::new(Kind::Closed))
    }

    /// Hands the record to librdkafka, without a wait between the place in the line and this.
    fn hand_over(
        &self,
        permit: Result<Permit, Error>,
        record: &Record,
        partition: Option<i32>,
        publishing: Option<Publishing>,
    ) -> Result<Pending, Error> {
        let permit = match permit {
            Ok(permit) => permit,
            Err(error) => return Err(refuse(publishing, error.with_topic(record.topic()))),
        };
        let (acknowledge, pending) = Pending::channel();
        let timestamp = record.timestamp();
        let delivery = Box::new(Delivery { acknowledge, permit, publishing, timestamp });
        let mut message = BaseRecord::<[u8], [u8], _>::with_opaque_to(record.topic(), delivery);
        message.key = record.key();
        message.payload = record.payload();
        message.partition = partition;
        message.timestamp = timestamp;
        message.headers = headers(record);
        let producer = self.0.producer.read().unwrap_or_else(PoisonError::into_inner);
        let (error, message) = match &*producer {
            None => (record.error(Kind::Closed), message),
            Some(producer) => match producer.send(message) {
                Ok(()) => return Ok(pending),
                Err((failure, message)) => {
                    (error::refused(&failure, producer, record.topic()), message)
                }
            },
        };
        // An observer may publish itself, and wait for who waits for this lock.
        drop(producer);
        Err(refuse(message.delivery_opaque.publishing, error))
    }

    /// The number of the topic's partitions: known, or asked.
    pub(crate) async fn count(&self, record: &Record) -> Result<i32, Error> {
        if let Some(count) = self.0.partitions.last(record.topic()) {
            return Ok(count);
        }
        let count = ready::partitions(&self.producer()?, record.topic(), &self.0.settings).await?;
        self.0.partitions.set(record.topic(), count);
        Ok(count)
    }

    /// Asks anew how many partitions a topic has, once in a while; meanwhile what is known counts.
    fn refresh(&self, topic: &str) {
        if !self.0.partitions.is_due(topic) {
            return;
        }
        let (Ok(runtime), kafka, topic) = (Handle::try_current(), self.clone(), topic.to_owned())
        else {
            return;
        };
        drop(runtime.spawn(async move {
            let Ok(producer) = kafka.producer() else { return };
            if let Ok(count) = ready::partitions(&producer, &topic, &kafka.0.settings).await {
                kafka.0.partitions.set(&topic, count);
            }
        }));
    }

    pub(crate) fn partition(&self, record: &Record) -> Way {
        match (record.partition(), record.partition_key()) {
            (Some(partition), _) => Way::Known(Some(partition)),
            (None, Some(key)) if record.has_partition_key() => {
                self.refresh(record.topic());
                let count = self.0.partitions.last(record.topic());
                count.map_or(Way::Ask, |count| Way::Known(Some(partition_of(key, count))))
            }
            _ => Way::Known(None),
        }
    }
}

/// Where a record goes, as far as it is known.
pub(crate) enum Way {
    Known(Option<i32>),
    Ask,
}

impl Backend for Kafka {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        let publishing = self.0.settings.audience.publishing(&record);
        let way = self.partition(&record);
        if let Way::Known(partition) = way
            && let Some(permit) = self.0.gate.try_enter(record.size())
        {
            let pending = self.hand_over(permit, &record, partition, publishing);
            record.recycle();
            return Enqueue::done(pending);
        }
        Enqueue::waiting(async move {
            let partition = match way {
                Way::Known(partition) => partition,
                Way::Ask => match self.count(&record).await {
                    Ok(count) => record.partition_key().map(|key| partition_of(key, count)),
                    Err(error) => return Err(refuse(publishing, error)),
                },
            };
            let permit = Arc::clone(&self.0.gate).enter(record.size()).await;
            let pending = self.hand_over(permit, &record, partition, publishing);
            record.recycle();
            pending
        })
    }

    fn close(&self, within: Duration) -> BoxFuture<'_, Result<(), Left>> {
        Box::pin(Self::close(self, within))
    }

    fn ready<'a>(&'a self, topics: &'a [&'a str]) -> BoxFuture<'a, Result<Ready, Error>> {
        Box::pin(Self::ready(self, topics))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            idempotent: true,
            transactional: self.0.transactions.is_some(),
            partitions: true,
            tombstones: true,
            order: Order::PerKey,
        }
    }

    fn begin(&self) -> BoxFuture<'_, Result<Transaction, Error>> {
        Box::pin(async move {
            let pool = self.0.transactions.as_ref().ok_or_else(|| {
                Error::new(Kind::Settings)
                    .with_reason("no `transactions(prefix)` was said when it was built")
            })?;
            pool.transaction(self).await
        })
    }
}

pub(crate) fn headers(record: &Record) -> Option<OwnedHeaders> {
    let headers = record.headers();
    if headers.len() == 0 {
        return None;
    }
    let all = OwnedHeaders::new_with_capacity(headers.len());
    Some(headers.fold(all, |all, (key, value)| all.insert(Header { key, value: Some(value) })))
}

/// How often a producer is asked whether it has answered what it holds no more, a tenth of a second each time.
const ROUNDS: usize = 100;

/// Answers what a producer still holds: dropped, it would answer for half a second only.
fn empty(producer: &Producer) {
    producer.purge(PurgeConfig::default().queue().inflight());
    for _ in 0..ROUNDS {
        if producer.in_flight_count() == 0 {
            return;
        }
        // Its own thread answers them meanwhile.
        let _ = producer.flush(Duration::from_millis(100));
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let left = self.gate.in_flight();
        if left > 0 {
            tracing::error!(target: "feign::kafka", left, "dropped without `close`: events in line are lost");
        }
        // Joining would hold up a thread of the runtime.
        let producer = self.producer.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if producer.is_some() {
            let thread = std::thread::Builder::new().name("feign-kafka-drop".to_owned());
            // Without a thread it is dropped here.
            let _ = thread.spawn(move || drop(producer));
        }
    }
}

impl fmt::Debug for Kafka {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kafka")
            .field("servers", &self.0.settings.servers)
            .field("in_flight", &self.in_flight())
            .finish_non_exhaustive()
    }
}

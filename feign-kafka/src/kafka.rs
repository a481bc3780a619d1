//! The backend: one producer, a fair line in front of it, and a way out that loses nothing.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use feign_core::publish::{
    Backend, BoxFuture, Capabilities, Enqueue, Error, Gate, Kind, Left, Order, Pending, Permit,
    Ready, Receipt, Record, partition_of,
};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, Producer as _, ThreadedProducer};
use tokio::task::spawn_blocking;

use crate::builder::KafkaBuilder;
use crate::context::{Context, Delivery};
use crate::partitions::Partitions;
use crate::settings::Settings;
use crate::{error, ready};

pub(crate) type Producer = ThreadedProducer<Context>;

/// Kafka, as a backend of publishers: one producer per cluster and process. Cheap to clone.
///
/// A receipt means that all replicas in sync have the event (`acks=all`), once and in the order of its key
/// (idempotence). How much that is worth depends on the topic: ask [`ready`](Self::ready).
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
    partitions: Partitions,
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
        let config = settings.config();
        let producer = config
            .create_with_context::<Context, Producer>(Context::default())
            .map_err(|failure| error::of(&failure, false))?;
        let producer = Arc::new(producer);
        if !settings.lazy {
            first_answer(Arc::clone(&producer), &settings).await?;
        }
        let gate = Gate::new(settings.limits);
        let producer = RwLock::new(Some(producer));
        Ok(Self(Arc::new(Inner { settings, gate, producer, partitions: Partitions::default() })))
    }

    /// Sends one record, as a relay of an outbox does.
    ///
    /// # Errors
    ///
    /// As a declared method that returns a receipt.
    pub async fn send(&self, record: Record) -> Result<Receipt, Error> {
        Backend::send(self, record).await
    }

    /// Lets no event in any more, sends what is in line, and gives the connections back.
    ///
    /// # Errors
    ///
    /// When some are left at the end of `within`: each of them fails as `Closed`, and says whether it may have
    /// been written.
    pub async fn close(&self, within: Duration) -> Result<(), Left> {
        self.0.gate.close();
        let drained = self.0.gate.drain(within).await;
        let producer = self.0.producer.write().unwrap_or_else(PoisonError::into_inner).take();
        // Joins a thread that looks up every 100 ms, and answers what is left.
        let _ = spawn_blocking(move || drop(producer)).await;
        drained
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
        permit: Permit,
        record: &Record,
        partition: Option<i32>,
    ) -> Result<Pending, Error> {
        let (acknowledge, pending) = Pending::channel();
        let delivery = Box::new(Delivery { acknowledge, permit });
        let mut message = BaseRecord::<[u8], [u8], _>::with_opaque_to(record.topic(), delivery);
        message.key = record.key();
        message.payload = record.payload();
        message.partition = partition;
        message.timestamp = record.timestamp();
        message.headers = headers(record);
        let producer = self.0.producer.read().unwrap_or_else(PoisonError::into_inner);
        let Some(producer) = &*producer else { return Err(record.error(Kind::Closed)) };
        match producer.send(message) {
            Ok(()) => Ok(pending),
            Err((failure, _)) => Err(refused(&failure, producer, record)),
        }
    }

    /// The number of the topic's partitions: known, or asked.
    async fn count(&self, record: &Record) -> Result<i32, Error> {
        if let Some(count) = self.0.partitions.get(record.topic()) {
            return Ok(count);
        }
        let count =
            ready::partitions(self.producer()?, record.topic(), self.0.settings.propagation)
                .await?;
        self.0.partitions.set(record.topic(), count);
        Ok(count)
    }

    fn partition(&self, record: &Record) -> Way {
        match (record.partition(), record.partition_key()) {
            (Some(partition), _) => Way::Known(Some(partition)),
            (None, Some(key)) if record.has_partition_key() => {
                let count = self.0.partitions.get(record.topic());
                count.map_or(Way::Ask, |count| Way::Known(Some(partition_of(key, count))))
            }
            _ => Way::Known(None),
        }
    }
}

/// Where a record goes, as far as it is known.
enum Way {
    Known(Option<i32>),
    Ask,
}

impl Backend for Kafka {
    fn enqueue(&self, record: Record) -> Enqueue<'_> {
        let way = self.partition(&record);
        if let Way::Known(partition) = way
            && let Some(permit) = self.0.gate.try_enter(record.size())
        {
            let pending = permit.and_then(|permit| self.hand_over(permit, &record, partition));
            record.recycle();
            return Enqueue::done(pending);
        }
        Enqueue::waiting(async move {
            let partition = match way {
                Way::Known(partition) => partition,
                Way::Ask => {
                    let count = self.count(&record).await?;
                    record.partition_key().map(|key| partition_of(key, count))
                }
            };
            let permit = Arc::clone(&self.0.gate).enter(record.size()).await;
            let permit = permit.map_err(|error| error.with_topic(record.topic()))?;
            let pending = self.hand_over(permit, &record, partition);
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
            transactional: false,
            partitions: true,
            tombstones: true,
            order: Order::PerKey,
        }
    }
}

fn headers(record: &Record) -> Option<OwnedHeaders> {
    let headers = record.headers();
    if headers.len() == 0 {
        return None;
    }
    let all = OwnedHeaders::new_with_capacity(headers.len());
    Some(headers.fold(all, |all, (key, value)| all.insert(Header { key, value: Some(value) })))
}

/// Refused at the door of librdkafka: nothing was sent.
fn refused(failure: &KafkaError, producer: &Producer, record: &Record) -> Error {
    let fatal = producer.client().fatal_error();
    let error = match (fatal, failure) {
        (Some((_, reason)), _) => Error::new(Kind::Fatal).with_reason(reason),
        (None, KafkaError::Nul(_)) => Error::new(Kind::Invalid).with_reason("a NUL in the topic"),
        (None, failure) => error::of(failure, false),
    };
    error.with_outcome(feign_core::publish::Outcome::NotWritten).with_topic(record.topic())
}

/// Waits until a broker has answered, so that a wrong address is found when the service starts.
async fn first_answer(producer: Arc<Producer>, settings: &Settings) -> Result<(), Error> {
    let timeout = settings.connect_timeout;
    let asked = spawn_blocking(move || {
        let answer = producer.client().fetch_metadata(None, timeout).map(drop);
        (answer, producer.context().last_error())
    });
    let (answer, last) =
        asked.await.map_err(|source| Error::new(Kind::Transport).with_source(source))?;
    answer.map_err(|failure| {
        let denied = last.as_ref().is_some_and(|last| last.contains("uthentication"));
        let kind = if denied { Kind::Denied } else { Kind::Transport };
        let last = last.unwrap_or_else(|| "nothing answered".to_owned());
        let reason = format!(
            "no broker answered within {timeout:?}; tried `{}`; last error: {last}",
            settings.servers
        );
        let timed_out = KafkaError::Global(RDKafkaErrorCode::OperationTimedOut);
        let source =
            if matches!(failure, KafkaError::MetadataFetch(_)) { failure } else { timed_out };
        Error::new(kind)
            .with_outcome(feign_core::publish::Outcome::NotWritten)
            .with_reason(reason)
            .with_source(source)
    })
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
            std::thread::spawn(move || drop(producer));
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

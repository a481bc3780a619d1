//! An attempt at a transaction: a producer that is lent, and how events reach it.

use std::sync::{Arc, Mutex, PoisonError};

use feign_core::publish::{
    Attempt, BoxFuture, Entry, Error, Kind, Record, Transaction, partition_of,
};
use rdkafka::producer::{BaseRecord, Producer as _};
use tokio::task::spawn_blocking;

use super::pool::{Lease, Pool};
use super::{failure, producer};
use crate::kafka::{Kafka, Way, headers};

#[derive(Debug)]
struct InKafka {
    kafka: Kafka,
    /// Until it ends.
    lease: Mutex<Option<Lease>>,
}

impl Pool {
    pub(crate) async fn transaction(self: &Arc<Self>, kafka: &Kafka) -> Result<Transaction, Error> {
        let lease = Mutex::new(Some(self.begin().await?));
        let attempt = InKafka { kafka: kafka.clone(), lease };
        Ok(Transaction::new(kafka.clone(), attempt, self.limits)
            .with_attempts(self.settings.attempts))
    }
}

impl InKafka {
    /// Where the record goes; the number of partitions was asked for when it was prepared.
    fn partition(&self, record: &Record) -> Option<i32> {
        match (self.kafka.partition(record), record.partition_key()) {
            (Way::Known(partition), _) => partition,
            (Way::Ask, key) => {
                let count = self.kafka.0.partitions.last(record.topic())?;
                key.map(|key| partition_of(key, count))
            }
        }
    }

    /// Ends it on a thread that may block, and goes on there when nobody waits.
    fn end(&self, how: fn(Lease) -> Result<(), Error>) -> BoxFuture<'static, Result<(), Error>> {
        let lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ended = lease.map(|lease| spawn_blocking(move || how(lease)));
        Box::pin(async move {
            let Some(ended) = ended else { return Err(Error::new(Kind::Closed)) };
            ended.await.map_err(|source| Error::new(Kind::Fatal).with_source(source))?
        })
    }
}

impl Attempt for InKafka {
    fn is_prepared(&self, record: &Record) -> bool {
        matches!(self.kafka.partition(record), Way::Known(_))
    }

    fn prepare<'a>(&'a self, record: &'a Record) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if let Way::Ask = self.kafka.partition(record) {
                self.kafka.count(record).await?;
            }
            Ok(())
        })
    }

    fn take(&self, record: Record, entry: Entry) -> Result<(), Error> {
        let mut message =
            BaseRecord::<[u8], [u8], _>::with_opaque_to(record.topic(), Box::new(entry));
        message.key = record.key();
        message.payload = record.payload();
        message.partition = self.partition(&record);
        message.timestamp = record.timestamp();
        message.headers = headers(&record);
        let lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(producer) = lease.as_ref().and_then(Lease::producer) else {
            return Err(record.error(Kind::Closed));
        };
        let sent = producer.send(message);
        sent.map_err(|(failure, _)| failure::refused(&failure, producer.client().fatal_error()))
    }

    fn commit(&self) -> BoxFuture<'static, Result<(), Error>> {
        self.end(producer::commit)
    }

    fn abort(&self) -> BoxFuture<'static, Result<(), Error>> {
        self.end(producer::abort)
    }

    fn abandon(&self) {
        // Aborts on a thread of its own, as there may be no runtime here.
        drop(self.lease.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

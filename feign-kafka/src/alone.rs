//! Once more, each alone: the members of a batch that the broker refused for one of them.

use std::sync::{Arc, Mutex, PoisonError};

use rdkafka::ClientConfig;
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::message::{BorrowedHeaders, BorrowedMessage, Message as _};
use rdkafka::producer::{BaseRecord, Producer as _};

use crate::context::Context;
use crate::delivery::Delivery;
use crate::error;
use crate::kafka::Producer;

/// A producer whose batches hold one message. It is made when it is needed first, by the thread that answers
/// deliveries, and goes with the producer whose failures it mends.
///
/// Events that pass here keep their order among themselves; that to events of the other producer is lost.
pub(crate) struct Alone {
    config: ClientConfig,
    producer: Mutex<Option<Arc<Producer>>>,
}

impl Alone {
    pub(crate) fn new(mut config: ClientConfig) -> Self {
        config.set("batch.num.messages", "1").set("statistics.interval.ms", "0");
        Self { config, producer: Mutex::default() }
    }

    /// Whether the failure may be that of another message in the batch.
    pub(crate) fn may_help(failure: &KafkaError) -> bool {
        matches!(
            failure.rdkafka_error_code(),
            Some(
                Code::MessageSizeTooLarge
                    | Code::MessageBatchTooLarge
                    | Code::InvalidDifferentRecord
                    | Code::InvalidRecord
            )
        )
    }

    /// Sends the message, which is not written, to the partition where it belongs; its delivery is settled here
    /// or by the broker's answer.
    pub(crate) fn send(&self, message: &BorrowedMessage<'_>, delivery: Box<Delivery>) {
        let producer = match self.producer() {
            Ok(producer) => producer,
            Err(failure) => {
                let error = error::of(&failure, false).with_topic(message.topic());
                return delivery.settle(Err(error));
            }
        };
        let timestamp = delivery.timestamp;
        let mut again = BaseRecord::<[u8], [u8], _>::with_opaque_to(message.topic(), delivery);
        again.key = message.key();
        again.payload = message.payload();
        again.partition = Some(message.partition());
        again.timestamp = timestamp;
        again.headers = message.headers().map(BorrowedHeaders::detach);
        if let Err((failure, again)) = producer.send(again) {
            let error = error::refused(&failure, &producer, message.topic());
            again.delivery_opaque.settle(Err(error));
        }
    }

    /// The producer; one that cannot go on is made anew, since there is no order to keep.
    fn producer(&self) -> Result<Arc<Producer>, KafkaError> {
        let mut held = self.producer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(producer) = &*held {
            if producer.client().fatal_error().is_none() {
                return Ok(Arc::clone(producer));
            }
            // Joining would hold up the deliveries.
            let dead = held.take();
            let thread = std::thread::Builder::new().name("feign-kafka-drop".to_owned());
            let _ = thread.spawn(move || drop(dead));
        }
        let made = self.config.create_with_context::<Context, Producer>(Context::default())?;
        Ok(Arc::clone(held.insert(Arc::new(made))))
    }
}

/// The configuration may hold a password.
impl std::fmt::Debug for Alone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alone")
    }
}

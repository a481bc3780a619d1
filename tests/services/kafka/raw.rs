//! A producer of rdkafka without anything of ours: the control, and what marks the end of a topic.

use std::time::Duration;

use feign::kafka::rdkafka::ClientConfig;
use feign::kafka::rdkafka::client::ClientContext;
use feign::kafka::rdkafka::error::{KafkaError, RDKafkaErrorCode};
use feign::kafka::rdkafka::producer::{
    BaseRecord, DeliveryResult, ProducerContext, ThreadedProducer,
};
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::events::happened;
use super::harness::{Door, Fate, Waiting};

/// A producer, and the topic that it writes to.
pub(super) struct Raw {
    producer: ThreadedProducer<Answers>,
    topic: String,
}

/// Passes on what librdkafka says.
struct Answers;

impl ClientContext for Answers {}

impl ProducerContext for Answers {
    type DeliveryOpaque = Box<oneshot::Sender<Fate>>;

    fn delivery(&self, result: &DeliveryResult<'_>, sender: Self::DeliveryOpaque) {
        // Nobody may be waiting.
        _ = sender.send(match result {
            Ok(_) => Fate::Acknowledged,
            Err((error, _)) => Fate::Unknown(error.to_string()),
        });
    }
}

impl Raw {
    /// Makes one without idempotence, which is acknowledged by so many: `"1"` or `"all"`.
    pub(super) fn new(servers: &str, topic: &str, acknowledged_by: &str) -> Self {
        let producer = ClientConfig::new()
            .set("bootstrap.servers", servers)
            .set("acks", acknowledged_by)
            .set("linger.ms", "0")
            .set("partitioner", "murmur2_random")
            .set("queue.buffering.max.messages", "10000")
            .set("reconnect.backoff.max.ms", "500")
            .create_with_context(Answers)
            .unwrap();
        Self { producer, topic: topic.to_owned() }
    }

    /// Puts a record in line, however long that takes.
    pub(super) async fn send(
        &self,
        partition: Option<i32>,
        key: &str,
        payload: Option<&[u8]>,
    ) -> oneshot::Receiver<Fate> {
        loop {
            let (sender, receiver) = oneshot::channel();
            let mut record = BaseRecord::with_opaque_to(&self.topic, Box::new(sender)).key(key);
            (record.partition, record.payload) = (partition, payload);
            match self.producer.send(record) {
                Ok(()) => return receiver,
                Err((KafkaError::MessageProduction(RDKafkaErrorCode::QueueFull), _)) => {
                    sleep(Duration::from_millis(1)).await;
                }
                Err((error, _)) => panic!("{error}"),
            }
        }
    }
}

impl Door for Raw {
    async fn put(&self, key: &str, number: u32) -> Waiting {
        let event = serde_json::to_vec(&happened(number)).unwrap();
        let answer = self.send(None, key, Some(&event)).await;
        Box::pin(async { answer.await.unwrap() })
    }
}

//! Kafka as a subject of the conformance suite.

use feign::publish::conformance::Subject;
use feign::publish::{Backend, Record};
use feign_kafka::Kafka;

use super::reader;

pub(crate) struct InKafka {
    pub(crate) kafka: Kafka,
    pub(crate) servers: String,
    pub(crate) topic: String,
    pub(crate) unknown: String,
}

impl Subject for InKafka {
    fn backend(&self) -> &dyn Backend {
        &self.kafka
    }

    fn topic(&self) -> String {
        self.topic.clone()
    }

    fn unknown_topic(&self) -> String {
        self.unknown.clone()
    }

    async fn read(&mut self, count: usize) -> Vec<Record> {
        let (servers, topic) = (self.servers.clone(), self.topic.clone());
        tokio::task::spawn_blocking(move || reader::read(&servers, &topic, count))
            .await
            .expect("read")
    }
}

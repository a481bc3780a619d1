//! Reads a topic to its end.

use std::time::Duration;

use tokio::time::Instant;

use feign::publish::Record;
use feign_kafka::rdkafka::ClientConfig;
use feign_kafka::rdkafka::consumer::{BaseConsumer, Consumer as _};
use feign_kafka::rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use feign_kafka::rdkafka::{Offset, TopicPartitionList};

/// A topic counts as read when nothing came for so long; less gave false ends on a busy machine.
const QUIET: Duration = Duration::from_millis(1500);
const LONGEST: Duration = Duration::from_secs(60);

/// Reads every partition from its beginning, until `count` records are there and nothing follows.
pub(crate) fn read(servers: &str, topic: &str, count: usize) -> Vec<Record> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", servers)
        .set("group.id", "reader")
        .set("enable.auto.commit", "false")
        .set("isolation.level", "read_committed")
        .set("fetch.wait.max.ms", "20")
        .create()
        .expect("a consumer");
    let metadata = consumer.fetch_metadata(Some(topic), Duration::from_secs(10)).expect("metadata");
    let mut partitions = TopicPartitionList::new();
    for partition in metadata.topics()[0].partitions() {
        partitions
            .add_partition_offset(topic, partition.id(), Offset::Beginning)
            .expect("an offset");
    }
    consumer.assign(&partitions).expect("assigned");
    let (begin, mut last, mut records) = (Instant::now(), Instant::now(), Vec::new());
    while begin.elapsed() < LONGEST && (records.len() < count || last.elapsed() < QUIET) {
        if let Some(Ok(message)) = consumer.poll(Duration::from_millis(50)) {
            records.push(record(&message));
            last = Instant::now();
        }
    }
    records
}

fn record(message: &BorrowedMessage<'_>) -> Record {
    let mut record = Record::new(message.topic().to_owned()).with_partition(message.partition());
    if let Some(key) = message.key() {
        record = record.with_key(key);
    }
    if let Some(payload) = message.payload() {
        record = record.with_payload(payload);
    }
    if let Some(millis) = message.timestamp().to_millis() {
        record = record.with_timestamp(millis);
    }
    for header in message.headers().into_iter().flat_map(|headers| headers.iter()) {
        record = record.with_header(header.key.to_owned(), header.value.unwrap_or_default());
    }
    record
}

//! Reads a topic to its end.

use std::collections::BTreeSet;
use std::time::Duration;

use feign::kafka::rdkafka::consumer::{BaseConsumer, Consumer as _};
use feign::kafka::rdkafka::error::KafkaError;
use feign::kafka::rdkafka::message::{BorrowedMessage, Message as _};
use feign::kafka::rdkafka::{ClientConfig, Offset, TopicPartitionList};
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::cluster::Cluster;
use super::events::Happened;
use super::harness::Fate;
use super::raw::Raw;

/// What a topic holds.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) key: String,
    pub(super) number: u32,
}

/// Levels of isolation.
pub(super) const COMMITTED: &str = "read_committed";
pub(super) const UNCOMMITTED: &str = "read_uncommitted";

/// Where a partition ends: at our last record, or where the broker says so.
#[derive(Clone, Copy)]
enum End {
    Seal,
    Told,
}

/// The key of the last record of a partition.
const SEAL: &str = "seal";
const LIMIT: Duration = Duration::from_secs(30);

/// Returns all events of a topic, those of a partition in their order.
///
/// A record is put behind them into each partition, and read up to: a broker that has just become a leader
/// shows its end a little later, and who believed it would find events lost that are there.
pub(super) async fn read(cluster: &Cluster, topic: &str) -> Vec<Found> {
    let partitions = cluster.partitions(topic).await;
    let raw = Raw::new(cluster.servers(), topic, "all");
    for partition in 0..partitions {
        let answer = raw.send(Some(partition), SEAL, None).await;
        assert_eq!(answer.await.unwrap(), Fate::Acknowledged);
    }
    let consumer = at_beginning(cluster, topic, partitions, COMMITTED);
    drained(consumer, partitions, End::Seal).await
}

/// Returns what such a reader sees at this moment, of a topic whose leaders are no new ones.
pub(super) async fn seen(cluster: &Cluster, topic: &str, isolation: &str) -> Vec<Found> {
    let partitions = cluster.partitions(topic).await;
    drained(at_beginning(cluster, topic, partitions, isolation), partitions, End::Told).await
}

fn at_beginning(cluster: &Cluster, topic: &str, partitions: i32, isolation: &str) -> BaseConsumer {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", cluster.servers())
        .set("group.id", "reader")
        .set("enable.auto.commit", "false")
        .set("enable.partition.eof", "true")
        .set("isolation.level", isolation)
        .set("fetch.wait.max.ms", "20")
        .set("reconnect.backoff.max.ms", "500")
        .create()
        .unwrap();
    let mut all = TopicPartitionList::new();
    for partition in 0..partitions {
        all.add_partition_offset(topic, partition, Offset::Beginning).unwrap();
    }
    consumer.assign(&all).unwrap();
    consumer
}

/// Reads each partition to its end; blocks in librdkafka, so on a thread for that.
async fn drained(consumer: BaseConsumer, partitions: i32, end: End) -> Vec<Found> {
    let drain = move || {
        let (begin, mut found) = (Instant::now(), Vec::new());
        let mut open: BTreeSet<_> = (0..partitions).collect();
        while !open.is_empty() {
            assert!(begin.elapsed() < LIMIT, "partitions {open:?} have no end after {LIMIT:?}");
            match (consumer.poll(Duration::from_millis(100)), end) {
                (Some(Err(KafkaError::PartitionEOF(partition))), End::Told) => {
                    open.remove(&partition);
                }
                (Some(Ok(message)), End::Seal) if message.key() == Some(SEAL.as_bytes()) => {
                    open.remove(&message.partition());
                }
                (Some(Ok(message)), _) if open.contains(&message.partition()) => {
                    found.push(event(&message));
                }
                // Another error is one that librdkafka tries again after.
                _ => {}
            }
        }
        found
    };
    spawn_blocking(drain).await.unwrap()
}

fn event(message: &BorrowedMessage<'_>) -> Found {
    let happened: Happened = serde_json::from_slice(message.payload().unwrap()).unwrap();
    let key = String::from_utf8(message.key().unwrap().to_vec()).unwrap();
    Found { key, number: happened.number }
}

//! Reads a topic to its end.

use std::collections::BTreeSet;
use std::time::Duration;

use feign::kafka::rdkafka::consumer::{BaseConsumer, Consumer as _};
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
    let consumer = consumer(cluster.servers());
    let mut all = TopicPartitionList::new();
    for partition in 0..partitions {
        all.add_partition_offset(topic, partition, Offset::Beginning).unwrap();
    }
    consumer.assign(&all).unwrap();
    spawn_blocking(move || up_to_seals(&consumer, partitions)).await.unwrap()
}

fn consumer(servers: &str) -> BaseConsumer {
    ClientConfig::new()
        .set("bootstrap.servers", servers)
        .set("group.id", "reader")
        .set("enable.auto.commit", "false")
        .set("isolation.level", "read_committed")
        .set("fetch.wait.max.ms", "20")
        .set("reconnect.backoff.max.ms", "500")
        .create()
        .unwrap()
}

fn up_to_seals(consumer: &BaseConsumer, partitions: i32) -> Vec<Found> {
    let (begin, mut found) = (Instant::now(), Vec::new());
    let mut open: BTreeSet<_> = (0..partitions).collect();
    while !open.is_empty() {
        assert!(begin.elapsed() < LIMIT, "partitions {open:?} have no end after {LIMIT:?}");
        // An error is one that librdkafka tries again after.
        let Some(Ok(message)) = consumer.poll(Duration::from_millis(100)) else { continue };
        if message.key() == Some(SEAL.as_bytes()) {
            open.remove(&message.partition());
        } else if open.contains(&message.partition()) {
            found.push(event(&message));
        }
    }
    found
}

fn event(message: &BorrowedMessage<'_>) -> Found {
    let happened: Happened = serde_json::from_slice(message.payload().unwrap()).unwrap();
    let key = String::from_utf8(message.key().unwrap().to_vec()).unwrap();
    Found { key, number: happened.number }
}

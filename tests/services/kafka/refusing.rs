//! What cannot be published: the right error, within the time that is stated.

use std::time::Duration;

use feign::kafka::Kafka;
use feign::publish::{Error, Kind, Outcome, Receipt};
use tokio::time::{Instant, sleep};

use super::cluster::{Cluster, One};
use super::events::{CLOSING, Events as _, EventsPublisher, events, happened, large};
use super::harness::key;
use super::reader::read;

/// What the documentation states: so long may a topic be unknown.
const UNKNOWN_FOR: Duration = Duration::from_secs(3);
/// librdkafka looks once a second.
const LATE: Duration = Duration::from_secs(1);
const AT_ONCE: Duration = Duration::from_secs(1);
/// What was refused as a batch may be tried once more alone, by a producer whose first event takes a second.
const ALONE: Duration = Duration::from_secs(2);

/// Of the topics with a limit, in bytes.
const LIMIT: usize = 10_000;

pub(super) async fn an_unknown_topic_is_told_in_time(One(cluster): &One) {
    let kafka = Kafka::connect(cluster.servers()).await.unwrap();
    let nowhere = events(&kafka, "nowhere");
    let (error, first) = refused(&nowhere, 100).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::Unroutable, Outcome::NotWritten));
    let (error, second) = refused(&nowhere, 100).await;
    assert_eq!((error.kind(), error.outcome()), (Kind::Unroutable, Outcome::NotWritten));
    kafka.close(CLOSING).await.unwrap();
    println!("kafka: an unknown topic is told after {first:.1?}, and then after {second:.1?}");
    assert!(first < UNKNOWN_FOR + LATE, "{first:?}");
    assert!(second < AT_ONCE, "{second:?}");
}

pub(super) async fn a_deleted_topic_is_told_in_time(One(cluster): &One) {
    cluster.topic("deleted", 1, &[]).await;
    let kafka = Kafka::connect(cluster.servers()).await.unwrap();
    let deleted = events(&kafka, "deleted");
    deleted.happened("key", &happened(0)).await.unwrap();
    cluster.delete("deleted").await;
    let (error, took) = refused(&deleted, 100).await;
    kafka.close(CLOSING).await.unwrap();
    println!("kafka: a deleted topic is told after {took:.1?}: {error}");
    assert_eq!((error.kind(), error.outcome()), (Kind::Unroutable, Outcome::NotWritten));
    assert!(took < UNKNOWN_FOR + LATE, "{took:?}");
}

pub(super) async fn one_that_is_too_large_is_told_at_once(One(cluster): &One) {
    cluster.topic("limited", 1, &[("max.message.bytes", &LIMIT.to_string())]).await;
    let kafka = Kafka::connect(cluster.servers()).await.unwrap();
    let limited = events(&kafka, "limited");
    // The first event of a producer takes longer than all others.
    limited.happened("key", &happened(0)).await.unwrap();
    let (of_topic, by_broker) = refused(&limited, 2 * LIMIT).await;
    let (of_client, here) = refused(&limited, 2 << 20).await;
    limited.happened("key", &happened(1)).await.unwrap();
    kafka.close(CLOSING).await.unwrap();
    println!("kafka: too large for the topic: {by_broker:.1?}; for the client: {here:.1?}");
    for error in [of_topic, of_client] {
        assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::NotWritten));
    }
    assert!(by_broker < ALONE && here < AT_ONCE, "{by_broker:?}, {here:?}");
    assert_eq!(numbers(cluster, "limited").await, [0, 1]);
}

pub(super) async fn one_that_is_too_large_fails_alone_in_its_batch(One(cluster): &One) {
    const EVENTS: u32 = 20;
    const LARGE: u32 = 7;
    cluster.topic("in-batch", 1, &[("max.message.bytes", &LIMIT.to_string())]).await;
    // All of them are in line before the first is sent.
    let kafka = Kafka::builder(cluster.servers()).linger(Duration::from_millis(500));
    let kafka = kafka.connect().await.unwrap();
    let (in_batch, mut line) = (events(&kafka, "in-batch"), Vec::new());
    for number in 0..EVENTS {
        let bytes = if number == LARGE { 2 * LIMIT } else { 10 };
        line.push(in_batch.queued(&key(number), &large(number, bytes)).await.unwrap());
    }
    let mut failed = Vec::new();
    for (number, pending) in (0..EVENTS).zip(line) {
        failed.extend(pending.await.err().map(|error| (number, error)));
    }
    kafka.close(CLOSING).await.unwrap();
    let mut there = numbers(cluster, "in-batch").await;
    there.sort_unstable();
    println!("kafka: one too large among {EVENTS}: {} failed, {} there", failed.len(), there.len());
    let [(LARGE, error)] = &*failed else { panic!("{} failed as well", failed.len() - 1) };
    assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::NotWritten));
    assert!(there.into_iter().eq((0..EVENTS).filter(|number| *number != LARGE)));
}

pub(super) async fn a_delivery_timeout_of_five_seconds_is_five_seconds(One(cluster): &One) {
    const TIMEOUT: Duration = Duration::from_secs(5);
    const EVENTS: u32 = 20;
    cluster.topic("late", 1, &[]).await;
    let kafka = Kafka::builder(cluster.servers()).delivery_timeout(TIMEOUT);
    let kafka = kafka.connect().await.unwrap();
    let late = events(&kafka, "late");
    late.happened("key", &happened(0)).await.unwrap();
    cluster.kill(1).await;
    // Spread over a second, as the look at what is late is taken once a second.
    let mut line = Vec::new();
    for number in 1..=EVENTS {
        let pending = late.queued("key", &happened(number)).await.unwrap();
        let begin = Instant::now();
        line.push(tokio::spawn(async move { (pending.await, begin.elapsed()) }));
        sleep(Duration::from_secs(1) / EVENTS).await;
    }
    let mut took = Vec::new();
    for answer in line {
        let (answer, after) = answer.await.unwrap();
        let error = answer.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::TimedOut, Outcome::NotWritten));
        took.push(after);
    }
    cluster.restart(1).await;
    kafka.close(CLOSING).await.unwrap();
    let (first, last) = (took.iter().min().unwrap(), took.iter().max().unwrap());
    println!(
        "kafka: a delivery timeout of {TIMEOUT:?}: {EVENTS} failed after {first:.2?} to {last:.2?}"
    );
    assert!(*first >= TIMEOUT && *last < TIMEOUT + LATE, "{took:?}");
    assert_eq!(numbers(cluster, "late").await, [0]);
}

/// Publishes one that is refused; returns the error and how long it took.
async fn refused(events: &EventsPublisher, bytes: usize) -> (Error, Duration) {
    let begin = Instant::now();
    let answer: Result<Receipt, Error> = events.happened("key", &large(99, bytes)).await;
    (answer.unwrap_err(), begin.elapsed())
}

async fn numbers(cluster: &Cluster, topic: &str) -> Vec<u32> {
    read(cluster, topic).await.into_iter().map(|found| found.number).collect()
}

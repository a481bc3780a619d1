//! A batch that fails for one of its members.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use feign::observe::{Observer, Producing};
use feign::publish::{Advice, Backend as _, Kind, Outcome, Record};
use feign_kafka::Kafka;
use rdkafka::bindings::rd_kafka_resp_err_t as Code;
use rdkafka::types::RDKafkaApiKey;

use crate::{Cluster, cluster, read};

const TOO_LARGE: Code = Code::RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE;

#[derive(Default)]
struct Again(AtomicUsize);

impl Observer for Again {
    fn producing(&self, event: &Producing<'_>) {
        if let Producing::SentAlone { topic } = event {
            assert_eq!(*topic, "orders");
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Waits long enough that what is published in a row is one batch.
async fn connect(cluster: &Cluster, again: &Arc<Again>) -> Kafka {
    let kafka = Kafka::builder(cluster.bootstrap_servers())
        .linger(Duration::from_millis(200))
        .observer(Arc::clone(again))
        .connect()
        .await
        .expect("connected");
    // The first one waits for the producer's id; those behind it are batches of their own.
    kafka.send(record(0)).await.expect("published");
    kafka
}

fn record(number: usize) -> Record {
    Record::new("orders")
        .with_key("k")
        .with_payload(number.to_string())
        .with_header("h", b"\x00\xff")
        .with_timestamp(1_700_000_000_000 + i64::try_from(number).expect("small"))
}

#[tokio::test]
async fn its_members_are_sent_once_more_alone_as_they_were() {
    let (cluster, again) = (cluster(), Arc::<Again>::default());
    let kafka = connect(&cluster, &again).await;
    cluster.request_errors(RDKafkaApiKey::Produce, &[TOO_LARGE]);
    let mut line = Vec::new();
    for number in 1..20 {
        line.push(kafka.enqueue(record(number)).await.expect("in line"));
    }
    for pending in line {
        pending.await.expect("good by itself");
    }
    assert_eq!(again.0.load(Ordering::Relaxed), 19);
    assert_eq!(kafka.in_flight(), 0);
    let read = read(&cluster, "orders", 20).await;
    let expected: Vec<_> = (0..20).map(record).collect();
    for (found, expected) in read.iter().zip(&expected) {
        assert_eq!((found.key(), found.payload()), (expected.key(), expected.payload()));
        assert_eq!(found.timestamp(), expected.timestamp());
        assert!(found.headers().eq(expected.headers()), "{found:?}");
    }
    assert_eq!(read.len(), 20, "each once");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test]
async fn the_one_that_is_too_large_alone_fails_and_is_not_sent_for_ever() {
    let (cluster, again) = (cluster(), Arc::<Again>::default());
    let kafka = connect(&cluster, &again).await;
    cluster.request_errors(RDKafkaApiKey::Produce, &[TOO_LARGE, TOO_LARGE]);
    let error = kafka.send(record(1)).await.expect_err("too large twice");
    let said = (error.kind(), error.outcome(), error.advice());
    assert_eq!(said, (Kind::TooLarge, Outcome::NotWritten, Advice::DoNotRetry), "{error:?}");
    assert_eq!(again.0.load(Ordering::Relaxed), 1);
    kafka.send(record(2)).await.expect("published");
    assert_eq!(read(&cluster, "orders", 2).await.len(), 2);
}

#[tokio::test]
async fn one_that_may_be_written_is_not_sent_again() {
    let (cluster, again) = (cluster(), Arc::<Again>::default());
    let kafka = connect(&cluster, &again).await;
    // The mock writes nothing at the first, which the client cannot know.
    let timed_out = Code::RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT;
    cluster.request_errors(RDKafkaApiKey::Produce, &[timed_out, TOO_LARGE]);
    let error = kafka.send(record(1)).await.expect_err("too large");
    assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::Unknown), "{error:?}");
    assert_eq!(again.0.load(Ordering::Relaxed), 0);
    assert_eq!(read(&cluster, "orders", 1).await.len(), 1);
}

#[tokio::test]
async fn close_waits_for_those_that_are_sent_again_and_says_how_many_are_left() {
    let (cluster, again) = (cluster(), Arc::<Again>::default());
    let kafka = connect(&cluster, &again).await;
    cluster.request_errors(RDKafkaApiKey::Produce, &[TOO_LARGE]);
    let mended = kafka.enqueue(record(1)).await.expect("in line");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    mended.await.expect("good by itself");

    let kafka = connect(&cluster, &again).await;
    // Every answer of the second producer is one that is asked for again.
    let retried = [Code::RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS; 200];
    let mut errors = vec![TOO_LARGE];
    errors.extend(retried);
    cluster.request_errors(RDKafkaApiKey::Produce, &errors);
    let left = kafka.enqueue(record(2)).await.expect("in line");
    let said = kafka.close(Duration::from_millis(1500)).await.expect_err("not acknowledged");
    assert_eq!(said.messages, 1);
    let error = left.await.expect_err("left");
    assert_eq!(error.kind(), Kind::Closed, "{error:?}");
    assert_eq!(again.0.load(Ordering::Relaxed), 2);
}

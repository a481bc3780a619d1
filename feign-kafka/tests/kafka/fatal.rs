//! A producer that cannot go on.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::observe::{Observer, Producing};
use feign::publish::{Advice, Backend as _, Kind, Outcome, Record};
use feign_kafka::Kafka;
use rdkafka::bindings::rd_kafka_resp_err_t as Code;
use rdkafka::types::RDKafkaApiKey;
use tokio::time::{Instant, sleep};

use crate::{cluster, connect, read};

#[derive(Default)]
struct Fatal {
    count: AtomicUsize,
    reason: Mutex<String>,
}

impl Observer for Fatal {
    fn producing(&self, event: &Producing<'_>) {
        if let Producing::Fatal { reason } = event {
            self.count.fetch_add(1, Ordering::Relaxed);
            *self.reason.lock().expect("a reason") = (*reason).to_owned();
        }
    }
}

fn record(payload: &str) -> Record {
    Record::new("orders").with_key("k").with_payload(payload)
}

#[tokio::test]
async fn every_event_says_why_until_it_is_made_anew() {
    let (cluster, seen) = (cluster(), Arc::<Fatal>::default());
    let kafka = Kafka::builder(cluster.bootstrap_servers()).observer(Arc::clone(&seen));
    let kafka = kafka.connect().await.expect("connected");
    kafka.send(record("first")).await.expect("published");

    let broken = Code::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER;
    cluster.request_errors(RDKafkaApiKey::Produce, &[broken]);
    let head = kafka.send(record("head")).await.expect_err("out of order");
    println!("{head}");
    let said = (head.kind(), head.outcome(), head.advice());
    assert_eq!(said, (Kind::Fatal, Outcome::Unknown, Advice::RebuildClient), "{head:?}");
    assert!(head.to_string().contains("desynchronization"), "{head}");
    for _ in 0..2 {
        let later = kafka.clone().enqueue(record("later")).await.expect_err("refused");
        let said = (later.kind(), later.outcome(), later.advice());
        assert_eq!(said, (Kind::Fatal, Outcome::NotWritten, Advice::RebuildClient), "{later:?}");
        assert!(later.to_string().contains("desynchronization"), "{later}");
        println!("{later}");
    }
    assert_eq!(seen.count.load(Ordering::Relaxed), 1);
    assert!(seen.reason.lock().expect("a reason").contains("desynchronization"));
    assert_eq!(kafka.in_flight(), 0);

    let other = kafka.clone();
    let both = tokio::join!(kafka.rebuild(), tokio::spawn(async move { other.rebuild().await }));
    both.0.expect("made anew");
    both.1.expect("no panic").expect("made anew");
    kafka.send(record("again")).await.expect("published");
    let read = read(&cluster, "orders", 2).await;
    let payloads: Vec<_> = read.iter().filter_map(Record::payload).collect();
    assert_eq!(payloads, [&b"first"[..], b"again"]);
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

/// Those behind the head are not sent any more, and say so.
#[tokio::test]
async fn what_waits_behind_it_is_not_written() {
    let cluster = cluster();
    // Each is a batch, of which five are on their way at most.
    let kafka = Kafka::builder(cluster.bootstrap_servers()).batch_bytes(1);
    let kafka = kafka.connect().await.expect("connected");
    kafka.send(record("first")).await.expect("published");
    cluster.broker_round_trip_time(-1, Duration::from_millis(300)).expect("slow");
    let broken = Code::RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER;
    cluster.request_errors(RDKafkaApiKey::Produce, &[broken; 5]);
    let mut line = Vec::new();
    for number in 0..40 {
        line.push(kafka.enqueue(record(&number.to_string())).await.expect("in line"));
    }
    line.remove(0).await.expect_err("the head");
    // Whoever goes on publishing is refused, and that answers what would wait until its time is over.
    let (begin, mut not_written) = (Instant::now(), 0);
    while kafka.in_flight() > 0 && begin.elapsed() < Duration::from_secs(15) {
        kafka.enqueue(record("later")).await.expect_err("refused");
        sleep(Duration::from_millis(20)).await;
    }
    println!("answered after {:?}", begin.elapsed());
    assert_eq!(kafka.in_flight(), 0, "answered, and not only when their time was over");
    for pending in line {
        let error = pending.await.expect_err("fatal");
        assert_eq!((error.kind(), error.advice()), (Kind::Fatal, Advice::RebuildClient));
        assert!(error.to_string().contains("desynchronization"), "{error}");
        not_written += usize::from(error.outcome() == Outcome::NotWritten);
    }
    assert!(not_written >= 35, "{not_written} of 39");
    assert_eq!(read(&cluster, "orders", 1).await.len(), 1);
}

#[tokio::test]
async fn one_that_can_go_on_is_kept() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    kafka.send(record("first")).await.expect("published");
    cluster.broker_round_trip_time(-1, Duration::from_millis(300)).expect("slow");
    let pending = kafka.enqueue(record("slow")).await.expect("in line");
    kafka.rebuild().await.expect("nothing to do");
    pending.await.expect("neither purged nor lost");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(kafka.rebuild().await.expect_err("closed").kind(), Kind::Closed);
}

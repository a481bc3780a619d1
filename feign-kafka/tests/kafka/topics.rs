//! Topics that are not known yet.

use std::time::Duration;

use feign::publish::{Backend as _, Kind, Outcome, Record};
use feign_kafka::Kafka;
use rdkafka::bindings::rd_kafka_resp_err_t as Code;
use tokio::time::{Instant, sleep};

use crate::{Orders as _, OrdersPublisher, cluster, connect, read};

/// The first event asks how many partitions there are; those behind it do not overtake it.
#[tokio::test(flavor = "multi_thread")]
async fn events_with_and_without_a_partition_key_keep_their_order_from_the_first_on() {
    for round in 0..5 {
        let cluster = cluster();
        let kafka = connect(&cluster).await;
        let mut line = Vec::new();
        for number in 0..200 {
            let record = Record::new("placed").with_key("k").with_payload(number.to_string());
            // The same partition in both ways: the key's own, and the one that is asked for.
            let by_key = number % 2 == round % 2;
            let record = if by_key { record.with_partition_key("k") } else { record };
            line.push(kafka.enqueue(record).await.expect("in line"));
        }
        let mut partitions = Vec::new();
        for pending in line {
            partitions.push(pending.await.expect("acknowledged").partition);
        }
        partitions.dedup();
        assert_eq!(partitions.len(), 1);
        let read = read(&cluster, "placed", 200).await;
        let numbers: Vec<_> = read.iter().filter_map(Record::payload).map(<[u8]>::to_vec).collect();
        let expected: Vec<_> = (0..200).map(|number| number.to_string().into_bytes()).collect();
        assert_eq!(numbers, expected, "round {round}");
    }
}

/// As a broker says of a topic that it makes on demand.
#[tokio::test]
async fn a_topic_that_is_made_meanwhile_is_asked_for_again() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    let orders = OrdersPublisher::new(&kafka);
    let unknown = Code::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    cluster.topic_error("placed", unknown).expect("an error");
    let made = async {
        sleep(Duration::from_millis(300)).await;
        cluster.topic_error("placed", Code::RD_KAFKA_RESP_ERR_NO_ERROR).expect("none");
    };
    let (placed, ()) = tokio::join!(orders.placed("1", "a", "x"), made);
    placed.expect("published");
}

#[tokio::test]
async fn a_topic_that_stays_unknown_is_told_in_time() {
    let cluster = cluster();
    let kafka = Kafka::builder(cluster.bootstrap_servers()).topic_timeout(Duration::from_secs(1));
    let kafka = kafka.connect().await.expect("connected");
    let orders = OrdersPublisher::new(&kafka);
    let unknown = Code::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    cluster.topic_error("placed", unknown).expect("an error");
    let begin = Instant::now();
    let error = orders.placed("1", "a", "x").await.expect_err("unknown");
    assert_eq!((error.kind(), error.outcome()), (Kind::Unroutable, Outcome::NotWritten));
    let took = begin.elapsed();
    assert!(took > Duration::from_millis(900) && took < Duration::from_secs(4), "{took:?}");
    let error = kafka.ready(&["placed"]).await.expect_err("unknown");
    assert_eq!((error.kind(), error.topic()), (Kind::Unroutable, Some("placed")));
}

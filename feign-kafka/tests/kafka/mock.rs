//! The C client against its own mock of a cluster.
#![allow(missing_docs, unreachable_pub, reason = "tests")]

mod batches;
mod fatal;
mod observed;
mod reader;
mod subject;
mod topics;

use std::time::Duration;

use tokio::time::Instant;

use feign::publish::{
    Advice, Error, Kind, Outcome, Pending, Receipt, Record, conformance, partition_of,
};
use feign_kafka::Kafka;
use rdkafka::bindings::rd_kafka_resp_err_t as Code;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::RDKafkaApiKey;

use subject::InKafka;

type Cluster = MockCluster<'static, DefaultProducerContext>;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn later(&self, #[key] id: &str, #[body] event: &str) -> Result<Pending, Error>;

    #[topic("placed")]
    async fn placed(
        &self,
        #[key] id: &str,
        #[partition_key] by: &str,
        #[body] event: &str,
    ) -> Result<Receipt, Error>;
}

fn cluster() -> Cluster {
    let cluster = MockCluster::new(1).expect("a cluster");
    for topic in ["orders", "placed"] {
        cluster.create_topic(topic, 4, 1).expect("a topic");
    }
    cluster
}

async fn connect(cluster: &Cluster) -> Kafka {
    Kafka::connect(cluster.bootstrap_servers()).await.expect("connected")
}

async fn read(cluster: &Cluster, topic: &'static str, count: usize) -> Vec<Record> {
    let servers = cluster.bootstrap_servers();
    let read = tokio::task::spawn_blocking(move || reader::read(&servers, topic, count));
    read.await.expect("read")
}

#[tokio::test(flavor = "multi_thread")]
async fn kafka_keeps_what_every_backend_keeps() {
    let cluster = cluster();
    cluster
        .topic_error("unknown", Code::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        .expect("an error");
    let kafka = connect(&cluster).await;
    let servers = cluster.bootstrap_servers();
    let (topic, unknown) = ("orders".to_owned(), "unknown".to_owned());
    conformance::run(InKafka { kafka, servers, topic, unknown }).await;
}

#[tokio::test]
async fn a_partition_key_places_and_keys_go_where_java_puts_them() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    let orders = OrdersPublisher::new(&kafka);
    for key in ["a", "b", "c", "d", "e"] {
        let placed = orders.placed("same", key, "x").await.expect("published");
        assert_eq!(placed.partition, Some(partition_of(key.as_bytes(), 4)), "{key}");
        let created = orders.created(key, "x").await.expect("published");
        assert_eq!(created.partition, Some(partition_of(key.as_bytes(), 4)), "{key}");
    }
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

/// 20 places for 400 events on one key: what `FutureProducer::send` gets out of order.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_line_keeps_the_order() {
    let cluster = cluster();
    cluster.broker_round_trip_time(-1, Duration::from_millis(10)).expect("slow");
    let kafka = Kafka::builder(cluster.bootstrap_servers())
        .max_in_flight(20)
        .connect()
        .await
        .expect("connected");
    let orders = OrdersPublisher::new(&kafka);
    let mut line = Vec::new();
    for number in 0..400 {
        line.push(orders.later("k", &number.to_string()).await.expect("in line"));
        assert!(kafka.in_flight() <= 20);
    }
    for pending in line {
        pending.await.expect("acknowledged");
    }
    let read = read(&cluster, "orders", 400).await;
    let numbers: Vec<_> = read.iter().filter_map(Record::payload).map(<[u8]>::to_vec).collect();
    let expected: Vec<_> = (0..400).map(|number| number.to_string().into_bytes()).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_broker_that_is_gone_fails_in_time_and_says_not_written() {
    let cluster = cluster();
    let kafka = Kafka::builder(cluster.bootstrap_servers())
        .topic_timeout(Duration::from_millis(500))
        .delivery_timeout(Duration::from_secs(2))
        .connect()
        .await
        .expect("connected");
    let orders = OrdersPublisher::new(&kafka);
    orders.created("1", "x").await.expect("published");
    cluster.broker_down(-1).expect("down");
    let begin = Instant::now();
    let error = orders.created("1", "y").await.expect_err("nobody is there");
    assert_eq!((error.kind(), error.outcome()), (Kind::TimedOut, Outcome::NotWritten), "{error:?}");
    assert_eq!((error.advice(), error.event()), (Advice::RetrySafe, Some("Orders.created")));
    assert!(begin.elapsed() < Duration::from_millis(3500), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn close_says_what_is_left_and_each_of_them_is_answered() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    let orders = OrdersPublisher::new(&kafka);
    orders.created("1", "x").await.expect("published");
    cluster.broker_down(-1).expect("down");
    let mut line = Vec::new();
    for _ in 0..5 {
        line.push(orders.later("1", "x").await.expect("in line"));
    }
    let left = kafka.close(Duration::from_millis(200)).await.expect_err("nobody is there");
    assert_eq!(left.messages, 5);
    for pending in line {
        let error = pending.await.expect_err("left");
        assert_eq!(error.kind(), Kind::Closed, "{error:?}");
    }
    assert_eq!(orders.created("1", "x").await.expect_err("closed").kind(), Kind::Closed);
}

#[tokio::test]
async fn what_the_broker_refuses_is_told() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    let orders = OrdersPublisher::new(&kafka);
    orders.created("1", "x").await.expect("published");
    for (code, kind, advice) in [
        (Code::RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS, Kind::Rejected, Advice::RetrySafe),
        (Code::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, Kind::Denied, Advice::DoNotRetry),
    ] {
        cluster.request_errors(RDKafkaApiKey::Produce, &[code]);
        let error = orders.created("1", "x").await.expect_err("refused");
        assert_eq!((error.kind(), error.advice()), (kind, advice), "{error:?}");
    }
}

#[tokio::test]
async fn settings_that_cannot_hold_are_named() {
    let none = || Kafka::builder("127.0.0.1:1");
    for (builder, said) in [
        (Kafka::builder(" "), "bootstrap.servers"),
        (none().max_in_flight(0), "max_in_flight"),
        (none().delivery_timeout(Duration::from_secs(1)), "delivery_timeout"),
        (none().set("acks", "1"), "acks"),
        (none().set("message.timeout.ms", "300000"), "message.timeout.ms"),
        (none().set("delivery.report.only.error", "true"), "delivery.report.only.error"),
        (none().set("compression.codec", "zip"), "compression.codec"),
        (none().set("no.such.setting", "1"), "no.such.setting"),
        (none().set("socket.timeout.ms", "1"), "socket.timeout.ms"),
    ] {
        let error = builder.connect().await.expect_err(said);
        assert_eq!(error.kind(), Kind::Settings, "{error:?}");
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[tokio::test]
async fn without_a_broker_connect_says_what_it_tried_and_lazy_waits() {
    let none = Kafka::builder("127.0.0.1:1").connect_timeout(Duration::from_millis(700));
    let error = none.clone().connect().await.expect_err("nobody is there");
    assert_eq!((error.kind(), error.outcome()), (Kind::Transport, Outcome::NotWritten));
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    let lazy = none.lazy().connect().await.expect("no wait");
    let pending = OrdersPublisher::new(&lazy).later("1", "x").await.expect("in line");
    assert_eq!(lazy.in_flight(), 1);
    assert_eq!(lazy.close(Duration::from_millis(50)).await.expect_err("left").messages, 1);
    assert_eq!(pending.await.expect_err("left").outcome(), Outcome::NotWritten);
}

#[tokio::test]
async fn keys_and_headers_keep_odd_bytes() {
    let cluster = cluster();
    let kafka = connect(&cluster).await;
    let odd: Vec<u8> = (0..=255).collect();
    let record = Record::new("orders")
        .with_key("a\0b")
        .with_payload(&odd)
        .with_header("odd", &odd)
        .with_header("empty", "")
        .with_header("w\u{e9}ird name", "x");
    kafka.send(record.clone()).await.expect("published");
    let read = read(&cluster, "orders", 1).await;
    assert_eq!((read[0].key(), read[0].payload()), (record.key(), record.payload()));
    assert!(read[0].headers().eq(record.headers()), "{read:?}");
    for name in ["", "a\0b"] {
        let record = Record::new("orders").with_payload("x").with_header(name, "x");
        let error = kafka.send(record).await.expect_err("no name");
        assert_eq!((error.kind(), error.outcome()), (Kind::Invalid, Outcome::NotWritten));
    }
}

#[tokio::test]
async fn a_password_is_shown_to_nobody() {
    let builder = Kafka::builder("127.0.0.1:1").set("sasl.password", "hunter2");
    assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
    assert!(format!("{builder:?}").contains("sasl.password"), "{builder:?}");
    let builder = Kafka::builder("127.0.0.1:1").set("sasl.oauthbearer.method", "hunter2");
    let error = builder.connect().await.expect_err("no such value");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error} {error:?}");
}

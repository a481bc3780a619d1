//! Against a real broker, whose address `FEIGN_KAFKA` holds; topics are made anew by each test.
#![allow(missing_docs, unreachable_pub, reason = "tests")]

mod reader;
mod real_transactions;
mod subject;

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use feign::publish::{Backend as _, Kind, Outcome, Record, conformance};
use feign_kafka::Kafka;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use tokio::time::Instant;

use subject::InKafka;

/// The address; without one this fails, since a test that runs nothing shows nothing.
fn servers() -> String {
    std::env::var("FEIGN_KAFKA").expect("FEIGN_KAFKA=host:port of a broker")
}

/// Makes a topic that no run before had.
async fn topic(name: &str, partitions: i32, settings: &[(&str, &str)]) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let name = format!("{name}-{now}");
    let admin: AdminClient<DefaultClientContext> =
        ClientConfig::new().set("bootstrap.servers", servers()).create().expect("an admin");
    let mut topic = NewTopic::new(&name, partitions, TopicReplication::Fixed(1));
    for (key, value) in settings {
        topic = topic.set(key, value);
    }
    let made = admin.create_topics([&topic], &AdminOptions::new()).await.expect("asked");
    made.into_iter().for_each(|made| drop(made.expect("made")));
    name
}

async fn read(topic: &str, count: usize) -> Vec<Record> {
    let (servers, topic) = (servers(), topic.to_owned());
    tokio::task::spawn_blocking(move || reader::read(&servers, &topic, count)).await.expect("read")
}

#[tokio::test(flavor = "multi_thread")]
async fn kafka_keeps_what_every_backend_keeps() {
    let topic = topic("conformance", 4, &[]).await;
    let kafka = Kafka::connect(servers()).await.expect("connected");
    let unknown = format!("{topic}-unknown");
    conformance::run(InKafka { kafka, servers: servers(), topic, unknown }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ready_says_what_one_replica_is_worth() {
    let topic = topic("ready", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = Kafka::connect(servers()).await.expect("connected");
    let ready = kafka.ready(&[&topic]).await.expect("there");
    println!("{:#?}", ready.unsafe_because);
    let said = |word: &str| ready.unsafe_because.iter().any(|reason| reason.contains(word));
    assert!(said("replicas") && said("min.insync.replicas") && said("max.message.bytes"));
    let error = kafka.ready(&["not-there"]).await.expect_err("not there");
    assert_eq!(error.kind(), Kind::Unroutable, "{error:?}");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_over_the_limit_of_its_topic_is_not_written_and_says_so() {
    let topic = topic("limit", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = Kafka::connect(servers()).await.expect("connected");
    let large = Record::new(topic.clone()).with_payload([b'x'; 20_000]);
    let error = kafka.send(large).await.expect_err("too large");
    assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::NotWritten), "{error:?}");
    kafka.send(Record::new(topic.clone()).with_payload("small")).await.expect("published");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(read(&topic, 1).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_topic_is_told_within_its_time() {
    let kafka = Kafka::connect(servers()).await.expect("connected");
    let begin = Instant::now();
    let error =
        kafka.send(Record::new("no-such-topic").with_payload("x")).await.expect_err("unknown");
    println!("told after {:?}", begin.elapsed());
    assert_eq!(
        (error.kind(), error.outcome()),
        (Kind::Unroutable, Outcome::NotWritten),
        "{error:?}"
    );
    assert!(begin.elapsed() < Duration::from_secs(5));
}

/// Acknowledged means read once and in order; run it while the broker is killed and started again.
#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_events_are_read_once_and_in_order() {
    const EVENTS: usize = 50_000;
    let topic = topic("no-loss", 6, &[]).await;
    let kafka = Kafka::connect(servers()).await.expect("connected");
    let pause: Option<u64> =
        std::env::var("FEIGN_KAFKA_MICROS").ok().and_then(|micros| micros.parse().ok());
    let (mut line, mut refused) = (Vec::new(), Vec::new());
    for number in 0..EVENTS {
        let record = Record::new(topic.clone())
            .with_key(format!("key-{}", number % 100))
            .with_payload(number.to_string());
        match kafka.enqueue(record).await {
            Ok(pending) => line.push((number, pending)),
            // The broker is gone for longer than an event waits for its place.
            Err(error) => {
                assert_eq!(error.outcome(), Outcome::NotWritten, "{error:?}");
                refused.push(number);
            }
        }
        if let Some(micros) = pause {
            // Every hundredth, so that the run outlasts the restarts of the broker.
            if number % 100 == 0 {
                tokio::time::sleep(Duration::from_micros(micros * 100)).await;
            }
        }
    }
    let (mut acknowledged, mut not_written, mut unknown) = (Vec::new(), refused, 0);
    for (number, pending) in line {
        match pending.await {
            Ok(_) => acknowledged.push(number),
            Err(error) if error.outcome() == Outcome::NotWritten => not_written.push(number),
            Err(_) => unknown += 1,
        }
    }
    kafka.close(Duration::from_secs(30)).await.expect("nothing left");
    let records = read(&topic, acknowledged.len()).await;
    let (mut copies, mut last, mut inversions) = (HashMap::new(), HashMap::new(), 0);
    for record in &records {
        let text = std::str::from_utf8(record.payload().unwrap_or_default()).unwrap_or_default();
        let number: usize = text.parse().expect("a number");
        *copies.entry(number).or_insert(0_usize) += 1;
        let before = last.insert(record.key().map(<[u8]>::to_vec), number);
        inversions += usize::from(before.is_some_and(|before| before > number));
    }
    let lost = acknowledged.iter().filter(|number| !copies.contains_key(number)).count();
    let false_words = not_written.iter().filter(|number| copies.contains_key(number)).count();
    let doubled = copies.values().filter(|count| **count > 1).count();
    println!(
        "sent {EVENTS}, acknowledged {}, not written {}, unknown {unknown}; read {}: lost {lost}, doubled {doubled}, \
         inversions {inversions}, said not written and read {false_words}",
        acknowledged.len(),
        not_written.len(),
        records.len()
    );
    assert_eq!((lost, doubled, inversions, false_words), (0, 0, 0, 0));
}

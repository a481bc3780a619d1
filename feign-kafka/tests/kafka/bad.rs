//! What a real broker refuses, and what becomes of its neighbours.

use std::time::Duration;

use feign::publish::{Advice, Backend as _, Error, Kind, Outcome, Receipt, Record};
use feign_kafka::Kafka;

use crate::{read, servers, topic};

/// Waits long enough that what is published in a row is one batch of a partition.
async fn connect(topic: &str) -> Kafka {
    let kafka = Kafka::builder(servers()).linger(Duration::from_millis(300));
    let kafka = kafka.connect().await.expect("connected");
    kafka.send(Record::new(topic.to_owned()).with_payload("first")).await.expect("published");
    kafka
}

fn record(topic: &str, number: usize, bytes: usize) -> Record {
    let payload = format!("{number} {}", "x".repeat(bytes));
    Record::new(topic.to_owned()).with_key("k").with_payload(payload).with_header("h", "\0\u{ff}")
}

/// Publishes all of them before the first is awaited.
async fn publish(kafka: &Kafka, records: Vec<Record>) -> Vec<Result<Receipt, Error>> {
    let mut line = Vec::new();
    for record in records {
        line.push(kafka.enqueue(record).await.expect("in line"));
    }
    let mut outcomes = Vec::new();
    for pending in line {
        outcomes.push(pending.await);
    }
    outcomes
}

/// The numbers at the beginning of the payloads, without the first event.
fn numbers(records: &[Record]) -> Vec<usize> {
    let number = |record: &Record| {
        let text = std::str::from_utf8(record.payload()?).ok()?.split_once(' ')?.0;
        text.parse().ok()
    };
    records.iter().filter_map(number).collect()
}

fn is_too_large(error: &Error) {
    let said = (error.kind(), error.outcome(), error.advice());
    assert_eq!(said, (Kind::TooLarge, Outcome::NotWritten, Advice::DoNotRetry), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_over_the_limit_of_its_topic_is_not_written_and_says_so() {
    let topic = topic("limit", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = connect(&topic).await;
    is_too_large(&kafka.send(record(&topic, 1, 20_000)).await.expect_err("too large"));
    kafka.send(record(&topic, 2, 10)).await.expect("published");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(numbers(&read(&topic, 2).await), [2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_none_of_its_batch_with_it() {
    let topic = topic("neighbours", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = connect(&topic).await;
    let records = (0..20).map(|number| {
        let bytes = if number == 7 { 20_000 } else { 10 };
        record(&topic, number, bytes)
    });
    let outcomes = publish(&kafka, records.collect()).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Err(error) if number == 7 => is_too_large(error),
            outcome => assert!(outcome.is_ok(), "{number}: {outcome:?}"),
        }
    }
    kafka.send(record(&topic, 20, 10)).await.expect("published");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    let records = read(&topic, 21).await;
    let expected: Vec<_> = (0..=20).filter(|number| *number != 7).collect();
    println!("{} of 20 arrived, in order, each once", numbers(&records).len() - 1);
    assert_eq!(numbers(&records), expected);
    assert!(records[1..].iter().all(|record| record.key() == Some(b"k")));
    assert!(records[1..].iter().all(|record| record.header("h") == Some("\0\u{ff}".as_bytes())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_over_the_limit_of_small_events_arrives() {
    let topic = topic("together", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = connect(&topic).await;
    let records = (0..50).map(|number| record(&topic, number, 1_000));
    let outcomes = publish(&kafka, records.collect()).await;
    for outcome in &outcomes {
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    let read = numbers(&read(&topic, 51).await);
    println!("{} of 50 arrived", read.len());
    assert_eq!(read, (0..50).collect::<Vec<_>>());
}

/// Nearly every batch is refused; run it also while the broker is killed and started again.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_is_there_once() {
    const EVENTS: usize = 20_000;
    let topic = topic("again", 3, &[("max.message.bytes", "10000")]).await;
    let kafka = connect(&topic).await;
    let mut line = Vec::new();
    for number in 0..EVENTS {
        let record = record(&topic, number, 1_000).with_key((number % 50).to_string());
        line.push(kafka.enqueue(record).await.expect("in line"));
    }
    let (mut acknowledged, mut not_written, mut unknown) = (Vec::new(), Vec::new(), 0);
    for (number, pending) in line.into_iter().enumerate() {
        match pending.await {
            Ok(_) => acknowledged.push(number),
            Err(error) if error.outcome() == Outcome::NotWritten => not_written.push(number),
            Err(_) => unknown += 1,
        }
    }
    kafka.close(Duration::from_secs(30)).await.expect("nothing left");
    let mut copies = vec![0_usize; EVENTS];
    for number in numbers(&read(&topic, acknowledged.len() + 1).await) {
        copies[number] += 1;
    }
    let lost = acknowledged.iter().filter(|number| copies[**number] == 0).count();
    let doubled = copies.iter().filter(|copies| **copies > 1).count();
    let false_words = not_written.iter().filter(|number| copies[**number] > 0).count();
    println!(
        "sent {EVENTS}, acknowledged {}, not written {}, unknown {unknown}: lost {lost}, doubled {doubled}, said \
         not written and read {false_words}",
        acknowledged.len(),
        not_written.len()
    );
    assert_eq!((lost, doubled, false_words), (0, 0, 0));
}

/// A compacted topic wants keys; the broker names the event that has none.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_refused_for_itself_takes_none_with_it_either() {
    let topic = topic("compacted", 1, &[("cleanup.policy", "compact")]).await;
    let kafka = Kafka::builder(servers()).linger(Duration::from_millis(300));
    let kafka = kafka.connect().await.expect("connected");
    kafka.send(record(&topic, 0, 1)).await.expect("published");
    let mut records: Vec<_> =
        (1..10).map(|number| record(&topic, number, 1).with_key(number.to_string())).collect();
    records[4] = Record::new(topic.clone()).with_payload("no key");
    let outcomes = publish(&kafka, records).await;
    for (at, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Err(error) if at == 4 => {
                println!("{error}: {:?}", std::error::Error::source(error));
                assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::NotWritten));
            }
            outcome => assert!(outcome.is_ok(), "{at}: {outcome:?}"),
        }
    }
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(numbers(&read(&topic, 9).await), [0, 1, 2, 3, 4, 6, 7, 8, 9]);
}

/// Wants a listener with SASL/PLAIN at `FEIGN_KAFKA_SASL`, which knows `feign` with the password `secret`.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_are_told_by_connect_and_right_ones_publish() {
    let address = std::env::var("FEIGN_KAFKA_SASL").expect("FEIGN_KAFKA_SASL=host:port");
    let topic = topic("sasl", 1, &[]).await;
    let with = |password: &str| {
        Kafka::builder(&address)
            .set("security.protocol", "SASL_PLAINTEXT")
            .set("sasl.mechanism", "PLAIN")
            .set("sasl.username", "feign")
            .set("sasl.password", password)
            .connect_timeout(Duration::from_secs(3))
    };
    let error = with("wrong").connect().await.expect_err("not let in");
    println!("{error}");
    let said = (error.kind(), error.outcome(), error.advice());
    assert_eq!(said, (Kind::Denied, Outcome::NotWritten, Advice::DoNotRetry), "{error:?}");
    assert!(error.to_string().contains(&address), "{error}");
    assert!(!format!("{error} {error:?}").contains("wrong"), "{error:?}");

    let lazy = with("wrong").lazy().delivery_timeout(Duration::from_secs(4));
    let lazy = lazy.connect().await.expect("does not wait");
    let error = lazy.send(record(&topic, 1, 1)).await.expect_err("not let in");
    println!("{error}");
    assert_eq!((error.kind(), error.outcome()), (Kind::TimedOut, Outcome::NotWritten));
    assert!(error.to_string().contains("Authentication failed"), "{error}");

    let kafka = with("secret").connect().await.expect("let in");
    kafka.send(record(&topic, 2, 1)).await.expect("published");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(numbers(&read(&topic, 1).await), [2]);
}

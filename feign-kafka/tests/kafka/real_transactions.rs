//! Transactions against a real broker: what readers with `read_committed` see, and what fencing looks like.

use std::collections::BTreeMap;
use std::time::Duration;

use feign::publish::{
    Advice, Backend as _, Error, Kind, Outcome, Record, Transaction, conformance,
};
use feign_kafka::{Kafka, Transactions};
use rdkafka::ClientConfig;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use tokio::time::{Instant, sleep};

use crate::subject::InKafka;
use crate::{read, servers, topic};

/// A prefix that no other run has: as a real one, it is of this instance alone.
fn prefix(of: &str) -> Transactions {
    Transactions::new(format!("{of}-{}", std::process::id()))
}

async fn connect(transactions: Transactions) -> Kafka {
    let builder = Kafka::builder(servers()).transactions(transactions);
    builder.connect().await.expect("connected")
}

async fn close(kafka: &Kafka) {
    kafka.close(Duration::from_secs(30)).await.expect("nothing left");
}

/// Publishes so many events of one name, all in line before the commit looks at them.
async fn publish(tx: &Transaction, topic: &str, name: &str, count: usize) -> Result<(), Error> {
    for number in 0..count {
        let record = Record::new(topic.to_owned()).with_key(format!("{name}-{}", number % 7));
        let _in_line = tx.enqueue(record.with_payload(format!("{name}:{number}"))).await?;
    }
    Ok(())
}

/// How many events of each name were read, and whether one was read twice.
fn counted(records: &[Record]) -> BTreeMap<String, usize> {
    let text =
        |record: &Record| String::from_utf8_lossy(record.payload().unwrap_or_default()).into();
    let mut texts: Vec<String> = records.iter().map(text).collect();
    texts.sort_unstable();
    let all = texts.len();
    texts.dedup();
    assert_eq!(texts.len(), all, "an event was read twice");
    let mut counted = BTreeMap::new();
    for text in texts {
        let name = text.split(':').next().unwrap_or_default().to_owned();
        *counted.entry(name).or_insert(0) += 1;
    }
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn kafka_with_transactions_keeps_what_every_backend_keeps() {
    let topic = topic("tx-conformance", 4, &[]).await;
    let kafka = connect(prefix("conformance")).await;
    let unknown = format!("{topic}-unknown");
    conformance::run(InKafka { kafka, servers: servers(), topic, unknown }).await;
}

/// Two instances with one prefix: the second takes the ids, the first is told, and a new producer stands behind it.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_fences_the_first_and_nothing_of_it_is_read() {
    let topic = topic("tx-fenced", 3, &[]).await;
    let first = connect(prefix("fenced").pool(1)).await;
    let mut second = None;
    let fenced = first.transaction(async |tx| {
        publish(&tx, &topic, "zombie", 1).await?;
        tx.close(Duration::from_secs(10)).await.expect("acknowledged");
        Ok::<_, Error>(())
    });
    fenced.await.expect("not fenced yet");
    // In the middle of a scope, and between two.
    for (name, open) in [("open", true), ("idle", false)] {
        if !open {
            second = Some(connect(prefix("fenced").pool(1)).await);
        }
        let scope = first.transaction(|tx| {
            let (topic, begun) = (topic.clone(), Instant::now());
            async move {
                publish(&tx, &topic, name, 3).await?;
                let second =
                    if open { Some(connect(prefix("fenced").pool(1)).await) } else { None };
                publish(&tx, &topic, &format!("{name}-late"), 2).await?;
                println!("{name}: scope done after {:?}", begun.elapsed());
                drop(second);
                Ok::<_, Error>(())
            }
        });
        let error = scope.await.expect_err("fenced");
        println!("{name}: {error}");
        assert_eq!(error.kind(), Kind::Fenced, "{error:?}");
        assert!(error.to_string().contains("only one running instance"), "{error}");
        // The new producer fences the second one in its turn.
        let again =
            first.transaction(async |tx| publish(&tx, &topic, &format!("{name}-again"), 5).await);
        again.await.expect("committed by a new producer");
    }
    let second = second.expect("the second");
    let error = second.transaction(async |tx| publish(&tx, &topic, "second", 3).await).await;
    assert_eq!(error.expect_err("fenced in its turn").kind(), Kind::Fenced);
    close(&first).await;
    close(&second).await;
    let read = counted(&read(&topic, 11).await);
    println!("{read:?}");
    let expected = [("idle-again", 5), ("open-again", 5), ("zombie", 1)];
    assert_eq!(read, expected.map(|(name, count)| (name.to_owned(), count)).into());
}

/// A process that died in the middle of a transaction holds readers up until its timeout, or until it comes back.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_predecessor_left_open_is_ended_when_it_connects() {
    let topic = topic("tx-left", 1, &[]).await;
    let transactions = prefix("left").pool(1);
    let left: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", servers())
        .set("transactional.id", format!("left-{}-0", std::process::id()))
        .create()
        .expect("a producer");
    let open = topic.clone();
    let left = tokio::task::spawn_blocking(move || {
        left.init_transactions(Duration::from_secs(10)).expect("announced");
        left.begin_transaction().expect("begun");
        left.send(BaseRecord::<str, str>::to(&open).payload("left:0")).expect("in line");
        left.flush(Duration::from_secs(10)).expect("acknowledged");
        left
    });
    let left = left.await.expect("no panic");
    let plain = Kafka::connect(servers()).await.expect("connected");
    plain.send(Record::new(topic.clone()).with_payload("plain:0")).await.expect("acknowledged");
    assert_eq!(counted(&read(&topic, 0).await), [].into(), "it stands behind an open one");
    let kafka = connect(transactions).await;
    assert_eq!(counted(&read(&topic, 1).await), [("plain".to_owned(), 1)].into());
    drop(left);
    close(&kafka).await;
    close(&plain).await;
}

/// The broker looks for such transactions every 10 s, unless it is told otherwise; this waits for what it does.
#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_outlives_its_timeout_looks_like_fencing() {
    let topic = topic("tx-timeout", 1, &[]).await;
    let kafka = connect(prefix("timeout").pool(1).timeout(Duration::from_millis(1500))).await;
    let begin = Instant::now();
    let late = kafka.transaction(async |tx| {
        while begin.elapsed() < Duration::from_secs(40) {
            tx.send(Record::new(topic.clone()).with_payload(format!("late:{:?}", begin.elapsed())))
                .await?;
            sleep(Duration::from_millis(300)).await;
        }
        Ok::<_, Error>(())
    });
    let error = late.await.expect_err("too late");
    println!("after {:?}: {error}", begin.elapsed());
    assert_eq!((error.kind(), error.outcome()), (Kind::Fenced, Outcome::NotWritten), "{error:?}");
    assert_eq!(error.advice(), Advice::RestartTransaction);
    assert!(error.to_string().contains("outlived its timeout"), "{error}");
    kafka.transaction(async |tx| publish(&tx, &topic, "next", 2).await).await.expect("committed");
    close(&kafka).await;
    assert_eq!(counted(&read(&topic, 2).await), [("next".to_owned(), 2)].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_over_that_of_the_broker_is_told_when_it_connects() {
    let transactions = prefix("longer").timeout(Duration::from_secs(20 * 60));
    let error = Kafka::builder(servers()).transactions(transactions).connect().await;
    let error = error.expect_err("over 15 minutes");
    println!("{error}");
    assert_eq!((error.kind(), error.advice()), (Kind::Settings, Advice::DoNotRetry), "{error:?}");
    assert!(error.to_string().contains("transaction.max.timeout.ms"), "{error}");
}

/// An event that the broker refuses takes the rest with it, and the scope is not run again for it.
#[tokio::test(flavor = "multi_thread")]
async fn one_event_over_the_limit_aborts_all() {
    let topic = topic("tx-limit", 1, &[("max.message.bytes", "10000")]).await;
    let kafka = connect(prefix("limit").pool(1)).await;
    let scope = kafka.transaction(async |tx| {
        publish(&tx, &topic, "small", 5).await?;
        let _in_line = tx.enqueue(Record::new(topic.clone()).with_payload([b'x'; 20_000])).await?;
        Ok::<_, Error>(())
    });
    let error = scope.await.expect_err("too large");
    println!("{error}");
    assert_eq!((error.kind(), error.advice()), (Kind::TooLarge, Advice::DoNotRetry), "{error:?}");
    kafka.transaction(async |tx| publish(&tx, &topic, "next", 5).await).await.expect("committed");
    close(&kafka).await;
    assert_eq!(counted(&read(&topic, 5).await), [("next".to_owned(), 5)].into());
}

/// Run it while the broker is killed and started again: each transaction is whole or not there, and what its
/// error says of it is true.
#[tokio::test(flavor = "multi_thread")]
async fn transactions_are_whole_or_not_there() {
    const EVENTS: usize = 20;
    let count: usize = setting("FEIGN_KAFKA_TRANSACTIONS").unwrap_or(400);
    let topic = topic("tx-whole", 6, &[]).await;
    let kafka = connect(prefix("whole").pool(2)).await;
    let (mut committed, mut unknown, mut aborted, mut runs) =
        (Vec::new(), Vec::new(), Vec::new(), 0);
    let (begin, mut slowest) = (Instant::now(), Duration::ZERO);
    for number in 0..count {
        let (name, one) = (format!("t{number}"), Instant::now());
        // Every fifth is aborted by its own scope.
        let own = number % 5 == 4;
        let scope = kafka.transaction(|tx| {
            runs += 1;
            let (name, topic) = (name.clone(), topic.clone());
            async move {
                publish(&tx, &topic, &name, EVENTS).await?;
                if own { Err(Error::new(Kind::Unexpected)) } else { Ok(()) }
            }
        });
        let outcome = scope.await;
        if let Some(error) = outcome.as_ref().err().filter(|error| error.kind() != Kind::Unexpected)
        {
            println!("{name} after {:?}: {error}", one.elapsed());
        }
        match outcome {
            Ok(()) => committed.push(name),
            Err(error) if error.outcome() == Outcome::NotWritten => {
                aborted.push((name, error.kind()))
            }
            Err(_) => unknown.push(name),
        }
        slowest = slowest.max(one.elapsed());
    }
    let took = begin.elapsed();
    close(&kafka).await;
    let read = counted(&read(&topic, committed.len() * EVENTS).await);
    let partial = read.values().filter(|events| **events != EVENTS).count();
    let lost = committed.iter().filter(|name| !read.contains_key(*name)).count();
    let false_words = aborted.iter().filter(|(name, _)| read.contains_key(name)).count();
    let by_others = aborted.iter().filter(|(_, kind)| *kind != Kind::Unexpected).count();
    let there = unknown.iter().filter(|name| read.contains_key(*name)).count();
    println!(
        "{count} transactions of {EVENTS}, {runs} runs, {took:?}, slowest {slowest:?}: committed {}, aborted by their scope {}, by \
         the broker {by_others}, unknown {} ({there} of them there); read {}: lost {lost}, partial {partial}, said not written and \
         read {false_words}",
        committed.len(),
        aborted.len() - by_others,
        unknown.len(),
        read.len()
    );
    assert_eq!((lost, partial, false_words), (0, 0, 0));
    assert_eq!(read.len(), committed.len() + there);
}

fn setting(name: &str) -> Option<usize> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

/// One after the other, and as many at a time as the pool has producers.
#[tokio::test(flavor = "multi_thread")]
async fn no_commit_stalls_for_a_tenth_of_a_second() {
    const COUNT: usize = 200;
    let topic = topic("tx-rate", 1, &[]).await;
    let kafka = connect(prefix("rate").pool(4)).await;
    let mut all_stalled = 0;
    for (tasks, events) in [(1, 1), (1, 50), (4, 1), (4, 50)] {
        let begin = Instant::now();
        let running: Vec<_> = (0..tasks)
            .map(|_| tokio::spawn(several(kafka.clone(), topic.clone(), COUNT / tasks, events)))
            .collect();
        let mut took = Vec::new();
        for task in running {
            took.extend(task.await.expect("no panic"));
        }
        let seconds = begin.elapsed().as_secs_f64();
        took.sort_unstable();
        let stalled = took.iter().filter(|one| **one > Duration::from_millis(95)).count();
        println!(
            "{tasks} at a time, {events} events: {:.0} transactions/s; median {:?}, p99 {:?}, over 95 ms {stalled} of {COUNT}",
            COUNT as f64 / seconds,
            took[COUNT / 2],
            took[COUNT * 99 / 100]
        );
        all_stalled += stalled;
    }
    // A commit that finds a message waits for 100 ms: 67 of 800 did when it was not looked for first.
    assert!(all_stalled <= 4 * COUNT / 50, "{all_stalled} of {} stalled", 4 * COUNT);
    close(&kafka).await;
}

async fn several(kafka: Kafka, topic: String, count: usize, events: usize) -> Vec<Duration> {
    let mut took = Vec::new();
    for _ in 0..count {
        let one = Instant::now();
        let scope = kafka.transaction(async |tx| publish(&tx, &topic, "rate", events).await);
        scope.await.expect("committed");
        took.push(one.elapsed());
    }
    took
}

//! Transactions: readers with `read_committed` see all events of one, or none of them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::process::ExitCode;
use std::time::Duration;

use feign::BoxError;
use feign::kafka::{Kafka, Transactions};
use feign::publish::{Error, Kind, Outcome, Transaction};
use tokio::time::Instant;

use super::cluster::{Cluster, One, Three};
use super::events::{CLOSING, Events as _, events, happened};
use super::harness::{Fate, Verdict, key};
use super::reader::{COMMITTED, Found, UNCOMMITTED, read, seen};
use crate::support::{Process, this, until};

const PARTITIONS: usize = 3;
const LIMIT: Duration = Duration::from_secs(20);

async fn connect(servers: &str, prefix: &str) -> Kafka {
    let transactions = Transactions::new(prefix).pool(1).timeout(Duration::from_secs(10));
    Kafka::builder(servers).transactions(transactions).connect().await.unwrap()
}

/// Publishes these numbers, and waits until the broker has them.
async fn publish(tx: &Transaction, topic: &str, numbers: Range<u32>) -> Result<(), Error> {
    let (events, mut line) = (events(tx, topic), Vec::new());
    for number in numbers {
        line.push(events.queued(&key(number), &happened(number)).await?);
    }
    for pending in line {
        pending.await?;
    }
    Ok(())
}

/// How many are seen by readers of either kind.
async fn counts(cluster: &Cluster, topic: &str) -> [usize; 2] {
    let committed = seen(cluster, topic, COMMITTED).await.len();
    [committed, seen(cluster, topic, UNCOMMITTED).await.len()]
}

pub(super) async fn what_is_committed_is_seen_and_what_is_aborted_is_not(One(cluster): &One) {
    let (begin, topic) = (Instant::now(), "tx-seen");
    cluster.topic(topic, PARTITIONS, &[]).await;
    let kafka = connect(cluster.servers(), topic).await;
    let before = Cell::new([0; 2]);
    let committed = kafka.transaction(async |tx| {
        publish(&tx, topic, 0..100).await?;
        before.set(counts(cluster, topic).await);
        Ok::<_, Error>(())
    });
    committed.await.unwrap();
    let after = counts(cluster, topic).await;
    let aborted = kafka.transaction(async |tx| {
        publish(&tx, topic, 100..150).await?;
        Err::<(), _>(Error::new(Kind::Unexpected))
    });
    assert_eq!(aborted.await.unwrap_err().kind(), Kind::Unexpected);
    let aborted = counts(cluster, topic).await;
    kafka.close(CLOSING).await.unwrap();
    let (before, took) = (before.get(), begin.elapsed());
    println!(
        "kafka: seen with read_committed and without: {before:?} before the commit of 100, {after:?} after it, \
         {aborted:?} after 50 were aborted; {took:.1?}"
    );
    assert_eq!((before, after, aborted), ([0, 100], [100, 100], [100, 150]));
}

pub(super) async fn a_second_instance_fences_the_first(One(cluster): &One) {
    let (begin, topic) = (Instant::now(), "tx-fenced");
    cluster.topic(topic, PARTITIONS, &[]).await;
    let first = connect(cluster.servers(), topic).await;
    let zombie = first.transaction(async |tx| {
        publish(&tx, topic, 0..10).await?;
        let second = connect(cluster.servers(), topic).await;
        second.transaction(async |tx| publish(&tx, topic, 100..105).await).await?;
        second.close(CLOSING).await.unwrap();
        // It does not know yet, and goes on.
        _ = publish(&tx, topic, 10..20).await;
        Ok::<_, Error>(())
    });
    let error = zombie.await.unwrap_err();
    // A new producer took the place of the one that was fenced.
    first.transaction(async |tx| publish(&tx, topic, 200..203).await).await.unwrap();
    first.close(CLOSING).await.unwrap();
    let found = seen(cluster, topic, COMMITTED).await;
    let [zombies, second, again] =
        [0..100, 100..200, 200..300].map(|range: Range<u32>| count(&found, &range));
    let took = begin.elapsed();
    println!(
        "kafka: {error}: {zombies} of it seen, {second} of 5 of the second, {again} of 3 later; {took:.1?}"
    );
    assert_eq!((error.kind(), error.outcome()), (Kind::Fenced, Outcome::NotWritten));
    assert_eq!([zombies, second, again], [0, 5, 3]);
}

fn count(found: &[Found], numbers: &Range<u32>) -> usize {
    found.iter().filter(|found| numbers.contains(&found.number)).count()
}

/// The role of this program that publishes and never commits.
const ROLE: &str = "publish-and-hang";

pub(super) async fn a_crash_before_the_commit_leaves_nothing(One(cluster): &One) {
    let (begin, topic) = (Instant::now(), "tx-crashed");
    cluster.topic(topic, PARTITIONS, &[]).await;
    let mut process =
        Process::start(ROLE, this().unwrap().args([ROLE, cluster.servers(), topic])).unwrap();
    let published = async { process.line_with("published", LIMIT).await.map(drop) };
    process.until_ready(published).await.unwrap();
    process.kill();
    let open = counts(cluster, topic).await;
    // It comes back under its own name, and finishes what it had left open.
    let kafka = connect(cluster.servers(), topic).await;
    kafka.transaction(async |tx| publish(&tx, topic, 100..107).await).await.unwrap();
    kafka.close(CLOSING).await.unwrap();
    let after = counts(cluster, topic).await;
    let took = begin.elapsed();
    println!(
        "kafka: crashed before the commit of 50: {open:?} seen; after 7 of its successor {after:?}; {took:.1?}"
    );
    assert_eq!((open, after), ([0, 50], [7, 57]));
}

/// Plays that role, if the arguments name it.
pub(super) fn play(arguments: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    match &arguments.into_iter().skip(1).collect::<Vec<_>>()[..] {
        [role, servers, topic] if role == ROLE => {
            Some(feign_services_helper::run(hang(servers, topic)))
        }
        _ => None,
    }
}

async fn hang(servers: &str, topic: &str) -> Result<(), BoxError> {
    let kafka = connect(servers, topic).await;
    let scope = kafka.transaction(async |tx| {
        publish(&tx, topic, 0..50).await?;
        println!("published");
        std::future::pending::<Result<(), Error>>().await
    });
    Ok(scope.await?)
}

/// How many events a transaction has.
const EVENTS: u32 = 20;
/// Every so many is aborted by its own scope.
const ABORTED: u32 = 5;
/// So many are run before each fault, and after the last.
const BETWEEN: usize = 50;

pub(super) async fn transactions_are_whole_while_brokers_die(Three(cluster): &Three) {
    let (begin, topic) = (Instant::now(), "tx-whole");
    cluster.topic(topic, PARTITIONS, &[]).await;
    let kafka = connect(cluster.servers(), topic).await;
    let (done, is_over) = (Cell::new(0), Cell::new(false));
    let faults = async {
        for node in cluster.nodes() {
            until_more(&done, BETWEEN).await;
            cluster.kill(node).await;
            cluster.restart(node).await;
            cluster.until_in_sync(topic).await;
            cluster.until_in_sync("__transaction_state").await;
        }
        until_more(&done, BETWEEN).await;
        is_over.set(true);
    };
    let ((), run) = tokio::join!(faults, run_until(&kafka, topic, &done, &is_over));
    kafka.close(CLOSING).await.unwrap();
    let found = read(cluster, topic).await;
    let mut whole = BTreeMap::<_, u32>::new();
    for event in &found {
        *whole.entry(event.number / EVENTS).or_default() += 1;
    }
    let partial = whole.values().filter(|events| **events != EVENTS).count();
    let verdict = Verdict::of(&run.fates, &found);
    let (Run { attempts, slowest, .. }, took) = (&run, begin.elapsed());
    let transactions = run.fates.len() / EVENTS as usize;
    println!(
        "kafka: three brokers killed in turn: {transactions} transactions of {EVENTS} in {attempts} attempts, {} seen, \
         {partial} partial, the slowest took {slowest:.1?}; {verdict}; {took:.1?}",
        whole.len(),
    );
    verdict.assert_kept();
    assert_eq!(partial, 0);
}

/// Waits for so many more transactions.
async fn until_more(done: &Cell<usize>, count: usize) {
    let wanted = done.get() + count;
    let what = "transactions that go on";
    until(what, LIMIT, async || (done.get() >= wanted).then_some(())).await.unwrap();
}

#[derive(Default)]
struct Run {
    fates: Vec<Fate>,
    attempts: usize,
    slowest: Duration,
}

/// Runs one after the other, and notes what is said of each event.
async fn run_until(kafka: &Kafka, topic: &str, done: &Cell<usize>, is_over: &Cell<bool>) -> Run {
    let mut run = Run::default();
    for transaction in 0.. {
        let (first, begin) = (transaction * EVENTS, Instant::now());
        let attempts = Cell::new(0);
        let scope = kafka.transaction(async |tx| {
            attempts.set(attempts.get() + 1);
            publish(&tx, topic, first..first + EVENTS).await?;
            let is_wanted = transaction % ABORTED != 0;
            is_wanted.then_some(()).ok_or_else(|| Error::new(Kind::Unexpected))
        });
        let fate = Fate::from(scope.await);
        run.fates.extend(std::iter::repeat_n(fate, EVENTS as usize));
        run.attempts += attempts.get();
        done.set(done.get() + 1);
        run.slowest = run.slowest.max(begin.elapsed());
        if is_over.get() {
            break;
        }
    }
    run
}

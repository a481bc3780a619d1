//! The only broker is away: callers wait, memory stays where it is, and nothing is dropped.

use std::cell::Cell;
use std::time::Duration;

use feign::kafka::Kafka;
use feign::publish::{Error, Kind, Outcome, Receipt};
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, sleep, sleep_until};

use super::cluster::One;
use super::events::{CLOSING, Events as _, EventsPublisher, events, happened, large};
use super::harness::{Fate, Line, Verdict, key};
use super::reader::read;

/// How long it is away.
const AWAY: Duration = Duration::from_secs(20);
/// Half of that, so that some are given up and others are not.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(10);
/// librdkafka looks once a second, and all that it gives up at once is answered by one busy thread.
const LATE: Duration = Duration::from_secs(2);

/// What makes an event large.
const NOTE: usize = 4000;
/// What events in line may take.
const ROOM: u32 = 32 << 20;
/// What the process may grow by: what is in line, what librdkafka notes of each, and a task of ours for each.
/// A line without a limit would take as much twice a second.
const GROWTH: usize = 3 * ROOM as usize;

pub(super) async fn callers_wait_while_the_only_broker_is_away(One(cluster): &One) {
    cluster.topic("away", 6, &[]).await;
    let kafka = Kafka::builder(cluster.servers())
        .max_in_flight(1 << 17)
        .max_bytes_in_flight(ROOM)
        .max_block(2 * DELIVERY_TIMEOUT)
        .delivery_timeout(DELIVERY_TIMEOUT)
        .connect()
        .await
        .unwrap();
    let publisher = events(&kafka, "away");
    // All that was sent is answered before it goes away.
    publisher.happened(&key(0), &happened(0)).await.unwrap();
    let before = memory();
    cluster.kill(1).await;
    let begin = Instant::now();
    let is_back = Cell::new(false);
    let away = async {
        sleep_until(begin + AWAY).await;
        cluster.restart(1).await;
        is_back.set(true);
    };
    let peak = Cell::new(before);
    let watching = async {
        while !is_back.get() {
            peak.set(peak.get().max(memory()));
            sleep(Duration::from_millis(50)).await;
        }
    };
    let ((), (), offered) = tokio::join!(away, watching, offer(&publisher, &is_back));
    let Offered { answers, longest_wait } = offered;
    let (mut fates, mut late) = (vec![Fate::Acknowledged], Vec::new());
    for answer in answers {
        let (answer, after) = answer.await.unwrap();
        if let Err(error) = &answer {
            assert_eq!((error.kind(), error.outcome()), (Kind::TimedOut, Outcome::NotWritten));
            late.push(after);
        }
        fates.push(Fate::from(answer));
    }
    kafka.close(CLOSING).await.unwrap();
    let verdict = Verdict::of(&fates, &read(cluster, "away").await);
    let (first, last) = (late.iter().min().unwrap(), late.iter().max().unwrap());
    println!(
        "kafka: the only broker away for {AWAY:?}: {verdict}; given up after {first:.1?} to {last:.1?}; a caller \
         waited for {longest_wait:.1?}; memory {} before, {} at most, {} after (MiB)",
        before >> 20,
        peak.get() >> 20,
        memory() >> 20,
    );
    verdict.assert_kept();
    assert!(*first >= DELIVERY_TIMEOUT && *last < DELIVERY_TIMEOUT + LATE, "{first:?} to {last:?}");
    assert!(longest_wait > DELIVERY_TIMEOUT / 2, "nobody was held up");
    assert!(peak.get() - before < GROWTH, "{} bytes more", peak.get() - before);
}

type Answer = (Result<Receipt, Error>, Duration);

struct Offered {
    answers: Vec<JoinHandle<Answer>>,
    longest_wait: Duration,
}

/// Publishes as fast as it is let, until some time after the broker is back.
async fn offer(publisher: &EventsPublisher, is_back: &Cell<bool>) -> Offered {
    let mut offered = Offered { answers: Vec::new(), longest_wait: Duration::ZERO };
    for number in 1.. {
        let asked = Instant::now();
        let pending = publisher.queued(&key(number), &large(number, NOTE)).await.unwrap();
        offered.longest_wait = offered.longest_wait.max(asked.elapsed());
        let entered = Instant::now();
        offered.answers.push(tokio::spawn(async move { (pending.await, entered.elapsed()) }));
        if is_back.get() {
            break;
        }
        // A line without a limit would let nobody else have a turn.
        yield_now().await;
    }
    offered
}

/// What of this process is in memory, in bytes.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() << 10
}

/// An event that was on its way when the broker hung may be written, and one behind it is not.
pub(super) async fn what_is_said_of_events_that_failed_is_true(One(cluster): &One) {
    const EVENTS: usize = 5000;
    cluster.topic("hanging", 6, &[]).await;
    let kafka = Kafka::builder(cluster.servers())
        .max_in_flight(10_000)
        // Some are on their way in a few large batches.
        .linger(Duration::from_millis(20))
        .topic_timeout(Duration::from_secs(1))
        .delivery_timeout(Duration::from_secs(2))
        .connect()
        .await
        .unwrap();
    let publisher = events(&kafka, "hanging");
    publisher.happened(&key(0), &happened(0)).await.unwrap();
    cluster.freeze(1, true).await;
    let mut line = Line::new(&publisher);
    line.put(EVENTS).await;
    let mut fates = line.fates().await;
    cluster.freeze(1, false).await;
    // It goes on where it was, and takes what had waited at its door.
    let again = publisher.happened(&key(0), &happened(u32::try_from(EVENTS).unwrap())).await;
    kafka.close(CLOSING).await.unwrap();
    // Number 0 is there twice: once of before.
    let mut found = read(cluster, "hanging").await;
    found.remove(found.iter().position(|found| found.number == 0).unwrap());
    fates.push(Fate::from(again));
    let verdict = Verdict::of(&fates, &found);
    println!("kafka: the only broker hangs: {verdict}");
    verdict.assert_kept();
    assert_eq!(verdict.acknowledged, 1);
    assert!(verdict.unknown_there > 0, "{verdict}");
}

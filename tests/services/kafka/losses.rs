//! Leaders die and hang while events flow: what is acknowledged is there, once and in order.

use std::time::Duration;

use feign::kafka::Kafka;
use tokio::time::{Instant, sleep};

use super::cluster::{Cluster, Three};
use super::events::{CLOSING, events};
use super::harness::{Door, Fate, Line, Verdict};
use super::raw::Raw;
use super::reader::read;

const PARTITIONS: usize = 6;
/// How often the leader fails while events are sent.
const FAULTS: usize = 2;
const EVENTS: usize = 50_000;

/// Rounds of the control, which has to lose something in one of them.
const ROUNDS: usize = 5;
const EVENTS_OF_CONTROL: usize = 100_000;

/// How long a leader hangs once another has taken its place.
const HANGING: Duration = Duration::from_secs(2);

pub(super) async fn acknowledged_events_outlive_killed_leaders(Three(cluster): &Three) {
    let begin = Instant::now();
    cluster.topic("killed", PARTITIONS, &[]).await;
    let kafka = Kafka::connect(cluster.servers()).await.unwrap();
    let verdict = through(&events(&kafka, "killed"), cluster, "killed", EVENTS, killed).await;
    kafka.close(CLOSING).await.unwrap();
    let took = begin.elapsed();
    println!("kafka: three brokers, leader killed and restarted twice: {verdict}; {took:.1?}");
    verdict.assert_kept();
}

pub(super) async fn acknowledged_events_outlive_frozen_leaders(Three(cluster): &Three) {
    let begin = Instant::now();
    cluster.topic("frozen", PARTITIONS, &[]).await;
    // Else what hangs there is known to hang no sooner than after half a minute.
    let kafka = Kafka::builder(cluster.servers()).set("request.timeout.ms", "1000");
    let kafka = kafka.connect().await.unwrap();
    let verdict = through(&events(&kafka, "frozen"), cluster, "frozen", EVENTS, frozen).await;
    kafka.close(CLOSING).await.unwrap();
    let took = begin.elapsed();
    println!("kafka: three brokers, leader frozen twice: {verdict}; {took:.1?}");
    verdict.assert_kept();
}

pub(super) async fn what_is_said_while_leaders_hang_is_true(Three(cluster): &Three) {
    let begin = Instant::now();
    cluster.topic("hasty", PARTITIONS, &[]).await;
    // It gives up before another leads.
    let kafka = Kafka::builder(cluster.servers())
        .set("request.timeout.ms", "500")
        .topic_timeout(Duration::from_millis(500))
        .delivery_timeout(Duration::from_secs(1));
    let kafka = kafka.connect().await.unwrap();
    let verdict = through(&events(&kafka, "hasty"), cluster, "hasty", EVENTS, frozen).await;
    kafka.close(CLOSING).await.unwrap();
    let took = begin.elapsed();
    println!(
        "kafka: three brokers, leader frozen twice, given up after 1 s: {verdict}; {took:.1?}"
    );
    verdict.assert_kept();
    assert!(verdict.acknowledged < EVENTS, "nothing failed: {verdict}");
}

/// Shows that the same harness finds what is lost, where the leader alone acknowledges.
pub(super) async fn the_control_with_one_acknowledgement_loses_some(Three(cluster): &Three) {
    let begin = Instant::now();
    for round in 1..=ROUNDS {
        let topic = format!("control-{round}");
        cluster.topic(&topic, PARTITIONS, &[]).await;
        let raw = Raw::new(cluster.servers(), &topic, "1");
        let verdict = through(&raw, cluster, &topic, EVENTS_OF_CONTROL, killed).await;
        let took = begin.elapsed();
        println!("kafka: control, acks=1 by plain rdkafka, round {round}: {verdict}; {took:.1?}");
        if verdict.lost > 0 {
            return;
        }
    }
    panic!("nothing was lost in {ROUNDS} rounds: the harness shows nothing");
}

/// Sends a fifth at full speed, a fifth while a fault lasts, and so on; then reads.
async fn through(
    door: &impl Door,
    cluster: &Cluster,
    topic: &str,
    count: usize,
    fault: impl AsyncFn(&Cluster, &str, i32),
) -> Verdict {
    let part = count / (2 * FAULTS + 1);
    let mut line = Line::new(door);
    for _ in 0..FAULTS {
        let leader = cluster.leader(topic).await;
        line.put(part).await;
        line.put_during(part, fault(cluster, topic, leader)).await;
    }
    line.put(part).await;
    let fates: Vec<Fate> = line.fates().await;
    Verdict::of(&fates, &read(cluster, topic).await)
}

async fn killed(cluster: &Cluster, topic: &str, leader: i32) {
    cluster.kill(leader).await;
    cluster.restart(leader).await;
    cluster.until_in_sync(topic).await;
}

async fn frozen(cluster: &Cluster, topic: &str, leader: i32) {
    cluster.freeze(leader, true).await;
    cluster.until_led_by_another(topic, leader).await;
    sleep(HANGING).await;
    cluster.freeze(leader, false).await;
    cluster.until_in_sync(topic).await;
}

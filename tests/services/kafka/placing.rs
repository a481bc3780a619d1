//! Where keys go: to the same partitions as those of the Java client.

use std::collections::BTreeSet;
use std::time::Duration;

use feign::kafka::Kafka;
use feign::publish::partition_of;
use tokio::process::Command;
use tokio::time::Instant;

use super::broker::java;
use super::cluster::One;
use super::events::{CLOSING, Events as _, events, happened};
use crate::support::{Folder, tool};

const KEYS: usize = 1000;
const PARTITIONS: usize = 12;
/// Two seconds on a quiet machine.
const PLACING: Duration = Duration::from_secs(30);

pub(super) async fn keys_go_where_the_java_client_puts_them(One(cluster): &One) {
    let begin = Instant::now();
    cluster.topic("placed", PARTITIONS, &[]).await;
    cluster.topic("placed-by-java", PARTITIONS, &[]).await;
    let keys = keys();
    let theirs = placed_by_java(cluster.servers(), "placed-by-java", &keys).await;

    let kafka = Kafka::connect(cluster.servers()).await.unwrap();
    let (events, mut line) = (events(&kafka, "placed"), Vec::new());
    for (number, key) in (0..).zip(&keys) {
        line.push(events.queued(key, &happened(number)).await.unwrap());
    }
    let mut ours = Vec::new();
    for pending in line {
        ours.push(pending.await.unwrap().partition.unwrap());
    }
    kafka.close(CLOSING).await.unwrap();

    let same = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours == theirs).count();
    let used: BTreeSet<_> = theirs.iter().collect();
    let (took, used) = (begin.elapsed(), used.len());
    println!("kafka: {same} of {KEYS} keys as Java places them, on {used} partitions; {took:.1?}");
    assert_eq!(used, PARTITIONS, "keys that go everywhere");
    assert_eq!(ours, theirs);
    // What places keys that are not sent is our own.
    let count = i32::try_from(PARTITIONS).unwrap();
    let computed: Vec<_> = keys.iter().map(|key| partition_of(key.as_bytes(), count)).collect();
    assert_eq!(computed, theirs);
}

/// Numbers, names of all lengths, and letters of two to four bytes.
fn keys() -> Vec<String> {
    let key = |number: usize| match number % 4 {
        0 => number.to_string(),
        1 => format!("order-{number:08x}-{}", "z".repeat(number % 37)),
        2 => format!("Größe {number} €"),
        _ => format!("{number}/🦀/鍵"),
    };
    (0..KEYS).map(key).collect()
}

/// The partition of each key.
async fn placed_by_java(servers: &str, topic: &str, keys: &[String]) -> Vec<i32> {
    let folder = Folder::new("keys").unwrap();
    let file = folder.path().join("keys");
    std::fs::write(&file, keys.join("\n")).unwrap();
    let mut command = java().await.unwrap().command("Placements");
    command.args([servers, topic]).arg(file);
    let said = tool::run(&mut Command::from(command), PLACING).await.unwrap();
    let lines = said.lines().filter_map(|line| line.strip_prefix("placed "));
    let placed = lines.map(|line| line.split_once(' ').unwrap());
    let in_order = placed.enumerate().map(|(at, (number, partition))| {
        assert_eq!(number, at.to_string());
        partition.parse().unwrap()
    });
    in_order.collect()
}

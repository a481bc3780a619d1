//! Ways out: what is in line is sent, or counted.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use feign::BoxError;
use feign::kafka::Kafka;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::Instant;

use super::cluster::One;
use super::events::{CLOSING, Events as _, events, happened};
use super::harness::{Fate, Line, Verdict};
use super::reader::read;
use crate::support::{Folder, Process, this};

const EVENTS: usize = 5000;
/// For a process from its start to its first words, and from its last to its end.
const LIMIT: Duration = Duration::from_secs(20);

pub(super) async fn closing_sends_what_is_in_line(One(cluster): &One) {
    cluster.topic("closed", 6, &[]).await;
    let kafka = Kafka::builder(cluster.servers()).max_in_flight(10_000).connect().await.unwrap();
    let publisher = events(&kafka, "closed");
    // No producer id yet: none of them is sent before it is closed.
    let mut line = Line::new(&publisher);
    line.put(EVENTS).await;
    let (queued, begin) = (kafka.in_flight(), Instant::now());
    kafka.close(CLOSING).await.unwrap();
    let took = begin.elapsed();
    let verdict = Verdict::of(&line.fates().await, &read(cluster, "closed").await);
    println!("kafka: closed with {queued} in line: {verdict}; {took:.1?}");
    assert!(queued > EVENTS / 2, "{queued}: there is nothing to be sent");
    verdict.assert_kept();
    assert_eq!(verdict.acknowledged, EVENTS);
}

pub(super) async fn closing_without_a_broker_counts_what_is_left(One(cluster): &One) {
    const DEADLINE: Duration = Duration::from_secs(2);
    cluster.topic("left", 6, &[]).await;
    let kafka = Kafka::builder(cluster.servers()).max_in_flight(10_000).connect().await.unwrap();
    let left = events(&kafka, "left");
    left.happened("key-0", &happened(0)).await.unwrap();
    cluster.kill(1).await;
    let mut line = Line::new(&left);
    line.put(EVENTS).await;
    let begin = Instant::now();
    let outcome = kafka.close(DEADLINE).await;
    let took = begin.elapsed();
    let fates = line.fates().await;
    cluster.restart(1).await;
    // Of the line no event is there, and number 0 was sent before it.
    let there = read(cluster, "left").await.len();
    println!(
        "kafka: closed with no broker: {outcome:?} of {EVENTS} after {took:.1?}; {there} there"
    );
    assert_eq!(outcome.unwrap_err().messages, EVENTS);
    assert!(took >= DEADLINE && took < DEADLINE + Duration::from_secs(1), "{took:?}");
    assert!(fates.iter().all(|fate| *fate == Fate::NotWritten("Closed".to_owned())));
    assert_eq!(there, 1);
}

/// The role of this program that publishes until it is told to end.
const ROLE: &str = "publish-events";

pub(super) async fn a_process_that_is_told_to_end_loses_nothing(One(cluster): &One) {
    cluster.topic("ended", 6, &[]).await;
    let folder = Folder::new("ended").unwrap();
    let path = folder.path().join("fates");
    let mut command = this().unwrap();
    command.args([ROLE, cluster.servers(), "ended"]).arg(&path);
    let mut process = Process::start(ROLE, &mut command).unwrap();
    let flowing = async { process.line_with("published 20000", LIMIT).await.map(drop) };
    process.until_ready(flowing).await.unwrap();
    process.terminate().unwrap();
    let begin = Instant::now();
    let said = process.line_with("closed", LIMIT).await.unwrap();
    let status = process.end(LIMIT).await.unwrap();
    let took = begin.elapsed();
    let verdict = Verdict::of(&fates(&path), &read(cluster, "ended").await);
    println!("kafka: a process ended by SIGTERM: {said}; {verdict}; {took:.1?}");
    assert!(status.success(), "{status}");
    verdict.assert_kept();
    assert!(verdict.acknowledged >= 20_000);
}

/// What it wrote of each event.
fn fates(path: &Path) -> Vec<Fate> {
    let text = std::fs::read_to_string(path).unwrap();
    let fate = |line: &str| match line.split_once(' ') {
        None => Fate::Acknowledged,
        Some(("not-written", why)) => Fate::NotWritten(why.to_owned()),
        Some((_, why)) => Fate::Unknown(why.to_owned()),
    };
    text.lines().map(fate).collect()
}

/// Plays that role, if the arguments name it.
pub(super) fn play(arguments: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    match &arguments.into_iter().skip(1).collect::<Vec<_>>()[..] {
        [role, servers, topic, path] if role == ROLE => {
            Some(feign_services_helper::run(publish(servers, topic, Path::new(path))))
        }
        _ => None,
    }
}

/// As a service does it: publishes until SIGTERM, then closes.
async fn publish(servers: &str, topic: &str, path: &Path) -> Result<(), BoxError> {
    let kafka = Kafka::connect(servers).await?;
    let publisher = events(&kafka, topic);
    let mut line = Line::new(&publisher);
    let mut told = signal(SignalKind::terminate())?;
    let working = async {
        loop {
            line.put(1000).await;
            println!("published {}", line.len());
        }
    };
    tokio::select! {
        _ = told.recv() => {}
        () = working => {}
    }
    let queued = kafka.in_flight();
    let outcome = kafka.close(CLOSING).await;
    println!("closed with {queued} in line: {outcome:?}");
    let mut text = String::new();
    for fate in line.fates().await {
        match fate {
            Fate::Acknowledged => writeln!(text, "acknowledged")?,
            Fate::NotWritten(why) => writeln!(text, "not-written {why}")?,
            Fate::Unknown(why) => writeln!(text, "unknown {why}")?,
        }
    }
    std::fs::write(path, text)?;
    Ok(outcome?)
}

//! What every backend keeps: one suite, run over each of them.

mod transactions;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::publish::backend::Backend;
use crate::publish::error::{Error, Kind, Outcome};
use crate::publish::record::Record;

/// A backend under test, and how its topics are read back.
pub trait Subject: Send {
    /// Returns the backend; the topic [`topic`](Self::topic) is there and empty.
    fn backend(&self) -> &dyn Backend;

    /// Returns a topic that is there, with more than one partition where there are partitions.
    fn topic(&self) -> String;

    /// Returns a name that no topic has.
    fn unknown_topic(&self) -> String;

    /// Reads `count` records of the topic, those of a partition in their order, and says if there are more.
    fn read(&mut self, count: usize) -> impl Future<Output = Vec<Record>> + Send;
}

/// How many events each case publishes.
const EVENTS: usize = 700;
const KEYS: usize = 7;

/// Runs all cases, those of transactions where the backend has them, and the one that closes it last.
///
/// # Panics
///
/// When the backend does not keep what [`Backend`] promises; the message says what.
#[expect(clippy::print_stdout, reason = "a suite says what it ran")]
pub async fn run(mut subject: impl Subject) {
    let mut sent = 0;
    receipts_are_what_is_read(&mut subject, &mut sent).await;
    nothing_is_lost_and_keys_keep_their_order(&mut subject, &mut sent).await;
    none_and_empty_are_two_things(&mut subject, &mut sent).await;
    unknown_topics_are_told(&subject).await;
    bad_records_are_refused(&subject).await;
    let transactions = transactions::run(&mut subject, &mut sent).await;
    close_leaves_nothing_behind(&mut subject, &mut sent).await;
    let cases = 6 + transactions;
    println!("conformance: {sent} events, {cases} cases, {:?}", subject.backend().capabilities());
}

fn record(subject: &impl Subject, key: &str, payload: &str) -> Record {
    Record::new(subject.topic()).with_key(key).with_payload(payload)
}

/// A receipt means that the event can be read, headers and all.
async fn receipts_are_what_is_read(subject: &mut impl Subject, sent: &mut usize) {
    let record = record(subject, "first", "payload")
        .with_header("h", b"\x00\xff")
        .with_header("h", "again")
        .with_timestamp(1_700_000_000_123);
    let receipt = subject.backend().send(record.clone()).await;
    let receipt = receipt.unwrap_or_else(|error| panic!("one event is acknowledged: {error:?}"));
    *sent += 1;
    let read = subject.read(*sent).await;
    let [found] = read.as_slice() else { panic!("one event was published, read {read:?}") };
    assert_eq!(found.key(), record.key(), "the key arrives");
    assert_eq!(found.payload(), record.payload(), "the payload arrives");
    assert!(found.headers().eq(record.headers()), "headers arrive in their order: {found:?}");
    assert_eq!(found.timestamp(), record.timestamp(), "the timestamp arrives");
    if subject.backend().capabilities().partitions {
        assert_eq!(receipt.partition, found.partition(), "the receipt names the partition");
    }
}

/// Many in line at once: each is acknowledged, each is read once, each key in order.
async fn nothing_is_lost_and_keys_keep_their_order(subject: &mut impl Subject, sent: &mut usize) {
    let mut line = Vec::new();
    for number in 0..EVENTS {
        let record = record(subject, &format!("key-{}", number % KEYS), &number.to_string());
        let pending = subject.backend().enqueue(record).await;
        line.push(pending.unwrap_or_else(|error| panic!("event {number} gets in line: {error:?}")));
    }
    for (number, pending) in line.into_iter().enumerate() {
        pending.await.unwrap_or_else(|error| panic!("event {number} is acknowledged: {error:?}"));
    }
    *sent += EVENTS;
    check(&subject.read(*sent).await, *sent);
}

/// Every event once, and those of a key in the order in which they got in line.
fn check(read: &[Record], sent: usize) {
    assert_eq!(read.len(), sent, "each event is read once");
    let mut last: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for record in read {
        let (Some(key), Some(payload)) = (record.key(), record.payload()) else { continue };
        let Some(number) = std::str::from_utf8(payload).ok().and_then(|text| text.parse().ok())
        else {
            continue;
        };
        let before = last.insert(key.to_vec(), number);
        let shown = String::from_utf8_lossy(key);
        assert!(
            before.is_none_or(|before| before < number),
            "`{shown}`: {number} behind {before:?}"
        );
    }
}

async fn none_and_empty_are_two_things(subject: &mut impl Subject, sent: &mut usize) {
    let empty = Record::new(subject.topic()).with_key("empty").with_payload("");
    let tombstone = Record::new(subject.topic()).with_key("tombstone");
    let keyless = Record::new(subject.topic()).with_payload("keyless");
    for record in [empty, tombstone, keyless] {
        subject
            .backend()
            .send(record)
            .await
            .unwrap_or_else(|error| panic!("acknowledged: {error:?}"));
        *sent += 1;
    }
    let read = subject.read(*sent).await;
    let of = |key: &[u8]| read.iter().find(|record| record.key() == Some(key));
    assert_eq!(
        of(b"empty").and_then(Record::payload),
        Some(&b""[..]),
        "an empty payload stays one"
    );
    let tombstone = of(b"tombstone").unwrap_or_else(|| panic!("the tombstone arrives"));
    assert_eq!(tombstone.payload(), None, "a tombstone has no payload");
    let keyless = read.iter().find(|record| record.payload() == Some(b"keyless"));
    assert_eq!(keyless.and_then(Record::key), None, "no key stays none");
}

async fn unknown_topics_are_told(subject: &impl Subject) {
    let record = Record::new(subject.unknown_topic()).with_payload("x");
    let error = subject.backend().send(record).await.err();
    let kind = error.as_ref().map(Error::kind);
    assert_eq!(kind, Some(Kind::Unroutable), "an unknown topic is told: {error:?}");
    assert_eq!(error.map(|error| error.outcome()), Some(Outcome::NotWritten));
}

/// Refused before anything is sent, and the ones behind are not touched.
async fn bad_records_are_refused(subject: &impl Subject) {
    for topic in ["", "a b", "a\0b", "..", "ä"] {
        let error = subject.backend().send(Record::new(topic).with_payload("x")).await.err();
        let kind = error.as_ref().map(Error::kind);
        assert_eq!(kind, Some(Kind::Invalid), "`{topic:?}` is no topic: {error:?}");
    }
    if subject.backend().capabilities().partitions {
        let record = record(subject, "x", "x").with_partition(1_000_000);
        let error = subject.backend().send(record).await.err();
        let kind = error.as_ref().map(Error::kind);
        assert_eq!(kind, Some(Kind::Unroutable), "there is no such partition: {error:?}");
    }
}

/// What is in line when it is closed arrives; what comes later is refused.
async fn close_leaves_nothing_behind(subject: &mut impl Subject, sent: &mut usize) {
    const LAST: usize = 100;
    let mut line = Vec::new();
    for number in 0..LAST {
        let record = record(subject, "close", &(EVENTS + number).to_string());
        let pending = subject.backend().enqueue(record).await;
        line.push(pending.unwrap_or_else(|error| panic!("event {number} gets in line: {error:?}")));
    }
    if subject.backend().capabilities().transactional {
        transactions::close_waits_for_one_that_runs(subject, sent).await;
    } else {
        let left = subject.backend().close(Duration::from_secs(30)).await;
        assert!(left.is_ok(), "everything in line is sent: {left:?}");
    }
    for pending in line {
        pending.await.unwrap_or_else(|error| panic!("acknowledged before it closed: {error:?}"));
    }
    *sent += LAST;
    let error = subject.backend().send(record(subject, "late", "late")).await.err();
    let kind = error.as_ref().map(Error::kind);
    assert_eq!(kind, Some(Kind::Closed), "a closed backend refuses: {error:?}");
    check(&subject.read(*sent).await, *sent);
}

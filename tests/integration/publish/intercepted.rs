//! A hand on every record before it is in line.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::observe::{Observer, PublishEnd, PublishEnded};
use feign::publish::{
    Backend as _, Error, Fault, Kind, Memory, Outcome, Pending, Receipt, Record, Transaction,
    intercepted, transaction,
};

use super::Created;

const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[feign::publisher]
trait Events {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &Created) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn later(&self, #[key] id: &str, #[body] event: &Created) -> Result<Pending, Error>;

    #[topic("orders")]
    async fn encoded(&self, #[key] id: &str, #[body] event: &Created) -> Result<Record, Error>;

    #[topic("orders")]
    async fn traced(
        &self,
        #[key] id: &str,
        #[header("traceparent")] trace: &str,
        #[body] event: &Created,
    ) -> Result<(), Error>;

    #[topic("orders")]
    async fn many(
        &self,
        #[body(each, key = Created::id)] events: &[Created],
    ) -> Vec<Result<Receipt, Error>>;
}

fn header(record: &Record, name: &str) -> Option<String> {
    record.header(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

#[tokio::test]
async fn every_way_into_the_line_is_completed_once() {
    let memory = Memory::new().with_topic("orders", 1);
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let backend = intercepted(memory.clone(), move |record: &mut Record| {
        let number = seen.fetch_add(1, Ordering::Relaxed);
        record.ensure_header("traceparent", || TRACE);
        record.ensure_header("message-id", || number.to_string());
    });
    let (events, event) = (EventsPublisher::new(&backend), Created::new("1", 1));
    events.created("1", &event).await.expect("published");
    events.later("1", &event).await.expect("in line").await.expect("published");
    events.traced("1", "mine", &event).await.expect("published");
    for outcome in events.many(&[event.clone(), event.clone()]).await {
        outcome.expect("published");
    }
    // Of an outbox: completed where it is made, and what is there stays when it is sent.
    let record = events.encoded("1", &event).await.expect("encoded");
    assert_eq!(header(&record, "message-id").as_deref(), Some("5"));
    backend.send(record).await.expect("published");

    let records = memory.records("orders");
    let of = |name| records.iter().filter_map(move |found| header(&found.record, name));
    assert_eq!(of("message-id").collect::<Vec<_>>(), ["0", "1", "2", "3", "4", "5"]);
    let traces: Vec<_> = of("traceparent").collect();
    assert_eq!(traces, [TRACE, TRACE, "mine", TRACE, TRACE, TRACE]);
    assert!(records.iter().all(|found| found.record.headers().len() == 2));
    assert_eq!(count.load(Ordering::Relaxed), 7);
}

#[tokio::test]
async fn several_are_nested_and_the_backend_stays_the_same() {
    let memory = Memory::new().with_topic("orders", 1);
    let inner = intercepted(memory.clone(), |record| record.add_header("order", "inner"));
    let outer = intercepted(inner, |record| record.add_header("order", "outer"));
    let events = EventsPublisher::new(&outer.clone());
    events.created("1", &Created::new("1", 1)).await.expect("published");
    let record = events.encoded("1", &Created::new("1", 1)).await.expect("encoded");
    for record in [&memory.records("orders")[0].record, &record] {
        let values: Vec<_> = record.headers().map(|(_, value)| value.to_vec()).collect();
        assert_eq!(values, [b"outer".to_vec(), b"inner".to_vec()]);
    }
    // In a transaction too.
    let one =
        async |tx: Transaction| EventsPublisher::new(&tx).created("1", &Created::new("1", 1)).await;
    transaction(&outer, one).await.expect("committed");
    let values: Vec<_> =
        memory.records("orders")[1].record.headers().map(|(_, value)| value.to_vec()).collect();
    assert_eq!(values, [b"outer".to_vec(), b"inner".to_vec()]);
    assert_eq!(outer.capabilities(), memory.capabilities());
    assert!(outer.ready(&["orders"]).await.is_ok() && outer.ready(&["no"]).await.is_err());
    outer.close(Duration::from_secs(1)).await.expect("nothing left");
    let error = events.created("1", &Created::new("1", 1)).await.expect_err("closed");
    assert_eq!((error.kind(), error.event()), (Kind::Closed, Some("Events.created")));
}

#[tokio::test]
async fn what_it_makes_of_a_record_is_checked() {
    let memory = Memory::new().with_topic("orders", 1);
    let backend = intercepted(memory.clone(), |record| record.add_header("", "no name"));
    let event = Created::new("1", 1);
    let error = EventsPublisher::new(&backend).created("1", &event).await.expect_err("no name");
    assert_eq!((error.kind(), error.outcome()), (Kind::Invalid, Outcome::NotWritten));
    assert!(memory.records("orders").is_empty());
}

#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Told {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("told"))
    }
}

impl Observer for Told {
    fn publish_ended(&self, event: &PublishEnded<'_>) {
        let end = match event.end() {
            PublishEnd::Acknowledged(receipt) => format!("at {:?}", receipt.offset),
            PublishEnd::Failed(error) => format!("{:?}, {:?}", error.kind(), error.outcome()),
            other => format!("{other:?}"),
        };
        let (name, topic, bytes) =
            (event.event().unwrap_or_default(), event.topic(), event.bytes());
        self.0.lock().expect("told").push(format!("{name} {topic} {bytes}: {end}"));
    }
}

#[tokio::test]
async fn an_observer_is_told_of_every_event_that_memory_was_given() {
    let told = Arc::<Told>::default();
    let memory = Memory::builder()
        .max_in_flight(1)
        .max_block(Duration::from_millis(20))
        .observer(Arc::clone(&told))
        .build()
        .with_topic("orders", 1);
    let (events, event) = (EventsPublisher::new(&memory), Created::new("1", 1));
    // The key and `{"id":"1","total":1}`.
    events.created("1", &event).await.expect("published");
    assert_eq!(told.take(), ["Events.created orders 21: at Some(0)"]);

    memory.fail_next(Fault::LoseAcknowledgement);
    memory.fail_next(Fault::Refuse(Kind::Denied));
    events.created("1", &event).await.expect_err("lost");
    events.created("1", &event).await.expect_err("denied");
    memory.send(Record::new("no").with_payload("x")).await.expect_err("unknown");
    assert_eq!(
        told.take(),
        [
            "Events.created orders 21: TimedOut, Unknown",
            "Events.created orders 21: Denied, NotWritten",
            " no 1: Unroutable, NotWritten"
        ]
    );

    memory.pause();
    let held = events.later("1", &event).await.expect("in line");
    events.later("1", &event).await.expect_err("full");
    let waits = memory.enqueue(Record::new("orders").with_payload("x"));
    assert!(tokio::time::timeout(Duration::from_millis(1), waits).await.is_err());
    assert_eq!(
        told.take(),
        ["Events.later orders 21: Backpressure, NotWritten", " orders 1: Cancelled"]
    );
    // Told whether it is awaited or not.
    drop(held);
    memory.resume();
    assert_eq!(told.take(), ["Events.later orders 21: at Some(2)"]);
}

struct Panics;

impl Observer for Panics {
    fn publish_ended(&self, _: &PublishEnded<'_>) {
        panic!("an observer's own mistake");
    }
}

#[tokio::test]
async fn an_observer_that_panics_stops_nobody() {
    let told = Arc::<Told>::default();
    let memory = Memory::builder().observer(Panics).observer(Arc::clone(&told)).build();
    let memory = memory.with_topic("orders", 1);
    let (events, event) = (EventsPublisher::new(&memory), Created::new("1", 1));
    events.created("1", &event).await.expect("published");
    assert_eq!(told.take(), ["Events.created orders 21: at Some(0)"]);
    memory.close(Duration::from_secs(1)).await.expect("nothing is left");
}

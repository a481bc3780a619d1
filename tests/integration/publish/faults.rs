//! What a failure says: whether the event may be there, and what is safe.

use std::time::Duration;

use feign::publish::{Advice, Error, Fault, Kind, Memory, Outcome, Pending, Receipt};

use super::Created;

#[feign::publisher]
trait Events {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &Created) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn later(&self, #[key] id: &str, #[body] event: &Created) -> Result<Pending, Error>;
}

#[tokio::test]
async fn a_lost_acknowledgement_is_said_and_true() {
    let memory = Memory::new().with_topic("orders", 1);
    let events = EventsPublisher::new(&memory);
    memory.fail_next(Fault::LoseAcknowledgement);
    memory.fail_next(Fault::Fail(Kind::TimedOut));
    let error = events.created("1", &Created::new("1", 1)).await.expect_err("lost");
    assert_eq!((error.outcome(), error.advice()), (Outcome::Unknown, Advice::RetryMayDuplicate));
    assert!(error.to_string().starts_with("Events.created to `orders`: "), "{error}");
    let error = events.created("2", &Created::new("2", 1)).await.expect_err("failed");
    assert_eq!((error.outcome(), error.advice()), (Outcome::NotWritten, Advice::RetrySafe));
    let published = memory.published::<Created>("orders");
    assert_eq!(published.iter().map(|event| event.key()).collect::<Vec<_>>(), [Some("1")]);
}

#[tokio::test]
async fn a_full_line_pushes_back_and_close_says_what_is_left() {
    let memory = Memory::builder()
        .max_in_flight(2)
        .max_block(Duration::from_millis(20))
        .build()
        .with_topic("orders", 1);
    let events = EventsPublisher::new(&memory);
    memory.pause();
    let event = Created::new("1", 1);
    let first = events.later("1", &event).await.expect("in line");
    let _second = events.later("1", &event).await.expect("in line");
    let error = events.later("1", &event).await.expect_err("full");
    assert_eq!((error.kind(), error.advice()), (Kind::Backpressure, Advice::RetrySafe));
    let left = memory.close(Duration::from_millis(10)).await.expect_err("two are left");
    assert_eq!(left.messages, 2);
    memory.resume();
    first.await.expect("acknowledged");
    memory.close(Duration::from_millis(10)).await.expect("nothing left");
    let error = events.created("1", &event).await.expect_err("closed");
    assert_eq!((error.kind(), error.outcome()), (Kind::Closed, Outcome::NotWritten));
    assert_eq!(memory.records("orders").len(), 2);
}

#[tokio::test]
async fn a_body_that_does_not_serialise_is_not_sent() {
    #[feign::publisher]
    trait Odd {
        #[topic("orders")]
        async fn odd(
            &self,
            #[body] event: &std::collections::BTreeMap<Vec<u8>, u8>,
        ) -> Result<(), Error>;
    }
    let memory = Memory::new().with_topic("orders", 1);
    let odd = std::collections::BTreeMap::from([(vec![1], 1)]);
    let error = OddPublisher::new(&memory).odd(&odd).await.expect_err("no JSON");
    assert_eq!((error.kind(), error.advice()), (Kind::Encode, Advice::DoNotRetry));
    assert!(std::error::Error::source(&error).is_some());
    assert!(memory.records("orders").is_empty());
}

#[tokio::test]
async fn a_topic_is_a_stream() {
    let memory = Memory::new().with_topic("orders", 1);
    let events = EventsPublisher::new(&memory);
    let mut topic = memory.topic("orders");
    let reader = tokio::spawn(async move {
        (topic.next().await.expect("one"), topic.next().await.expect("two"))
    });
    tokio::task::yield_now().await;
    for id in ["a", "b"] {
        events.created(id, &Created::new(id, 1)).await.expect("published");
    }
    let (first, second) = reader.await.expect("no panic");
    assert_eq!((first.record.key(), second.record.key()), (Some(&b"a"[..]), Some(&b"b"[..])));
    assert!(memory.topic("unknown").next().await.is_none());
}

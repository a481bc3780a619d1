//! Transactions over the broker in memory: together or not at all, run again, and what a failure says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use feign::publish::{
    Advice, Backend, Error, Fault, Kind, Memory, Outcome, Pending, Receipt, Transaction,
    transaction,
};
use tokio::sync::oneshot;

use super::Created;

#[feign::publisher]
trait Events {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &Created) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn later(&self, #[key] id: &str, #[body] event: &Created) -> Result<Pending, Error>;
}

fn memory() -> Memory {
    Memory::new().with_topic("orders", 3)
}

async fn two(tx: Transaction) -> Result<Receipt, Error> {
    let events = EventsPublisher::new(&tx);
    events.created("a", &Created::new("a", 1)).await?;
    events.created("b", &Created::new("b", 2)).await
}

fn seen(memory: &Memory) -> usize {
    memory.records("orders").len()
}

#[tokio::test]
async fn the_same_trait_publishes_together() {
    let memory = memory();
    let receipt = memory.transaction(two).await.expect("committed");
    let published = memory.published::<Created>("orders");
    assert_eq!(published.len(), 2);
    assert_eq!(published.last().expect("two").delivered().receipt, receipt);
    // Every way to write a scope, its future on a task as well.
    memory.transaction(async |tx| two(tx).await).await.expect("committed");
    let hub = feign::Hub::builder().build().expect("a hub");
    let (id, own) = ("c".to_owned(), memory.clone());
    let task = tokio::spawn(async move {
        own.transaction(|tx| {
            let (events, id) = (hub.publisher::<EventsPublisher>(&tx), id.clone());
            async move { events.created(&id, &Created::new("c", 3)).await }
        })
        .await
    });
    task.await.expect("no panic").expect("committed");
    let object: Arc<dyn Backend> = Arc::new(memory.clone());
    transaction(&object, two).await.expect("committed");
    assert_eq!(seen(&memory), 7);
}

#[tokio::test]
async fn readers_see_what_is_committed_and_in_order() {
    let memory = Memory::new().with_topic("orders", 1);
    let mut topic = memory.topic("orders");
    let events = EventsPublisher::new(&memory);
    let committed = memory.transaction(async |tx| {
        let inside = EventsPublisher::new(&tx);
        inside.created("in", &Created::new("in", 1)).await?;
        // Stands behind it in the partition, so it waits as with `read_committed`.
        let behind = events.created("behind", &Created::new("behind", 2)).await?;
        assert_eq!((behind.offset, seen(&memory)), (Some(1), 0));
        Ok::<_, Error>(())
    });
    committed.await.expect("committed");
    let keys = [topic.next().await, topic.next().await]
        .map(|found| found.expect("one").record.key().map(<[u8]>::to_vec));
    assert_eq!(keys, [Some(b"in".to_vec()), Some(b"behind".to_vec())]);
    let aborted = memory.transaction(async |tx| {
        two(tx).await?;
        events.created("free", &Created::new("free", 3)).await?;
        Err::<(), _>(Error::new(Kind::Unexpected))
    });
    aborted.await.expect_err("its own");
    let free = topic.next().await.expect("one");
    assert_eq!((free.record.key(), free.receipt.offset), (Some(&b"free"[..]), Some(4)));
}

#[tokio::test]
async fn an_abortable_failure_runs_the_scope_again_three_times_in_all() {
    let memory = memory();
    let runs = AtomicU32::new(0);
    let count = async |tx| {
        runs.fetch_add(1, Ordering::SeqCst);
        two(tx).await
    };
    memory.fail_next_commit(Fault::Fail(Kind::Aborted));
    memory.transaction(count).await.expect("committed");
    assert_eq!((runs.swap(0, Ordering::SeqCst), seen(&memory)), (2, 2));
    for _ in 0..3 {
        memory.fail_next_commit(Fault::Fail(Kind::Aborted));
    }
    let error = memory.transaction(count).await.expect_err("three times");
    assert_eq!((error.kind(), error.outcome()), (Kind::Aborted, Outcome::NotWritten));
    assert_eq!(error.advice(), Advice::RestartTransaction);
    assert_eq!((runs.swap(0, Ordering::SeqCst), seen(&memory)), (3, 2));
}

#[tokio::test]
async fn an_event_that_fails_lets_nothing_be_seen() {
    let memory = memory();
    let runs = AtomicU32::new(0);
    // It may pass: the scope runs again, whether it looked at the failure or not.
    for look in [true, false] {
        memory.fail_next(Fault::Fail(Kind::TimedOut));
        let scope = memory.transaction(async |tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            let events = EventsPublisher::new(&tx);
            let pending = events.later("a", &Created::new("a", 1)).await?;
            if look {
                pending.await?;
            }
            Ok::<_, Error>(())
        });
        scope.await.expect("committed");
    }
    assert_eq!((runs.swap(0, Ordering::SeqCst), seen(&memory)), (4, 2));
    // It will not pass: once is enough, and the reason comes out.
    memory.fail_next(Fault::Fail(Kind::TooLarge));
    let scope = memory.transaction(async |tx| {
        runs.fetch_add(1, Ordering::SeqCst);
        let events = EventsPublisher::new(&tx);
        drop(events.later("a", &Created::new("a", 1)).await?);
        two(tx).await
    });
    let error = scope.await.expect_err("too large");
    assert_eq!((error.kind(), error.advice()), (Kind::TooLarge, Advice::DoNotRetry), "{error}");
    assert_eq!((runs.load(Ordering::SeqCst), seen(&memory)), (1, 2));
}

#[tokio::test]
async fn one_that_is_refused_at_once_is_for_the_scope_to_decide() {
    let memory = memory();
    memory.fail_next(Fault::Refuse(Kind::TooLarge));
    let scope = memory.transaction(async |tx| {
        let events = EventsPublisher::new(&tx);
        let error = events.created("a", &Created::new("a", 1)).await.expect_err("refused");
        assert_eq!(error.kind(), Kind::TooLarge);
        events.created("a", &Created::new("smaller", 1)).await
    });
    scope.await.expect("committed");
    assert_eq!(seen(&memory), 1);
}

#[tokio::test]
async fn a_fenced_producer_and_a_lost_commit_are_told() {
    let memory = memory();
    memory.fail_next_commit(Fault::Fail(Kind::Fenced));
    memory.fail_next_commit(Fault::LoseAcknowledgement);
    let error = memory.transaction(two).await.expect_err("fenced");
    assert_eq!((error.kind(), error.advice()), (Kind::Fenced, Advice::RestartTransaction));
    assert_eq!(seen(&memory), 0);
    let error = memory.transaction(two).await.expect_err("lost");
    assert_eq!((error.outcome(), error.advice()), (Outcome::Unknown, Advice::RetryMayDuplicate));
    assert_eq!(seen(&memory), 2);
}

#[tokio::test]
async fn the_commit_waits_for_every_acknowledgement() {
    let memory = memory();
    memory.pause();
    let own = memory.clone();
    let task = tokio::spawn(async move {
        own.transaction(async |tx| {
            let events = EventsPublisher::new(&tx);
            events.later("a", &Created::new("a", 1)).await.map(drop)
        })
        .await
    });
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert!(!task.is_finished() && seen(&memory) == 0);
    memory.resume();
    task.await.expect("no panic").expect("committed");
    assert_eq!(seen(&memory), 1);
}

/// Of a scope that hangs while `close` waits for it; what it published is not seen.
#[tokio::test]
async fn close_says_that_a_transaction_was_running_and_it_cannot_commit_afterwards() {
    let memory = memory();
    let (go, wait) = oneshot::channel::<()>();
    let own = memory.clone();
    let (begun, begins) = oneshot::channel();
    let mut once = Some((begun, wait));
    let task = tokio::spawn(async move {
        own.transaction(|tx| {
            let once = once.take();
            async move {
                two(tx).await?;
                let (begun, wait) = once.expect("one run");
                let _ = begun.send(());
                let _ = wait.await;
                Ok::<_, Error>(())
            }
        })
        .await
    });
    begins.await.expect("begun");
    let left = memory.close(Duration::from_millis(20)).await.expect_err("it runs");
    assert_eq!((left.messages, left.transactions), (0, 1));
    assert!(left.to_string().contains("1 transactions were running"), "{left}");
    drop(go);
    let error = task.await.expect("no panic").expect_err("closed");
    assert_eq!((error.kind(), error.outcome()), (Kind::Closed, Outcome::NotWritten));
    assert_eq!(seen(&memory), 0);
}

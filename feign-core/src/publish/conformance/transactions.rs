//! What backends with transactions keep.

use std::panic::resume_unwind;
use std::time::Duration;

use tokio::sync::Notify;

use super::{Subject, record};
use crate::publish::backend::Backend;
use crate::publish::error::{Error, Kind};
use crate::publish::record::Record;
use crate::publish::transaction::{Open, Transaction, transaction};

/// How many events each of them publishes.
const EVENTS: usize = 40;

/// Runs the cases, and says how many that were.
pub(super) async fn run(subject: &mut impl Subject, sent: &mut usize) -> usize {
    if !subject.backend().capabilities().transactional {
        let error = subject.backend().begin().await.err();
        assert!(error.is_some(), "a backend that says it has no transactions begins none");
        return 0;
    }
    nothing_is_seen_before_the_commit(subject, sent).await;
    what_nobody_awaited_is_committed(subject, sent).await;
    what_is_aborted_is_never_seen(subject, sent).await;
    one_that_fails_takes_the_others_with_it(subject, sent).await;
    what_comes_late_is_refused(subject, sent).await;
    5
}

fn number(at: usize) -> (String, String) {
    (format!("tx-{}", at % 5), at.to_string())
}

/// Publishes so many events, each acknowledged.
async fn publish(subject: &impl Subject, tx: &Transaction, from: usize) -> Result<(), Error> {
    for at in from..from + EVENTS {
        let (key, payload) = number(at);
        tx.send(record(subject, &key, &payload)).await?;
    }
    Ok(())
}

async fn nothing_is_seen_before_the_commit(subject: &mut impl Subject, sent: &mut usize) {
    let open = Open::begin(subject.backend()).await;
    let open = open.unwrap_or_else(|error| panic!("a transaction begins: {error:?}"));
    let published = publish(subject, &open.handle(), 0).await;
    published.unwrap_or_else(|error| panic!("each event is acknowledged: {error:?}"));
    let read = subject.read(*sent).await;
    assert_eq!(read.len(), *sent, "nothing is seen before the commit");
    open.commit().await.unwrap_or_else(|error| panic!("it commits: {error:?}"));
    *sent += EVENTS;
    super::check(&subject.read(*sent).await, *sent);
}

/// Neither the receipts nor the tasks are waited for, except that the events are in line.
async fn what_nobody_awaited_is_committed(subject: &mut impl Subject, sent: &mut usize) {
    let records: Vec<_> = (EVENTS..2 * EVENTS)
        .map(|at| (number(at).0, record(subject, &number(at).0, &number(at).1)))
        .collect();
    let committed = transaction(subject.backend(), async |tx| {
        let (own, of_task): (Vec<_>, Vec<_>) =
            records.iter().cloned().partition(|(key, _)| key == "tx-0");
        let task = tokio::spawn(enqueue(tx.clone(), of_task));
        enqueue(tx, own).await?;
        task.await.unwrap_or_else(|failed| resume_unwind(failed.into_panic()))
    });
    committed.await.unwrap_or_else(|error| panic!("it commits: {error:?}"));
    *sent += EVENTS;
    super::check(&subject.read(*sent).await, *sent);
}

async fn enqueue(tx: Transaction, records: Vec<(String, Record)>) -> Result<(), Error> {
    for (_, record) in records {
        drop(tx.enqueue(record).await?);
    }
    Ok(())
}

/// By an error, a panic, and a scope that is dropped.
async fn what_is_aborted_is_never_seen(subject: &mut impl Subject, sent: &mut usize) {
    let backend = subject.backend();
    let failed = transaction(backend, async |tx| {
        publish(subject, &tx, 0).await?;
        Err::<(), _>(Error::new(Kind::Unexpected))
    });
    let kind = failed.await.map_err(|error| error.kind());
    assert_eq!(kind, Err(Kind::Unexpected), "the scope's own error comes out");
    let published = Notify::new();
    let hangs = transaction(backend, async |tx| {
        publish(subject, &tx, 0).await?;
        published.notify_one();
        std::future::pending::<Result<(), Error>>().await
    });
    tokio::select! {
        ended = hangs => panic!("it waits for ever, until it is dropped: {ended:?}"),
        () = published.notified() => {}
    }
    let panicked = panics(subject).await;
    assert!(panicked, "the panic of a scope comes out");
    assert_eq!(subject.read(*sent).await.len(), *sent, "what is aborted is never seen");
    let after = transaction(subject.backend(), async |tx| publish(subject, &tx, 2 * EVENTS).await);
    after.await.unwrap_or_else(|error| panic!("the next one commits: {error:?}"));
    *sent += EVENTS;
    super::check(&subject.read(*sent).await, *sent);
}

async fn panics(subject: &impl Subject) -> bool {
    let scope = transaction(subject.backend(), async |tx| {
        publish(subject, &tx, 0).await?;
        // Without the hook, so that the output does not look like a failure.
        resume_unwind(Box::new("on purpose"));
        #[expect(unreachable_code, reason = "says what the scope would return")]
        Ok::<(), Error>(())
    });
    let mut scope = std::pin::pin!(scope);
    std::future::poll_fn(|cx| {
        let poll = std::panic::AssertUnwindSafe(|| scope.as_mut().poll(cx));
        match std::panic::catch_unwind(poll) {
            Ok(poll) => poll.map(|_| false),
            Err(_) => std::task::Poll::Ready(true),
        }
    })
    .await
}

/// Whether the failure was awaited or not.
async fn one_that_fails_takes_the_others_with_it(subject: &mut impl Subject, sent: &mut usize) {
    let failed = transaction(subject.backend(), async |tx| {
        tx.send(record(subject, "tx-0", "0")).await?;
        let unknown = Record::new(subject.unknown_topic()).with_payload("x");
        tx.enqueue(unknown).await.map(drop)
    });
    let error = failed.await.err();
    let kind = error.as_ref().map(Error::kind);
    assert_eq!(kind, Some(Kind::Unroutable), "it does not commit: {error:?}");
    assert_eq!(subject.read(*sent).await.len(), *sent, "none of its events is seen");
}

async fn what_comes_late_is_refused(subject: &mut impl Subject, sent: &mut usize) {
    let late = transaction(subject.backend(), async |tx| Ok::<_, Error>(tx)).await;
    let late = late.unwrap_or_else(|error| panic!("an empty one commits: {error:?}"));
    let error = late.send(record(subject, "tx-0", "0")).await.err();
    let kind = error.as_ref().map(Error::kind);
    assert_eq!(kind, Some(Kind::Closed), "its line is closed: {error:?}");
    assert_eq!(subject.read(*sent).await.len(), *sent, "nothing of it is seen");
}

/// It goes on and commits; another one does not begin.
pub(super) async fn close_waits_for_one_that_runs(subject: &impl Subject, sent: &mut usize) {
    let backend = subject.backend();
    let open = Open::begin(backend).await;
    let open = open.unwrap_or_else(|error| panic!("a transaction begins: {error:?}"));
    let tx = open.handle();
    let goes_on = async {
        let kind = backend.begin().await.map(drop).map_err(|error| error.kind());
        assert_eq!(kind, Err(Kind::Closed), "a closed backend begins none");
        let sent = tx.send(record(subject, "tx-close", "0")).await;
        sent.unwrap_or_else(|error| panic!("one that runs goes on: {error:?}"));
        open.commit().await.unwrap_or_else(|error| panic!("it commits: {error:?}"));
    };
    let (left, ()) = tokio::join!(backend.close(Duration::from_secs(30)), goes_on);
    assert!(left.is_ok(), "everything in line is sent: {left:?}");
    *sent += 1;
}

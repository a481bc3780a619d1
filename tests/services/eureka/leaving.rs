//! One leaves in order, and one without, while we call and Java calls.

use std::time::Duration;

use tokio::time::Instant;

use super::fleet::{Instance, WAIT, listed, stop};
use super::java_load::JavaLoad;
use super::load::{Load, hub};
use super::server::Untouched;

/// A lease of 2 s that was renewed lasts 4 (a mistake of the server), and is looked at every second.
const EVICTED_AFTER: Duration = Duration::from_secs(7);

pub(super) async fn one_leaves_and_one_is_killed(Untouched(server): &Untouched) {
    let ([mut a, mut b, c], hub) =
        (Instance::three(server, &[server.url()]).await, hub(&[server.url()]));
    let java = JavaLoad::start(server, &["a", "b", "c"]).await;
    let load = Load::start(hub);
    load.calls(&["a", "b", "c"]).await;

    let begin = Instant::now();
    a.leave().await;
    load.calls(&["b", "c"]).await;
    let (ours, took) = (load.answered("a"), begin.elapsed());
    java.calls(&["b", "c"]).await;
    let (theirs, their_took) = (java.answered("a"), begin.elapsed());
    assert!(their_took < WAIT, "{their_took:?}: Java is waited for too briefly");
    a.ended().await;
    assert!(begin.elapsed() >= WAIT, "{:?}", begin.elapsed());
    listed(server, &["b", "c"]).await;
    tokio::join!(load.goes_on(), java.goes_on());
    println!(
        "eureka: one left: not called by ours after {took:.1?}, by Java after {their_took:.1?}; \
         ours {}; Java {}",
        load.counts(),
        java.shown()
    );
    assert!(load.counts().failures.is_empty(), "{:?}", load.counts().failures[0]);
    java.counts(|outcome| assert_eq!(outcome.failed, 0, "{outcome:?}"));
    assert_eq!((load.answered("a"), java.answered("a")), (ours, theirs));

    let begin = Instant::now();
    b.kill();
    listed(server, &["c"]).await;
    let evicted = begin.elapsed();
    load.calls(&["c"]).await;
    let failures = load.counts().failures;
    java.calls(&["c"]).await;
    let their_failures = java.counts(|outcome| outcome.failed);
    tokio::join!(load.goes_on(), java.goes_on());
    println!(
        "eureka: one was killed: evicted after {evicted:.1?}; ours {}, of which sent {}; Java {}",
        load.counts(),
        failures.iter().filter(|failure| failure.is_sent).count(),
        java.shown()
    );
    assert!(evicted < EVICTED_AFTER, "{evicted:?}");
    assert!(!failures.is_empty());
    for failure in &failures {
        assert_eq!(failure.endpoint.as_deref(), Some(&*b.url), "{failure:?}");
    }
    assert_eq!(load.counts().failures.len(), failures.len(), "none once it is evicted");
    java.counts(|outcome| {
        assert_eq!(outcome.failed, their_failures, "none once it is evicted: {outcome:?}");
        assert!(outcome.failures.keys().all(|said| said.contains("Connection re")), "{outcome:?}");
    });
    java.stop().await;
    drop(load);
    stop(server, [c]).await;
}

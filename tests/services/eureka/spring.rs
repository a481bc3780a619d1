//! Spring applications beside ours, through the same registry.

use std::time::Duration;

use super::fleet::{Instance, stop};
use super::java_load::JavaLoad;
use super::load::{Load, hub};
use super::server::{Untouched, ids};
use crate::support::spring::SpringService;
use crate::support::until;

const LIMIT: Duration = Duration::from_secs(20);

/// Each calls a service of its own kind and one of the other's.
pub(super) async fn each_calls_both(Untouched(server): &Untouched) {
    let (servers, urls) = ([server], [server.url()]);
    let starting = Instance::start("rust", &urls);
    let (ours, theirs) = tokio::join!(starting, SpringService::start(&servers, &[]));
    let mut theirs = theirs.unwrap();
    let both = until("both services", LIMIT, async || {
        let ids = ids(&server.url()).await;
        (ids.len() == 2).then_some(ids)
    });
    let both = both.await.unwrap();
    let both: Vec<_> = both.iter().map(String::as_str).collect();
    assert!(both[0].starts_with("inventory:java:") && both[1] == "rust", "{both:?}");

    let java = JavaLoad::start(server, &both).await;
    let load = Load::start(hub(&urls));
    load.calls(&both).await;
    tokio::join!(load.goes_on(), java.goes_on());
    println!("eureka: a service of each: ours {}; Java {}", load.counts(), java.shown());
    for id in &both {
        let counts = (load.answered(id), java.answered(id));
        assert!(counts.0 >= 49 && counts.1 >= 49, "{id}: {counts:?}");
    }
    assert!(load.counts().failures.is_empty(), "{:?}", load.counts());
    java.counts(|outcome| assert_eq!(outcome.failed, 0, "{outcome:?}"));

    drop(load);
    tokio::join!(java.stop(), async { theirs.stop().await.unwrap() });
    stop(server, [ours]).await;
}

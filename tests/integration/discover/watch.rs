//! Who follows a service, from when, until when.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use feign::Hub;
use feign::discover::{Discover, Updates};
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout};

use super::script::{Counting, Script, hub_of};
use super::{Inventory as _, Orders as _};
use super::{
    InventoryClient, OrdersClient, endpoint, endpoints, is_live, is_pending, known, seconds,
    settle, stale,
};

#[tokio::test(start_paused = true)]
async fn a_service_is_followed_from_its_first_call_on_and_once() {
    let script = Script::of(endpoints(["a", "b"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    settle().await;
    assert_eq!(script.watched(), 0, "nobody has called yet");
    assert!(is_pending(&hub) && known(&hub).is_empty());
    client.items().await.unwrap();
    for _ in 0..10 {
        hub.client::<InventoryClient>().items().await.unwrap();
        client.with(|call| call.header("x-a", "b")).items().await.unwrap();
    }
    assert_eq!(script.watched(), 1);
    assert!(is_live(&hub));
    assert_eq!(known(&hub), ["a", "b"]);
    assert_eq!(hub.endpoints("inventory").source(), "the script");
    hub.client::<OrdersClient>().orders().await.unwrap();
    assert_eq!(script.watched(), 2, "one for each service");
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_the_first_word_and_for_no_other() {
    let script = Script::default();
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let begun = Instant::now();
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.items().await }
    });
    seconds(3.0).await;
    assert!(!waiting.is_finished());
    script.say(endpoints(["a"]));
    waiting.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    // The source is silent from now on.
    let begun = Instant::now();
    for _ in 0..100 {
        client.items().await.unwrap();
    }
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_first_word_that_is_a_failure_ends_the_wait() {
    let script = Script::default();
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let begun = Instant::now();
    let waiting = tokio::spawn(async move { client.items().await });
    seconds(2.0).await;
    script.fail("connection refused");
    let error = waiting.await.unwrap().unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert!(error.is_no_endpoint() && error.to_string().contains("connection refused"), "{error}");
    // The next call does not wait either, and the source's first good word is enough.
    let client: InventoryClient = hub.client();
    let begun = Instant::now();
    client.items().await.unwrap_err();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    script.say(endpoints(["a"]));
    settle().await;
    client.items().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn updates_reach_every_view() {
    let script = Script::of(vec![endpoint("a").with_metadata("v", "1")]);
    let calls = Counting::default();
    let hub = Hub::builder().discover(script.clone()).transport(calls.clone()).build().unwrap();
    let all: InventoryClient = hub.client();
    let tagged = all.with(|call| call.tag("v", "2"));
    all.items().await.unwrap();
    assert!(tagged.items().await.unwrap_err().is_no_endpoint());
    script.say(vec![endpoint("a").with_metadata("v", "1"), endpoint("b").with_metadata("v", "2")]);
    settle().await;
    calls.take();
    for _ in 0..4 {
        all.items().await.unwrap();
        tagged.items().await.unwrap();
    }
    assert_eq!(calls.take(), [("a".to_owned(), 2), ("b".to_owned(), 6)].into());
}

/// Failure mode F3: the registry dies, its instances live.
#[tokio::test(start_paused = true)]
async fn a_dead_source_fails_no_call() {
    let script = Script::of(endpoints(["a", "b", "c"]));
    let calls = Counting::default();
    let hub = Hub::builder().discover(script.clone()).transport(calls.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    script.fail("connection refused");
    settle().await;
    calls.take();
    for call in 0..100_000 {
        client.items().await.unwrap_or_else(|error| panic!("call {call}: {error}"));
        if call % 1000 == 0 {
            script.fail("connection refused");
            seconds(60.0).await;
        }
    }
    let calls = calls.take();
    assert_eq!(calls.values().sum::<usize>(), 100_000);
    assert!(calls.values().all(|calls| (33_333..=33_334).contains(calls)), "{calls:?}");
    assert_eq!(stale(&hub).as_deref(), Some("connection refused"));
    match hub.endpoints("inventory").freshness() {
        feign::discover::Freshness::Stale { since, .. } => {
            let age = Instant::now().into_std() - *since;
            assert!((6000..6010).contains(&age.as_secs()), "{age:?}");
        }
        other => panic!("{other:?}"),
    }
    script.say(endpoints(["a", "b", "c"]));
    settle().await;
    assert!(is_live(&hub));
}

#[tokio::test(start_paused = true)]
async fn a_service_without_a_client_is_left_after_a_while() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    let view = client.with(|call| call.header("x-a", "b"));
    drop(client);
    seconds(3600.0).await;
    assert_eq!(script.open(), 1, "a view is a client too");
    drop(view);
    seconds(29.0).await;
    assert_eq!((script.open(), known(&hub)), (1, vec!["a".to_owned()]));
    seconds(2.0).await;
    assert_eq!(script.open(), 0);
    assert!(is_pending(&hub) && known(&hub).is_empty(), "what was known is forgotten");

    // The next client does not call what was there an hour ago.
    script.first(None);
    let client: InventoryClient = hub.client();
    let waiting = tokio::spawn(async move { client.items().await });
    seconds(5.0).await;
    assert_eq!(script.watched(), 2);
    assert!(!waiting.is_finished());
    script.say(endpoints(["b"]));
    waiting.await.unwrap().unwrap();
    assert_eq!(known(&hub), ["b"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_comes_in_time_finds_what_is_known() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    for _ in 0..10 {
        hub.client::<InventoryClient>().items().await.unwrap();
        seconds(20.0).await;
    }
    assert_eq!(script.watched(), 1);
    let client: InventoryClient = hub.client();
    seconds(100.0).await;
    assert_eq!(script.open(), 1, "held by a client that does not call");
    drop(client);
    seconds(31.0).await;
    assert_eq!(script.open(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_service_is_left_at_once_when_its_hub_has_gone() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    drop(hub);
    settle().await;
    client.items().await.unwrap();
    assert_eq!(script.open(), 1, "the client has the hub");
    drop(client);
    settle().await;
    assert_eq!(script.open(), 0);
}

// === warm_up ===

#[tokio::test(start_paused = true)]
async fn what_is_warmed_up_is_there_for_the_first_call() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    hub.warm_up(["inventory", "orders"]).await.unwrap();
    assert_eq!(script.watched(), 2);
    assert!(is_live(&hub));
    // The first client comes later, and the source is silent then.
    script.first(None);
    seconds(20.0).await;
    let begun = Instant::now();
    hub.client::<InventoryClient>().items().await.unwrap();
    assert_eq!((begun.elapsed(), script.watched()), (Duration::ZERO, 2));
    seconds(31.0).await;
    assert_eq!(script.open(), 0, "nobody has ever called for `orders`");
}

#[tokio::test(start_paused = true)]
async fn services_are_warmed_up_at_the_same_time() {
    let hub = hub_of(feign::discover::poll(Duration::from_secs(60), |service| async move {
        seconds(3.0).await;
        match &*service {
            "broken" => Err("out of order".into()),
            _ => Ok(Some(endpoints(["a"]))),
        }
    }));
    let hub = hub.build().unwrap();
    let begun = Instant::now();
    hub.warm_up(["inventory", "orders", "payments"]).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    let error = hub.warm_up(["inventory", "broken"]).await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error}");
    assert_eq!(error.service(), Some("broken"));
    assert!(error.to_string().contains("out of order"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_never_answers_is_waited_for_as_long_as_one_likes() {
    let hub = hub_of(Script::default()).build().unwrap();
    timeout(Duration::from_secs(3600), hub.warm_up(["inventory"])).await.unwrap_err();
}

// === runtimes ===

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_hub_outlives_the_runtime_of_its_first_call() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    runtime().block_on(client.items()).unwrap();
    assert_eq!((script.watched(), script.open()), (1, 0), "the task went with its runtime");
    assert_eq!(known(&hub), ["a"], "what it knew did not");
    assert!(stale(&hub).unwrap().contains("runtime"), "{:?}", stale(&hub));

    script.first(None);
    runtime().block_on(async {
        // At once, by what is known.
        timeout(Duration::from_secs(5), client.items()).await.unwrap().unwrap();
        while script.open() == 0 {
            tokio::task::yield_now().await;
        }
        script.say(endpoints(["b"]));
        while known(&hub) != ["b"] {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(is_live(&hub));
        client.items().await.unwrap();
    });
    assert_eq!(script.watched(), 2);
}

#[test]
fn a_call_that_waits_is_not_left_alone_when_the_runtime_of_another_goes() {
    let script = Script::default();
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let first = runtime();
    first.block_on(async {
        timeout(Duration::from_millis(20), client.items()).await.unwrap_err();
    });
    assert_eq!((script.watched(), script.open()), (1, 1));
    runtime().block_on(async {
        let waiting = tokio::spawn(async move { client.items().await });
        tokio::task::yield_now().await;
        script.first(Some(endpoints(["a"])));
        first.shutdown_background();
        timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap().unwrap();
    });
    assert_eq!(script.watched(), 2);
    assert_eq!(known(&hub), ["a"]);
}

#[test]
fn a_hub_is_called_from_many_threads_while_its_runtimes_come_and_go() {
    let script = Script::of(endpoints(["a", "b"]));
    let hub = hub_of(script).build().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let client: InventoryClient = hub.client();
                    let call = async { timeout(Duration::from_secs(20), client.items()).await };
                    runtime().block_on(call).unwrap().unwrap();
                }
            });
        }
    });
}

/// Names may come from anywhere: what nobody holds is let go.
#[tokio::test(start_paused = true)]
async fn services_that_nobody_holds_are_forgotten() {
    /// Is asked what it is called by each service that is new.
    #[derive(Clone, Default)]
    struct Described(Arc<AtomicUsize>);
    impl Discover for Described {
        fn watch(&self, _: &str) -> Updates {
            Box::pin(futures_util::stream::pending())
        }

        fn describe(&self) -> std::borrow::Cow<'_, str> {
            self.0.fetch_add(1, Ordering::Relaxed);
            "described".into()
        }
    }

    let source = Described::default();
    let hub = hub_of(source.clone()).build().unwrap();
    let is_new = |name: &str| {
        source.0.store(0, Ordering::Relaxed);
        let _known = hub.endpoints(name);
        source.0.load(Ordering::Relaxed) == 1
    };
    let client: InventoryClient = hub.client_at("held").unwrap();
    let picker = hub.picker("picked");
    assert!(is_new("first") && !is_new("first"));
    for name in 0..5000 {
        let _client: InventoryClient = hub.client_at(format!("tenant-{name}")).unwrap();
    }
    assert!(is_new("first"), "it was dropped meanwhile");
    assert!(!is_new("held") && !is_new("picked"));
    drop((client, picker));
}

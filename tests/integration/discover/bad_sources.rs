//! Sources that end, panic, flood, or say what cannot be.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use feign::discover::{self, Discover, Endpoint, State, Updates};
use futures_util::stream;
use tokio::time::Instant;

use super::script::{Script, hub_of};
use super::{
    Inventory as _, InventoryClient, endpoint, endpoints, is_live, known, seconds, settle, stale,
};

#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_begins_again() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    script.end();
    settle().await;
    assert_eq!(stale(&hub).as_deref(), Some("the source ended"));
    client.items().await.unwrap();
    assert_eq!(script.watched(), 1, "not at once");
    script.first(Some(endpoints(["a", "b"])));
    seconds(1.6).await;
    assert_eq!(script.watched(), 2);
    assert!(is_live(&hub));
    assert_eq!(known(&hub), ["a", "b"]);
}

/// After about 1, 2, 4 … 60 seconds, each give or take a half.
#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_again_and_again_is_asked_less_and_less() {
    let source = Ending::default();
    let times = Arc::clone(&source.0);
    let hub = hub_of(source).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap_err();
    seconds(1000.0).await;
    let times = times.lock().unwrap().clone();
    let pauses: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    assert!(pauses.len() > 12, "{pauses:?}");
    for (pause, about) in
        pauses.iter().zip([1.0, 2.0, 4.0, 8.0, 16.0, 32.0].iter().chain([&60.0; 99]))
    {
        assert!((about * 0.49..=about * 1.51).contains(pause), "{pause} in {pauses:?}");
    }
    let spread = pauses.iter().skip(6).map(|pause| pause.round().to_string());
    assert!(spread.collect::<std::collections::BTreeSet<_>>().len() > 3, "{pauses:?}");
}

/// Ends at once, and knows when it was asked.
#[derive(Default)]
struct Ending(Arc<std::sync::Mutex<Vec<Instant>>>);

impl Discover for Ending {
    fn watch(&self, _: &str) -> Updates {
        self.0.lock().unwrap().push(Instant::now());
        Box::pin(stream::empty())
    }
}

/// One that held for more than a minute is asked again soon.
#[tokio::test(start_paused = true)]
async fn a_stream_that_held_long_begins_again_soon() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let _client: InventoryClient = hub.client();
    hub.warm_up(["inventory"]).await.unwrap();
    for turn in 1..10 {
        seconds(70.0).await;
        assert_eq!(script.watched(), turn);
        script.end();
        seconds(1.6).await;
        assert_eq!(script.watched(), turn + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_panics_begins_again() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    script.panic("a bug\nof the source");
    settle().await;
    assert_eq!(stale(&hub).as_deref(), Some(r"the source panicked: a bug\nof the source"));
    client.items().await.unwrap();
    seconds(1.6).await;
    assert_eq!((script.watched(), is_live(&hub)), (2, true));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_when_it_is_asked_is_asked_again() {
    let script = Script::of(endpoints(["a"]));
    script.panic_on_watch(Some("no configuration"));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let error = client.items().await.unwrap_err().to_string();
    assert!(error.contains("the source panicked: no configuration"), "{error}");
    script.panic_on_watch(None);
    seconds(1.6).await;
    client.items().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_read_up_to_its_newest() {
    let script = Script::of(endpoints(["a"]));
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    settle().await;
    for port in 1..1000 {
        script.say(vec![Endpoint::new(&format!("http://h:{port}")).unwrap()]);
    }
    settle().await;
    assert_eq!(known(&hub), ["http://h:999"]);
    // A failure does not hide what came just before it, nor the other way round.
    script.say(endpoints(["b"]));
    script.fail("it fails");
    settle().await;
    assert_eq!((known(&hub), stale(&hub).as_deref()), (vec!["b".to_owned()], Some("it fails")));
    script.fail("it fails");
    script.say(endpoints(["c"]));
    settle().await;
    assert_eq!((known(&hub), is_live(&hub)), (vec!["c".to_owned()], true));
}

/// Is always ready: 20 times a second is enough, and others run in between.
#[tokio::test(start_paused = true)]
async fn a_stream_that_is_always_ready_starves_nobody() {
    static SAID: AtomicUsize = AtomicUsize::new(0);
    struct Flood;
    impl Discover for Flood {
        fn watch(&self, _: &str) -> Updates {
            Box::pin(stream::repeat_with(|| {
                let port = 1 + SAID.fetch_add(1, Ordering::Relaxed) % 60_000;
                Ok(Some(vec![Endpoint::new(&format!("http://h:{port}")).unwrap()]))
            }))
        }
    }
    let hub = hub_of(Flood).build().unwrap();
    let client: InventoryClient = hub.client();
    let mut sets = Vec::new();
    for _ in 0..1000 {
        client.items().await.unwrap();
        sets.extend(known(&hub));
        seconds(0.001).await;
    }
    sets.dedup();
    assert!((10..=22).contains(&sets.len()), "{}", sets.len());
    assert!(SAID.load(Ordering::Relaxed) < 22 * 1100, "{SAID:?}");
}

#[tokio::test(start_paused = true)]
async fn of_the_same_id_the_last_one_counts() {
    let twice =
        vec![endpoint("a"), endpoint("b").with_state(State::Down), endpoint("a").with_weight(7)];
    let script = Script::of(twice);
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    client.items().await.unwrap();
    assert_eq!(hub.endpoints("inventory").endpoints().len(), 2);
    let weight = |hub: &feign::Hub| {
        let known = hub.endpoints("inventory");
        known.endpoints().iter().find(|endpoint| endpoint.id() == "a").unwrap().weight()
    };
    assert_eq!(weight(&hub), 7);
    script.say(vec![endpoint("a").with_weight(8), endpoint("a").with_weight(9)]);
    settle().await;
    assert_eq!((known(&hub), weight(&hub)), (vec!["a".to_owned()], 9));
}

/// What a source says is shown on one line, and not without end.
#[tokio::test(start_paused = true)]
async fn control_characters_are_escaped() {
    struct Bad;
    impl Discover for Bad {
        fn watch(&self, service: &str) -> Updates {
            let bad = endpoint("a").with_id("a\r\nx").with_metadata("v", "1\r\nforged: line");
            let update = match service {
                "orders\n" => Err(format!("no\x1b[31m\r\nforged{}", "!".repeat(9999)).into()),
                "inventory" => Ok(Some(vec![bad])),
                _ => Ok(None),
            };
            Box::pin(stream::unfold(Some(update), async |update| match update {
                Some(update) => Some((update, None)),
                None => std::future::pending().await,
            }))
        }

        fn names(&self) -> Vec<String> {
            vec!["x\ny".to_owned()]
        }

        fn describe(&self) -> std::borrow::Cow<'_, str> {
            "bad\nsource".into()
        }
    }
    let hub = hub_of(Bad).build().unwrap();
    let tagged = hub.client::<InventoryClient>().with(|call| call.tag("v", "2\n"));
    let orders: InventoryClient = hub.client_at("orders\n").unwrap();
    let unknown: InventoryClient = hub.client_at("unknown").unwrap();
    for client in [tagged, orders, unknown] {
        let text = client.items().await.unwrap_err().to_string();
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert!(text.len() < 1000 && text.contains(r"bad\nsource"), "{text}");
    }
}

/// An error that cannot even be shown.
#[tokio::test(start_paused = true)]
async fn an_error_that_panics_is_a_failure_too() {
    #[derive(Debug)]
    struct Unshowable;
    impl fmt::Display for Unshowable {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("not to be shown")
        }
    }
    impl std::error::Error for Unshowable {}

    let script = Script::default();
    let hub = hub_of(script.clone()).build().unwrap();
    let client: InventoryClient = hub.client();
    let waiting = tokio::spawn(async move { client.items().await });
    settle().await;
    script.fail_by(|| Unshowable);
    let error = waiting.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("not to be shown"), "{error}");
}

/// A source may take its time without holding anybody up.
#[tokio::test(start_paused = true)]
async fn a_function_that_hangs_leaves_what_is_known() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let source = discover::poll(Duration::from_secs(10), move |_| {
        let turn = count.fetch_add(1, Ordering::Relaxed);
        async move {
            if turn > 0 {
                std::future::pending::<()>().await;
            }
            Ok(Some(endpoints(["a"])))
        }
    });
    let hub = hub_of(source).build().unwrap();
    let client: InventoryClient = hub.client();
    for _ in 0..10 {
        client.items().await.unwrap();
        seconds(60.0).await;
    }
    assert_eq!((asked.load(Ordering::Relaxed), is_live(&hub)), (2, true));
    drop(client);
    seconds(31.0).await;
    assert!(super::is_pending(&hub), "it is let go all the same");
}

//! Picking without a call.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::Hub;
use feign::balance::{self, Balance, Candidate, EndpointSet, PickContext, Picked, Picker};
use feign::discover::{self, Endpoint, Updates};
use futures_util::stream;

/// What is known of an endpoint: calls in flight, failures in a row, latency in milliseconds.
type Seen = (u32, u32, Option<u128>);

/// Takes the first endpoint, and keeps what it has seen of it.
#[derive(Clone, Debug, Default)]
struct First(Arc<Mutex<Option<Seen>>>);

impl Balance for First {
    fn pick(&self, endpoints: &EndpointSet, _: &mut PickContext<'_>) -> usize {
        *self.0.lock().unwrap() = endpoints.get(0).map(seen);
        0
    }

    fn reads_latency(&self) -> bool {
        true
    }
}

fn seen(candidate: Candidate<'_>) -> Seen {
    let latency = candidate.latency().map(|latency| latency.as_millis());
    (candidate.in_flight(), candidate.failures(), latency)
}

impl First {
    /// Picks, and returns what was known before.
    fn pick(&self, picker: &Picker) -> (Picked, Seen) {
        let picked = picker.try_pick().unwrap();
        (picked, self.0.lock().unwrap().take().unwrap())
    }

    fn look(&self, picker: &Picker) -> Seen {
        self.pick(picker).1
    }
}

fn first() -> (First, Picker) {
    let first = First::default();
    let hub = Hub::builder().balance(first.clone());
    let hub = hub.service("chat", |s| s.url("http://a").url("http://b")).build().unwrap();
    (first, hub.picker("chat"))
}

fn host(picked: &Picked) -> String {
    picked.endpoint().authority().host().to_owned()
}

#[tokio::test]
async fn pickers_take_turns_together() {
    let hub =
        Hub::builder().service("chat", |s| s.url("http://a").url("http://b")).build().unwrap();
    let (one, other) = (hub.picker("chat"), hub.picker("chat"));
    let hosts = [
        host(&one.pick().await.unwrap()),
        host(&other.clone().pick().await.unwrap()),
        host(&one.try_pick().unwrap()),
    ];
    assert_eq!(hosts[0], hosts[2]);
    assert_eq!(BTreeSet::from(hosts), BTreeSet::from(["a", "b"].map(str::to_owned)));
    assert_eq!(format!("{one:?}"), r#"Picker("chat")"#);
}

#[tokio::test]
async fn it_is_in_flight_until_it_is_dropped() {
    let (first, picker) = first();
    let (mut one, before) = first.pick(&picker);
    assert_eq!((before.0, before.1), (0, 0));
    let (other, before) = first.pick(&picker);
    assert_eq!(before.0, 1);
    one.succeeded();
    assert_eq!(first.look(&picker).0, 2, "what has answered has work to do still");
    drop(one);
    assert_eq!(first.look(&picker).0, 1);
    drop(other);
    assert_eq!(first.look(&picker).0, 0);
}

#[tokio::test]
async fn the_first_word_counts() {
    let (first, picker) = first();
    let failures = |picker| first.look(picker).1;
    let (mut picked, _) = first.pick(&picker);
    picked.failed();
    picked.failed();
    picked.succeeded();
    assert_eq!(failures(&picker), 1);
    drop(picked);
    drop(first.pick(&picker));
    assert_eq!(failures(&picker), 1, "a cancelled one says nothing");
    first.pick(&picker).0.succeeded();
    assert_eq!(failures(&picker), 0);
}

#[tokio::test(start_paused = true)]
async fn the_time_from_the_pick_is_its_latency() {
    let (first, picker) = first();
    let wait = async |seconds| tokio::time::sleep(Duration::from_secs(seconds)).await;
    let (mut picked, before) = first.pick(&picker);
    assert_eq!(before.2, None);
    wait(2).await;
    picked.succeeded();
    assert_eq!(first.look(&picker).2, Some(2_000));
    wait(60).await;
    picked.succeeded();
    drop(picked);
    assert_eq!(first.look(&picker).2, Some(2_000), "how long it lasted is another thing");
    let (picked, _) = first.pick(&picker);
    wait(3).await;
    drop(picked);
    assert_eq!(first.look(&picker).2, Some(3_000), "it would have taken longer than that");
    first.pick(&picker).0.failed();
    assert_eq!(first.look(&picker).2, Some(5_000), "a fast failure is none");
}

#[tokio::test]
async fn a_key_has_its_endpoint() {
    let urls = ["http://a", "http://b", "http://c"];
    let hub = Hub::builder().balance(balance::hash());
    let hub = hub.service("chat", |s| urls.into_iter().fold(s, |s, url| s.url(url)));
    let picker = hub.build().unwrap().picker("chat");
    let hosts = |key: &str| -> BTreeSet<String> {
        (0..5).map(|_| host(&picker.with_key(key).try_pick().unwrap())).collect()
    };
    let all: Vec<_> = (0..50).map(|user| hosts(&format!("user-{user}"))).collect();
    assert!(all.iter().all(|hosts| hosts.len() == 1), "{all:?}");
    assert_eq!(all.into_iter().flatten().collect::<BTreeSet<_>>().len(), 3);
    let without: BTreeSet<_> = (0..3).map(|_| host(&picker.try_pick().unwrap())).collect();
    assert_eq!(without.len(), 3, "without a key, in turn");
}

#[tokio::test]
async fn the_first_word_is_waited_for() {
    let endpoint = Endpoint::new("http://a").unwrap();
    let hub = Hub::builder().discover(discover::fixed([("chat", vec![endpoint])])).build().unwrap();
    let picker = hub.picker("chat");
    assert!(picker.try_pick().is_none());
    assert_eq!(host(&picker.pick().await.unwrap()), "a");
    assert_eq!(host(&picker.try_pick().unwrap()), "a");
    let error = hub.picker("chart").pick().await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error}");
    assert!(error.to_string().contains("chat"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn it_is_not_waited_for_longer_than_a_call_would() {
    struct Silent;

    impl discover::Discover for Silent {
        fn watch(&self, _: &str) -> Updates {
            Box::pin(stream::pending())
        }
    }

    let hub = Hub::builder().discover(Silent).timeout(Duration::from_secs(20));
    let hub = hub.service("chat", |s| s.timeout(Duration::from_secs(3))).build().unwrap();
    for (service, limit) in [("chat", 3), ("other", 20)] {
        let begun = tokio::time::Instant::now();
        let error = hub.picker(service).pick().await.unwrap_err();
        assert!(error.is_no_endpoint(), "{error}");
        assert_eq!(begun.elapsed().as_secs(), limit);
    }
}

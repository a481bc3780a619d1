//! Nothing is formatted for a level that is off.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use feign::discover::{self, Freshness};
use feign::log::Level;
use feign::mock::Mock;
use feign::observe::Observer;
use feign::{Body, Hub, Request, Response};
use tracing::Level as At;

use super::Collector;

#[feign::client(service = "counted")]
trait Counted {
    #[get("/counted")]
    async fn counted(&self) -> Result<(), feign::Error>;
}

/// An error that counts how often it is shown, by `Display` or by `Debug`.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Counting {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fetch_add(1, Ordering::Relaxed);
        f.write_str("counted")
    }
}

impl fmt::Display for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)
    }
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)
    }
}

impl std::error::Error for Counting {}

/// Is told everything and shows nothing.
struct Silent;

impl Observer for Silent {}

/// How often the error of a call is shown, whose transport fails, while an observer looks on.
async fn shown(level: Level, collector: impl FnOnce() -> Collector) -> usize {
    let _collector = collector();
    let counting = Counting::default();
    let failing = counting.clone();
    let fail =
        move |_: Request<Body>| std::future::ready(Err::<Response<Body>, _>(failing.clone()));
    let hub = Hub::builder().transport(tower::service_fn(fail)).observer(Silent).log(level);
    let client: CountedClient = hub.build().unwrap().client_at("http://counted").unwrap();
    client.counted().await.unwrap_err();
    counting.0.load(Ordering::Relaxed)
}

const LEVELS: [Level; 3] = [Level::Basic, Level::Headers, Level::Body];

#[tokio::test]
async fn a_cause_is_shown_only_where_it_is_logged() {
    assert_eq!(shown(Level::None, || Collector::at_all(At::TRACE)).await, 0);
    for level in LEVELS {
        assert_eq!(shown(level, || Collector::at_all(At::INFO)).await, 0, "{level}, filtered out");
        assert!(shown(level, || Collector::at_all(At::DEBUG)).await > 0, "{level}, the control");
    }
}

/// Each target shows it for itself: the other one, which is off, adds nothing.
#[tokio::test]
async fn a_target_that_is_off_shows_nothing() {
    for level in LEVELS {
        let call = shown(level, || Collector::at("feign::call", At::DEBUG)).await;
        let attempt = shown(level, || Collector::at("feign::attempt", At::DEBUG)).await;
        let both = shown(level, || Collector::at_all(At::DEBUG)).await;
        assert_eq!((call, attempt, both), (1, 1, 2), "{level}");
    }
    let other = || Collector::at("feign::discover", At::TRACE);
    assert_eq!(shown(Level::Body, other).await, 0);
}

#[tokio::test]
async fn what_is_known_is_as_before() {
    // Looking at a call changes nothing of what it does.
    let _collector = Collector::all();
    let hub = Mock::new()
        .hub()
        .discover(discover::fixed([("counted", Vec::new())]))
        .log(Level::Body)
        .build()
        .unwrap();
    let error = hub.client::<CountedClient>().counted().await.unwrap_err();
    assert!(error.is_no_endpoint());
    assert!(matches!(hub.endpoints("counted").freshness(), Freshness::Live));
}

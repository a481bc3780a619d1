//! Nothing is formatted for a level that is off.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use feign::discover::{self, Freshness};
use feign::layer;
use feign::log::Level;
use feign::mock::Mock;
use feign::{Body, Request};
use tracing::Level as At;

use super::Collector;

#[feign::client(service = "counted")]
trait Counted {
    #[get("/counted")]
    async fn counted(&self) -> Result<(), feign::Error>;
}

/// An error that counts how often it is shown.
#[derive(Clone, Debug, Default)]
struct Counting(Arc<AtomicUsize>);

impl fmt::Display for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fetch_add(1, Ordering::Relaxed);
        f.write_str("counted")
    }
}

impl std::error::Error for Counting {}

/// How often the error of a call is shown.
async fn shown(level: Level, at: At) -> usize {
    let _collector = Collector::at_all(at);
    let counting = Counting::default();
    let failing = counting.clone();
    let fail = move |_: Request<Body>, _: layer::Next| {
        let error = feign::Error::other(failing.clone());
        async move { Err(error) }
    };
    let hub = Mock::new().hub().log(level).per_endpoint(layer::from_fn(fail)).build().unwrap();
    hub.client::<CountedClient>().counted().await.unwrap_err();
    counting.0.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_cause_is_shown_only_where_it_is_logged() {
    for level in [Level::None, Level::Basic, Level::Headers, Level::Body] {
        assert_eq!(shown(level, At::INFO).await, 0, "{level}, filtered out");
    }
    assert_eq!(shown(Level::None, At::TRACE).await, 0);
    assert!(shown(Level::Basic, At::DEBUG).await > 0, "the control");
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

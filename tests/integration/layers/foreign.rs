//! Layers of tower and tower-http, whose errors keep their meaning all the way up.

use std::time::Duration;

use feign::mock::{Mock, Reply};
use feign::{Body, BoxError, Hub, HubBuilder, Request, Response};
use http::{HeaderName, HeaderValue};
use tokio::time::Instant;
use tower::limit::ConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::timeout::TimeoutLayer;
use tower::{Layer, ServiceBuilder};
use tower_http::set_header::{SetRequestHeaderLayer, SetResponseHeaderLayer};

use super::{Layered as _, LayeredClient};
use crate::support::Server;

fn at(hub: HubBuilder) -> LayeredClient {
    hub.build().unwrap().client_at("http://h.example").unwrap()
}

/// The same timeout at each seam.
#[tokio::test(start_paused = true)]
async fn the_timeout_of_tower_is_a_timeout() {
    let timeout = TimeoutLayer::new(Duration::from_secs(1));
    let mock = Mock::new();
    mock.on(LayeredClient::ITEM).times(3).reply(Reply::hang());
    let transport = timeout.layer(mock.transport());
    for client in [
        at(mock.hub().per_call(timeout.clone())),
        at(mock.hub().per_attempt(timeout.clone())),
        at(Hub::builder().transport(transport)),
    ] {
        let started = Instant::now();
        let error = client.item(1, None).await.unwrap_err();
        assert_eq!(started.elapsed(), Duration::from_secs(1));
        assert!(error.is_timeout(), "{error:?}");
        assert!(!error.is_connect() && !error.is_status() && !error.is_decode(), "{error:?}");
        assert!(error.timeout_setting().is_none(), "it was none of ours");
        assert!(error.is_retryable(), "a GET");
        let source = std::error::Error::source(&error).expect("tower's own error");
        assert!(source.is::<tower::timeout::error::Elapsed>(), "{source:?}");
        assert_eq!(error.operation().unwrap().name(), "Layered.item");
    }
}

/// One call at a time, the second is shed, and the first is none the worse.
#[tokio::test(start_paused = true)]
async fn shedding_over_a_concurrency_limit() {
    let shed =
        ServiceBuilder::new().layer(LoadShedLayer::new()).layer(ConcurrencyLimitLayer::new(1));
    for per_call in [true, false] {
        let mock = Mock::new();
        let item = || mock.on(LayeredClient::ITEM);
        item().path("id", 1).times(1).reply(Reply::status(200).delay(Duration::from_secs(1)));
        item().path("id", 3).times(1).reply(200);
        let hub = match per_call {
            true => mock.hub().per_call(shed.clone()),
            false => mock.hub().per_attempt(shed.clone()),
        };
        let client = at(hub);
        let first = client.clone();
        let first = tokio::spawn(async move { first.item(1, None).await });
        // The clock stands meanwhile, so that the first is not answered yet.
        while mock.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        let error = client.item(2, None).await.unwrap_err();
        assert!(!error.is_timeout() && !error.is_status(), "{error:?}");
        assert!(error.is_retryable(), "it was never sent: {error:?}");
        let source = std::error::Error::source(&error).expect("tower's own error");
        assert!(source.is::<tower::load_shed::error::Overloaded>(), "{source:?}");
        assert_eq!(mock.requests().len(), 1);
        assert!(!first.is_finished());
        first.await.unwrap().unwrap();
        // The permit came back.
        client.item(3, None).await.unwrap();
        mock.verify().unwrap();
    }
}

#[tokio::test]
async fn the_headers_of_tower_http() {
    let server = Server::silent_ok().await;
    let name = HeaderName::from_static("x-by-layer");
    let request = SetRequestHeaderLayer::overriding(name.clone(), HeaderValue::from_static("call"));
    let attempt = SetRequestHeaderLayer::appending(name, HeaderValue::from_static("attempt"));
    let hub = Hub::builder().per_call(request).per_attempt(attempt).build().unwrap();
    let client: LayeredClient = hub.client_at(server.url()).unwrap();
    client.with(|call| call.header("x-by-layer", "declared")).item(1, None).await.unwrap();
    assert_eq!(server.only().header_values("x-by-layer"), ["call", "attempt"]);
}

#[tokio::test]
async fn headers_of_the_answer() {
    #[feign::client]
    trait Heads {
        #[get("/")]
        async fn head(&self) -> Result<Response<()>, feign::Error>;
    }
    let server = Server::silent_ok().await;
    let name = HeaderName::from_static("x-seen");
    let layer = SetResponseHeaderLayer::overriding(name, |response: &Response<Body>| {
        HeaderValue::from_str(response.status().as_str()).ok()
    });
    let hub = Hub::builder().per_call(layer).build().unwrap();
    let client: HeadsClient = hub.client_at(server.url()).unwrap();
    assert_eq!(client.head().await.unwrap().headers()["x-seen"], "200");
}

/// An error of ours that went through boxes of others is the same error again.
#[tokio::test]
async fn our_errors_are_found_in_the_boxes_of_others() {
    let wrapped = || ServiceBuilder::new().layer(LoadShedLayer::new());
    let mock = Mock::new();
    mock.on(LayeredClient::ITEM).times(1).reply(Reply::refuse());
    let transport = wrapped().service(mock.transport());
    let client = at(Hub::builder().transport(transport).per_call(wrapped()).per_attempt(wrapped()));
    let error = client.item(1, None).await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
    assert_eq!(error.endpoint(), Some("http://h.example"));
    assert_eq!(error.attempts(), 1);
}

/// A transport that fails with whatever it likes: kept as the cause.
#[tokio::test]
async fn an_error_of_anybody_is_the_cause() {
    let transport = tower::service_fn(|_: Request<Body>| async {
        Err::<Response<Body>, BoxError>("the cable is cut".into())
    });
    let error = at(Hub::builder().transport(transport)).item(1, None).await.unwrap_err();
    assert!(!error.is_timeout() && !error.is_connect() && !error.is_status(), "{error:?}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the cable is cut");
}

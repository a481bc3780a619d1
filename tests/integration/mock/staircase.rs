//! Without a socket, but through everything else.

use std::time::Duration;

use feign::layer::{self, Next};
use feign::mock::{Mock, Reply};
use feign::{Body, Error, Hub, Request, Response};
use http_body_util::StreamBody;

use super::{Name, Stock as _, StockClient};

async fn twice(request: Request<Body>, next: Next) -> Result<Response<Body>, Error> {
    let mut again = Request::new(Body::empty());
    *again.method_mut() = request.method().clone();
    *again.uri_mut() = request.uri().clone();
    *again.headers_mut() = request.headers().clone();
    *again.extensions_mut() = request.extensions().clone();
    match next.clone().run(request).await {
        Err(error) if error.is_retryable() => next.run(again).await,
        outcome => outcome,
    }
}

#[tokio::test(start_paused = true)]
async fn layers_limits_and_headers_act() {
    let mock = Mock::new();
    mock.on(StockClient::ITEM)
        .header("x-from", "orders")
        .reply(Reply::refuse())
        .then(Reply::hang())
        .then(Reply::json(200, "a".repeat(100)));
    let hub = mock
        .hub()
        .header("x-from", "orders")
        .attempt_timeout(Duration::from_secs(1))
        .per_call(layer::from_fn(twice))
        .service("inventory", |s| {
            s.url("http://a.example/base").url("http://b.example/base").body_limit(50)
        })
        .build()
        .unwrap();
    let client: StockClient = hub.client();
    let error = client.item("A-1").await.unwrap_err();
    assert_eq!(error.timeout_setting(), Some(feign::Setting::Attempt));
    assert_eq!(error.attempts(), 2);
    assert!(client.item("A-1").await.unwrap_err().is_too_large());
    let uris: Vec<_> = mock.requests().iter().map(|request| request.uri().to_string()).collect();
    let mut turns = ["a", "b"].map(|host| format!("http://{host}.example/base/api/v1/items/A-1"));
    // The turn begins anywhere.
    turns.sort_by_key(|uri| *uri != uris[0]);
    let [a, b] = turns;
    assert_eq!(uris, [a.clone(), b, a], "each attempt went to the next endpoint");
    assert_eq!(mock.requests()[2].path("sku"), Some("A-1"), "below the base path");
}

#[tokio::test]
async fn a_transport_for_a_hub_of_ones_own() {
    let mock = Mock::new();
    mock.on(StockClient::ITEM).reply(404);
    let hub = Hub::builder().transport(mock.transport()).build().unwrap();
    let client: StockClient = hub.client_at("http://h.example").unwrap();
    assert!(client.item("A-1").await.unwrap().is_none());
}

/// One mock is every service.
#[tokio::test]
async fn several_traits() {
    #[feign::client]
    trait Plain {
        #[get("/api/v1/items/{sku}")]
        async fn item(&self, sku: &str) -> Result<Option<Name>, Error>;
        #[get]
        async fn follow(&self, #[url] next: &str) -> Result<String, Error>;
    }

    #[feign::client(service = "größen")]
    trait Named {
        #[get("/")]
        async fn root(&self) -> Result<(), Error>;
    }

    let mock = Mock::new();
    mock.on(StockClient::ITEM).reply_json(200, "stock");
    mock.on(PlainClient::ITEM).reply_json(200, "plain");
    mock.on(PlainClient::FOLLOW).path("next", "/pages/2").reply(Reply::status(200).body("page"));
    mock.on(NamedClient::ROOT).reply(204);
    assert_eq!(mock.client::<StockClient>().item("1").await.unwrap().as_deref(), Some("stock"));
    let plain: PlainClient = mock.client();
    assert_eq!(plain.item("1").await.unwrap().as_deref(), Some("plain"));
    assert_eq!(plain.follow("/pages/2?x=1").await.unwrap(), "page");
    mock.client::<NamedClient>().root().await.unwrap();
    assert_eq!(mock.requests()[1].uri(), "http://mock/api/v1/items/1");
}

/// A stream is read to its end; one that breaks breaks the call and no route gets it.
#[tokio::test]
async fn streamed_bodies() {
    #[feign::client]
    trait Upload {
        #[post("/upload")]
        async fn upload(&self, #[body] body: Body) -> Result<(), Error>;
    }

    fn stream<const N: usize>(pieces: [Result<&'static str, std::io::Error>; N]) -> Body {
        let frames = pieces.map(|piece| piece.map(|piece| http_body::Frame::data(piece.into())));
        Body::new(StreamBody::new(futures_util::stream::iter(frames)))
    }

    let mock = Mock::new();
    mock.on(UploadClient::UPLOAD).times(1).reply(204);
    let client: UploadClient = mock.client();
    client.upload(stream([Ok("ab"), Ok("c")])).await.unwrap();
    assert_eq!(mock.requests()[0].text(), "abc");
    let broken = stream([Ok("ab"), Err(std::io::ErrorKind::BrokenPipe.into())]);
    let error = client.upload(broken).await.unwrap_err();
    assert!(error.to_string().contains("broke off"), "{error}");
    assert_eq!(mock.requests().len(), 1);
}

/// Whoever has no runtime has a mock all the same: nothing here asks for one but waits.
#[test]
fn without_a_runtime() {
    use futures_util::FutureExt as _;

    let mock = Mock::new();
    mock.on(StockClient::ITEM).reply_json(200, "a");
    let client = mock.client::<StockClient>();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().build() else {
        return;
    };
    let _time = runtime.enter();
    assert!(client.item("A-1").now_or_never().unwrap().unwrap().is_some());
}

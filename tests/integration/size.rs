//! The limit of buffered bodies: it holds at once, at every level, and keeps the status.

use feign::{Body, Bytes, Hub, Settings, StatusCode};
use http_body_util::BodyExt as _;

use crate::support::{Reply, Server};

#[feign::client(service = "large")]
trait Large {
    #[get("/")]
    async fn bytes(&self) -> Result<Bytes, feign::Error>;
    #[get("/")]
    async fn text(&self) -> Result<String, feign::Error>;
    #[get("/")]
    async fn json(&self) -> Result<Vec<u8>, feign::Error>;
    #[get("/")]
    async fn parsed(&self) -> Result<serde_json::Value, feign::Error>;
    #[get("/")]
    async fn unit(&self) -> Result<(), feign::Error>;
    #[get("/")]
    async fn stream(&self) -> Result<Body, feign::Error>;
}

const MIB: usize = 1024 * 1024;

fn large(bytes: usize) -> Reply {
    Reply::status(200).header("content-type", "application/json").body(vec![b'7'; bytes])
}

#[tokio::test]
async fn eight_mebibytes_by_default() {
    let server = Server::script([large(8 * MIB), large(8 * MIB + 1)]).await;
    let client = LargeClient::at(server.url()).unwrap();
    assert_eq!(client.bytes().await.unwrap().len(), 8 * MIB);
    let error = client.bytes().await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert!(!error.is_retryable() && !error.is_decode(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn every_buffered_result_is_limited() {
    let server = Server::always(large(11)).await;
    let hub = Hub::builder().body_limit(10).build().unwrap();
    let client: LargeClient = hub.client_at(server.url()).unwrap();
    for error in [
        client.bytes().await.unwrap_err(),
        client.text().await.unwrap_err(),
        client.json().await.unwrap_err(),
        client.parsed().await.unwrap_err(),
        client.unit().await.unwrap_err(),
    ] {
        assert!(error.is_too_large(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("10 bytes") && text.contains("body_limit"), "{text}");
    }
    let body = client.stream().await.unwrap();
    assert_eq!(body.collect().await.unwrap().to_bytes().len(), 11, "a stream is not buffered");
}

#[tokio::test]
async fn exactly_the_limit_is_within_it() {
    let hub = Hub::builder().body_limit(10).build().unwrap();
    for reply in [large(10), Reply::status(200).pieces(["12345"; 2])] {
        let server = Server::always(reply).await;
        let client: LargeClient = hub.client_at(server.url()).unwrap();
        assert_eq!(client.bytes().await.unwrap().len(), 10);
    }
}

/// The rest of the body never comes: whoever reads on waits for ever.
#[tokio::test]
async fn the_limit_holds_at_once() {
    let server = Server::always(Reply::status(200).unfinished(["123456", "78901"])).await;
    let hub = Hub::builder().body_limit(10).build().unwrap();
    let client: LargeClient = hub.client_at(server.url()).unwrap();
    assert!(client.bytes().await.unwrap_err().is_too_large());
}

#[tokio::test]
async fn the_nearest_level_wins() {
    let server = Server::always(large(100)).await;
    let url = server.url();
    let settings = |json: serde_json::Value| serde_json::from_value::<Settings>(json).unwrap();

    let hub = Hub::builder().body_limit(50).service("large", |s| s.url(&url));
    let client: LargeClient = hub.build().unwrap().client();
    assert!(client.bytes().await.unwrap_err().is_too_large(), "the hub");

    let hub = Hub::builder().body_limit(50).service("large", |s| s.url(&url));
    let hub = hub.settings(settings(serde_json::json!({"body_limit": 100})));
    let client: LargeClient = hub.build().unwrap().client();
    assert_eq!(client.bytes().await.unwrap().len(), 100, "settings of the hub");

    let hub = Hub::builder().body_limit(50).service("large", |s| s.url(&url).body_limit(100));
    let client: LargeClient = hub.build().unwrap().client();
    assert_eq!(client.bytes().await.unwrap().len(), 100, "the service");

    let hub = Hub::builder()
        .service("large", |s| s.url(&url).body_limit(50))
        .settings(settings(serde_json::json!({"services": {"large": {"body_limit": 100}}})));
    let client: LargeClient = hub.build().unwrap().client();
    assert_eq!(client.bytes().await.unwrap().len(), 100, "settings of the service");

    let hub = Hub::builder().service("large", |s| s.url(&url).body_limit(100)).settings(settings(
        serde_json::json!({"services": {"large": {"methods": {"bytes": {"body_limit": 50}}}}}),
    ));
    let client: LargeClient = hub.build().unwrap().client();
    assert!(client.bytes().await.unwrap_err().is_too_large(), "settings of the method");
    assert_eq!(client.text().await.unwrap().len(), 100, "another method");

    let view = client.with(|call| call.body_limit(100));
    assert_eq!(view.bytes().await.unwrap().len(), 100, "the call");
}

/// An error keeps its status whatever became of its body, which is cut.
#[tokio::test]
async fn the_body_of_an_error_is_cut() {
    let server = Server::script([
        Reply::status(500).body("0123456789abc"),
        Reply::status(500).unfinished(["0123456789abc"]),
    ])
    .await;
    let hub = Hub::builder().body_limit(10).build().unwrap();
    let client: LargeClient = hub.client_at(server.url()).unwrap();
    for _ in 0..2 {
        let error = client.bytes().await.unwrap_err();
        assert!(error.is_status() && !error.is_too_large(), "{error:?}");
        assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
        assert_eq!(error.body(), "0123456789");
    }
}

//! The same routes on a port.

use std::time::Duration;

use feign::mock::{Mock, Reply};
use feign::{Error, Method};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{Order, Stock as _, StockClient, mismatch};

async fn served() -> (Mock, StockClient) {
    let mock = Mock::new();
    let url = mock.serve().await;
    (mock, StockClient::at(url).unwrap())
}

/// What a raw client gets until the server closes, and how that ended.
async fn raw(url: &str, text: &str) -> (String, std::io::Result<()>) {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut got = Vec::new();
    let mut piece = [0; 1024];
    let ended = loop {
        match stream.read(&mut piece).await {
            Ok(0) => break Ok(()),
            Ok(length) => got.extend_from_slice(&piece[..length]),
            Err(error) => break Err(error),
        }
    };
    (String::from_utf8_lossy(&got).into_owned(), ended)
}

const GET: &str = "GET /api/v1/items/A-1 HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn the_same_routes() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).path("sku", "a/b").reply_json(200, "a");
    mock.on(StockClient::SEARCH).query("tags", "y z").reply_json(200, ["b"]);
    mock.on(StockClient::ORDER).body_json(json!({"pieces": 2})).times(1).reply_json(201, 7);
    mock.on_path(Method::DELETE, "/api/v1/items/{sku}").header("x-tenant", "acme").reply(204);
    assert_eq!(client.item("a/b").await.unwrap().as_deref(), Some("a"));
    assert_eq!(client.search("q", &["x", "y z"]).await.unwrap(), ["b"]);
    assert_eq!(client.order("A-1", &Order { pieces: 2 }).await.unwrap(), 7);
    client.remove("A-1", Some("acme")).await.unwrap();

    let requests = mock.requests();
    assert_eq!(requests[0].uri(), "/api/v1/items/a%2Fb");
    assert_eq!(requests[0].path("sku"), Some("a/b"));
    assert_eq!(requests[0].operation().unwrap().name(), "Stock.item", "by its route");
    assert!(requests[3].operation().is_none());
    assert_eq!(requests[3].path("sku"), Some("A-1"));
    assert_eq!(mock.requests_of(StockClient::ORDER).len(), 1);
    assert_eq!(requests[2].json::<Order>(), Order { pieces: 2 });
    mock.verify().unwrap();
}

/// Both ways count on one table.
#[tokio::test]
async fn with_and_without_a_socket_at_once() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).times(2).reply_json(200, "a");
    client.item("A-1").await.unwrap();
    mock.client::<StockClient>().item("A-1").await.unwrap();
    mock.verify().unwrap();
}

#[tokio::test]
async fn an_unexpected_call_is_no_404() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).path("sku", "A-1").reply_json(200, "a");
    let error = client.item("B-2").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    assert!(!error.is_retryable());
    let body = std::str::from_utf8(error.body()).unwrap();
    assert!(body.contains("path `sku`: expected \"A-1\", got \"B-2\""), "{body}");
    assert!(
        mismatch(&mock).contains("unexpected call: GET /api/v1/items/B-2\n"),
        "{}",
        mismatch(&mock)
    );
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let (mock, _) = served().await;
    mock.on(StockClient::ITEM).reply_json(200, "a").then(204).then(Reply::json(200, "c"));
    mock.on_path(Method::HEAD, "/api/v1/items/{sku}").reply_json(200, "a");
    let url = mock.serve().await;
    let keep = GET.replace("connection: close\r\n", "");
    let text = format!("{keep}{}{keep}{GET}", keep.replace("GET", "HEAD"));
    let (got, ended) = raw(&url, &text).await;
    ended.unwrap();
    assert_eq!(got.matches("HTTP/1.1").count(), 4, "{got}");
    assert_eq!(got.matches("content-length: 3").count(), 3, "no length beside 204: {got}");
    assert!(got.ends_with("\r\n\r\n\"c\""), "{got}");
}

// === faults of the socket ===

#[tokio::test]
async fn refuse_resets_before_any_byte() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).reply(Reply::refuse());
    let url = mock.serve().await;
    let (got, ended) = raw(&url, GET).await;
    assert_eq!(got, "");
    assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    assert!(client.item("A-1").await.unwrap_err().to_string().contains("broke off"));
}

#[tokio::test]
async fn a_reset_in_the_body() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).reply(Reply::json(200, "01234567").reset_mid_body());
    let url = mock.serve().await;
    let (got, ended) = raw(&url, GET).await;
    assert!(got.contains("content-length: 10\r\n") && got.ends_with("\r\n\r\n\"0123"), "{got}");
    assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    let error = client.item("A-1").await.unwrap_err();
    assert!(error.to_string().contains("broke off"), "{error}");
}

#[tokio::test]
async fn a_truncated_body() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).reply(Reply::json(200, "01234567").truncate());
    let url = mock.serve().await;
    let (got, ended) = raw(&url, GET).await;
    ended.unwrap();
    assert!(got.contains("content-length: 10\r\n") && got.ends_with("\r\n\r\n\"0123"), "{got}");
    let error = client.item("A-1").await.unwrap_err();
    assert!(error.to_string().contains("broke off"), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (200, &b"\"0123"[..]));
}

#[tokio::test]
async fn garbage() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).reply(Reply::garbage());
    let error = client.item("A-1").await.unwrap_err();
    assert!(error.to_string().contains("broke off") && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn hang_and_delay() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM).reply(Reply::hang());
    mock.on(StockClient::REMOVE).reply(Reply::status(204).delay(Duration::from_secs(60)));
    let hasty = client.with(|call| call.timeout(Duration::from_millis(100)));
    assert!(hasty.item("A-1").await.unwrap_err().is_timeout());
    assert!(hasty.remove("A-1", None).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_slow_body() {
    let (mock, client) = served().await;
    mock.on(StockClient::ITEM)
        .reply(Reply::json(200, "0123").slow_body(3, Duration::from_millis(20)));
    let started = tokio::time::Instant::now();
    assert_eq!(client.item("A-1").await.unwrap().as_deref(), Some("0123"));
    assert!(started.elapsed() >= Duration::from_millis(60));
}

// === peers ===

#[tokio::test]
async fn a_peer_that_speaks_no_http() {
    let (mock, _) = served().await;
    let url = mock.serve().await;
    let (got, _) = raw(&url, "\x16\x03\x01\r\n\r\n").await;
    assert!(got.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{got}");
    assert!(
        mismatch(&mock).contains("bytes that are no request of HTTP/1.1"),
        "{}",
        mismatch(&mock)
    );
    assert!(mock.requests().is_empty());
}

/// A call that is dropped in its upload is nobody's mistake.
#[tokio::test]
async fn a_peer_that_goes_away() {
    let (mock, _) = served().await;
    let url = mock.serve().await;
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nab").await.unwrap();
    stream.shutdown().await.unwrap();
    // The mock has seen it when it closes its side.
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
    mock.verify().unwrap();
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_stream_is_read_in_chunks() {
    #[feign::client]
    trait Upload {
        #[post("/upload")]
        async fn upload(&self, #[body] body: feign::Body) -> Result<(), Error>;
    }

    let mock = Mock::new();
    mock.on(UploadClient::UPLOAD).reply(204);
    let client = UploadClient::at(mock.serve().await).unwrap();
    let pieces =
        ["ab", "", "cde"].map(|piece| Ok::<_, Error>(http_body::Frame::data(piece.into())));
    let body = http_body_util::StreamBody::new(futures_util::stream::iter(pieces));
    client.upload(feign::Body::new(body)).await.unwrap();
    assert_eq!(mock.requests()[0].text(), "abcde");
    assert_eq!(mock.requests()[0].header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn it_ends_with_its_mock() {
    let (mock, _) = served().await;
    let url = mock.serve().await;
    let address = url.strip_prefix("http://").unwrap().to_owned();
    let mut open = TcpStream::connect(&address).await.unwrap();
    drop(mock);
    assert_eq!(open.read(&mut [0]).await.unwrap_or(0), 0, "open connections end");
    assert!(TcpStream::connect(&address).await.is_err(), "nobody listens any more");
}

//! Delays and faults without a socket, on the paused clock.

use std::time::Duration;

use feign::mock::Reply;
use http_body_util::BodyExt as _;
use tokio::time::Instant;

use super::{Stock as _, StockClient, mocked};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn a_delay_takes_no_time() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply(Reply::json(200, "a").delay(seconds(7)));
    let started = Instant::now();
    assert!(client.item("A-1").await.unwrap().is_some());
    assert_eq!(started.elapsed(), seconds(7));
    let hasty = client.with(|call| call.timeout(seconds(3)));
    let error = hasty.item("A-1").await.unwrap_err();
    assert_eq!(error.timeout_setting(), Some(feign::Setting::Total));
    assert_eq!(started.elapsed(), seconds(10));
}

#[tokio::test(start_paused = true)]
async fn hang() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply(Reply::hang());
    let started = Instant::now();
    assert!(client.item("A-1").await.unwrap_err().is_timeout());
    assert_eq!(started.elapsed(), seconds(30));
}

#[tokio::test]
async fn refuse() {
    let (mock, client) = mocked();
    mock.on(StockClient::ORDER).reply(Reply::refuse()).then(Reply::json(201, 1));
    let order = super::Order { pieces: 1 };
    let error = client.order("A-1", &order).await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
    assert_eq!(error.endpoint(), Some("http://inventory"));
    assert_eq!(client.order("A-1", &order).await.unwrap(), 1);
}

#[tokio::test]
async fn garbage() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply(Reply::garbage());
    mock.on(StockClient::ORDER).reply(Reply::garbage());
    let error = client.item("A-1").await.unwrap_err();
    assert!(error.is_retryable() && !error.is_connect(), "{error:?}");
    assert!(error.to_string().contains("broke off"), "{error}");
    let error = client.order("A-1", &super::Order { pieces: 1 }).await.unwrap_err();
    assert!(!error.is_retryable(), "a POST that may have been done: {error:?}");
}

#[tokio::test]
async fn half_a_body() {
    for broken in
        [Reply::json(200, "0123456789").truncate(), Reply::json(200, "0123456789").reset_mid_body()]
    {
        let (mock, client) = mocked();
        mock.on(StockClient::ITEM).reply(broken.clone());
        mock.on(StockClient::EXPORT).reply(broken);
        let error = client.item("A-1").await.unwrap_err();
        assert!(error.to_string().contains("broke off"), "{error}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body(), "\"01234");
        let mut body = client.export().await.unwrap();
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "\"01234");
        assert!(body.frame().await.unwrap().is_err());
        assert!(body.frame().await.is_none());
    }
}

/// An error status counts, whatever becomes of its body.
#[tokio::test]
async fn half_a_body_of_an_error() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply(Reply::status(503).body("later").truncate());
    let error = client.item("A-1").await.unwrap_err();
    assert!(error.is_status() && error.is_retryable(), "{error:?}");
    assert_eq!(error.body(), "la");
}

/// No half can be sent of nothing: what was announced is missing.
#[tokio::test]
async fn half_of_nothing() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).reply(Reply::status(200).truncate());
    assert!(client.item("A-1").await.unwrap_err().to_string().contains("broke off"));
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_comes_in_pieces() {
    let (mock, client) = mocked();
    mock.on(StockClient::EXPORT)
        .reply(Reply::status(200).body("0123456789").slow_body(4, seconds(5)));
    mock.on(StockClient::ITEM).reply(Reply::json(200, "01234567").slow_body(2, seconds(20)));
    let started = Instant::now();
    let mut body = client.export().await.unwrap();
    assert_eq!(started.elapsed(), Duration::ZERO, "the head is not late");
    let mut pieces = Vec::new();
    while let Some(frame) = body.frame().await {
        pieces.push((started.elapsed().as_secs(), frame.unwrap().into_data().unwrap()));
    }
    assert_eq!(
        pieces,
        [(5, "012"), (10, "345"), (15, "678"), (20, "9")].map(|(at, piece)| (at, piece.into()))
    );

    let error = client.item("A-1").await.unwrap_err();
    assert_eq!(error.timeout_setting(), Some(feign::Setting::Total), "40 s are more than 30");
    let idle = client.with(|call| call.idle_timeout(seconds(4)));
    let error = idle.export().await.unwrap().collect().await.unwrap_err();
    assert!(error.downcast::<feign::Error>().unwrap().is_timeout());
}

/// Answers that have no body by their kind have none here.
#[tokio::test]
async fn answers_without_a_body() {
    let (mock, client) = mocked();
    mock.on(StockClient::PEEK).reply(Reply::json(200, "01234567"));
    mock.on(StockClient::ITEM).reply(Reply::json(204, "a"));
    let head = client.peek("A-1").await.unwrap();
    assert_eq!(head.headers()["content-length"], "10");
    assert!(client.item("A-1").await.unwrap().is_none());
}

/// A call that is dropped on its way leaves nothing behind but that it came.
#[tokio::test(start_paused = true)]
async fn a_dropped_call() {
    let (mock, client) = mocked();
    mock.on(StockClient::ITEM).times(2).reply(Reply::hang()).then(Reply::json(200, "a"));
    let dropped = tokio::time::timeout(seconds(1), client.item("A-1")).await;
    assert!(dropped.is_err());
    assert!(client.item("A-1").await.unwrap().is_some());
    assert_eq!(mock.requests().len(), 2);
}

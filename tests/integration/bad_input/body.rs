//! Bodies that break off, never end, or are no text.

use std::sync::Arc;
use std::time::Duration;

use feign::{Error, StatusCode};
use http_body_util::BodyExt as _;
use tokio::sync::Notify;

use super::{
    Kinds as _, assert_broken, assert_is_only, broken_stream, client, limited, of_every_kind,
    telling,
};
use crate::support::{HeldClock, Peer, Then, settled};

const HALF: &str = "HTTP/1.1 200 OK\r\netag: \"1\"\r\ncontent-length: 100\r\n\r\n{\"half\":";

/// The head came, and half of the body: both are in the error.
#[track_caller]
fn assert_half(error: &Error, peer: &Peer) {
    assert_broken(error, peer);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.headers()["etag"], "\"1\"");
    assert_eq!(error.body(), "{\"half\":");
    assert!(error.is_retryable(), "a GET: {error:?}");
}

#[tokio::test]
async fn a_truncated_body() {
    let peer = Peer::sending(HALF, Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_half(&error, &peer);
    }
    let (before, error) = broken_stream(&client(&peer)).await;
    assert_eq!(before, b"{\"half\":");
    assert_is_only("", &error);
    assert!(!client(&peer).write("x").await.unwrap_err().is_retryable(), "it has arrived");
}

/// The bytes before a reset may be lost on the way, the head not: it was read by then.
#[tokio::test]
async fn a_reset_in_the_body() {
    let arrived = Arc::new(Notify::new());
    let seen = Arc::clone(&arrived);
    let peer = Peer::run(move |mut wire| {
        let seen = Arc::clone(&seen);
        async move {
            if wire.request().await.is_some() && wire.write(HALF.as_bytes()).await {
                seen.notified().await;
                wire.end(Then::Reset).await;
            }
        }
    })
    .await;
    let client = telling(&peer, &arrived);
    for error in of_every_kind(&client).await {
        assert_half(&error, &peer);
        super::assert_says(&error, "reset");
    }
    let (before, error) = broken_stream(&client).await;
    assert_eq!(before, b"{\"half\":");
    assert_is_only("", &error);
}

#[tokio::test]
async fn a_reset_before_the_head() {
    let peer = Peer::sending("", Then::Reset).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
        assert_eq!(error.status(), None);
    }
}

/// A body that stops without an end is given up at the deadline, which says so; what came is kept.
#[tokio::test]
async fn a_body_that_stops() {
    let clock = HeldClock::hold();
    let peer = Peer::sending(HALF, Then::StayOpen).await;
    let arrived = Arc::new(Notify::new());
    let client = telling(&peer, &arrived);
    let calling = client.clone();
    let call = tokio::spawn(async move { calling.text().await });
    arrived.notified().await;
    clock.advance(Duration::from_secs(30)).await;
    let error = call.await.unwrap().unwrap_err();
    assert_is_only("timeout", &error);
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
    assert_eq!(error.status(), Some(StatusCode::OK), "the head came: {error:?}");
    assert_eq!(error.headers()["etag"], "\"1\"");
    peer.until(|peer| peer.open() == 0).await;
}

/// Neither its length nor its end is known: it is cut at the limit, at once.
#[tokio::test]
async fn an_endless_body() {
    let plain = "HTTP/1.1 200 OK\r\netag: \"1\"\r\n\r\n";
    let chunked = "HTTP/1.1 200 OK\r\netag: \"1\"\r\ntransfer-encoding: chunked\r\n\r\n";
    let piece = "7".repeat(0x1000);
    for (head, again) in [(plain, piece.clone()), (chunked, format!("1000\r\n{piece}\r\n"))] {
        let peer = Peer::flooding(head, again).await;
        for error in of_every_kind(&limited(&peer, 1 << 20)).await {
            assert_is_only("too_large", &error);
            assert_eq!(error.status(), Some(StatusCode::OK));
            assert_eq!(error.headers()["etag"], "\"1\"");
            assert_eq!(error.body().len(), 1 << 20, "what came within the limit");
            assert!(!error.is_retryable(), "it would be as large again");
        }
        // Nobody reads on: each connection is closed, and no more was sent than fits between.
        peer.until(|peer| peer.open() == 0).await;
        assert!(peer.sent() < 6 * (16 << 20), "{} bytes were taken", peer.sent());
    }
}

/// The status of an error is told although its body never ends.
#[tokio::test]
async fn an_endless_error() {
    let head = "HTTP/1.1 503 Unavailable\r\nretry-after: 7\r\n\r\n";
    let peer = Peer::flooding(head, "7".repeat(0x1000)).await;
    for error in of_every_kind(&limited(&peer, 1000)).await {
        assert_is_only("status", &error);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.body().len(), 1000);
    }
}

/// Whoever does not read a stream makes the server wait; dropping it ends the connection.
#[tokio::test]
async fn an_endless_stream() {
    let peer = Peer::flooding("HTTP/1.1 200 OK\r\n\r\n", "7".repeat(0x1000)).await;
    let mut body = client(&peer).stream().await.unwrap();
    let before = settled(|| peer.sent()).await;
    assert!(before < 32 << 20, "{before} bytes were taken and nobody reads");
    let mut read = 0;
    while read < 64 << 20 {
        read += body.frame().await.unwrap().unwrap().into_data().unwrap().len();
    }
    drop(body);
    peer.until(|peer| peer.open() == 0).await;
}

/// A stream that comes byte by byte never idles long enough; a buffered body has its deadline.
#[tokio::test]
async fn a_body_byte_by_byte() {
    let clock = HeldClock::hold();
    let peer = Peer::run(|mut wire| async move {
        let head = b"HTTP/1.1 200 OK\r\n\r\n";
        if wire.request().await.is_some() && wire.write(head).await {
            while wire.write(b"7").await {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    })
    .await;
    let client = client(&peer);
    let call = tokio::spawn(async move { client.text().await });
    peer.until(|peer| peer.sent() > 0).await;
    super::every_second(&clock, &peer).await;
    let error = call.await.unwrap().unwrap_err();
    assert_is_only("timeout", &error);
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
    // The peer sleeps by the same clock.
    drop(clock);
    peer.until(|peer| peer.open() == 0).await;
}

/// Text is UTF-8 or an error that keeps the bytes; bytes are bytes.
#[tokio::test]
async fn invalid_utf8() {
    const BYTES: &[u8] = b"caf\xe9 \xf0\x9f\x98 \xed\xa0\x80 \xc0\xaf";
    let mut answer =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 15\r\n\r\n".to_vec();
    answer.extend(BYTES);
    let peer = Peer::sending(answer, Then::Close).await;
    let client = client(&peer);
    assert_eq!(client.bytes().await.unwrap(), BYTES);
    for error in [client.text().await.unwrap_err(), client.whole().await.unwrap_err()] {
        assert_is_only("decode", &error);
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body(), BYTES);
        super::assert_says(&error, "utf-8");
        assert!(error.to_string().contains("text/plain"), "{error}");
    }
    client.unit().await.unwrap();
}

#[tokio::test]
async fn invalid_utf8_in_json() {
    let mut answer =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n".to_vec();
    answer.extend(b"{\"name\":\"caf\xe9\"}");
    let peer = Peer::sending(answer, Then::Close).await;
    for error in [client(&peer).json().await.unwrap_err(), client(&peer).maybe().await.unwrap_err()]
    {
        assert_is_only("decode", &error);
        assert_eq!(error.body(), &b"{\"name\":\"caf\xe9\"}"[..]);
        super::assert_says(&error, "unicode");
    }
}

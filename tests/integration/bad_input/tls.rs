//! TLS where plain HTTP was expected, and the reverse.

use std::sync::Arc;
use std::time::Duration;

use feign::{Hub, Reqwest};
use tokio::sync::Notify;

use super::{
    Kinds as _, KindsClient, assert_broken, assert_is_only, assert_says, client, of_every_kind,
};
use crate::support::{HeldClock, Peer, Then};

/// Over TLS, trusting nobody: the outcome does not hang on the certificates of this machine.
fn secure(peer: &Peer) -> KindsClient {
    let transport = Reqwest::build(|client| client.tls_certs_only([])).unwrap();
    let hub = Hub::builder().transport(transport).build().unwrap();
    hub.client_at(format!("https://{}", peer.authority())).unwrap()
}

/// A TLS server answers a plain request with an alert (RFC 8446 §6): no HTTP.
#[tokio::test]
async fn tls_where_plain_was_expected() {
    for alert in [&b"\x15\x03\x01\x00\x02\x02\x46"[..], b"\x15\x03\x03\x00\x02\x02\x0a"] {
        let peer = Peer::sending(alert, Then::Close).await;
        for error in of_every_kind(&client(&peer)).await {
            assert_broken(&error, &peer);
            assert_says(&error, "http version");
        }
    }
}

/// A plain server answers the greeting of TLS in its own way: no connection came about.
#[tokio::test]
async fn plain_where_tls_was_expected() {
    for answer in [
        &b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 11\r\n\r\nbad request"
            [..],
        b"<html>it works</html>",
        b"",
    ] {
        let peer = Peer::run(move |mut wire| async move {
            let hello = wire.bytes().await.unwrap_or_default();
            assert_eq!(hello.first(), Some(&22), "a TLS handshake: {hello:?}");
            wire.write(answer).await;
        })
        .await;
        for error in of_every_kind(&secure(&peer)).await {
            assert_is_only("connect", &error);
            if !answer.is_empty() {
                assert_says(&error, "corrupt message");
            }
            assert_eq!(error.endpoint(), Some(&*format!("https://{}", peer.authority())));
            assert_eq!(error.status(), None);
            assert!(error.is_retryable(), "nothing was sent: {error:?}");
        }
    }
}

/// A plain server that waits for a request line: the limit for connecting covers the handshake.
#[tokio::test]
async fn plain_that_waits_where_tls_was_expected() {
    let clock = HeldClock::hold();
    let greeted = Arc::new(Notify::new());
    let seen = Arc::clone(&greeted);
    let peer = Peer::run(move |mut wire| {
        let seen = Arc::clone(&seen);
        async move {
            wire.bytes().await.expect("the first bytes of a handshake");
            seen.notify_one();
            wire.end(Then::StayOpen).await;
        }
    })
    .await;
    let client = secure(&peer);
    let call = tokio::spawn(async move { client.text().await });
    greeted.notified().await;
    clock.advance(Duration::from_secs(2)).await;
    let error = call.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.is_connect(), "{error:?}");
    assert_eq!(error.timeout_setting().unwrap().name(), "connect_timeout");
    peer.until(|peer| peer.open() == 0).await;
}

/// A handshake that never ends, byte by byte.
#[tokio::test]
async fn a_handshake_that_breaks_off() {
    for (answer, then) in [
        (&b"\x16\x03\x03\x00\x7a\x02"[..], Then::Close),
        (b"\x16\x03\x03\x00\x7a\x02", Then::Reset),
        (b"\x15\x03\x03\x00\x02\x02\x28", Then::Close),
    ] {
        let peer = Peer::run(move |mut wire| async move {
            wire.bytes().await;
            wire.write(answer).await;
            wire.end(then).await;
        })
        .await;
        for error in of_every_kind(&secure(&peer)).await {
            assert_is_only("connect", &error);
            assert!(std::error::Error::source(&error).is_some());
        }
    }
}

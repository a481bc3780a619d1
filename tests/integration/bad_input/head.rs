//! Heads that are too large, never end, or are none.

use std::time::Duration;

use feign::{Hub, StatusCode};

use super::{
    Kinds as _, KindsClient, assert_broken, assert_is_only, assert_says, chain, client,
    of_every_kind,
};
use crate::support::{HeldClock, Peer, Then};

/// A header that a service may well send passes; one of a mebibyte is refused before it is whole.
#[tokio::test]
async fn a_header_of_a_mebibyte() {
    let head = |size| {
        let large = "x".repeat(size);
        format!("HTTP/1.1 200 OK\r\nx-large: {large}\r\ncontent-length: 2\r\n\r\n\"\"")
    };
    let peer = Peer::sending(head(100 << 10), Then::Close).await;
    let whole = client(&peer).whole().await.unwrap();
    assert_eq!(whole.headers()["x-large"].len(), 100 << 10);

    let peer = Peer::sending(head(1 << 20), Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
        assert_says(&error, "head is too large");
        assert!(chain(&error).len() < 1000, "not the header itself");
    }
}

#[tokio::test]
async fn endless_headers() {
    for again in ["x-more: 1\r\n", "x"] {
        let peer = Peer::flooding("HTTP/1.1 200 OK\r\nx: ", again.repeat(0x100)).await;
        for error in of_every_kind(&client(&peer)).await {
            assert_broken(&error, &peer);
            assert_says(&error, "head is too large");
        }
        peer.until(|peer| peer.open() == 0).await;
        assert!(peer.sent() < 6 * (16 << 20), "{} bytes were taken", peer.sent());
    }
}

/// Line by line, never an end: the deadline ends it.
#[tokio::test]
async fn endless_headers_in_their_own_time() {
    trickle("HTTP/1.1 200 OK\r\n", "x: 1\r\n").await;
}

#[tokio::test]
async fn many_headers() {
    let head = |count| {
        let lines = "x-more: 1\r\n".repeat(count);
        format!("HTTP/1.1 200 OK\r\n{lines}content-length: 2\r\n\r\n\"\"")
    };
    let peer = Peer::sending(head(90), Then::Close).await;
    let whole = client(&peer).whole().await.unwrap();
    assert_eq!(whole.headers().get_all("x-more").iter().count(), 90);
    let peer = Peer::sending(head(10_000), Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
        assert_says(&error, "head is too large");
    }
}

/// What is said before the answer is no answer, however often it is said.
#[tokio::test]
async fn a_flood_of_1xx() {
    let mut answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n\
                      HTTP/1.1 199 Unnamed\r\n\r\n"
        .repeat(10_000);
    answer += "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n1234";
    let peer = Peer::sending(answer, Then::Close).await;
    assert_eq!(client(&peer).text().await.unwrap(), "1234");
    let whole = client(&peer).whole().await.unwrap();
    assert!(!whole.headers().contains_key("link"), "a hint is no header of the answer");
}

/// It never stops, as fast as the socket takes it: the deadline does not wait for a pause.
#[tokio::test]
async fn an_endless_flood_of_1xx() {
    let peer = Peer::flooding("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100)).await;
    let hub = Hub::builder().timeout(Duration::from_millis(300)).build().unwrap();
    let client: KindsClient = hub.client_at(peer.url()).unwrap();
    for error in of_every_kind(&client).await {
        assert_is_only("timeout", &error);
        assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
        assert_eq!(error.status(), None);
    }
    peer.until(|peer| peer.open() == 0).await;
}

#[tokio::test]
async fn an_endless_1xx_in_its_own_time() {
    trickle("", "HTTP/1.1 102 Processing\r\n\r\n").await;
}

/// Nobody asked for another protocol: it is an answer like any other that is no success.
#[tokio::test]
async fn another_protocol() {
    let answer = "HTTP/1.1 101 Switching Protocols\r\nupgrade: chat\r\nconnection: upgrade\r\n\r\n";
    let peer = Peer::sending(format!("{answer}hello"), Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_is_only("status", &error);
        assert_eq!(error.status(), Some(StatusCode::SWITCHING_PROTOCOLS));
        assert_eq!(error.headers()["upgrade"], "chat");
    }
}

/// The end of the connection is the end of the body, and nothing is kept alive unless asked for.
#[tokio::test]
async fn an_http_1_0_server() {
    let peer = Peer::sending("HTTP/1.0 200 OK\r\netag: 1\r\n\r\n\"text\"", Then::Close).await;
    let client = client(&peer);
    for _ in 0..3 {
        assert_eq!(client.json().await.unwrap(), "text");
        let whole = client.whole().await.unwrap();
        assert_eq!(
            (whole.version(), whole.headers()["etag"].to_str().unwrap()),
            (http::Version::HTTP_10, "1")
        );
    }
    assert_eq!(peer.connections(), 6);
    let peer = Peer::sending("HTTP/1.0 503 Busy\r\nretry-after: 7\r\n\r\nwhy", Then::Close).await;
    let error = super::client(&peer).json().await.unwrap_err();
    assert_is_only("status", &error);
    assert_eq!(
        (&error.body()[..], error.retry_after()),
        (&b"why"[..], Some(Duration::from_secs(7)))
    );
}

#[tokio::test]
async fn an_http_1_0_server_that_keeps_alive() {
    let answer = b"HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 4\r\n\r\n1234";
    let peer = Peer::run(move |mut wire| async move {
        while wire.request().await.is_some() && wire.write(answer).await {}
    })
    .await;
    let client = client(&peer);
    for _ in 0..3 {
        assert_eq!(client.text().await.unwrap(), "1234");
    }
    assert_eq!(peer.connections(), 1);
}

/// What is no HTTP/1 is no answer: a body alone (HTTP/0.9), another protocol's greeting, noise.
#[tokio::test]
async fn noise() {
    let every_byte: Vec<u8> = (0..=255).collect();
    for bytes in [
        &b""[..],
        b"<html>it works</html>\r\n",
        b"{\"json\":true}",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"220 mail.example ESMTP\r\n",
        b"-ERR unknown command\r\n",
        b"\x00\x00\x12\x04\x00\x00\x00\x00\x00",
        b"\r\n\r\n\r\n",
        b"HTTP",
        b"HTTP/1.1",
        b"HTTP/1.1 \r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 000 OK\r\n\r\n",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/2.0 200 OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTPS/1.1 200 OK\r\n\r\n",
        b"http/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        b"HTTP/1.1 200 OK\r\na b: c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\na: b\0c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\na: b\rc\r\n\r\n",
        &every_byte,
    ] {
        let peer = Peer::sending(bytes, Then::Close).await;
        for error in of_every_kind(&client(&peer)).await {
            let shown = String::from_utf8_lossy(bytes);
            assert!(error.status().is_none(), "{shown:?}: {error:?}");
            assert_broken(&error, &peer);
            assert!(chain(&error).is_ascii(), "{error:?}");
        }
        assert!(!client(&peer).write("x").await.unwrap_err().is_retryable(), "it has arrived");
    }
}

/// A greeting that is no answer, sent before anything was asked.
#[tokio::test]
async fn who_speaks_first() {
    let peer = Peer::run(|mut wire| async move {
        wire.write(b"220 mail.example ESMTP\r\n").await;
        wire.end(Then::StayOpen).await;
    })
    .await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
    }
    peer.until(|peer| peer.open() == 0).await;
}

/// Bytes above 0x7f in a header are opaque (RFC 9110 §5.5): kept as they came, and never shown raw.
#[tokio::test]
async fn headers_that_are_no_text() {
    let mut answer = b"HTTP/1.1 500 Oh\xff\r\nx-name: caf\xe9 \xf0\x9f\x98\r\n".to_vec();
    answer.extend(b"content-type: text/\xe9\x9b\r\nretry-after: \xb2\r\nlocation: \xff\r\ncontent-length: 1\r\n\r\nx");
    let peer = Peer::sending(answer, Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_is_only("status", &error);
        assert_eq!(error.headers()["x-name"].as_bytes(), b"caf\xe9 \xf0\x9f\x98");
        assert_eq!(error.retry_after(), None);
        assert!(format!("{error} {error:?}").is_ascii(), "{error:?}");
    }
}

/// What an error shows of a head is a line of it.
#[tokio::test]
async fn a_content_type_without_end() {
    let kind = "x".repeat(100 << 10);
    for status in ["200 OK", "500 Oh"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: text/{kind}\r\n\r\nno json");
        let peer = Peer::sending(head, Then::Close).await;
        let error = client(&peer).json().await.unwrap_err();
        assert!(error.to_string().len() < 2000, "{} bytes", error.to_string().len());
        assert_eq!(error.headers()["content-type"].len(), 5 + kind.len(), "but it is all there");
    }
}

/// Sends a head and then a piece of it each second, for longer than a call may take.
async fn trickle(head: &'static str, again: &'static str) {
    let clock = HeldClock::hold();
    let peer = Peer::run(move |mut wire| async move {
        if wire.request().await.is_some() {
            wire.write(head.as_bytes()).await;
            while wire.write(again.as_bytes()).await {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    })
    .await;
    let client = client(&peer);
    let call = tokio::spawn(async move { client.text().await });
    peer.until(|peer| peer.sent() > head.len()).await;
    super::every_second(&clock, &peer).await;
    let error = call.await.unwrap().unwrap_err();
    assert_is_only("timeout", &error);
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
    assert_eq!(error.status(), None);
    // The peer sleeps by the same clock.
    drop(clock);
    peer.until(|peer| peer.open() == 0).await;
}

//! Broken chunking (RFC 9112 §7.1).

use feign::StatusCode;

use super::{
    Kinds as _, assert_broken, assert_is_only, broken_stream, client, limited, of_every_kind,
};
use crate::support::{Peer, Then};

const HEAD: &str = "HTTP/1.1 200 OK\r\netag: \"1\"\r\ntransfer-encoding: chunked\r\n\r\n";

/// The head and the chunks that were whole are kept.
#[tokio::test]
async fn broken_chunks() {
    for rest in [
        // No size.
        "\r\nbody\r\n0\r\n\r\n",
        "x\r\nbody\r\n0\r\n\r\n",
        "-4\r\nbody\r\n0\r\n\r\n",
        "0x4\r\nbody\r\n0\r\n\r\n",
        "4 4\r\nbody\r\n0\r\n\r\n",
        // A size that no machine holds.
        "fffffffffffffffff\r\nbody\r\n0\r\n\r\n",
        // Not where the size says.
        "2\r\nbody\r\n0\r\n\r\n",
        "5\r\nbody\r\n0\r\n\r\n",
        "4\r\nbodyxx0\r\n\r\n",
        // No line, no end.
        "4\rbody\r\n0\r\n\r\n",
        "4\r\nbo",
        "4\r\nbody",
        "4",
        "",
        "0",
        "0\r\n",
        // Extensions without an end.
        &format!("4;{}", "x".repeat(100_000)),
        // Trailers that are none.
        "0\r\nno trailer\r\n\r\n",
        &format!("0\r\n{}\r\n", "a: b\r\n".repeat(10_000)),
    ] {
        let peer = Peer::sending(format!("{HEAD}3\r\none\r\n{rest}"), Then::Close).await;
        for error in of_every_kind(&client(&peer)).await {
            let shown = &rest[..rest.len().min(40)];
            assert_broken(&error, &peer);
            assert_eq!(error.status(), Some(StatusCode::OK), "{shown:?}");
            assert_eq!(error.headers()["etag"], "\"1\"");
            assert!(error.body().starts_with(b"one"), "{shown:?}: {:?}", error.body());
        }
        let (before, error) = broken_stream(&client(&peer)).await;
        assert!(before.starts_with(b"one"), "{before:?}");
        assert_is_only("", &error);
    }
}

/// The size of one chunk is no reason to make room for it.
#[tokio::test]
async fn a_chunk_beyond_the_limit() {
    let huge = format!("{HEAD}fffffffffffffff\r\n{}", "7".repeat(2000));
    let peer = Peer::sending(huge, Then::StayOpen).await;
    for error in of_every_kind(&limited(&peer, 1000)).await {
        assert_is_only("too_large", &error);
        assert_eq!(error.body().len(), 1000);
    }
    peer.until(|peer| peer.open() == 0).await;
}

/// A stream that ends in trailers ends: they are not data, and no error.
#[tokio::test]
async fn trailers_are_no_data() {
    let peer = Peer::run(|mut wire| async move {
        while wire.request().await.is_some() {
            wire.write(HEAD.as_bytes()).await;
            wire.write(b"4;x=y\r\nbody\r\n0\r\nx-sum: 1\r\n\r\n").await;
        }
    })
    .await;
    let client = client(&peer);
    for _ in 0..3 {
        assert_eq!(client.text().await.unwrap(), "body");
    }
    assert_eq!(peer.connections(), 1);
}

/// A coding that is none of ours ends with the connection.
#[tokio::test]
async fn another_transfer_coding() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: identity\r\n\r\nbody";
    let peer = Peer::sending(head, Then::Close).await;
    assert_eq!(client(&peer).text().await.unwrap(), "body");
    let head = "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
    let peer = Peer::sending(head, Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
    }
}

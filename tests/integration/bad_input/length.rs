//! `content-length`, as no server should send it (RFC 9112 §6.3).

use feign::StatusCode;

use super::{
    Kinds as _, assert_broken, assert_is_only, assert_says, client, limited, of_every_kind,
};
use crate::support::{Peer, Then};

fn answer(lengths: &[&str], body: &str) -> String {
    let lines: String =
        lengths.iter().map(|length| format!("content-length: {length}\r\n")).collect();
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n{body}")
}

/// What stands behind the body belongs to nobody: least of all to the next call.
#[tokio::test]
async fn too_short_a_length() {
    let evil = "{\"no\":\"body\"}HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil";
    let peer = Peer::sending(answer(&["2"], evil), Then::StayOpen).await;
    let client = client(&peer);
    for _ in 0..20 {
        assert_eq!(client.text().await.unwrap(), "{\"");
    }
    assert_eq!(peer.connections(), 20, "such a connection is not used again");
    let error = client.json().await.unwrap_err();
    assert_is_only("decode", &error);
    assert_eq!(error.body(), "{\"");
}

#[tokio::test]
async fn too_long_a_length() {
    let peer = Peer::sending(answer(&["5"], "1234"), Then::Close).await;
    for error in of_every_kind(&client(&peer)).await {
        assert_broken(&error, &peer);
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body(), "1234");
    }
}

/// It is believed to be too large, not waited for or made room for.
#[tokio::test]
async fn a_length_beyond_everything() {
    for length in ["10000000", "9223372036854775807", "18446744073709551613"] {
        let peer = Peer::sending(answer(&[length], "1234"), Then::Close).await;
        for error in of_every_kind(&limited(&peer, 1 << 20)).await {
            assert!(!error.is_decode() && !error.is_timeout(), "{error:?}");
            assert_eq!(error.status(), Some(StatusCode::OK), "{length}");
        }
    }
}

#[tokio::test]
async fn no_number() {
    for length in ["", "x", "-1", "+4", "0x4", "4.0", "4 4", "4;", "1e1", "99999999999999999999"] {
        let peer = Peer::sending(answer(&[length], "1234"), Then::Close).await;
        for error in of_every_kind(&client(&peer)).await {
            assert_broken(&error, &peer);
            assert_says(&error, "content-length");
        }
    }
}

/// Two that say the same are one; two that differ are an attack on whoever reads the other.
#[tokio::test]
async fn two_of_them() {
    for lengths in [&["4", "4"][..], &["4, 4"], &["4", "4", "4"]] {
        let peer = Peer::sending(answer(lengths, "1234"), Then::Close).await;
        assert_eq!(client(&peer).text().await.unwrap(), "1234", "{lengths:?}");
    }
    for lengths in [&["4", "2"][..], &["2", "4"], &["4, 2"], &["4", "x"], &["4", "-4"]] {
        let peer = Peer::sending(answer(lengths, "1234"), Then::Close).await;
        for error in of_every_kind(&client(&peer)).await {
            assert_broken(&error, &peer);
            assert_says(&error, "content-length");
        }
    }
}

/// Chunks win over a length (RFC 9112 §6.3, rule 3), and that connection is not trusted again.
#[tokio::test]
async fn a_length_beside_chunks() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n";
    let peer = Peer::sending(format!("{head}4\r\n1234\r\n0\r\n\r\n"), Then::StayOpen).await;
    let client = client(&peer);
    assert_eq!(client.text().await.unwrap(), "1234");
}

/// The head of an answer to HEAD speaks of a body that is not there.
#[tokio::test]
async fn the_length_of_no_body() {
    let peer = Peer::run(|mut wire| async move {
        while wire.request().await.is_some() {
            wire.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n").await;
        }
    })
    .await;
    let client = client(&peer);
    for _ in 0..3 {
        let head = client.head().await.unwrap();
        assert_eq!(head.headers()["content-length"], "1000");
    }
    assert_eq!(peer.connections(), 1);
}

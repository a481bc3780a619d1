//! Compressed bodies that are small on the wire and large behind it, broken off, or none.

use async_compression::Level;
use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use async_compression::tokio::write;
use feign::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::{Kinds as _, assert_broken, assert_is_only, client, limited, of_every_kind};
use crate::support::{Peer, Then};

const CODINGS: [&str; 4] = ["gzip", "deflate", "zstd", "br"];

async fn encoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let level = Level::Fastest;
    let mut out = Vec::new();
    match coding {
        "gzip" => GzipEncoder::with_quality(bytes, level).read_to_end(&mut out).await,
        "deflate" => ZlibEncoder::with_quality(bytes, level).read_to_end(&mut out).await,
        "zstd" => ZstdEncoder::with_quality(bytes, level).read_to_end(&mut out).await,
        _ => BrotliEncoder::with_quality(bytes, level).read_to_end(&mut out).await,
    }
    .unwrap();
    out
}

fn answer(status: &str, coding: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\netag: \"1\"\r\ncontent-encoding: {coding}\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// Sixteen mebibytes of nothing in some kilobytes: cut at the limit like any other body.
#[tokio::test]
async fn a_bomb() {
    let zeros = vec![0; 16 << 20];
    for coding in CODINGS {
        let bomb = encoded(coding, &zeros).await;
        assert!(bomb.len() < 200 << 10, "{coding}: {} bytes", bomb.len());
        let peer = Peer::sending(answer("200 OK", coding, &bomb), Then::Close).await;
        for error in of_every_kind(&limited(&peer, 1000)).await {
            assert_is_only("too_large", &error);
            assert_eq!(error.status(), Some(StatusCode::OK), "{coding}");
            assert_eq!(error.headers()["etag"], "\"1\"");
            assert_eq!(error.body(), &[0; 1000][..], "{coding}");
        }
    }
}

/// A bomb without an end, hundreds of times as large as what is sent of it: it goes off at once, and
/// the connection with it.
#[tokio::test]
async fn an_endless_bomb() {
    for coding in CODINGS {
        let (start, again) = endless(coding).await;
        assert!(again.len() < 10 << 10, "{coding}: {} bytes", again.len());
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\n\r\n");
        let peer = Peer::flooding([head.as_bytes(), &start].concat(), again).await;
        for error in of_every_kind(&limited(&peer, 1 << 20)).await {
            assert_is_only("too_large", &error);
            assert_eq!(error.body().len(), 1 << 20, "{coding}");
        }
        peer.until(|peer| peer.open() == 0).await;
        assert!(peer.sent() < 6 * (16 << 20), "{coding}: {} bytes were taken", peer.sent());
    }
}

/// The beginning of a stream of zeros, and what may be repeated for ever behind it.
async fn endless(coding: &str) -> (Vec<u8>, Vec<u8>) {
    let level = Level::Fastest;
    match coding {
        "gzip" => {
            flushed(write::GzipEncoder::with_quality(Vec::new(), level), |to| to.get_ref()).await
        }
        "deflate" => {
            flushed(write::ZlibEncoder::with_quality(Vec::new(), level), |to| to.get_ref()).await
        }
        "zstd" => {
            flushed(write::ZstdEncoder::with_quality(Vec::new(), level), |to| to.get_ref()).await
        }
        _ => {
            flushed(write::BrotliEncoder::with_quality(Vec::new(), level), |to| to.get_ref()).await
        }
    }
}

async fn flushed<W: AsyncWrite + Unpin>(
    mut encoder: W,
    written: impl Fn(&W) -> &Vec<u8>,
) -> (Vec<u8>, Vec<u8>) {
    let zeros = vec![0; 1 << 20];
    for _ in 0..2 {
        encoder.write_all(&zeros).await.unwrap();
        encoder.flush().await.unwrap();
    }
    let start = written(&encoder).clone();
    encoder.write_all(&zeros).await.unwrap();
    encoder.flush().await.unwrap();
    let again = written(&encoder)[start.len()..].to_vec();
    (start, again)
}

/// Gzip may have several members (RFC 1952 §2.2): a text is the text of all of them, or an error, never
/// its first part.
#[tokio::test]
async fn several_members() {
    let whole = [encoded("gzip", b"one, ").await, encoded("gzip", b"two").await].concat();
    let peer = Peer::sending(answer("200 OK", "gzip", &whole), Then::Close).await;
    match client(&peer).text().await {
        Ok(text) => assert_eq!(text, "one, two"),
        Err(error) => assert_broken(&error, &peer),
    }
}

/// What stands behind the end of the compressed data is no part of it, and no secret either.
#[tokio::test]
async fn something_behind_the_end() {
    for coding in CODINGS {
        let mut body = encoded(coding, b"text").await;
        body.extend(b"something else");
        let peer = Peer::sending(answer("200 OK", coding, &body), Then::Close).await;
        for error in
            [client(&peer).text().await.unwrap_err(), client(&peer).bytes().await.unwrap_err()]
        {
            assert_broken(&error, &peer);
        }
    }
}

/// The status of an error is told whatever its body does.
#[tokio::test]
async fn a_bomb_of_an_error() {
    let zeros = vec![0; 1 << 20];
    for coding in CODINGS {
        let bomb = encoded(coding, &zeros).await;
        let cut = &bomb[..bomb.len() - 3];
        for body in [&bomb[..], cut, b"not compressed"] {
            let peer = Peer::sending(answer("503 Busy", coding, body), Then::Close).await;
            for error in of_every_kind(&limited(&peer, 1000)).await {
                assert_is_only("status", &error);
                assert!(error.body().len() <= 1000);
            }
        }
    }
}

/// Cut anywhere, it is no body: what was decoded until then is kept beside the error.
#[tokio::test]
async fn broken_off() {
    for coding in CODINGS {
        let whole =
            encoded(coding, b"\"a text that is long enough to be cut in many places\"").await;
        for end in 1..whole.len() {
            let peer = Peer::sending(answer("200 OK", coding, &whole[..end]), Then::Close).await;
            let error = match client(&peer).json().await {
                // The last bytes of some formats are no more than a sum.
                Ok(text) => panic!("{coding}, {end} of {}: {text}", whole.len()),
                Err(error) => error,
            };
            assert_broken(&error, &peer);
            assert_eq!(error.status(), Some(StatusCode::OK));
        }
    }
}

#[tokio::test]
async fn not_compressed_at_all() {
    for coding in CODINGS {
        for body in
            [&b"{\"json\":true}"[..], b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x78\x9c\xff", b"\xff"]
        {
            let peer = Peer::sending(answer("200 OK", coding, body), Then::Close).await;
            for error in of_every_kind(&client(&peer)).await {
                assert_broken(&error, &peer);
                assert_eq!(error.status(), Some(StatusCode::OK));
                assert_eq!(error.headers()["etag"], "\"1\"");
            }
        }
    }
}

/// An answer without a body has none to decode, whatever it says.
#[tokio::test]
async fn no_body_to_decode() {
    for coding in CODINGS {
        let peer = Peer::sending(answer("200 OK", coding, b""), Then::Close).await;
        client(&peer).unit().await.unwrap();
        assert_eq!(client(&peer).text().await.unwrap(), "", "{coding}");
        assert_eq!(client(&peer).maybe().await.unwrap(), None, "{coding}");
        client(&peer).head().await.unwrap();
        for status in ["204 No Content", "304 Not Modified"] {
            let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: {coding}\r\n\r\n");
            let peer = Peer::sending(head, Then::Close).await;
            match client(&peer).text().await {
                Ok(text) => assert_eq!(text, ""),
                Err(error) => assert_is_only("status", &error),
            }
        }
    }
}

/// What is not one of ours is left as it came, and still says what it is.
#[tokio::test]
async fn another_coding() {
    let body = encoded("gzip", b"text").await;
    for coding in ["identity", "compress", "gzip, gzip", "gzip, br", "exi", "", "\u{e9}"] {
        let peer = Peer::sending(answer("200 OK", coding, &body), Then::Close).await;
        let bytes = client(&peer).bytes().await.unwrap();
        assert_eq!(bytes, body, "{coding}");
        let error = client(&peer).json().await.unwrap_err();
        assert_is_only("decode", &error);
        assert_eq!(error.body(), &body);
        assert_eq!(error.headers()["content-encoding"], coding);
    }
}

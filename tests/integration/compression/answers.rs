//! Answers arrive decoded, and limits count what arrives.

use feign::{Body, Response};
use http_body_util::BodyExt as _;

use super::{CODINGS, encoded};
use crate::support::{Reply, Server};

#[feign::client]
trait Texts {
    #[get("/")]
    async fn text(&self) -> Result<Response<String>, feign::Error>;
    #[head("/")]
    async fn head(&self) -> Result<Response<()>, feign::Error>;
    #[get("/none")]
    async fn none(&self) -> Result<(), feign::Error>;
    #[get("/")]
    async fn list(&self) -> Result<Vec<u32>, feign::Error>;
    #[get("/")]
    async fn stream(&self) -> Result<Body, feign::Error>;
}

async fn client(coding: &str, content: &[u8]) -> (Server, TextsClient) {
    let body = encoded(coding, content).await;
    let server =
        Server::always(Reply::status(200).header("content-encoding", coding).body(body)).await;
    let client = TextsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn every_coding_is_asked_for_and_decoded() {
    for coding in CODINGS {
        let (server, client) = client(coding, b"[1, 2]").await;
        let answer = client.text().await.unwrap();
        assert_eq!(answer.body(), "[1, 2]", "{coding}");
        // They spoke of the bytes that came.
        assert!(!answer.headers().contains_key("content-encoding"));
        assert!(!answer.headers().contains_key("content-length"));
        let accepted = server.take().header("accept-encoding").unwrap();
        assert!(CODINGS.iter().all(|coding| accepted.contains(coding)), "{accepted}");
        assert_eq!(client.list().await.unwrap(), [1, 2]);
        let stream = client.stream().await.unwrap().collect().await.unwrap();
        assert_eq!(stream.to_bytes(), "[1, 2]");
    }
}

/// What is small on the wire may be large in memory.
#[tokio::test]
async fn the_limit_counts_decoded_bytes() {
    let large = vec![b' '; 9 << 20];
    for coding in CODINGS {
        let (_server, client) = client(coding, &large).await;
        let error = client.text().await.unwrap_err();
        assert!(error.is_too_large() && error.body().len() == 8 << 20, "{coding}: {error}");
        let client = client.with(|call| call.body_limit(9 << 20));
        assert_eq!(client.text().await.unwrap().body().len(), 9 << 20);
    }
}

/// Members behind each other are one body (RFC 1952 §2.2), whatever the chunks.
#[tokio::test]
async fn every_member_is_read() {
    for coding in ["gzip", "zstd"] {
        let (one, two) = (encoded(coding, b"one, ").await, encoded(coding, b"two").await);
        let whole = Reply::status(200).header("content-encoding", coding);
        let server = Server::always(whole.body([one, two].concat())).await;
        let client = TextsClient::at(server.url()).unwrap();
        assert_eq!(client.text().await.unwrap().body(), "one, two", "{coding}");
    }
    for coding in ["gzip", "zstd", "deflate"] {
        let body = [encoded(coding, b"one").await, b"rubbish".to_vec()].concat();
        let reply = Reply::status(200).header("content-encoding", coding).body(body);
        let server = Server::always(reply).await;
        assert!(TextsClient::at(server.url()).unwrap().text().await.is_err(), "{coding}");
    }
}

/// A head may name a coding where there is no body.
#[tokio::test]
async fn nothing_is_decoded_of_nothing() {
    let server = Server::run(async |sent| {
        let status = if sent.target() == "/" { 200 } else { 204 };
        Reply::status(status).header("content-encoding", "gzip")
    })
    .await;
    let client = TextsClient::at(server.url()).unwrap();
    assert_eq!(client.text().await.unwrap().body(), "");
    assert_eq!(client.head().await.unwrap().headers()["content-encoding"], "gzip");
    client.none().await.unwrap();
}

#[tokio::test]
async fn a_range_is_not_asked_for_compressed() {
    let (server, client) = client("gzip", b"[1]").await;
    client.with(|call| call.header("range", "bytes=0-9")).text().await.unwrap();
    assert_eq!(server.take().header("accept-encoding"), None);
    client.with(|call| call.remove_header("accept-encoding")).text().await.unwrap();
    assert_eq!(server.take().header("accept-encoding"), None);
    client.with(|call| call.header("accept-encoding", "br")).text().await.unwrap();
    assert_eq!(server.take().header("accept-encoding").as_deref(), Some("br"));
}

#[tokio::test]
async fn what_is_no_such_coding_is_an_error() {
    for coding in CODINGS {
        let reply =
            Reply::status(200).header("content-encoding", coding).body("not compressed at all");
        let server = Server::always(reply).await;
        let client = TextsClient::at(server.url()).unwrap();
        assert!(client.text().await.is_err(), "{coding}");
    }
    // Cut short.
    let mut body = encoded("gzip", b"whole").await;
    body.truncate(body.len() - 4);
    let server =
        Server::always(Reply::status(200).header("content-encoding", "gzip").body(body)).await;
    assert!(TextsClient::at(server.url()).unwrap().text().await.is_err());
}

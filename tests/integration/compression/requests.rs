//! Requests are compressed where it is said, and say so.

use feign::{Body, Compression, Part, Request};

use super::{CODINGS, decoded};
use crate::support::{Received, Server};

type Answer = Result<(), feign::Error>;

#[feign::client]
#[compress(gzip)]
trait Compressed {
    #[post("/")]
    async fn inherited(&self, #[body] text: String) -> Answer;
    #[put("/")]
    #[compress(br)]
    async fn br(&self, #[body] text: &str) -> Answer;
    #[post("/")]
    #[compress(zstd)]
    async fn zstd(&self, #[body] list: &[u32; 3]) -> Answer;
    #[patch("/")]
    #[compress(deflate)]
    async fn deflate(&self, #[form] text: &str) -> Answer;
    #[post("/")]
    #[compress(none)]
    async fn plain(&self, #[body] text: &str) -> Answer;
    #[post("/")]
    async fn optional(&self, #[body] text: Option<&str>) -> Answer;
    #[get("/")]
    async fn without(&self) -> Answer;
    #[post("/")]
    async fn stream(&self, #[body] body: Body) -> Answer;
    #[post("/")]
    async fn parts(&self, #[part] title: &str, #[part] file: Part) -> Answer;
    #[post("/")]
    async fn unsent(&self, #[body] body: Body) -> Result<Request<Body>, feign::Error>;
}

async fn client() -> (Server, CompressedClient) {
    let server = Server::silent_ok().await;
    let client = CompressedClient::at(server.url()).unwrap();
    (server, client)
}

/// Head and bytes agree.
async fn sent(server: &Server, coding: &str) -> Received {
    let mut sent = server.take();
    assert_eq!(sent.header("content-encoding").as_deref(), Some(coding));
    if let Some(length) = sent.header("content-length") {
        assert_eq!(length, sent.body.len().to_string());
    }
    sent.body = decoded(coding, &sent.body).await;
    sent
}

#[tokio::test]
async fn each_coding() {
    let (server, client) = client().await;
    client.inherited("é".repeat(1000)).await.unwrap();
    assert_eq!(sent(&server, "gzip").await.text(), "é".repeat(1000));
    client.br("b").await.unwrap();
    assert_eq!(sent(&server, "br").await.text(), "b");
    client.zstd(&[1, 2, 3]).await.unwrap();
    let list = sent(&server, "zstd").await;
    assert_eq!(
        (list.text(), list.header("content-type").as_deref()),
        ("[1,2,3]", Some("application/json"))
    );
    client.deflate("a b").await.unwrap();
    assert_eq!(sent(&server, "deflate").await.text(), "text=a+b");
    assert!(CODINGS.contains(&"deflate"));
}

#[tokio::test]
async fn what_is_not_compressed_says_nothing() {
    let (server, client) = client().await;
    client.plain("plain").await.unwrap();
    client.optional(None).await.unwrap();
    client.without().await.unwrap();
    client.optional(Some("")).await.unwrap();
    client.with(|call| call.compress(None)).optional(Some("plain")).await.unwrap();
    for sent in server.received() {
        assert_eq!(sent.header("content-encoding"), None);
        assert!(["", "plain"].contains(&sent.text()));
    }
}

#[tokio::test]
async fn the_call_has_the_last_word() {
    let (server, client) = client().await;
    let view =
        client.with(|call| call.compress(Compression::Brotli).remove_header("content-encoding"));
    view.plain("plain").await.unwrap();
    assert_eq!(sent(&server, "br").await.text(), "plain");
    let twice = client.with(|call| call.header("content-encoding", "gzip"));
    let error = twice.inherited("text".to_owned()).await.unwrap_err();
    assert!(error.to_string().contains("`content-encoding`"), "{error}");
    server.assert_untouched();
}

#[tokio::test]
async fn a_stream_is_compressed_as_a_stream() {
    let (server, client) = client().await;
    let pieces = futures_util::stream::iter((0..100).map(|at| {
        Ok::<_, std::io::Error>(http_body::Frame::data(bytes::Bytes::from(vec![at; 10_000])))
    }));
    let body = Body::new(http_body_util::StreamBody::new(pieces));
    client.stream(body).await.unwrap();
    let sent = sent(&server, "gzip").await;
    assert_eq!(sent.header("transfer-encoding").as_deref(), Some("chunked"));
    assert!(
        sent.body.len() == 1_000_000 && sent.body.iter().rev().take(10_000).all(|byte| *byte == 99)
    );
}

#[tokio::test]
async fn a_broken_stream_breaks_the_call() {
    let (_server, client) = client().await;
    let pieces = [
        Ok(http_body::Frame::data(bytes::Bytes::from_static(b"some"))),
        Err(std::io::Error::other("the disk is gone")),
    ];
    let body = Body::new(http_body_util::StreamBody::new(futures_util::stream::iter(pieces)));
    let error = client.stream(body).await.unwrap_err();
    assert!(format!("{error:?}").contains("the disk is gone"), "{error:?}");
}

#[tokio::test]
async fn parts_are_compressed_as_a_whole() {
    let (server, client) = client().await;
    client.parts("t", Part::bytes(vec![b'x'; 50_000])).await.unwrap();
    let sent = sent(&server, "gzip").await;
    assert!(sent.text().contains(&"x".repeat(50_000)));
    assert!(sent.header("content-length").is_some());
}

/// Bytes can be repeated, before and after.
#[tokio::test]
async fn what_can_be_repeated_still_can() {
    let (_server, client) = client().await;
    let request = client.unsent(Body::from("bytes")).await.unwrap();
    assert_eq!(request.headers()["content-encoding"], "gzip");
    let compressed = request.body().try_clone().unwrap();
    assert_eq!(decoded("gzip", compressed.as_bytes().unwrap()).await, b"bytes");
}

//! `Body` as a stream: `from_stream`, `next`, and what its errors say.

use feign::{Body, Bytes, Response};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::answered;
use crate::support::{Reply, Server};

#[feign::client]
trait Bulk {
    #[get("/down")]
    async fn down(&self) -> Result<Body, feign::Error>;
    #[get("/down")]
    async fn whole(&self) -> Result<Response<Body>, feign::Error>;
    #[put("/up")]
    async fn up(&self, #[body] body: Body) -> Result<(), feign::Error>;
}

#[tokio::test]
async fn it_is_read_piece_by_piece() {
    let client: BulkClient = answered("text/plain", vec!["one ".into(), "two".into()]);
    let mut body = client.down().await.unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), "one ");
    assert_eq!(body.next().await.unwrap().unwrap(), "two");
    assert!(body.next().await.is_none());

    let pieces: Vec<Bytes> = client.down().await.unwrap().try_collect().await.unwrap();
    assert_eq!(pieces, ["one ", "two"]);
    assert_eq!(Body::from("ready").next().await.unwrap().unwrap(), "ready");
    assert!(Body::empty().next().await.is_none());
}

#[tokio::test]
async fn it_is_made_of_a_stream() {
    let server = Server::silent_ok().await;
    let pieces = stream::iter(["one ", "two ", "three"]).map(Ok::<_, std::io::Error>);
    BulkClient::at(server.url()).unwrap().up(Body::from_stream(pieces)).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.text(), "one two three");
    assert_eq!(sent.header("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(sent.header("content-type"), None);
}

/// The length that was said of a stream is said of it again.
#[tokio::test]
async fn it_is_passed_on_with_its_length() {
    let source = Server::always(Reply::text("passed on")).await;
    let sink = Server::silent_ok().await;
    let body = BulkClient::at(source.url()).unwrap().down().await.unwrap();
    BulkClient::at(sink.url()).unwrap().up(body).await.unwrap();
    let sent = sink.only();
    assert_eq!(sent.text(), "passed on");
    assert_eq!(sent.header("content-length").as_deref(), Some("9"));
}

/// The call and its answer are known, whichever way the body is read.
#[tokio::test]
async fn an_error_says_of_what() {
    let truncated = "HTTP/1.1 203 Sure\r\nx-a: b\r\ncontent-length: 100\r\n\r\npart";
    let server = Server::always(Reply::raw(truncated)).await;
    let client = BulkClient::at(server.url()).unwrap();
    let check = |error: &feign::Error| {
        assert_eq!(error.operation().unwrap().name(), "Bulk.whole");
        assert_eq!(error.endpoint(), Some(server.url().as_str()));
        assert_eq!(error.status().unwrap(), 203);
        assert_eq!(error.headers()["x-a"], "b");
        assert_eq!((error.attempts(), error.item()), (1, None));
    };
    let mut body = client.whole().await.unwrap().into_body();
    assert_eq!(body.next().await.unwrap().unwrap(), "part");
    check(&body.next().await.unwrap().unwrap_err());
    assert!(body.next().await.is_none());

    let body = client.whole().await.unwrap().into_body();
    let error = http_body_util::BodyExt::collect(body).await.unwrap_err();
    check(error.downcast_ref().expect("a feign::Error"));
}

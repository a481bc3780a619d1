//! `Body` in both directions: never buffered.

use bytes::Bytes;
use feign::{Body, BoxError, Response};
use futures_util::stream;
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use tokio::sync::mpsc;

use crate::support::{Reply, Server};

#[feign::client]
trait Streams {
    #[get("/down")]
    async fn down(&self) -> Result<Body, feign::Error>;
    #[get("/down")]
    async fn down_whole(&self) -> Result<Response<Body>, feign::Error>;
    #[get("/down")]
    async fn down_optional(&self) -> Result<Option<Body>, feign::Error>;
    #[post("/up")]
    async fn up(&self, #[body] body: Body) -> Result<(), feign::Error>;
}

async fn piece(body: &mut Body) -> Bytes {
    body.frame().await.expect("a piece").expect("no error").into_data().expect("data")
}

/// The second piece is never sent, so whoever buffers waits for ever.
#[tokio::test]
async fn a_piece_is_there_before_the_end() {
    let server = Server::always(Reply::status(200).unfinished(["first"])).await;
    let client = StreamsClient::at(server.url()).unwrap();
    assert_eq!(piece(&mut client.down().await.unwrap()).await, "first");
    let mut body = client.down_whole().await.unwrap().into_body();
    assert_eq!(piece(&mut body).await, "first");
    let mut body = client.down_optional().await.unwrap().unwrap();
    assert_eq!(piece(&mut body).await, "first");
}

#[tokio::test]
async fn all_pieces_come_in_order() {
    let pieces = ["one ", "two ", "three"];
    let server = Server::always(Reply::status(200).pieces(pieces)).await;
    let body = StreamsClient::at(server.url()).unwrap().down().await.unwrap();
    assert_eq!(body.collect().await.unwrap().to_bytes(), "one two three");
}

#[tokio::test]
async fn a_broken_stream_is_an_error_of_ours() {
    let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart";
    let server = Server::always(Reply::raw(truncated)).await;
    let body = StreamsClient::at(server.url()).unwrap().down().await.unwrap();
    let error = body.collect().await.unwrap_err();
    let error = error.downcast_ref::<feign::Error>().expect("a feign::Error");
    assert!(!error.is_timeout() && !error.is_status() && !error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn an_absent_stream_is_none() {
    let server = Server::always(Reply::status(404)).await;
    assert!(StreamsClient::at(server.url()).unwrap().down_optional().await.unwrap().is_none());
}

/// The status is judged before the stream is handed out.
#[tokio::test]
async fn a_stream_of_an_error_is_an_error() {
    let server = Server::always(Reply::status(500).body("why")).await;
    let error = StreamsClient::at(server.url()).unwrap().down().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.body(), "why");
}

/// The next piece is made only after the server has the head: nothing waits for the whole.
#[tokio::test]
async fn a_body_is_sent_as_it_comes() {
    let server = Server::silent_ok().await;
    let (pieces, receiver) = mpsc::channel::<&'static str>(1);
    let frames = stream::unfold(receiver, |mut receiver| async move {
        let piece = receiver.recv().await?;
        Some((Ok::<_, BoxError>(Frame::data(Bytes::from_static(piece.as_bytes()))), receiver))
    });
    let body = Body::new(StreamBody::new(frames));
    let client = StreamsClient::at(server.url()).unwrap();
    let call = tokio::spawn(async move { client.up(body).await });
    for piece in ["one ", "two ", "three"] {
        pieces.send(piece).await.unwrap();
    }
    drop(pieces);
    call.await.unwrap().unwrap();
    let sent = server.only();
    assert_eq!(sent.text(), "one two three");
    assert_eq!(sent.header("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(sent.header("content-length"), None);
}

/// What is sent by one client may come from another: nothing in between is buffered.
#[tokio::test]
async fn a_stream_is_passed_on() {
    let source = Server::always(Reply::text("passed on")).await;
    let sink = Server::silent_ok().await;
    let body = StreamsClient::at(source.url()).unwrap().down().await.unwrap();
    StreamsClient::at(sink.url()).unwrap().up(body).await.unwrap();
    assert_eq!(sink.only().text(), "passed on");
}

/// A source that fails ends the call, with its error as the cause.
#[tokio::test]
async fn a_body_that_fails_fails_the_call() {
    let server = Server::silent_ok().await;
    let frames = stream::iter([
        Ok(Frame::data(Bytes::from_static(b"half"))),
        Err(BoxError::from("the disk is gone")),
    ]);
    let body = Body::new(StreamBody::new(frames));
    let error = StreamsClient::at(server.url()).unwrap().up(body).await.unwrap_err();
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    let mut chain = Vec::new();
    while let Some(error) = source {
        chain.push(error.to_string());
        source = error.source();
    }
    assert!(chain.iter().any(|text| text.contains("the disk is gone")), "{chain:#?}");
}

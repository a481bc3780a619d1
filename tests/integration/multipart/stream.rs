//! Parts that are streams: with a length and without.

use feign::{Body, Part, Request};

use super::{Answer, Pieces, Read, read_only};
use crate::support::Server;

#[feign::client]
trait Uploads {
    #[post("/")]
    async fn upload(&self, #[part] title: &str, #[part] file: Part, #[part] last: &str) -> Answer;
    #[post("/")]
    async fn unsent(&self, #[part] file: Part) -> Result<Request<Body>, feign::Error>;
}

async fn client() -> (Server, UploadsClient) {
    let server = Server::silent_ok().await;
    let client = UploadsClient::at(server.url()).unwrap();
    (server, client)
}

const BYTES: &str = "application/octet-stream";
const PIECES: [&str; 3] = ["one, ", "two, ", "three"];

fn wanted() -> [Read; 3] {
    let file = Read::of_type("file", BYTES, b"one, two, three");
    [Read::text("title", "t"), file, Read::text("last", "l")]
}

#[tokio::test]
async fn with_a_length_the_request_says_its_own() {
    let (server, client) = client().await;
    client.upload("t", Part::stream(Pieces::new(&PIECES), Some(15)), "l").await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("content-length"), Some(sent.body.len().to_string()));
    assert_eq!(sent.header("transfer-encoding"), None);
    assert_eq!(super::read(sent).await, wanted());
    // A body that knows its length is asked.
    let full = http_body_util::Full::from("one, two, three");
    client.upload("t", Part::stream(full, None), "l").await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("content-length"), Some(sent.body.len().to_string()));
}

#[tokio::test]
async fn without_one_it_is_chunked() {
    let (server, client) = client().await;
    client.upload("t", Part::stream(Pieces::new(&PIECES), None), "l").await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("content-length"), None);
    assert_eq!(sent.header("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(super::read(sent).await, wanted());
}

/// The head has told the length already: another one would make two requests of one.
#[tokio::test]
async fn another_length_fails_the_call() {
    let (server, client) = client().await;
    for length in [0, 14, 16, u64::MAX / 2] {
        let part = Part::stream(Pieces::new(&PIECES), Some(length));
        let error = client.upload("t", part, "l").await.unwrap_err();
        let told = format!("{error:?}");
        assert!(told.contains("the length that was said"), "{length}: {told}");
    }
    server.assert_untouched();
}

#[tokio::test]
async fn a_stream_is_sent_once_and_bytes_as_often_as_wanted() {
    let (_server, client) = client().await;
    let large = vec![1; 100_000];
    let request = client.unsent(Part::bytes(large)).await.unwrap();
    assert!(request.body().try_clone().is_some());
    assert!(request.body().as_bytes().is_none(), "what is large is not copied");
    let request = client.unsent(Part::text("small")).await.unwrap();
    assert!(request.body().as_bytes().is_some());
    let request = client.unsent(Part::stream(Pieces::new(&PIECES), Some(15))).await.unwrap();
    assert!(request.body().try_clone().is_none());
}

#[tokio::test]
async fn large_bytes_arrive_whole() {
    let (server, client) = client().await;
    let large: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    client.upload("t", Part::bytes(large.clone()), "l").await.unwrap();
    let read = read_only(&server).await;
    assert!(read[1].content == large && read.len() == 3);
}

//! What becomes of the connection: read to the end, it is used again; dropped, it is closed.

use std::time::Duration;

use feign::{Body, Events, JsonArray, Ndjson};

use super::drain;
use crate::support::{Peer, Reply, Server};

#[feign::client]
trait Streams {
    #[get("/body")]
    async fn body(&self) -> Result<Body, feign::Error>;
    #[get("/lines")]
    async fn lines(&self) -> Result<Ndjson<u32>, feign::Error>;
    #[get("/array")]
    async fn array(&self) -> Result<JsonArray<u32>, feign::Error>;
    #[get("/events")]
    async fn events(&self) -> Result<Events<u32>, feign::Error>;
}

/// Of each kind some text, and its content type.
const BODY: (&str, &str) = ("text/plain", "1\n2\n");
const LINES: (&str, &str) = ("application/x-ndjson", "1\n2\n");
const ARRAY: (&str, &str) = ("application/json", "[1,2]\n");
const EVENTS: (&str, &str) = ("text/event-stream", "data: 1\n\ndata: 2\n\n");

/// Chunked, so that the end is a mark of its own that somebody has to read.
async fn server((kind, text): (&str, &str)) -> Server {
    let (first, rest) = text.split_at(text.len() - 1);
    Server::always(Reply::status(200).header("content-type", kind).pieces([first, rest])).await
}

/// Begins, and never ends.
async fn endless((kind, text): (&str, &str)) -> Peer {
    let chunk = format!("{:x}\r\n{text}\r\n", text.len());
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n");
    let begin =
        if text.starts_with('[') { "1\r\n[\r\n5\r\n1,  \n\r\n".to_owned() } else { chunk.clone() };
    let again = if text.starts_with('[') { "4\r\n 1,\n\r\n".to_owned() } else { chunk };
    Peer::flooding(head + &begin, again).await
}

macro_rules! connections {
    ($($method:ident: $kind:ident, $finished:ident, $dropped:ident;)*) => {$(
        #[tokio::test]
        async fn $finished() {
            let server = server($kind).await;
            let client = StreamsClient::at(server.url()).unwrap();
            for _ in 0..5 {
                assert!(drain!(client.$method().await.unwrap()).iter().all(Result::is_ok));
            }
            assert_eq!((server.received().len(), server.connections()), (5, 1));
        }

        #[tokio::test]
        async fn $dropped() {
            let peer = endless($kind).await;
            let client = StreamsClient::at(peer.url()).unwrap();
            for connections in 1..=3 {
                let mut stream = client.$method().await.unwrap();
                stream.next().await.unwrap().unwrap();
                assert_eq!((peer.connections(), peer.open()), (connections, 1));
                drop(stream);
                peer.until(|peer| peer.open() == 0).await;
            }
        }
    )*};
}
connections! {
    body: BODY, a_finished_body_gives_its_connection_back, a_dropped_body_closes_its_connection;
    lines: LINES, finished_lines_give_their_connection_back, dropped_lines_close_their_connection;
    array: ARRAY, a_finished_array_gives_its_connection_back, a_dropped_array_closes_its_connection;
    events: EVENTS, finished_events_give_their_connection_back, dropped_events_close_their_connection;
}

/// A body that is not read at all is dropped like any other.
#[tokio::test]
async fn an_unread_stream_closes_its_connection() {
    let peer = endless(LINES).await;
    let client = StreamsClient::at(peer.url()).unwrap();
    drop(client.lines().await.unwrap());
    peer.until(|peer| peer.open() == 0).await;
}

/// What the last item left over is not waited for by it, but the end is: `]` alone is not the end.
#[tokio::test]
async fn the_end_of_an_array_is_read() {
    let server = Server::always(
        Reply::status(200).header("content-type", "application/json").unfinished(["[1,2]"]),
    )
    .await;
    let mut array = StreamsClient::at(server.url()).unwrap().array().await.unwrap();
    assert_eq!(array.next().await.unwrap().unwrap(), 1);
    assert_eq!(array.next().await.unwrap().unwrap(), 2);
    let end = tokio::time::timeout(Duration::from_millis(50), array.next()).await;
    assert!(end.is_err(), "the server may still say something: {end:?}");
}

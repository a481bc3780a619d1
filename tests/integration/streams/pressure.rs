//! Back-pressure: nobody reads or makes more than the other side takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use feign::{Body, Bytes, Ndjson};
use futures_util::{StreamExt as _, stream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{Peer, settled};

#[feign::client]
trait Bulk {
    #[get("/down")]
    async fn down(&self) -> Result<Body, feign::Error>;
    #[get("/lines")]
    async fn lines(&self) -> Result<Ndjson<String>, feign::Error>;
    #[post("/up")]
    async fn up(&self, #[body] body: Body) -> Result<String, feign::Error>;
    #[post("/up")]
    async fn lines_up(&self, #[body] lines: Ndjson<String>) -> Result<String, feign::Error>;
}

const PIECE: usize = 64 << 10;
const PIECES: usize = 512;
/// What the kernel and the HTTP library may hold on both sides; a small part of the whole.
const HELD: usize = 16 << 20;

/// A reader that stops reading stops the server.
#[tokio::test]
async fn a_server_writes_no_faster_than_we_read() {
    let line = format!("\"{}\"\n", "x".repeat(PIECE - 3));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n";
    let peer = Peer::flooding(head, line).await;
    let client = BulkClient::at(peer.url()).unwrap();

    let mut body = client.down().await.unwrap();
    body.next().await.unwrap().unwrap();
    let sent = settled(|| peer.sent()).await;
    assert!(sent < HELD, "{sent} bytes were sent to a reader who wanted one piece");
    let mut read = 0;
    while read < 2 * HELD {
        read += body.next().await.unwrap().unwrap().len();
    }
    assert!(settled(|| peer.sent()).await > sent, "it goes on when it is read");
    drop(body);
    peer.until(|peer| peer.open() == 0).await;

    let before = peer.sent();
    let mut lines = client.lines().await.unwrap();
    lines.next().await.unwrap().unwrap();
    let sent = settled(|| peer.sent()).await - before;
    assert!(sent < HELD, "{sent} bytes were sent to a reader who wanted one line");
}

/// A server that reads the head of a request, and its body when it is told to.
async fn reluctant() -> (String, tokio::sync::oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (go, going) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut first = [0; 1024];
        let mut read = stream.read(&mut first).await.unwrap();
        going.await.unwrap();
        let mut rest = vec![0; 1 << 20];
        let mut end = Vec::new();
        while !end.ends_with(b"0\r\n\r\n") {
            let more = stream.read(&mut rest).await.unwrap();
            assert!(more > 0, "the client has gone");
            end.extend_from_slice(&rest[more.saturating_sub(5)..more]);
            end.drain(..end.len().saturating_sub(5));
            read += more;
        }
        let text = read.to_string();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{text}", text.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    (url, go)
}

/// A server that stops reading stops the source.
#[tokio::test]
async fn a_source_makes_no_more_than_the_server_takes() {
    let (url, go) = reluctant().await;
    let client = BulkClient::at(url).unwrap();
    let made = Arc::new(AtomicUsize::new(0));
    let making = Arc::clone(&made);
    let pieces = stream::iter(0..PIECES).map(move |_| {
        making.fetch_add(PIECE, Ordering::SeqCst);
        Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; PIECE]))
    });
    let call = tokio::spawn(async move { client.up(Body::from_stream(pieces)).await });
    let before = settled(|| made.load(Ordering::SeqCst)).await;
    assert!(before > 0 && before < HELD, "{before} bytes were made for a server that reads none");
    go.send(()).unwrap();
    let received: usize = call.await.unwrap().unwrap().parse().unwrap();
    assert_eq!(made.load(Ordering::SeqCst), PIECE * PIECES);
    assert!(received > PIECE * PIECES, "with the frames of chunks");
}

#[tokio::test]
async fn items_are_made_no_faster_than_the_server_takes_them() {
    let (url, go) = reluctant().await;
    let client = BulkClient::at(url).unwrap();
    let made = Arc::new(AtomicUsize::new(0));
    let making = Arc::clone(&made);
    let items = (0..PIECES).map(move |_| {
        making.fetch_add(PIECE, Ordering::SeqCst);
        "x".repeat(PIECE)
    });
    let call = tokio::spawn(async move { client.lines_up(Ndjson::from_iter(items)).await });
    let before = settled(|| made.load(Ordering::SeqCst)).await;
    assert!(before > 0 && before < HELD, "{before} bytes were made for a server that reads none");
    go.send(()).unwrap();
    call.await.unwrap().unwrap();
    assert_eq!(made.load(Ordering::SeqCst), PIECE * PIECES);
}

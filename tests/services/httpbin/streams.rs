//! Streams of lines, bytes and events.

use std::time::Duration;

use feign::{Body, Bytes, Error, Events, Ndjson, Response};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::server::{Echo, Httpbin, Values};

#[derive(Deserialize, Serialize)]
struct Line {
    id: u64,
    url: String,
}

#[derive(Deserialize)]
struct Upload {
    bytes_received: usize,
    headers: Values,
}

#[derive(Debug, Deserialize)]
struct Ping {
    id: u64,
    timestamp: u64,
}

#[feign::client]
trait Streams {
    #[get("/stream/{lines}")]
    async fn lines(&self, lines: u32) -> Result<Ndjson<Line>, Error>;
    #[get("/jsonl{?count,duration}")]
    async fn slow_lines(&self, count: u32, duration: &str) -> Result<Ndjson<Line>, Error>;
    #[post("/upload")]
    async fn send_lines(&self, #[body] lines: Ndjson<Line>) -> Result<Upload, Error>;
    #[get("/stream-bytes/{size}{?seed,chunk_size}")]
    async fn bytes(&self, size: usize, seed: u32, chunk_size: usize) -> Result<Body, Error>;
    #[get("/bytes/{size}{?seed}")]
    async fn buffered(&self, size: usize, seed: u32) -> Result<Bytes, Error>;
    #[get("/sse{?count,duration}")]
    async fn pings(&self, count: u32, duration: &str) -> Result<Events<Ping>, Error>;
    #[get("/sse{?count,duration}")]
    async fn raw_pings(&self, count: u32, duration: &str) -> Result<Events, Error>;
    #[get("/drip?delay=0s{&numbytes,duration,mark}")]
    async fn drip(&self, numbytes: u32, duration: &str, mark: &str) -> Result<Body, Error>;
    #[get("/trailers{?pairs*}")]
    async fn trailers(&self, pairs: &[(&str, &str)]) -> Result<Response<Echo>, Error>;
}

pub(super) async fn lines(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    let mut lines = client.lines(100).await.unwrap();
    for expected in 0..100 {
        let line = lines.next().await.unwrap().unwrap();
        assert_eq!(line.id, expected);
        assert_eq!(line.url, format!("{}/stream/100", httpbin.url()));
    }
    assert!(lines.next().await.is_none());

    // Each is there when it was sent, long before the last one.
    let started = Instant::now();
    let mut lines = client.slow_lines(5, "3s").await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().id, 0);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    let mut last = 0;
    while let Some(line) = lines.next().await {
        last = line.unwrap().id;
    }
    assert_eq!(last, 4);
    assert!(started.elapsed() > Duration::from_millis(2900), "{:?}", started.elapsed());
}

pub(super) async fn lines_go_up(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    let line = |id| Line { id, url: "ü".repeat(100) };
    let upload = client.send_lines(Ndjson::from_iter((0..2000).map(line))).await.unwrap();
    let text = |id| serde_json::to_string(&line(id)).unwrap();
    let expected: usize = (0..2000).map(|id| text(id).len() + 1).sum();
    assert_eq!(upload.bytes_received, expected);
    assert_eq!(upload.headers["Content-Type"], ["application/x-ndjson"]);
    assert_eq!(upload.headers["Transfer-Encoding"], ["chunked"]);

    // What comes in goes out, line by line.
    let lines = client.slow_lines(20, "500ms").await.unwrap();
    let upload = client.send_lines(lines).await.unwrap();
    assert!(upload.bytes_received > 20 * httpbin.url().len(), "{}", upload.bytes_received);
}

pub(super) async fn bytes(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    let whole = client.buffered(300_000, 7).await.unwrap();
    for chunk_size in [999, 65_536] {
        let mut body = client.bytes(300_000, 7, chunk_size).await.unwrap();
        let (mut all, mut pieces) = (Vec::new(), 0);
        while let Some(piece) = body.next().await {
            all.extend_from_slice(&piece.unwrap());
            pieces += 1;
        }
        assert!(all == whole, "the same seed, the same bytes");
        assert!(pieces > 1, "it came in pieces");
    }
}

pub(super) async fn events(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    let mut pings = client.pings(5, "1s").await.unwrap();
    let mut times = Vec::new();
    while let Some(ping) = pings.next().await {
        let ping = ping.unwrap();
        assert_eq!(ping.event, "ping");
        assert_eq!(ping.id, "", "they have none of their own");
        assert_eq!(ping.data.id, times.len() as u64);
        times.push(ping.data.timestamp);
    }
    assert_eq!(times.len(), 5);
    assert!(times.is_sorted() && times[4] - times[0] >= 900, "{times:?}");

    let mut raw = client.raw_pings(1, "10ms").await.unwrap();
    let data = raw.next().await.unwrap().unwrap().data;
    assert!(data.starts_with("{\"id\":0,\"timestamp\":"), "{data}");
    assert!(raw.next().await.is_none());
}

/// The server logs how far it came with each request.
pub(super) async fn a_dropped_one_ends_at_the_server(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    let mut drip = client.drip(100, "9s", "dropped").await.unwrap();
    assert!(drip.next().await.unwrap().unwrap().starts_with(b"*"));
    drop(drip);
    let line = httpbin.logged("mark=dropped").await.unwrap();
    let sent = line.split("size_bytes=").nth(1).and_then(|rest| rest.split(' ').next());
    let sent: u32 = sent.and_then(|sent| sent.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    assert!((1..50).contains(&sent), "{line}");
}

pub(super) async fn trailers_do_no_harm(httpbin: &Httpbin) {
    let client = StreamsClient::at(httpbin.url()).unwrap();
    for _ in 0..3 {
        let answer = client.trailers(&[("x-sum", "abc"), ("x-more", "1")]).await.unwrap();
        assert!(answer.headers().contains_key("trailer"), "{:?}", answer.headers());
        assert!(!answer.headers().contains_key("x-sum"), "{:?}", answer.headers());
        assert_eq!(answer.body().args["x-sum"], ["abc"]);
    }
}

//! `idle_timeout` on every kind of stream, and what its error says.

use std::time::Duration;

use feign::{Body, Events, JsonArray, Ndjson};
use tokio::time::Instant;

use crate::support::paced;

#[feign::client]
trait Slow {
    #[get("/body")]
    #[timeout(idle = "5s")]
    async fn body(&self) -> Result<Body, feign::Error>;
    #[get("/lines")]
    #[timeout(idle = "5s")]
    async fn lines(&self) -> Result<Ndjson<u32>, feign::Error>;
    #[get("/array")]
    #[timeout(idle = "5s")]
    async fn array(&self) -> Result<JsonArray<u32>, feign::Error>;
    #[get("/events")]
    #[timeout(idle = "5s")]
    async fn events(&self) -> Result<Events, feign::Error>;
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn client<const N: usize>(
    content_type: &'static str,
    pieces: [(u64, &'static str); N],
) -> SlowClient {
    paced(content_type, pieces.map(|(wait, piece)| (seconds(wait), piece)))
}

/// One item after four seconds, then silence; the error says which item was waited for.
macro_rules! falls_silent {
    ($name:ident, $method:ident, $kind:literal, $pieces:expr, $says:literal) => {
        #[tokio::test(start_paused = true)]
        async fn $name() {
            let started = Instant::now();
            let mut stream = client($kind, $pieces).$method().await.unwrap();
            stream.next().await.unwrap().unwrap();
            assert_eq!(started.elapsed(), seconds(4));
            let error = stream.next().await.unwrap().unwrap_err();
            assert_eq!(started.elapsed(), seconds(9));
            assert_eq!(error.timeout_setting().unwrap().name(), "idle_timeout");
            assert_eq!(error.to_string(), $says);
            assert_eq!(error.status().unwrap(), 200);
            assert_eq!(error.attempts(), 1);
            assert!(stream.next().await.is_none());
        }
    };
}
falls_silent!(
    bytes_fall_silent,
    body,
    "text/plain",
    [(4, "x"), (6, "y")],
    "Slow.body (GET /body): timed out after 5s (setting `idle_timeout`) [http://h.example]"
);
falls_silent!(
    lines_fall_silent,
    lines,
    "application/x-ndjson",
    [(4, "1\n2"), (6, "3\n")],
    "Slow.lines (GET /lines): timed out after 5s (setting `idle_timeout`) at line 2 [http://h.example]"
);
falls_silent!(
    an_array_falls_silent,
    array,
    "application/json",
    [(4, "[1,2"), (6, "3]")],
    "Slow.array (GET /array): timed out after 5s (setting `idle_timeout`) at item 2 [http://h.example]"
);
falls_silent!(
    events_fall_silent,
    events,
    "text/event-stream",
    [(4, "data: x\n\n"), (6, "data: y\n\n")],
    "Slow.events (GET /events): timed out after 5s (setting `idle_timeout`) at event 2 [http://h.example]"
);

/// A comment is a sign of life, and so are half a line and a blank one.
#[tokio::test(start_paused = true)]
async fn whatever_comes_ends_a_wait() {
    let pieces = [(4, ": ping\n"), (4, "data"), (4, ": x\n"), (4, "\n")];
    let mut events = client("text/event-stream", pieces).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "x");
    let mut lines = client("application/x-ndjson", [(4, "\n"), (4, "\n"), (4, "1"), (4, "\n")])
        .lines()
        .await
        .unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
}

/// Where pieces come fast, not each wait is timed: the limit is kept, and passed by a 32nd at most.
#[tokio::test(start_paused = true)]
async fn silence_after_fast_pieces_is_seen_in_time() {
    for fast in (1..160).step_by(7).map(Duration::from_millis) {
        let pieces = [(fast, "x"), (fast, "x"), (fast, "x"), (fast, "x"), (seconds(60), "late")];
        let client: SlowClient = paced("text/plain", pieces);
        let mut body = client.body().await.unwrap();
        for _ in 0..4 {
            body.next().await.unwrap().unwrap();
        }
        let asked = Instant::now();
        let error = body.next().await.unwrap().unwrap_err();
        assert_eq!(error.timeout_setting().unwrap().name(), "idle_timeout");
        let (waited, late) = (asked.elapsed(), seconds(5) / 32 + Duration::from_millis(1));
        assert!(waited >= seconds(5) && waited <= seconds(5) + late, "{fast:?}: {waited:?}");
    }
}

/// A reader that gives up again and again does not hide a silent server.
#[tokio::test(start_paused = true)]
async fn giving_up_begins_no_new_wait() {
    let fast = Duration::from_millis(100);
    let client: SlowClient = paced("text/plain", [(fast, "x"), (fast, "y"), (seconds(60), "late")]);
    let mut body = client.body().await.unwrap();
    body.next().await.unwrap().unwrap();
    body.next().await.unwrap().unwrap();
    let asked = Instant::now();
    let error = loop {
        if let Ok(read) = tokio::time::timeout(Duration::from_millis(30), body.next()).await {
            break read.unwrap().unwrap_err();
        }
    };
    assert_eq!(error.timeout_setting().unwrap().name(), "idle_timeout");
    assert!(asked.elapsed() >= seconds(5) && asked.elapsed() < Duration::from_millis(5_200));
}

/// What is given up while it waits goes on where it was.
#[tokio::test(start_paused = true)]
async fn a_dropped_wait_loses_nothing() {
    let mut lines =
        client("application/x-ndjson", [(3, "1\n2"), (3, "3"), (3, "\n")]).lines().await.unwrap();
    let mut got = Vec::new();
    loop {
        match tokio::time::timeout(seconds(1), lines.next()).await {
            Ok(Some(line)) => got.push(line.unwrap()),
            Ok(None) => break,
            Err(_) => {}
        }
    }
    assert_eq!(got, [1, 23]);
}

//! Streams: the total up to the head, then `idle_timeout` between two pieces.

use std::time::Duration;

use feign::Body;
use feign::mock::Reply;
use http_body_util::BodyExt as _;
use tokio::time::Instant;

use super::{answering, late, seconds};
use crate::support::paced;

#[feign::client(service = "streams")]
trait Streams {
    #[get("/")]
    async fn plain(&self) -> Result<Body, feign::Error>;
    #[get("/")]
    #[timeout("2s", idle = "5s")]
    async fn watched(&self) -> Result<Body, feign::Error>;
}

fn client<const N: usize>(pieces: [(Duration, &'static str); N]) -> StreamsClient {
    paced("application/octet-stream", pieces)
}

/// Reads to the end, or to the setting that ended it.
async fn read(body: Body) -> Result<String, (String, &'static str)> {
    let mut body = body;
    let mut text = String::new();
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap(),
            Err(error) => {
                let error = error.downcast::<feign::Error>().expect("a feign::Error");
                assert!(error.is_timeout(), "{error:?}");
                return Err((text, error.timeout_setting().unwrap().name()));
            }
        }
    }
    Ok(text)
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_last_longer_than_the_total() {
    let client = client([(seconds(4), "a"), (seconds(4), "b"), (seconds(4), "c")]);
    assert_eq!(read(client.watched().await.unwrap()).await.unwrap(), "abc");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_too_long_ends_it() {
    let client = client([(seconds(4), "a"), (seconds(6), "b")]);
    let started = Instant::now();
    let ended = read(client.watched().await.unwrap()).await;
    assert_eq!(ended.unwrap_err(), ("a".to_owned(), "idle_timeout"));
    assert_eq!(started.elapsed(), seconds(9));
}

#[tokio::test(start_paused = true)]
async fn the_first_piece_is_waited_for_no_longer() {
    let client = client([(seconds(6), "a")]);
    let ended = read(client.watched().await.unwrap()).await;
    assert_eq!(ended.unwrap_err(), (String::new(), "idle_timeout"));
}

#[tokio::test(start_paused = true)]
async fn thirty_seconds_by_default() {
    let client = client([(seconds(29), "a"), (seconds(29), "b"), (seconds(31), "c")]);
    let started = Instant::now();
    let ended = read(client.plain().await.unwrap()).await;
    assert_eq!(ended.unwrap_err(), ("ab".to_owned(), "idle_timeout"));
    assert_eq!(started.elapsed(), seconds(88));
}

/// The head is waited for as long as for any call.
#[tokio::test(start_paused = true)]
async fn the_total_ends_with_the_head() {
    let client: StreamsClient = late(seconds(3)).client();
    let error = client.watched().await.unwrap_err();
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
}

/// A reader that takes its time is no idle server: what is there is there.
#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_no_silent_server() {
    let client = client([(Duration::ZERO, "a"), (Duration::ZERO, "b"), (seconds(4), "c")]);
    let mut body = client.watched().await.unwrap();
    let mut text = Vec::new();
    for _ in 0..2 {
        tokio::time::sleep(seconds(60)).await;
        text.extend(body.frame().await.unwrap().unwrap().into_data().unwrap());
    }
    // The server had no chance to be silent before it was asked.
    tokio::time::sleep(seconds(60)).await;
    let last = body.frame().await.unwrap().expect("four seconds after it was asked");
    text.extend(last.into_data().unwrap());
    assert_eq!(text, b"abc");
}

#[tokio::test(start_paused = true)]
async fn the_nearest_level_wins() {
    let mock = answering(Reply::status(200).body("never").slow_body(1, seconds(1_000)));
    let hub = mock.hub().idle_timeout(seconds(9)).build().unwrap();
    let client: StreamsClient = hub.client();
    for (body, limit) in [
        (client.plain().await, seconds(9)),
        (client.watched().await, seconds(5)),
        (client.with(|call| call.idle_timeout(seconds(3))).watched().await, seconds(3)),
    ] {
        let started = Instant::now();
        read(body.unwrap()).await.unwrap_err();
        assert_eq!(started.elapsed(), limit);
    }
}

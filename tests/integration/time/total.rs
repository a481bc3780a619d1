//! `timeout`: everything, all attempts and a buffered body.

use std::time::Duration;

use feign::mock::{Mock, Reply};
use tokio::time::Instant;

use super::{Answer, answering, ended, late, seconds, silence};

#[feign::client]
trait Totals {
    #[get("/")]
    async fn plain(&self) -> Answer;
    #[get("/")]
    #[timeout("2s")]
    async fn short(&self) -> Answer;
    #[post("/")]
    #[timeout("1m 30s")]
    async fn long(&self) -> Answer;
}

fn client(mock: &Mock) -> TotalsClient {
    mock.client()
}

#[tokio::test(start_paused = true)]
async fn thirty_seconds_by_default() {
    let started = Instant::now();
    assert_eq!(ended(started, client(&silence()).plain().await), (seconds(30), "timeout"));

    let slow = client(&late(Duration::from_millis(29_999)));
    slow.plain().await.unwrap();
    let slower = client(&late(Duration::from_millis(30_001)));
    assert!(slower.plain().await.unwrap_err().is_timeout());
}

#[tokio::test(start_paused = true)]
async fn as_declared() {
    let started = Instant::now();
    assert_eq!(ended(started, client(&silence()).short().await), (seconds(2), "timeout"));
    let started = Instant::now();
    assert_eq!(ended(started, client(&silence()).long().await), (seconds(90), "timeout"));
}

#[tokio::test(start_paused = true)]
async fn a_buffered_body_is_part_of_it() {
    let slow = Reply::json(200, [1]).slow_body(3, seconds(11));
    let started = Instant::now();
    let error = client(&answering(slow)).plain().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
    assert_eq!(started.elapsed(), seconds(30));
}

/// A call that waits in a list until somebody asks for it loses nothing.
#[tokio::test(start_paused = true)]
async fn it_begins_with_the_first_poll() {
    let client = client(&late(seconds(29)));
    let call = client.plain();
    tokio::time::sleep(seconds(60)).await;
    call.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_error_says_what_fired() {
    let error = client(&silence()).short().await.unwrap_err();
    let text = error.to_string();
    for word in ["Totals.short", "2s", "`timeout`"] {
        assert!(text.contains(word), "{word} is not in: {text}");
    }
    assert_eq!(error.operation().unwrap().name(), "Totals.short");
    assert!(!error.is_retryable(), "there is no time left to retry in");
    assert_eq!(error.status(), None);
}

/// A limit beyond what a clock can count is no limit, and no panic.
#[tokio::test(start_paused = true)]
async fn a_limit_beyond_time() {
    let mock = late(seconds(1_000_000));
    let hub = mock.hub().timeout(Duration::MAX).attempt_timeout(Duration::MAX).build().unwrap();
    let client: TotalsClient = hub.client_at("http://h.example").unwrap();
    client.plain().await.unwrap();
}

#[test]
fn a_limit_of_zero_is_refused() {
    let zero = Duration::ZERO;
    for (name, builder) in [
        ("timeout", feign::Hub::builder().timeout(zero)),
        ("attempt_timeout", feign::Hub::builder().attempt_timeout(zero)),
        ("idle_timeout", feign::Hub::builder().idle_timeout(zero)),
        ("connect_timeout", feign::Hub::builder().connect_timeout(zero)),
        ("timeout", feign::Hub::builder().service("inventory", |s| s.timeout(zero))),
    ] {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("zero"), "{name}: {error}");
    }
}

/// A call that is given up leaves nothing behind.
#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_over() {
    let client = client(&late(seconds(5)));
    let given_up = tokio::time::timeout(seconds(1), client.plain()).await;
    assert!(given_up.is_err());
    client.plain().await.unwrap();
}

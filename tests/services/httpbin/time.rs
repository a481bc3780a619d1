//! Delays and drips against the limits of time.

use std::time::Duration;

use feign::{Body, Error, Setting};
use futures_util::future::join_all;
use tokio::time::Instant;

use super::{Echo, Httpbin};

#[feign::client]
trait Slow {
    #[get("/delay/{seconds}")]
    async fn delay(&self, seconds: f64) -> Result<Echo, Error>;
    #[get("/delay/{seconds}")]
    #[timeout("300ms")]
    async fn impatient(&self, seconds: f64) -> Result<Echo, Error>;
    #[get("/delay/{seconds}")]
    #[timeout(attempt = "300ms")]
    async fn impatient_attempt(&self, seconds: f64) -> Result<Echo, Error>;
    #[get("/delay/{seconds}{?number}")]
    async fn numbered(&self, seconds: f64, number: usize) -> Result<Echo, Error>;
    #[get("/drip{?numbytes,duration,delay}")]
    async fn drip(&self, numbytes: u32, duration: &str, delay: &str) -> Result<Body, Error>;
    #[get("/drip?delay=0s{&numbytes,duration}")]
    async fn buffered(&self, numbytes: u32, duration: &str) -> Result<String, Error>;
}

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(super) async fn a_delay_within_the_limit(httpbin: &Httpbin) {
    let client = SlowClient::at(httpbin.url()).unwrap();
    let started = Instant::now();
    let echo = client.delay(0.5).await.unwrap();
    assert!(started.elapsed() >= millis(500), "{:?}", started.elapsed());
    assert_eq!(echo.method, "GET");
}

/// What fired is named, and it fires when it should: the server would take nine seconds.
pub(super) async fn a_delay_beyond_the_limit(httpbin: &Httpbin) {
    let client = SlowClient::at(httpbin.url()).unwrap();
    let by_call = client.with(|call| call.timeout(millis(300)));
    let started = Instant::now();
    for (setting, answer) in [
        (Setting::Total, client.impatient(9.0).await),
        (Setting::Attempt, client.impatient_attempt(9.0).await),
        (Setting::Total, by_call.delay(9.0).await),
    ] {
        let error = answer.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.timeout_setting(), Some(setting), "{error:?}");
        assert_eq!(error.status(), None);
        assert_eq!(error.attempts(), 1);
    }
    assert!(started.elapsed() >= millis(900), "{:?}", started.elapsed());
    assert!(started.elapsed() < millis(4000), "{:?}", started.elapsed());
    client.delay(0.0).await.unwrap();
}

pub(super) async fn a_drip_and_the_limits(httpbin: &Httpbin) {
    let client = SlowClient::at(httpbin.url()).unwrap();
    let hasty = client.with(|call| call.idle_timeout(millis(300)));
    let patient = client.with(|call| call.idle_timeout(millis(9000)).timeout(millis(2000)));
    tokio::join!(
        a_wait_is_limited(&hasty),
        a_stream_flows_on(&patient),
        all_of_a_buffered_body(&patient),
    );
}

/// Three bytes, four seconds between them.
async fn a_wait_is_limited(client: &SlowClient) {
    let mut drip = client.drip(3, "8s", "0s").await.unwrap();
    assert_eq!(drip.next().await.unwrap().unwrap(), "*");
    let started = Instant::now();
    let error = drip.next().await.unwrap().unwrap_err();
    assert_eq!(error.timeout_setting(), Some(Setting::Idle), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert!(started.elapsed() < millis(3000), "{:?}", started.elapsed());
}

/// It may take as long as it flows; the total limit is for its head.
async fn a_stream_flows_on(client: &SlowClient) {
    let mut drip = client.drip(3, "3s", "0s").await.unwrap();
    let mut read = 0;
    while let Some(piece) = drip.next().await {
        read += piece.unwrap().len();
    }
    assert_eq!(read, 3);
    let error = client.drip(3, "1s", "5s").await.unwrap_err();
    assert_eq!(error.timeout_setting(), Some(Setting::Total), "{error:?}");
}

/// A buffered body is a part of the call.
async fn all_of_a_buffered_body(client: &SlowClient) {
    let error = client.buffered(3, "6s").await.unwrap_err();
    assert_eq!(error.timeout_setting(), Some(Setting::Total), "{error:?}");
    assert_eq!(error.status().unwrap(), 200, "the head was there");
    assert_eq!(client.buffered(3, "200ms").await.unwrap(), "***");
}

pub(super) async fn many_calls_at_once(httpbin: &Httpbin) {
    let client = SlowClient::at(httpbin.url()).unwrap();
    let started = Instant::now();
    let calls = (0..100).map(|number| client.numbered(0.5, number));
    for (number, answer) in join_all(calls).await.into_iter().enumerate() {
        assert_eq!(answer.unwrap().args["number"], [number.to_string()]);
    }
    // One after the other would be 50 s.
    assert!(started.elapsed() < millis(10_000), "{:?}", started.elapsed());
}

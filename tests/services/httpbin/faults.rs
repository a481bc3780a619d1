//! Servers that fail, die and come back.

use feign::{Body, Error, Events};
use serde::Deserialize;

use super::{Echo, Httpbin};
use crate::support::helper;

#[derive(Debug, Deserialize)]
struct Ping {
    id: u64,
}

#[feign::client]
trait Faults {
    #[get("/unstable{?seed,failure_rate}")]
    async fn unstable(&self, seed: u32, failure_rate: f64) -> Result<(), Error>;
    #[get("/drip?delay=0s{&numbytes,duration}")]
    async fn drip(&self, numbytes: u32, duration: &str) -> Result<Body, Error>;
    #[get("/drip?delay=0s{&numbytes,duration}")]
    async fn buffered(&self, numbytes: u32, duration: &str) -> Result<String, Error>;
    #[get("/sse{?count,duration}")]
    async fn pings(&self, count: u32, duration: &str) -> Result<Events<Ping>, Error>;
    #[get("/get")]
    async fn get(&self) -> Result<Echo, Error>;
    #[post("/post")]
    async fn post(&self, #[body] text: &str) -> Result<Echo, Error>;
}

/// The same seed has the same luck.
pub(super) async fn unstable(httpbin: &Httpbin) {
    let client = FaultsClient::at(httpbin.url()).unwrap();
    let (mut good, mut bad) = (0, 0);
    for seed in 1..=60 {
        let answer = client.unstable(seed, 0.5).await;
        assert_eq!(client.unstable(seed, 0.5).await.is_ok(), answer.is_ok(), "{seed}");
        match answer {
            Ok(()) => good += 1,
            Err(error) => {
                assert_eq!(error.status().unwrap(), 500);
                assert!(error.is_status() && !error.is_retryable(), "{error:?}");
                bad += 1;
            }
        }
    }
    assert!(good >= 15 && bad >= 15, "{good} good, {bad} bad");
    for seed in 1..=20 {
        client.unstable(seed, 0.0).await.unwrap();
        client.unstable(seed, 1.0).await.unwrap_err();
    }
}

pub(super) async fn killed_and_started_again(httpbin: &Httpbin) {
    let mut victim = httpbin.another().await.unwrap();
    let client = FaultsClient::at(victim.url()).unwrap();
    // A connection is left idle in the pool, to die there.
    client.get().await.unwrap();
    let mut drip = client.drip(100, "9s").await.unwrap();
    assert!(drip.next().await.unwrap().unwrap().starts_with(b"*"));
    victim.kill();

    let broken = loop {
        match drip.next().await.expect("broken off is not the end") {
            Ok(piece) => assert!(piece.iter().all(|&byte| byte == b'*'), "{piece:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(broken.status().unwrap(), 200);
    assert!(!broken.is_connect() && !broken.is_status(), "{broken:?}");
    for error in [client.get().await.unwrap_err(), client.post("x").await.unwrap_err()] {
        assert!(error.is_connect() && error.is_retryable(), "never sent: {error:?}");
        assert_eq!(error.status(), None);
        assert_eq!(error.endpoint(), Some(&*victim.url()));
    }

    victim.start_again().await.unwrap();
    assert_eq!(client.post("again").await.unwrap().data, "again");
    assert_eq!(client.get().await.unwrap().method, "GET");
}

/// After the three seconds that are the default where a server names none.
pub(super) async fn events_go_on_after_a_kill(httpbin: &Httpbin) {
    let mut victim = httpbin.another().await.unwrap();
    let client = FaultsClient::at(victim.url()).unwrap();
    let mut pings = client.pings(50, "5s").await.unwrap().reconnecting().unwrap();
    let mut once = client.pings(50, "5s").await.unwrap();
    for id in 0..2 {
        assert_eq!(pings.next().await.unwrap().unwrap().data.id, id);
    }
    victim.kill();
    victim.start_again().await.unwrap();
    // What had come by then, and then the stream from its beginning: the server has no memory.
    let mut ids = Vec::new();
    while ids.len() < 2 || !ids.ends_with(&[0, 1]) {
        ids.push(pings.next().await.unwrap().unwrap().data.id);
    }
    let broken = loop {
        match once.next().await {
            Some(Ok(_)) => {}
            Some(Err(error)) => break error,
            None => panic!("without `reconnecting` it breaks off, and that is no end"),
        }
    };
    assert_eq!(broken.status().unwrap(), 200, "{broken:?}");
    assert!(once.next().await.is_none());
}

/// The service between dies; the one behind lives on.
pub(super) async fn a_relay_killed_in_the_middle(httpbin: &Httpbin) {
    let (mut relay, url) = helper("relay", &[&httpbin.url()]).await.unwrap();
    let client = FaultsClient::at(url).unwrap();
    assert_eq!(client.get().await.unwrap().method, "GET");

    let mut drip = client.drip(100, "9s").await.unwrap();
    assert!(drip.next().await.unwrap().unwrap().starts_with(b"*"));
    let (broken, ()) = tokio::join!(client.buffered(100, "9s"), async {
        // The call beside it is on its way by now.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        relay.kill();
    });
    let broken = broken.unwrap_err();
    assert!(!broken.is_timeout() && !broken.is_decode() && !broken.is_status(), "{broken:?}");
    assert!(broken.is_retryable(), "a GET that broke off: {broken:?}");
    while let Some(piece) = drip.next().await {
        if let Err(error) = piece {
            assert_eq!(error.status().unwrap(), 200, "{error:?}");
            break;
        }
    }
    let error = client.get().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error:?}");
    assert!(FaultsClient::at(httpbin.url()).unwrap().get().await.is_ok());
}

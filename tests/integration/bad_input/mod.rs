//! What bad input gets, from both sides: a clear error with everything that came, never a panic,
//! bounded in memory and in time.

mod body;
mod chunks;
mod compressed;
mod head;
mod json;
mod keep_alive;
mod length;
mod request;
mod status;
mod tls;
mod values;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use feign::{Body, Bytes, Error, Hub, Request, Response, layer};
use serde_json::Value;
use tokio::sync::Notify;

use crate::support::{HeldClock, Peer};

#[feign::client]
trait Kinds {
    #[get("/")]
    async fn unit(&self) -> Result<(), Error>;
    #[get("/")]
    async fn text(&self) -> Result<String, Error>;
    #[get("/")]
    async fn bytes(&self) -> Result<Bytes, Error>;
    #[get("/")]
    async fn json(&self) -> Result<Value, Error>;
    #[get("/")]
    async fn maybe(&self) -> Result<Option<Value>, Error>;
    #[get("/")]
    async fn whole(&self) -> Result<Response<String>, Error>;
    #[get("/")]
    async fn stream(&self) -> Result<Body, Error>;
    #[head("/")]
    async fn head(&self) -> Result<Response<()>, Error>;
    #[post("/")]
    async fn write(&self, #[body] text: &str) -> Result<String, Error>;
}

fn client(peer: &Peer) -> KindsClient {
    KindsClient::at(peer.url()).unwrap()
}

/// A client whose buffered bodies may have that many bytes.
fn limited(peer: &Peer, body_limit: usize) -> KindsClient {
    Hub::builder().body_limit(body_limit).build().unwrap().client_at(peer.url()).unwrap()
}

/// The error of every result that wants the whole body.
async fn of_every_kind(client: &KindsClient) -> [Error; 6] {
    [
        client.unit().await.unwrap_err(),
        client.text().await.unwrap_err(),
        client.bytes().await.unwrap_err(),
        client.json().await.unwrap_err(),
        client.maybe().await.unwrap_err(),
        client.whole().await.unwrap_err(),
    ]
}

/// The error of a stream, and what came before it.
async fn broken_stream(client: &KindsClient) -> (Vec<u8>, Error) {
    use http_body_util::BodyExt as _;

    let mut body = client.stream().await.unwrap();
    let mut bytes = Vec::new();
    loop {
        match body.frame().await.expect("the stream ends as if it were whole") {
            Ok(frame) => bytes.extend(frame.into_data().unwrap()),
            Err(error) => return (bytes, *error.downcast().expect("a feign::Error")),
        }
    }
}

/// An exchange that broke off: no other kind of failure, and it says where and in which operation.
#[track_caller]
fn assert_broken(error: &Error, peer: &Peer) {
    assert_is_only("", error);
    assert_eq!(error.endpoint(), Some(&*peer.url()), "{error:?}");
    assert_eq!(error.attempts(), 1, "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Kinds.") && text.contains(&peer.url()), "{text}");
    assert!(error.source().is_some(), "without a cause: {error:?}");
}

/// Which predicates hold, by their names in this order.
#[track_caller]
fn assert_is_only(wanted: &str, error: &Error) {
    let all = [
        ("connect", error.is_connect()),
        ("timeout", error.is_timeout()),
        ("status", error.is_status()),
        ("decode", error.is_decode()),
        ("request", error.is_request()),
        ("no_endpoint", error.is_no_endpoint()),
        ("too_large", error.is_too_large()),
    ];
    let found: Vec<_> = all.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
    assert_eq!(found.join(" "), wanted, "{error:?}");
}

/// Moves the clock second by second to behind the deadline of a call; the peer sends something in each.
async fn every_second(clock: &HeldClock, peer: &Peer) {
    for _ in 0..29 {
        let before = peer.sent();
        clock.advance(Duration::from_secs(1)).await;
        peer.until(|peer| peer.sent() > before).await;
    }
    clock.advance(Duration::from_secs(1)).await;
}

/// The error and its causes, one line.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

/// The error tells its cause in a word of it.
#[track_caller]
fn assert_says(error: &Error, word: &str) {
    let chain = chain(error);
    assert!(chain.to_lowercase().contains(word), "`{word}` is not in: {chain}");
}

/// A client that tells each time when the head of an answer has reached it, and with it what was sent
/// in the same write.
fn telling(peer: &Peer, arrived: &Arc<Notify>) -> KindsClient {
    let arrived = Arc::clone(arrived);
    let tell = layer::from_fn(move |request: Request<Body>, next: layer::Next| {
        let arrived = Arc::clone(&arrived);
        async move {
            let answer = next.run(request).await?;
            arrived.notify_one();
            Ok(answer)
        }
    });
    Hub::builder().per_attempt(tell).build().unwrap().client_at(peer.url()).unwrap()
}

//! Requests that are too large, or that say of themselves what is not so.

use std::time::Duration;

use feign::{Error, Hub};

use super::{assert_is_only, assert_says};
use crate::support::{Server, Wrong};

#[feign::client]
trait Large {
    #[get("/items{?q}")]
    async fn query(&self, q: &str) -> Result<(), Error>;
    #[get("/items/{sku}")]
    async fn path(&self, sku: &str) -> Result<(), Error>;
    #[get("/items")]
    async fn list(&self, #[query] ids: &[u32]) -> Result<(), Error>;
    #[get("/items")]
    async fn header(&self, #[header("x-large")] value: &str) -> Result<(), Error>;
    #[get]
    async fn follow(&self, #[url] next: &str) -> Result<(), Error>;
    #[post("/items")]
    async fn framed(
        &self,
        #[headers] framing: &[(&str, &str)],
        #[body] text: &str,
    ) -> Result<(), Error>;
}

/// What an `http::Uri` can hold, with or without its origin.
const LONGEST: usize = 65_534;

#[tokio::test]
async fn a_query_of_70_kb() {
    let server = Server::silent_ok().await;
    let client = LargeClient::at(server.url()).unwrap();
    let large = "x".repeat(70_000);
    let ids: Vec<u32> = (100_000..120_000).collect();
    for error in [
        client.query(&large).await.unwrap_err(),
        client.path(&large).await.unwrap_err(),
        client.list(&ids).await.unwrap_err(),
        client.follow(&format!("/items?q={large}")).await.unwrap_err(),
        // Three bytes each, once they are escaped.
        client.query(&"é".repeat(20_000)).await.unwrap_err(),
    ] {
        assert_too_long(&error);
    }
    assert_says(&client.query(&large).await.unwrap_err(), "70009 bytes");
    server.assert_untouched();
}

/// Up to the last byte that fits it is sent whole; from there on it is refused. The base path
/// counts too, and is joined last.
#[tokio::test]
async fn a_query_that_just_fits() {
    let server = Server::silent_ok().await;
    for base in ["", "/base/path"] {
        let client = LargeClient::at(format!("{}{base}", server.url())).unwrap();
        let before = base.len() + "/items?q=".len();
        let mut sent = 0;
        for length in LONGEST - 100..=LONGEST + 2 {
            match client.query(&"x".repeat(length - before)).await {
                Ok(()) => assert_eq!(server.take().target().len(), length),
                Err(error) => {
                    assert_too_long(&error);
                    continue;
                }
            }
            sent += 1;
        }
        assert!(sent > 10, "only {sent} lengths were sent");
        server.assert_untouched();
    }
}

#[track_caller]
fn assert_too_long(error: &Error) {
    assert_is_only("request", error);
    assert!(!error.is_retryable() && error.attempts() == 0, "it was never tried: {error:?}");
    assert!(error.to_string().len() < 1000, "{} bytes", error.to_string().len());
    assert_says(error, "too long");
}

/// How large a header may be is for the server to say: it goes out whole.
#[tokio::test]
async fn a_header_of_a_mebibyte() {
    let server = Server::silent_ok().await;
    let client = LargeClient::at(server.url()).unwrap();
    let large = "x".repeat(1 << 20);
    client.header(&large).await.unwrap();
    assert_eq!(server.take().header("x-large"), Some(large.clone()));
    let view = client.with(|call| call.header("x-call", &large));
    view.path("a").await.unwrap();
    assert_eq!(server.take().header("x-call"), Some(large.clone()));
    let hub = Hub::builder().header("x-hub", &large).build().unwrap();
    let client: LargeClient = hub.client_at(server.url()).unwrap();
    client.path("a").await.unwrap();
    assert_eq!(server.take().header("x-hub"), Some(large));
}

/// How bytes are framed is the transport's own: a body is never cut to the length that somebody says
/// it has, nor waited for. As a header of its own the macro refuses it; here is what is left.
#[tokio::test]
async fn a_framing_of_the_users_own() {
    let mut wrong = Wrong::default();
    let server = Server::silent_ok().await;
    let client = LargeClient::at(server.url()).unwrap();
    let client = client.with(|call| call.timeout(Duration::from_secs(1)));
    for (name, value) in [
        ("content-length", "0"),
        ("content-length", "3"),
        ("content-length", "5"),
        ("content-length", "18446744073709551615"),
        ("content-length", "x"),
        ("transfer-encoding", "identity"),
        ("transfer-encoding", "gzip"),
        ("transfer-encoding", "chunked, identity"),
    ] {
        let row = (name, value);
        let given = client.framed(&[(name, value)], "text").await;
        let refused = given.as_ref().is_err_and(Error::is_request);
        wrong.unless(refused, row, &given);
        let call = client.with(|call| call.header(name, value)).framed(&[], "text").await;
        wrong.unless(call.as_ref().is_err_and(|error| says(error, name)), ("call", row), &call);
        let hub = Hub::builder().header(name, value).build();
        wrong.unless(hub.as_ref().is_err_and(|error| says(error, name)), ("hub", row), &hub);
    }
    wrong.finish();
    server.assert_untouched();
}

fn says(error: &Error, name: &str) -> bool {
    error.to_string().contains(name)
}

//! What happens around every call: `cargo run --example layers`.
//!
//! A layer of ours is an `async fn`; any layer of tower or tower-http fits as well.

use std::time::Duration;

use feign::layer::{self, Next};
use feign::{Body, HeaderValue, Hub, Operation, Request, Response};
use tokio::time::Instant;
use tower::timeout::TimeoutLayer;
use tower_http::set_header::SetRequestHeaderLayer;

#[feign::client(service = "echo")]
trait Echo {
    #[get("/echo/{word}")]
    #[tags(kind = "demo")]
    async fn echo(&self, word: &str) -> Result<String, feign::Error>;
}

/// Once per call: how long did it take, under which name of low cardinality?
async fn measure(request: Request<Body>, next: Next) -> Result<Response<Body>, feign::Error> {
    let operation = Operation::of(&request);
    let begun = Instant::now();
    let outcome = next.run(request).await;
    let status = outcome.as_ref().map(|response| response.status().as_u16());
    println!("{operation:?}: {status:?} in {:?}", begun.elapsed());
    outcome
}

/// Once per attempt: a token that may have changed since the last one.
async fn sign(mut request: Request<Body>, next: Next) -> Result<Response<Body>, feign::Error> {
    let token =
        HeaderValue::try_from(format!("Bearer {}", fresh_token())).map_err(feign::Error::other)?;
    request.headers_mut().insert("authorization", token);
    next.run(request).await
}

fn fresh_token() -> &'static str {
    "t0k3n"
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hub = Hub::builder()
        .service("echo", |s| s.url(start_echo()))
        .per_call(layer::from_fn(measure))
        .per_call(TimeoutLayer::new(Duration::from_secs(1)))
        .per_attempt(SetRequestHeaderLayer::if_not_present(
            feign::HeaderName::from_static("x-region"),
            HeaderValue::from_static("eu"),
        ))
        .per_attempt(layer::from_fn(sign))
        .build()?;
    let echo: EchoClient = hub.client();
    println!("{}", echo.echo("hello").await?);
    Ok(())
}

/// A service that answers with the headers that it got.
fn start_echo() -> String {
    let answer = async |headers: feign::HeaderMap| {
        format!(
            "x-region: {:?}, authorization: {:?}",
            headers["x-region"], headers["authorization"]
        )
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket of ours");
    let url = format!("http://{}", listener.local_addr().expect("a socket of ours"));
    let router = axum::Router::new().route("/echo/{word}", axum::routing::get(answer));
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    });
    url
}

//! The same limits over real sockets, on a clock that stands until it is moved.

use std::time::Duration;

use feign::{Body, Hub};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use http_body_util::BodyExt as _;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::seconds;
use crate::support::{HeldClock, Reply, Server};

#[feign::client]
trait Slow {
    #[get("/")]
    #[timeout("2s")]
    async fn total(&self) -> Result<(), feign::Error>;
    #[get("/")]
    #[timeout("5s", attempt = "600ms")]
    async fn attempt(&self) -> Result<(), feign::Error>;
    #[get("/")]
    #[timeout(idle = "5s")]
    async fn stream(&self) -> Result<Body, feign::Error>;
    #[get("/")]
    async fn plain(&self) -> Result<(), feign::Error>;
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let clock = HeldClock::hold();
    let server = Server::always(Reply::silence()).await;
    let client = SlowClient::at(server.url()).unwrap();

    let calling = client.clone();
    let call = tokio::spawn(async move { calling.total().await });
    server.until(1).await;
    clock.advance(seconds(2)).await;
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
    assert_eq!(error.status(), None);

    let call = tokio::spawn(async move { client.attempt().await });
    server.until(2).await;
    clock.advance(Duration::from_millis(600)).await;
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.timeout_setting().unwrap().name(), "attempt_timeout");
    assert_eq!(error.endpoint(), Some(server.url().as_str()));
    assert_eq!(error.attempts(), 1);
}

/// The head is there, the rest never comes: the total watches a buffered body too.
#[tokio::test]
async fn a_server_that_stops_in_the_middle() {
    let clock = HeldClock::hold();
    let server = Server::always(Reply::status(200).unfinished(["half"])).await;
    let client = SlowClient::at(server.url()).unwrap();
    let call = tokio::spawn(async move { client.total().await });
    server.until(1).await;
    clock.advance(seconds(2)).await;
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.timeout_setting().unwrap().name(), "timeout");
}

#[tokio::test]
async fn a_stream_that_falls_silent() {
    let clock = HeldClock::hold();
    let server = Server::always(Reply::status(200).unfinished(["first"])).await;
    let client = SlowClient::at(server.url()).unwrap();
    let mut body = client.stream().await.unwrap();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first, "first");
    let mut next = Box::pin(body.frame());
    assert!((&mut next).now_or_never().is_none());
    clock.advance(seconds(5)).await;
    let error = next.await.unwrap().unwrap_err();
    let error = error.downcast_ref::<feign::Error>().expect("a feign::Error");
    assert_eq!(error.timeout_setting().unwrap().name(), "idle_timeout");
}

/// A connection that a timeout gave up is not used again: its late answer reaches nobody.
#[tokio::test]
async fn a_late_answer_reaches_nobody() {
    let clock = HeldClock::hold();
    let server = Server::script([Reply::silence(), Reply::status(200)]).await;
    let client = SlowClient::at(server.url()).unwrap();
    let calling = client.clone();
    let call = tokio::spawn(async move { calling.total().await });
    server.until(1).await;
    clock.advance(seconds(2)).await;
    call.await.unwrap().unwrap_err();
    client.plain().await.unwrap();
    assert_eq!(server.connections(), 2);
}

/// Nobody takes connections from a listener whose queue is full; the kernel answers no more.
async fn deaf() -> (Deaf, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let mut connecting = TcpStream::connect(address).boxed_local();
        let _ = (&mut connecting).now_or_never();
        waiting.push(connecting);
    }
    (Deaf { _listener: listener, _waiting: waiting }, format!("http://{address}"))
}

struct Deaf {
    _listener: TcpListener,
    _waiting: Vec<LocalBoxFuture<'static, std::io::Result<TcpStream>>>,
}

/// No held clock here: nothing ever happens on that socket, so the clock may run on by itself.
#[tokio::test(start_paused = true)]
async fn a_host_that_takes_no_connection() {
    let (_guard, url) = deaf().await;
    let settings = serde_json::from_str(r#"{"connect_timeout": "5s"}"#).unwrap();
    for (hub, limit) in [
        (Hub::builder(), seconds(2)),
        (Hub::builder().connect_timeout(seconds(7)), seconds(7)),
        (Hub::builder().connect_timeout(seconds(7)).settings(settings), seconds(5)),
    ] {
        let client: SlowClient = hub.build().unwrap().client_at(&url).unwrap();
        let started = tokio::time::Instant::now();
        let error = client.plain().await.unwrap_err();
        assert!(error.is_timeout() && error.is_connect(), "{error:?}");
        assert_eq!(error.timeout_setting().unwrap().name(), "connect_timeout");
        assert!(error.to_string().contains("`connect_timeout`"), "{error}");
        assert!(error.is_retryable(), "nothing was sent");
        let took = started.elapsed();
        assert!(took >= limit && took < limit + Duration::from_millis(100), "{took:?}");
    }
}

#[tokio::test]
async fn a_port_that_nobody_listens_on() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = SlowClient::at(format!("http://{address}")).unwrap();
    let error = client.plain().await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(error.is_retryable());
    assert_eq!(error.endpoint(), Some(&*format!("http://{address}")));
    assert_eq!(error.attempts(), 1);
    assert!(std::error::Error::source(&error).is_some());
}

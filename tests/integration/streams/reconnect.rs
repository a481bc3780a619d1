//! `Events::reconnecting`: when the call is made again, with what, and when not.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use feign::{Body, BoxError, Events, Hub};
use futures_util::stream;
use http::Response;
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use tokio::time::Instant;

use super::drain;
use crate::support::{Reply, Scripted, Server, Wrong};

#[feign::client]
trait Feeds {
    #[get("/feed")]
    #[timeout("10s", idle = "20s")]
    async fn feed(&self) -> Result<Events, feign::Error>;
    #[get("/feed{?topic}")]
    async fn after(
        &self,
        topic: &str,
        #[header("last-event-id")] id: Option<&str>,
    ) -> Result<Events, feign::Error>;
    #[post("/feed")]
    async fn posted(&self, #[body] question: &str) -> Result<Events, feign::Error>;
    #[post("/feed")]
    #[idempotent(key = "idempotency-key")]
    async fn asked(&self, #[body] question: &str) -> Result<Events, feign::Error>;
    #[put("/feed")]
    async fn streamed(&self, #[body] question: Body) -> Result<Events, feign::Error>;
}

/// One answer of a script.
enum Then {
    /// A stream of events that ends.
    Ends(&'static str),
    /// One that breaks off.
    Breaks(&'static str),
    /// One that falls silent.
    Stays(&'static str),
    /// Another answer: a status and a header.
    Status(u16, &'static str, &'static str),
    Refused,
    Silence,
}

async fn answer(
    then: Then,
) -> Result<Response<http_body_util::combinators::UnsyncBoxBody<Bytes, BoxError>>, BoxError> {
    let frame = |text: &'static str| Ok(Frame::data(Bytes::from_static(text.as_bytes())));
    let stream =
        |frames: Vec<Result<_, BoxError>>| StreamBody::new(stream::iter(frames)).boxed_unsync();
    let events = Response::builder().header("content-type", "text/event-stream");
    Ok(match then {
        Then::Ends(text) => events.body(stream(vec![frame(text)])),
        Then::Breaks(text) => events.body(stream(vec![frame(text), Err("reset".into())])),
        Then::Stays(text) => {
            let begun =
                futures_util::StreamExt::chain(stream::iter([frame(text)]), stream::pending());
            events.body(StreamBody::new(begun).boxed_unsync())
        }
        Then::Status(status, name, value) => {
            Response::builder().status(status).header(name, value).body(stream(vec![frame("why")]))
        }
        Then::Refused => return Err(feign::Error::connect().into()),
        Then::Silence => std::future::pending().await,
    }?)
}

/// A client whose calls are answered in turn.
fn scripted<const N: usize>(script: [Then; N]) -> (FeedsClient, Scripted) {
    let script = Mutex::new(script.into_iter());
    let transport =
        Scripted::run(move || answer(script.lock().unwrap().next().expect("one call too many")));
    let hub = Hub::builder().transport(transport.clone()).build().unwrap();
    (hub.client_at("http://h.example").unwrap(), transport)
}

fn ids(transport: &Scripted) -> Vec<Option<String>> {
    let id = |head: &http::request::Parts| {
        let id = head.headers.get("last-event-id")?;
        Some(String::from_utf8(id.as_bytes().to_vec()).unwrap())
    };
    transport.heads().iter().map(id).collect()
}

const NO_MORE: Then = Then::Status(204, "x-a", "b");

/// What was read, how long it took, and the ids that were sent.
async fn run<const N: usize>(script: [Then; N]) -> (String, u64, Vec<Option<String>>) {
    let (client, transport) = scripted(script);
    let started = Instant::now();
    let mut read = Vec::new();
    for event in drain!(client.feed().await.unwrap().reconnecting().unwrap()) {
        read.push(match event {
            Ok(event) => event.data,
            Err(error) => error,
        });
    }
    (read.join(" | "), started.elapsed().as_secs(), ids(&transport))
}

macro_rules! ids {
    ($($id:expr),*) => { vec![$(<Option<&str>>::from($id).map(str::to_owned)),*] };
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_where_it_was() {
    let got = run([
        Then::Ends("id: 1\ndata: a\n\nid: 2\ndata: lost"),
        Then::Breaks("data: b\n\nid: é\ndata: c\n\ndata: lost"),
        Then::Stays("data: d\n\n"),
        NO_MORE,
    ])
    .await;
    // 3 s after the end and after the break, 20 s idle and 3 s more.
    assert_eq!(got, ("a | b | c | d".to_owned(), 3 + 3 + 20 + 3, ids![None, "1", "é", "é"]));
}

/// Each stream begins anew: with a mark, and without what the one before broke off in. The id stays.
#[tokio::test(start_paused = true)]
async fn half_an_event_is_no_part_of_the_next() {
    let (client, _) = scripted([
        Then::Ends("id: 1\ndata: a\n\nevent: lost\nid: 2\ndata: lost\n"),
        Then::Ends("\u{FEFF}data: b\n\n"),
        NO_MORE,
    ]);
    let mut read = Vec::new();
    for event in drain!(client.feed().await.unwrap().reconnecting().unwrap()) {
        let event = event.unwrap();
        read.push(format!("{} {} {}", event.id, event.event, event.data));
    }
    assert_eq!(read, ["1 message a", "1 message b"]);
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_forgotten_is_not_sent() {
    let got = run([Then::Ends("id: 1\ndata: a\n\n"), Then::Ends("id\ndata: b\n\n"), NO_MORE]).await;
    assert_eq!(got, ("a | b".to_owned(), 6, ids![None, "1", None]));
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait() {
    let got = run([
        Then::Ends("retry: 7000\n\n"),
        Then::Ends("data: a\n\n"),
        Then::Ends("retry: 60000\n\n"),
        NO_MORE,
    ])
    .await;
    assert_eq!(got, ("a".to_owned(), 7 + 7 + 60, ids![None, None, None, None]));
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_tried_again() {
    let got = run([
        Then::Ends("id: 1\n\n"),                // 3 s
        Then::Refused,                          // 6 s
        Then::Status(503, "x-a", "b"),          // 12 s
        Then::Status(429, "retry-after", "50"), // 50 s
        Then::Status(502, "retry-after", "1"),  // 30 s
        Then::Silence,                          // 10 s of `timeout`, 30 s
        Then::Ends("data: a\n\n"),              // 3 s: what has succeeded is forgotten
        NO_MORE,
    ])
    .await;
    assert_eq!((got.0.as_str(), got.1), ("a", 3 + 6 + 12 + 50 + 30 + 10 + 30 + 3));
    assert_eq!(got.2, ids![None, "1", "1", "1", "1", "1", "1", "1"]);
}

/// A server that asks for no wait gets none, until it fails.
#[tokio::test(start_paused = true)]
async fn no_wait_is_no_flood() {
    let (client, transport) =
        scripted([Then::Ends("retry: 0\n\n"), Then::Refused, Then::Refused, NO_MORE]);
    let started = Instant::now();
    drain!(client.feed().await.unwrap().reconnecting().unwrap());
    assert_eq!((started.elapsed().as_millis(), transport.count()), (200 + 400, 4));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_the_last_item() {
    let mut wrong = Wrong::default();
    for (then, says) in [
        (Then::Status(401, "x-a", "b"), "answered 401 Unauthorized with 3 bytes"),
        (Then::Status(500, "x-a", "b"), "answered 500 Internal Server Error with 3 bytes"),
        (Then::Status(404, "x-a", "b"), "answered 404 Not Found with 3 bytes"),
        (
            Then::Status(200, "content-type", "text/html"),
            "cannot read the answer (text/html, 200 OK)",
        ),
    ] {
        let got = run([Then::Ends("data: a\n\n"), then]).await;
        let wanted = format!("a | Feeds.feed (GET /feed): {says} [http://h.example]");
        wrong.unless_same(says, &got.0, &wanted);
    }
    wrong.finish();
}

/// The first call is a call like any other: its error is the call's.
#[tokio::test(start_paused = true)]
async fn the_first_call_is_made_once() {
    let (client, transport) = scripted([Then::Refused]);
    assert!(client.feed().await.unwrap_err().is_connect());
    assert_eq!(transport.count(), 1);
}

/// Without the option an end is the end, and a break is an error.
#[tokio::test(start_paused = true)]
async fn nobody_reconnects_unasked() {
    let (client, transport) = scripted([Then::Ends("data: a\n\n"), Then::Breaks("data: a\n\n")]);
    assert_eq!(drain!(client.feed().await.unwrap()).len(), 1);
    assert!(drain!(client.feed().await.unwrap())[1].is_err());
    assert_eq!(transport.count(), 2);
}

/// A wrong event is told, and the stream goes on; an event too large would come again for ever.
#[tokio::test(start_paused = true)]
async fn what_comes_again_is_not_asked_for_again() {
    let (client, _) = scripted([Then::Ends("data: 0123456789\n\n")]);
    let client = client.with(|call| call.body_limit(10));
    let got = drain!(client.feed().await.unwrap().reconnecting().unwrap());
    assert!(got.len() == 1 && got[0].is_err(), "{got:?}");
}

#[tokio::test(start_paused = true)]
async fn a_known_id_is_where_it_begins() {
    let (client, transport) = scripted([Then::Ends(""), Then::Ends("id: 8\n\n"), NO_MORE]);
    let feed = client.after("a b", Some("7")).await.unwrap().reconnecting().unwrap();
    drain!(feed);
    assert_eq!(ids(&transport), ids!["7", "7", "8"]);
    for head in transport.heads() {
        assert_eq!(head.uri.to_string(), "http://h.example/feed?topic=a%20b");
        assert_eq!(head.headers["accept"], "text/event-stream");
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_no_header_is_an_error() {
    let got = run([Then::Ends("id: a\u{1}b\ndata: a\n\n")]).await;
    assert!(got.0.contains("the id of the last event cannot be sent as a header"), "{}", got.0);
}

#[tokio::test]
async fn what_may_not_be_repeated_is_refused() {
    let (client, _) = scripted([Then::Ends(""), Then::Ends(""), Then::Ends("")]);
    let error = client.posted("x").await.unwrap().reconnecting().unwrap_err();
    let says =
        "Feeds.posted (POST /feed): this call cannot reconnect: it may do harm to make it twice";
    assert!(error.to_string().starts_with(says), "{error}");

    let body = Body::from_stream(stream::iter(["x"].map(Ok::<_, BoxError>)));
    let error = client.streamed(body).await.unwrap().reconnecting().unwrap_err();
    assert!(
        error.to_string().contains("cannot reconnect: its body can be sent only once"),
        "{error}"
    );
}

/// Over sockets: the same body, headers and key, and layers see a call of its own.
#[tokio::test]
async fn the_whole_call_is_made_again() {
    let events =
        |text: &str| Reply::status(200).header("content-type", "text/event-stream").body(text);
    let server = Server::script([
        events("retry: 1\nid: 1\ndata: a\n\n"),
        Reply::close(),
        Reply::status(503),
        events("data: b\n\n"),
        Reply::status(204),
    ])
    .await;
    let client = FeedsClient::at(server.url()).unwrap();
    let feed = client.asked("why?").await.unwrap().reconnecting().unwrap();
    let read: Vec<_> = drain!(feed).into_iter().map(|event| event.unwrap().data).collect();
    assert_eq!(read, ["a", "b"]);
    let requests = server.received();
    assert_eq!(requests.len(), 5);
    for request in &requests {
        assert_eq!((request.line.as_str(), request.text()), ("POST /feed", "why?"));
        assert_eq!(request.header("idempotency-key"), requests[0].header("idempotency-key"));
    }
    let ids: Vec<_> = requests.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, ids![None, "1", "1", "1", "1"]);
}

/// A stream that is dropped while it waits makes no call.
#[tokio::test(start_paused = true)]
async fn a_dropped_stream_stays_quiet() {
    let (client, transport) = scripted([Then::Ends("")]);
    let mut feed = client.feed().await.unwrap().reconnecting().unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(1), feed.next()).await.is_err());
    drop(feed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(transport.count(), 1);
}

//! `Events::reconnecting`: when the call is made again, with what, and when not.

use std::time::Duration;

use feign::mock::{Mock, Received, Reply};
use feign::{Body, BoxError, Events, Hub, Operation, Response};
use futures_util::{StreamExt as _, stream};
use http_body_util::BodyExt as _;
use tokio::time::Instant;
use tower::ServiceBuilder;

use super::drain;
use crate::support::{Server, Wrong};

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

/// A stream of events that ends.
fn ends(text: &'static str) -> Reply {
    Reply::status(200).header("content-type", "text/event-stream").body(text)
}

/// One that breaks off behind that text.
fn breaks(text: &'static str) -> Reply {
    ends("").body(text.repeat(2)).reset_mid_body()
}

/// One that falls silent behind that text, by [`stalled`].
fn stays(text: &'static str) -> Reply {
    ends(text).header(STAYS, "1")
}

const STAYS: &str = "x-stays";

/// Another answer, with a header and a body.
fn status(status: u16, name: &str, value: &str) -> Reply {
    Reply::status(status).header(name, value).body("why")
}

fn no_more() -> Reply {
    status(204, "x-a", "b")
}

/// A body of the mock is whole at some time: here one that is to stay gets a rest that never comes.
fn stalled(answer: Response<Body>) -> Response<Body> {
    let (mut head, body) = answer.into_parts();
    if head.headers.remove(STAYS).is_none() {
        return Response::from_parts(head, body);
    }
    head.headers.remove("content-length");
    let body = body.into_data_stream().chain(stream::pending());
    Response::from_parts(head, Body::from_stream(body))
}

/// A client whose calls are answered in turn; another number of calls fails the test.
fn scripted<const N: usize>(
    operation: &'static Operation,
    script: [Reply; N],
) -> (FeedsClient, Mock) {
    let mock = Mock::new();
    for reply in script {
        mock.on(operation).times(1).reply(reply);
    }
    let transport = ServiceBuilder::new().map_response(stalled).service(mock.transport());
    let hub = Hub::builder().transport(transport).build().unwrap();
    (hub.client_at("http://h.example").unwrap(), mock)
}

fn ids(mock: &Mock) -> Vec<Option<String>> {
    let id = |request: &Received| {
        let id = request.headers().get("last-event-id")?;
        Some(String::from_utf8(id.as_bytes().to_vec()).unwrap())
    };
    mock.requests().iter().map(id).collect()
}

/// What was read, how long it took, and the ids that were sent.
async fn run<const N: usize>(script: [Reply; N]) -> (String, u64, Vec<Option<String>>) {
    let (client, mock) = scripted(FeedsClient::FEED, script);
    let started = Instant::now();
    let mut read = Vec::new();
    for event in drain!(client.feed().await.unwrap().reconnecting().unwrap()) {
        read.push(match event {
            Ok(event) => event.data,
            Err(error) => error,
        });
    }
    (read.join(" | "), started.elapsed().as_secs(), ids(&mock))
}

macro_rules! ids {
    ($($id:expr),*) => { vec![$(<Option<&str>>::from($id).map(str::to_owned)),*] };
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_where_it_was() {
    let got = run([
        ends("id: 1\ndata: a\n\nid: 2\ndata: lost"),
        breaks("data: b\n\nid: é\ndata: c\n\ndata: lost"),
        stays("data: d\n\n"),
        no_more(),
    ])
    .await;
    // 3 s after the end and after the break, 20 s idle and 3 s more.
    assert_eq!(got, ("a | b | c | d".to_owned(), 3 + 3 + 20 + 3, ids![None, "1", "é", "é"]));
}

/// Each stream begins anew: with a mark, and without what the one before broke off in. The id stays.
#[tokio::test(start_paused = true)]
async fn half_an_event_is_no_part_of_the_next() {
    let script = [
        ends("id: 1\ndata: a\n\nevent: lost\nid: 2\ndata: lost\n"),
        ends("\u{FEFF}data: b\n\n"),
        no_more(),
    ];
    let (client, _mock) = scripted(FeedsClient::FEED, script);
    let mut read = Vec::new();
    for event in drain!(client.feed().await.unwrap().reconnecting().unwrap()) {
        let event = event.unwrap();
        read.push(format!("{} {} {}", event.id, event.event, event.data));
    }
    assert_eq!(read, ["1 message a", "1 message b"]);
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_forgotten_is_not_sent() {
    let got = run([ends("id: 1\ndata: a\n\n"), ends("id\ndata: b\n\n"), no_more()]).await;
    assert_eq!(got, ("a | b".to_owned(), 6, ids![None, "1", None]));
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait() {
    let got =
        run([ends("retry: 7000\n\n"), ends("data: a\n\n"), ends("retry: 60000\n\n"), no_more()])
            .await;
    assert_eq!(got, ("a".to_owned(), 7 + 7 + 60, ids![None, None, None, None]));
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_tried_again() {
    let got = run([
        ends("id: 1\n\n"),                // 3 s
        Reply::refuse(),                  // 6 s
        status(503, "x-a", "b"),          // 12 s
        status(429, "retry-after", "50"), // 50 s
        status(502, "retry-after", "1"),  // 30 s
        Reply::hang(),                    // 10 s of `timeout`, 30 s
        ends("data: a\n\n"),              // 3 s: what has succeeded is forgotten
        no_more(),
    ])
    .await;
    assert_eq!((got.0.as_str(), got.1), ("a", 3 + 6 + 12 + 50 + 30 + 10 + 30 + 3));
    assert_eq!(got.2, ids![None, "1", "1", "1", "1", "1", "1", "1"]);
}

/// A server that asks for no wait gets none, until it fails.
#[tokio::test(start_paused = true)]
async fn no_wait_is_no_flood() {
    let script = [ends("retry: 0\n\n"), Reply::refuse(), Reply::refuse(), no_more()];
    let (client, mock) = scripted(FeedsClient::FEED, script);
    let started = Instant::now();
    drain!(client.feed().await.unwrap().reconnecting().unwrap());
    assert_eq!((started.elapsed().as_millis(), mock.requests().len()), (200 + 400, 4));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_the_last_item() {
    let mut wrong = Wrong::default();
    for (then, says) in [
        (status(401, "x-a", "b"), "answered 401 Unauthorized with 3 bytes"),
        (status(500, "x-a", "b"), "answered 500 Internal Server Error with 3 bytes"),
        (status(404, "x-a", "b"), "answered 404 Not Found with 3 bytes"),
        (status(200, "content-type", "text/html"), "cannot read the answer (text/html, 200 OK)"),
    ] {
        let got = run([ends("data: a\n\n"), then]).await;
        let wanted = format!("a | Feeds.feed (GET /feed): {says} [http://h.example]");
        wrong.unless_same(says, &got.0, &wanted);
    }
    wrong.finish();
}

/// The first call is a call like any other: its error is the call's.
#[tokio::test(start_paused = true)]
async fn the_first_call_is_made_once() {
    let (client, mock) = scripted(FeedsClient::FEED, [Reply::refuse()]);
    assert!(client.feed().await.unwrap_err().is_connect());
    assert_eq!(mock.requests().len(), 1);
}

/// Without the option an end is the end, and a break is an error.
#[tokio::test(start_paused = true)]
async fn nobody_reconnects_unasked() {
    let script = [ends("data: a\n\n"), breaks("data: a\n\n")];
    let (client, mock) = scripted(FeedsClient::FEED, script);
    assert_eq!(drain!(client.feed().await.unwrap()).len(), 1);
    assert!(drain!(client.feed().await.unwrap())[1].is_err());
    assert_eq!(mock.requests().len(), 2);
}

/// A wrong event is told, and the stream goes on; an event too large would come again for ever.
#[tokio::test(start_paused = true)]
async fn what_comes_again_is_not_asked_for_again() {
    let (client, _mock) = scripted(FeedsClient::FEED, [ends("data: 0123456789\n\n")]);
    let client = client.with(|call| call.body_limit(10));
    let got = drain!(client.feed().await.unwrap().reconnecting().unwrap());
    assert!(got.len() == 1 && got[0].is_err(), "{got:?}");
}

#[tokio::test(start_paused = true)]
async fn a_known_id_is_where_it_begins() {
    let script = [ends(""), ends("id: 8\n\n"), no_more()];
    let (client, mock) = scripted(FeedsClient::AFTER, script);
    let feed = client.after("a b", Some("7")).await.unwrap().reconnecting().unwrap();
    drain!(feed);
    assert_eq!(ids(&mock), ids!["7", "7", "8"]);
    for request in mock.requests() {
        assert_eq!(request.uri(), "http://h.example/feed?topic=a%20b");
        assert_eq!(request.header("accept"), Some("text/event-stream"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_no_header_is_an_error() {
    let got = run([ends("id: a\u{1}b\ndata: a\n\n")]).await;
    assert!(got.0.contains("the id of the last event cannot be sent as a header"), "{}", got.0);
}

#[tokio::test]
async fn what_may_not_be_repeated_is_refused() {
    let (client, _mock) = scripted(FeedsClient::POSTED, [ends("")]);
    let error = client.posted("x").await.unwrap().reconnecting().unwrap_err();
    let says =
        "Feeds.posted (POST /feed): this call cannot reconnect: it may do harm to make it twice";
    assert!(error.to_string().starts_with(says), "{error}");

    let (client, _mock) = scripted(FeedsClient::STREAMED, [ends("")]);
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
    use crate::support::Reply;

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
    let (client, mock) = scripted(FeedsClient::FEED, [ends("")]);
    let mut feed = client.feed().await.unwrap().reconnecting().unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(1), feed.next()).await.is_err());
    drop(feed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(mock.requests().len(), 1);
}

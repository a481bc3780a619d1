//! Secrets in other clothes: escaped, nested, cut, sent back by a server, or written late.

use std::sync::{Arc, Mutex};

use feign::log::Level;
use feign::mock::{Mock, Reply};
use feign::observe::{CallEnded, End, Observer};
use feign::{Body, Events, Hub, Ndjson, Secret, Settings};
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};

use super::Collector;
use crate::support::{Reply as Sent, Server};

const CANARY: &str = "canary-7f3a";

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Numbers {
    password: u32,
}

#[derive(Clone, Serialize)]
struct Login {
    pin: Secret<&'static str>,
}

#[feign::client(service = "leaks")]
trait Leaks {
    #[get("/numbers")]
    async fn numbers(&self) -> Result<Numbers, feign::Error>;

    #[get("/many")]
    async fn many(&self) -> Result<Vec<Numbers>, feign::Error>;

    #[put("/lines")]
    async fn lines(&self, #[body] lines: Ndjson<Login>) -> Result<(), feign::Error>;

    #[put("/text")]
    async fn text(&self, #[body] text: Secret<&str>) -> Result<(), feign::Error>;

    #[put("/upload")]
    async fn upload(&self, #[body] body: Body) -> Result<(), feign::Error>;

    #[post("/parts")]
    async fn parts(&self, #[part] a: Vec<u8>, #[part] b: Vec<u8>) -> Result<(), feign::Error>;

    #[get("/accounts/{account}")]
    async fn account(&self, #[sensitive] account: &str) -> Result<(), feign::Error>;

    #[get]
    async fn follow(
        &self,
        #[sensitive]
        #[url]
        next: &str,
    ) -> Result<(), feign::Error>;

    #[get("/named")]
    async fn named(&self, #[headers] named: &[(Secret<String>, &str)]) -> Result<(), feign::Error>;

    #[get("/feed")]
    async fn feed(&self) -> Result<Events, feign::Error>;
}

/// What is said of an answer that is no number.
async fn said(kind: &str, body: &str) -> String {
    let mock = Mock::new();
    let reply = || Reply::status(200).header("content-type", kind).body(body.to_owned());
    mock.on(LeaksClient::NUMBERS).reply(reply());
    mock.on(LeaksClient::MANY).reply(reply());
    let client: LeaksClient = mock.hub().build().unwrap().client();
    let errors = [client.numbers().await.unwrap_err(), client.many().await.unwrap_err()];
    let chain = |error: &feign::Error| {
        let causes: Vec<_> =
            std::iter::successors(std::error::Error::source(error), |error| error.source())
                .map(|cause| format!("{cause} {cause:?}"))
                .collect();
        format!("{error} {error:?} {}\n", causes.join(" "))
    };
    errors.iter().map(chain).collect()
}

#[tokio::test]
async fn a_cause_quotes_nothing_that_is_hidden() {
    for body in [
        r#"{"password":"canary-7f3a\"x"}"#,
        r#"{"password":"canary-7f3a\\\n"}"#,
        r#"{"password":"\ud83d\ude00canary-7f3a"}"#,
        r#"{"password":{"of":"canary-7f3a"}}"#,
        r#"[{"password":"canary"},{"password":"canary-7f3a"}]"#,
    ] {
        let text = said("application/json", body).await;
        assert!(!text.contains("canary"), "{body}: {text}");
        assert!(text.contains("expected u32"), "what was wrong stays: {text}");
    }
    // What quotes nothing stays as it is.
    let text = said("application/json", r#"{"secret":"canary-7f3a"}"#).await;
    assert!(text.contains("missing field `password`") && !text.contains(CANARY), "{text}");
}

#[tokio::test]
async fn a_peer_cannot_make_an_error_large() {
    let stars = vec![r#"{"password":"*"}"#; 25].join(",");
    assert!(said("application/json", &format!("[{stars}]")).await.len() < 4000);
    assert!(said("application/json", &"[".repeat(1 << 20)).await.len() < 4000);
}

#[tokio::test]
async fn whatever_an_answer_calls_itself() {
    for (kind, body) in [
        ("application/x-www-form-urlencoded", "access_token=canary-7f3a&scope=repo"),
        ("text/plain", "password=canary-7f3a"),
        ("application/x-www-form-urlencoded", r#"{"password":"canary-7f3a"}"#),
        ("application/json", r#"{"hook":"https:\/\/ann:canary-7f3a@h\/"}"#),
        ("application/octet-stream", "\u{1}password\u{0}canary-7f3a"),
    ] {
        let text = said(kind, body).await;
        assert!(!text.contains(CANARY), "{kind}: {text}");
    }
}

#[tokio::test]
async fn a_header_is_masked_before_it_is_cut() {
    let long = format!("{} http://ann:{CANARY}{}@h/", "x".repeat(1000), "y".repeat(100));
    for value in [
        format!("http://ann:{CANARY}@h/?password={CANARY}&n=\u{e9}").into_bytes(),
        [format!("http://ann:{CANARY}@h/").as_bytes(), b"\xff"].concat(),
        long.into_bytes(),
    ] {
        let server = Server::always(Sent::status(200).header("x-link", value)).await;
        let collector = Collector::all();
        let hub = Hub::builder().log(Level::Headers).build().unwrap();
        drop(hub.client_at::<LeaksClient>(server.url()).unwrap().account("1").await);
        let text = collector.text();
        assert!(text.contains("< x-link: ") && !text.contains(CANARY), "{text}");
    }
}

#[tokio::test]
async fn what_is_written_late_or_whole() {
    let collector = Collector::all();
    let mock = Mock::new();
    for operation in [LeaksClient::LINES, LeaksClient::TEXT] {
        mock.on(operation).reply(204);
    }
    let client: LeaksClient = mock.hub().log(Level::Body).build().unwrap().client();
    client.lines(Ndjson::from_iter([Login { pin: Secret::new(CANARY) }])).await.unwrap();
    client.text(Secret::new(CANARY)).await.unwrap();
    let [lines, text] = mock.requests().try_into().unwrap();
    assert_eq!(lines.text(), format!("{{\"pin\":\"{CANARY}\"}}\n"), "on the wire");
    assert_eq!(text.text(), CANARY, "as what it holds");
    assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
    let log = collector.text();
    assert!(!log.contains(CANARY), "{log}");
    assert_eq!(log.matches("not shown: it holds a secret").count(), 2, "{log}");
}

#[tokio::test]
async fn what_a_server_sends_back() {
    let collector = Collector::all();
    let mock = Mock::new();
    let back = format!("/accounts/{CANARY}/");
    let reply = Reply::status(301).header("location", &back).header("link", format!("<{back}>"));
    mock.on(LeaksClient::ACCOUNT).reply(reply);
    let client: LeaksClient = mock.hub().log(Level::Headers).build().unwrap().client();
    client.account(CANARY).await.unwrap_err();
    let error = client.follow(&format!("http://{CANARY}.example/")).await.unwrap_err();
    let named = [(Secret::new(format!("no name {CANARY}")), "x")];
    let refused = client.named(&named).await.unwrap_err();
    let text = format!("{} {error} {error:?} {refused} {refused:?}", collector.text());
    assert!(text.contains("< location: ***") && text.contains("allow_origin"), "{text}");
    assert!(!text.contains(CANARY), "{text}");
}

/// The route names it otherwise, or a layer has changed the path.
#[tokio::test]
async fn a_mock_shows_no_variable() {
    use feign::layer::{Next, from_fn};

    let mock = Mock::new();
    mock.on_path(feign::Method::GET, "/accounts/{id}").path("id", "other").reply(204);
    mock.on(LeaksClient::ACCOUNT).path("account", "other").reply(204);
    let changed = |request: feign::Request<Body>, next: Next| async move {
        let (mut parts, body) = request.into_parts();
        parts.uri = format!("{}?v=1", parts.uri).parse().unwrap();
        next.run(feign::Request::from_parts(parts, body)).await
    };
    let plain: LeaksClient = mock.hub().build().unwrap().client();
    let layered = mock.hub().per_attempt(from_fn(changed)).build().unwrap();
    for client in [plain, layered.client()] {
        let error = client.account(CANARY).await.unwrap_err().to_string();
        assert!(error.contains("(neither is shown)") && !error.contains(CANARY), "{error}");
    }
    let shown = mock.verify().unwrap_err().to_string();
    assert!(!shown.contains(CANARY), "{shown}");
}

#[test]
fn what_is_set_shows_no_password() {
    let url = format!("http://ann:{CANARY}@host/");
    let headers = serde_json::json!({"x-token": CANARY});
    let settings = serde_json::json!({"services": {"leaks": {"url": url, "headers": headers}}});
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let seen = Mutex::new(format!("{settings:?}"));
    drop(Hub::builder().service("leaks", |s| {
        let s = s.url(&url).header("x-session", CANARY);
        *seen.lock().unwrap() += &format!("{s:?}");
        s
    }));
    let text = seen.into_inner().unwrap();
    assert!(text.contains("host") && !text.contains(CANARY), "{text}");
}

#[tokio::test]
async fn a_body_that_can_be_sent_again_stays_so() {
    let transport = tower::service_fn(|request: feign::Request<Body>| async move {
        assert!(request.body().try_clone().is_some(), "at `Body` as at any level");
        Ok::<_, feign::BoxError>(feign::Response::new(Body::empty()))
    });
    let _collector = Collector::all();
    let hub = Hub::builder().log(Level::Body).transport(transport).build().unwrap();
    let client: LeaksClient = hub.client_at("http://h").unwrap();
    client.parts(vec![b'a'; 1 << 20], vec![b'b'; 1 << 20]).await.unwrap();
}

#[tokio::test]
async fn a_body_that_breaks_off_is_told_so() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(LeaksClient::UPLOAD).reply(204);
    let client: LeaksClient = mock.hub().log(Level::Body).build().unwrap().client();
    let pieces = [Ok("some"), Err(std::io::Error::other("the disk is gone"))];
    client.upload(Body::from_stream(stream::iter(pieces))).await.unwrap_err();
    let text = collector.text();
    assert!(text.contains("> some\n") && text.contains("(it breaks off)"), "{text}");
}

/// Writes down how calls ended.
#[derive(Clone, Default)]
struct Ends(Arc<Mutex<Vec<String>>>);

impl Observer for Ends {
    fn call_ended(&self, call: &CallEnded<'_>) {
        let end = match call.end() {
            End::Answered(status) => status.as_u16().to_string(),
            End::Failed(error) => error.to_string(),
            _ => "cancelled".to_owned(),
        };
        self.0.lock().unwrap().push(end);
    }
}

#[tokio::test(start_paused = true)]
async fn a_feed_that_reconnects_is_not_cancelled() {
    let ends = Ends::default();
    let mock = Mock::new();
    let feed = || Reply::status(200).header("content-type", "text/event-stream");
    mock.on(LeaksClient::FEED)
        .reply(feed().body("data: 1\n\n"))
        .then(feed().body("data: 2\n\n"))
        .then(Reply::status(200).header("content-type", "text/html").body("<p>"));
    let client: LeaksClient = mock.hub().observer(ends.clone()).build().unwrap().client();
    let events = client.feed().await.unwrap().reconnecting().unwrap();
    let events: Vec<_> = events.take(3).collect().await;
    assert!(events[0].is_ok() && events[1].is_ok() && events[2].is_err(), "{events:?}");
    let ends = ends.0.lock().unwrap().clone();
    assert_eq!(ends[..2], ["200", "200"]);
    assert!(ends[2].contains("text/html"), "{ends:?}");
}

//! The calls of Feign's `LoggerTest`, at each level.

use std::time::Duration;

use feign::log::Level;
use feign::mock::{Mock, Reply};
use serde_json::json;

use super::Collector;

/// Feign's, 80 bytes.
const LOGIN: &str =
    r#"{"customer_name": "netflix", "user_name": "denominator", "password": "password"}"#;

#[feign::client(service = "sends-stuff")]
trait SendsStuff {
    #[post("/")]
    #[headers("accept: text/plain", "content-type: application/json", "accept-encoding: gzip")]
    async fn login(&self, #[body] login: &str) -> Result<String, feign::Error>;
}

/// Makes the call, and returns what was logged: of each event its target and its message.
async fn logged(level: Level, reply: Reply) -> String {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(SendsStuffClient::LOGIN).reply(reply.delay(Duration::from_millis(3)));
    let hub = mock.hub().log(level).build().unwrap();
    let client: SendsStuffClient = hub.client_at("http://localhost:1").unwrap();
    drop(client.login(LOGIN).await);
    let lines = collector.lines().into_iter().filter(|line| line.target != "feign::discover");
    lines.map(|line| format!("{}: {}\n", line.target, line.message)).collect()
}

fn foo() -> Reply {
    Reply::status(200).header("content-length", "3").body("foo")
}

#[tokio::test(start_paused = true)]
async fn none() {
    assert_eq!(logged(Level::None, foo()).await, "");
}

#[tokio::test(start_paused = true)]
async fn basic() {
    let expected = "\
feign::attempt: attempt: POST / at http://localhost:1 200 OK in 3.0ms
feign::call: POST / 200 OK in 3.0ms
";
    assert_eq!(logged(Level::Basic, foo()).await, expected);
}

#[tokio::test(start_paused = true)]
async fn headers() {
    let expected = "\
feign::attempt: 
> POST http://localhost:1/
> accept: text/plain
> content-type: application/json
> accept-encoding: gzip
> (80 bytes)
feign::attempt: 
< HTTP/1.1 200 OK in 3.0ms
< content-length: 3
feign::call: POST / 200 OK in 3.0ms
";
    assert_eq!(logged(Level::Headers, foo()).await, expected);
}

#[tokio::test(start_paused = true)]
async fn body() {
    let expected = "\
feign::attempt: 
> POST http://localhost:1/
> accept: text/plain
> content-type: application/json
> accept-encoding: gzip
>
> {\"customer_name\": \"netflix\", \"user_name\": \"denominator\", \"password\": \"***\"}
feign::attempt: 
< HTTP/1.1 200 OK in 3.0ms
< content-length: 3
<
< foo
feign::call: POST / 200 OK in 3.0ms
";
    assert_eq!(logged(Level::Body, foo()).await, expected);
}

#[tokio::test(start_paused = true)]
async fn a_status_without_a_reason() {
    let expected = "\
feign::attempt: attempt: POST / at http://localhost:1 299 in 3.0ms
feign::call: POST / 299 in 3.0ms
";
    assert_eq!(logged(Level::Basic, Reply::status(299)).await, expected);
}

#[tokio::test(start_paused = true)]
async fn binary_and_none() {
    let png = Reply::status(200).header("content-type", "image/png").body(&b"\x89PNG\0"[..]);
    let lines = logged(Level::Body, png).await;
    assert!(lines.contains("\n< (5 bytes of image/png)\n"), "{lines}");
    let lines = logged(Level::Body, Reply::status(204)).await;
    assert!(lines.contains("< HTTP/1.1 204 No Content in 3.0ms\nfeign::call"), "{lines}");
}

#[tokio::test(start_paused = true)]
async fn failures_show_their_causes_once() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(SendsStuffClient::LOGIN).reply(Reply::refuse());
    let hub = mock.hub().log(Level::Body).build().unwrap();
    let client: SendsStuffClient = hub.client_at("http://localhost:1").unwrap();
    drop(client.login(LOGIN).await);
    let lines = collector.lines();
    let [.., attempt, call] = &*lines else { panic!("{lines:?}") };
    assert_eq!(attempt.message, "attempt: POST / at http://localhost:1 failed in 0.0ms");
    assert_eq!(call.message, "POST / failed in 0.0ms");
    let said =
        "SendsStuff.login (POST /): could not connect [http://localhost:1]: connection refused";
    assert_eq!(call.field("error"), Some(said));
    assert_eq!(call.field("attempts"), Some("1"));
    assert_eq!(attempt.field("attempt"), Some("1"));
}

#[tokio::test(start_paused = true)]
async fn fields() {
    let collector = Collector::all();
    let mock = Mock::new();
    mock.on(SendsStuffClient::LOGIN).reply_json(503, json!({"busy": true}));
    let hub = mock.hub().log(Level::Basic).build().unwrap();
    let client: SendsStuffClient = hub.client();
    drop(client.login(LOGIN).await);
    let lines = collector.lines();
    let call = lines.iter().find(|line| line.target == "feign::call").unwrap();
    assert_eq!(call.message, "POST / 503 Service Unavailable in 0.0ms");
    let names: Vec<_> = call.fields.iter().map(|(name, _)| *name).collect();
    let all = "operation service method template endpoint status attempts elapsed_ms call error";
    assert_eq!(names.join(" "), all);
    assert_eq!(call.level, tracing::Level::DEBUG);
    for (name, value) in [
        ("operation", "SendsStuff.login"),
        ("service", "sends-stuff"),
        ("method", "POST"),
        ("template", "/"),
        ("status", "503"),
        ("attempts", "1"),
        ("elapsed_ms", "0.0"),
    ] {
        assert_eq!(call.field(name), Some(value), "{name}");
    }
}

//! The calls of Feign's `LoggerTest`, at each level.

mod answers;
mod failures;

use std::fmt::Write as _;
use std::time::Duration;

use feign::HubBuilder;
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

/// What every answer takes, on the paused clock.
const WAIT: Duration = Duration::from_millis(3);

const URL: &str = "http://localhost:1";

/// Makes the call, and returns what was logged.
async fn logged(level: Level, reply: Reply) -> String {
    let mock = Mock::new();
    mock.on(SendsStuffClient::LOGIN).reply(reply.delay(WAIT));
    logged_by(mock.hub().log(level), URL).await
}

/// Makes the call by a hub.
async fn logged_by(hub: HubBuilder, url: &str) -> String {
    let collector = Collector::all();
    let client: SendsStuffClient = hub.build().unwrap().client_at(url).unwrap();
    drop(client.login(LOGIN).await);
    told(&collector)
}

/// Of each event its target and its message, and its error, if it has one.
fn told(collector: &Collector) -> String {
    let mut text = String::new();
    for line in collector.lines().iter().filter(|line| line.target != "feign::discover") {
        writeln!(text, "{}: {}", line.target, line.message).unwrap();
        if let Some(error) = line.field("error") {
            writeln!(text, "  error={error}").unwrap();
        }
    }
    text
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

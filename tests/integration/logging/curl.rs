//! Captured requests as commands: what has a text is shown, masked; what has none is left to stdin.

use feign::mock::Mock;
use feign::{Body, Bytes, Operation, Request, Secret};
use futures_util::stream;
use serde_json::json;

type Captured = Result<Request<Body>, feign::Error>;

#[feign::client(service = "curl")]
trait Curl {
    #[post("/login{?next}")]
    async fn form(&self, next: &str, #[form] user: &str, #[form] password: &str) -> Captured;

    #[put("/stream")]
    async fn stream(&self, #[body] body: Body) -> Captured;

    #[put("/bytes")]
    async fn bytes(&self, #[body] body: Bytes) -> Captured;

    #[put("/json")]
    async fn json(&self, #[body] body: &serde_json::Value) -> Captured;

    #[put("/secret")]
    async fn secret(&self, #[body] body: &Secret<String>) -> Captured;

    #[get("/plain")]
    async fn plain(&self, #[header("x-api-key")] key: &str) -> Captured;
}

fn client() -> CurlClient {
    Mock::new().client()
}

fn assert_command(captured: Captured, command: &str) {
    let mut captured = captured.unwrap();
    // It depends on features.
    captured.headers_mut().remove("accept-encoding");
    assert_eq!(Operation::to_curl(&captured), command);
}

#[tokio::test]
async fn a_form() {
    let expected = "curl -X POST 'http://curl/login?next=%2F' \
        -H 'content-type: application/x-www-form-urlencoded' \
        --data-raw 'user=it%27s+ann&password=***'";
    assert_command(client().form("/", "it's ann", "hunter2").await, expected);
}

#[tokio::test]
async fn a_stream() {
    let pieces = stream::iter(["one ", "two"].map(Ok::<_, std::io::Error>));
    let expected =
        "curl -X PUT 'http://curl/stream' --data-binary @- # a stream, which is not shown";
    assert_command(client().stream(Body::from_stream(pieces)).await, expected);
}

#[tokio::test]
async fn bytes_that_are_no_text() {
    let expected = "curl -X PUT 'http://curl/bytes' -H 'content-type: application/octet-stream' \
        --data-binary @- # 3 bytes, not shown";
    assert_command(client().bytes(Bytes::from_static(b"\xff\0a")).await, expected);
}

#[tokio::test]
async fn text() {
    let body = json!({"password": "hunter2", "who": "it's ann"});
    let expected = r#"curl -X PUT 'http://curl/json' -H 'content-type: application/json' --data-raw '{"password":"***","who":"it'\''s ann"}'"#;
    assert_command(client().json(&body).await, expected);
}

#[tokio::test]
async fn a_secret_and_none() {
    let secret = Secret::new("hunter2".to_owned());
    let expected = "curl -X PUT 'http://curl/secret' -H 'content-type: text/plain; charset=utf-8' --data-raw '***'";
    assert_command(client().secret(&secret).await, expected);
    let expected = "curl -X GET 'http://curl/plain' -H 'x-api-key: ***'";
    assert_command(client().plain("hunter2").await, expected);
}

//! `feign::Error`: what it knows, what it says, and what it keeps to itself.

use std::error::Error as _;
use std::time::Duration;

use feign::{Error, Hub, StatusCode};
use serde::Deserialize;

use crate::support::{Reply, Server};

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Page {
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Item {
    id: u32,
}

#[feign::client(path = "/api")]
trait Failing {
    #[get("/items/{sku}{?token}")]
    async fn item(
        &self,
        sku: &str,
        token: &str,
        #[header] authorization: &str,
    ) -> Result<(), Error>;
    #[get("/items")]
    async fn page(&self) -> Result<Page, Error>;
    #[post("/items")]
    async fn create(&self, #[body] text: &str) -> Result<Page, Error>;
    #[get("/items")]
    async fn anyhow(&self) -> Result<Page, anyhow::Error>;
}

async fn answering(reply: Reply) -> (Server, FailingClient) {
    let server = Server::always(reply).await;
    let client = FailingClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_status_is_told_with_everything_that_came() {
    let reply = Reply::status(503)
        .header("content-type", "application/json")
        .header("retry-after", "7")
        .header("x-request-id", "r1")
        .body(r#"{"why":"busy"}"#);
    let (server, client) = answering(reply).await;
    let error = client.page().await.unwrap_err();
    assert!(error.is_status() && !error.is_decode() && !error.is_timeout(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.headers()["x-request-id"], "r1");
    assert_eq!(error.body(), r#"{"why":"busy"}"#);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.operation().unwrap().name(), "Failing.page");
    assert_eq!(error.endpoint(), Some(&*server.url()));
    assert_eq!(error.attempts(), 1);
    let text = error.to_string();
    for word in ["Failing.page", "GET", "/api/items", "503", &server.url(), "application/json"] {
        assert!(text.contains(word), "{word} is not in: {text}");
    }
    assert!(text.is_ascii() && !text.contains('\n'), "{text}");
}

/// The template is shown, never the path; neither query, headers nor bodies of the request.
#[tokio::test]
async fn nothing_secret_is_shown() {
    let closed = FailingClient::at("http://127.0.0.1:1").unwrap();
    let (_one, refusing) = answering(Reply::status(403).header("set-cookie", "s=hunter5")).await;
    let (_two, closing) = answering(Reply::close()).await;
    let (_three, html) = answering(Reply::ok_json("not json")).await;
    for client in [closed, refusing, closing, html] {
        let client = client.with(|call| call.basic_auth("user", "hunter4"));
        for error in [
            client.item("hunter1", "hunter2", "hunter3").await.err(),
            client.create("hunter6").await.err(),
            client.item("hunter1\n", "hunter2", "hunter3").await.err(),
            client.item("x", "hunter2\0", "hunter3").await.err(),
            client.item("x", "hunter2", "hunter3\r\n").await.err(),
        ] {
            let Some(error) = error else { continue };
            let mut shown = format!("{error}\n{error:?}");
            let mut source = error.source();
            while let Some(cause) = source {
                shown += &format!("\n{cause}\n{cause:?}");
                source = cause.source();
            }
            assert!(!shown.contains("hunter"), "{shown}");
            assert!(!shown.contains("aHVudGVy"), "in base64: {shown}");
        }
    }
}

#[tokio::test]
async fn json_errors_name_the_place() {
    for (body, place, why) in [
        (r#"{"items":[{"id":1},{"id":"two"}]}"#, "items[1].id", "invalid type"),
        (r#"{"items":[{"id":1},{}]}"#, "items[1]", "missing field `id`"),
        (r#"{"items":{}}"#, "items", "invalid type"),
    ] {
        let (_server, client) = answering(Reply::ok_json(body)).await;
        let error = client.page().await.unwrap_err();
        assert!(error.is_decode() && !error.is_status(), "{error:?}");
        assert!(error.to_string().contains(&format!("`{place}`")), "{place}: {error}");
        let source = error.source().expect("serde's own error");
        assert!(source.to_string().contains(why), "{source}");
        assert!(source.is::<serde_json::Error>(), "{source:?}");
        assert_eq!(error.body(), body);
        assert_eq!(error.status(), Some(StatusCode::OK));
    }
}

/// HTML from a proxy is seen at once: content type, status, the start of the body.
#[tokio::test]
async fn another_content_type_leads() {
    let page = format!("<!doctype html>\n<h1>502 Bad Gateway</h1>{}", "<p>padding</p>".repeat(100));
    let reply = Reply::status(200).header("content-type", "text/html; charset=utf-8").body(&*page);
    let (_server, client) = answering(reply).await;
    let error = client.page().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    for word in ["text/html", "200", "<!doctype html>", "<h1>502 Bad Gateway</h1>"] {
        assert!(text.contains(word), "{word} is not in: {text}");
    }
    assert!(text.len() < 600, "not all of it: {} bytes", text.len());
    assert!(!text.contains('\n'), "one line: {text}");
    assert_eq!(error.body(), &*page, "but it is all there");
}

/// What a server sends is no terminal's command.
#[tokio::test]
async fn control_characters_are_escaped() {
    let reply =
        Reply::status(200).header("content-type", "text/x").body("\x1b[2J\x07\r\nok\u{202e}");
    let (_server, client) = answering(reply).await;
    let text = client.page().await.unwrap_err().to_string();
    assert!(!text.contains(['\x1b', '\x07', '\r', '\n', '\u{202e}']), "{text:?}");
}

#[tokio::test]
async fn an_empty_answer_says_so() {
    let (_server, client) = answering(Reply::status(200)).await;
    let text = client.page().await.unwrap_err().to_string();
    assert!(text.contains("empty"), "{text}");
    let (_server, client) = answering(Reply::ok_json(r#"{"items":[]} trailing"#)).await;
    assert!(client.page().await.unwrap_err().is_decode());
}

/// A connection that breaks is neither a connect error nor a timeout.
#[tokio::test]
async fn a_broken_exchange() {
    for reply in [
        Reply::close(),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"),
        Reply::raw("nonsense\r\n\r\n"),
    ] {
        let (server, client) = answering(reply).await;
        let error = client.page().await.unwrap_err();
        assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
        assert!(!error.is_status() && !error.is_decode(), "{error:?}");
        assert!(error.is_retryable(), "a GET: {error:?}");
        assert!(error.source().is_some());
        assert_eq!(error.endpoint(), Some(&*server.url()));
        assert!(!client.create("x").await.unwrap_err().is_retryable(), "a POST may have arrived");
    }
}

/// The body of an error may break off; the status is what happened.
#[tokio::test]
async fn a_broken_body_never_hides_the_status() {
    let reply = Reply::raw("HTTP/1.1 500 Oh\r\ncontent-length: 100\r\n\r\nhalf");
    let (_server, client) = answering(reply).await;
    let error = client.page().await.unwrap_err();
    assert!(error.is_status(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(error.body(), "half");
}

#[tokio::test]
async fn which_statuses_pass() {
    for status in [400, 401, 403, 404, 405, 408, 409, 422, 425, 429, 500, 501, 502, 503, 504] {
        let (_server, client) = answering(Reply::status(status)).await;
        let error = client.page().await.unwrap_err();
        let passing = [408, 425, 429, 502, 503, 504].contains(&status);
        assert_eq!(error.is_retryable(), passing, "{status}");
        assert!(!client.create("x").await.unwrap_err().is_retryable(), "POST, {status}");
    }
}

/// Java's decoder is the model: seconds, also with a fraction, or a date; nonsense is none.
#[test]
fn retry_after() {
    let after = |value: &str| {
        Error::from_status(StatusCode::TOO_MANY_REQUESTS)
            .with_header("retry-after", value)
            .retry_after()
    };
    assert_eq!(after("86400"), Some(Duration::from_secs(86_400)));
    assert_eq!(after("86400.0"), Some(Duration::from_secs(86_400)));
    assert_eq!(after("0"), Some(Duration::ZERO));
    assert_eq!(after(" 3 "), Some(Duration::from_secs(3)));
    assert_eq!(after("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO), "it has passed");
    let far = after("Tue, 31 Dec 2999 23:59:59 GMT").unwrap();
    assert!(far > Duration::from_secs(900 * 365 * 86_400), "{far:?}");
    for nonsense in [
        "Fri, 31 Dec 1999 23:59:59 ZBW",
        "99999999999999999999",
        "",
        "soon",
        "-1",
        "+1",
        "1e3",
        "1e400",
        "1.",
        ".5",
        "NaN",
    ] {
        assert_eq!(after(nonsense), None, "{nonsense}");
    }
    assert_eq!(Error::timeout().retry_after(), None);
}

/// Fakes make errors that answer like real ones.
#[test]
fn errors_can_be_made() {
    let timeout = Error::timeout();
    assert!(timeout.is_timeout() && !timeout.is_connect());
    assert_eq!(timeout.timeout_setting().unwrap().name(), "timeout");
    assert!(Error::connect().is_connect() && Error::connect().is_retryable());
    let unknown = Error::no_endpoint("inventory");
    assert!(unknown.is_no_endpoint() && unknown.to_string().contains("`inventory`"));
    let status = Error::from_status(StatusCode::CONFLICT)
        .with_header("x-code", "7")
        .with_header("content-type", "application/json")
        .with_body(r#"{"code":"OUT"}"#);
    assert!(status.is_status());
    assert_eq!(status.status(), Some(StatusCode::CONFLICT));
    assert_eq!(status.headers()["x-code"], "7");
    assert_eq!(status.body(), r#"{"code":"OUT"}"#);
    let decode = Error::decode("no such thing");
    assert!(decode.is_decode() && !decode.is_status());
    assert_eq!(decode.source().unwrap().to_string(), "no such thing");
    let other = Error::other(std::io::Error::other("disk"));
    assert!(!other.is_timeout() && !other.is_status() && !other.is_decode() && !other.is_connect());
    assert_eq!(other.source().unwrap().to_string(), "disk");
    for error in [timeout, unknown, status, decode, other] {
        assert!(error.operation().is_none());
        assert!(error.endpoint().is_none());
    }
    // An error of ours is not wrapped in another.
    let same = Error::other(Box::<dyn std::error::Error + Send + Sync>::from(Error::connect()));
    assert!(same.is_connect());
}

#[test]
fn an_error_is_one_pointer_and_goes_anywhere() {
    const fn anywhere<T: std::error::Error + Send + Sync + Unpin + 'static>() {}
    anywhere::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}

/// `Display` is one line without its cause; whoever walks the chain reads nothing twice.
#[tokio::test]
async fn the_chain_repeats_nothing() {
    let error = FailingClient::at("http://127.0.0.1:1").unwrap().page().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let text = error.to_string();
    let cause = error.source().expect("the socket's own error").to_string();
    assert!(!text.contains(&cause), "{cause} is in: {text}");
}

#[tokio::test]
async fn any_error_with_from_will_do() {
    let (_server, client) = answering(Reply::status(409)).await;
    let error = client.anyhow().await.unwrap_err();
    let inner = error.downcast_ref::<Error>().expect("our error inside");
    assert_eq!(inner.status(), Some(StatusCode::CONFLICT));
}

#[tokio::test]
async fn a_refused_argument_was_never_tried() {
    let hub = Hub::builder().build().unwrap();
    let client: FailingClient = hub.client_at("http://127.0.0.1:1").unwrap();
    let error = client.item("..", "t", "a").await.unwrap_err();
    assert!(error.is_request() && !error.is_retryable(), "{error:?}");
    assert_eq!((error.attempts(), error.endpoint(), error.status()), (0, None, None));
    assert!(error.to_string().contains("`sku`"), "{error}");
    assert!(error.to_string().contains("Failing.item"), "{error}");
}

/// A target that no URI can hold is refused, not panicked over.
#[tokio::test]
async fn a_target_that_is_too_long() {
    let (server, client) = answering(Reply::ok_json(r#"{"items":[]}"#)).await;
    // The second is short enough for a path and query, and too long with its origin before it.
    for length in [70_000, 65_505] {
        let error = client.item("a", &"x".repeat(length), "b").await.unwrap_err();
        assert!(error.is_request() && !error.is_retryable(), "{length}: {error:?}");
        assert!(error.to_string().len() < 1000, "{} bytes", error.to_string().len());
    }
    server.assert_untouched();
}

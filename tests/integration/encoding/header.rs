//! Values in headers and cookies: sent as they are or refused, never changed.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Answer, assert_refused, is_refused};
use crate::support::{Server, Wrong};

#[feign::client]
trait Head {
    #[get("/head")]
    async fn header(&self, #[header("x-value")] value: &str) -> Answer;
    #[get("/head")]
    async fn optional(&self, #[header("x-value")] value: Option<&str>) -> Answer;
    #[get("/head")]
    async fn list(&self, #[header("x-value")] value: &[&str]) -> Answer;
    #[get("/head")]
    async fn map(&self, #[headers] extra: &[(&str, &str)]) -> Answer;
    #[get("/head")]
    async fn header_map(&self, #[headers] extra: &HeaderMap) -> Answer;
    #[get("/head")]
    async fn cookie(&self, #[cookie("session")] value: &str) -> Answer;
}

#[tokio::test]
async fn a_header_is_sent_as_it_is() {
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    for value in [
        "plain",
        "two words",
        "a: b; c=\"d, e\"",
        "{value}",
        "{range:[1:10}",
        "100%25 %7B",
        "tab\tinside",
        "",
    ] {
        head.header(value).await.unwrap();
        assert_eq!(server.take().header("x-value").as_deref(), Some(value));
        head.optional(Some(value)).await.unwrap();
        assert_eq!(server.take().header("x-value").as_deref(), Some(value));
        head.map(&[("x-value", value)]).await.unwrap();
        assert_eq!(server.take().header("x-value").as_deref(), Some(value));
    }
    head.optional(None).await.unwrap();
    assert_eq!(server.take().header("x-value"), None);
    head.list(&["a", "b"]).await.unwrap();
    assert_eq!(server.take().header_values("x-value"), ["a", "b"]);
    head.list(&[]).await.unwrap();
    assert_eq!(server.take().header_values("x-value"), [""; 0]);
}

#[tokio::test]
async fn what_is_no_header_value_is_refused() {
    let mut wrong = Wrong::default();
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    for value in [
        "legit\r\nX-Injected: evil",
        "a\rb",
        "a\nb",
        "a\0b",
        "a\n",
        "\r",
        "é",
        "😀",
        "a\u{7f}",
        "a\u{1b}[0m",
        " a",
        "a ",
        "\ta",
    ] {
        for (answer, argument) in [
            (head.header(value).await, "value"),
            (head.optional(Some(value)).await, "value"),
            (head.list(&["fine", value]).await, "value"),
            (head.map(&[("x-value", value)]).await, "extra"),
            (head.cookie(value).await, "value"),
        ] {
            wrong.unless(is_refused(&answer, argument), (value, argument), &answer);
        }
    }
    wrong.finish();
    server.assert_untouched();
}

#[tokio::test]
async fn what_is_no_header_name_is_refused() {
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    for name in ["", "a b", "a:b", "é", "a\r\nb"] {
        assert_refused(&head.map(&[(name, "fine")]).await, "extra");
    }
    server.assert_untouched();
}

/// Who sets the framing of a message can hide another in it: only the transport knows the body.
#[tokio::test]
async fn framing_is_no_header_of_the_users() {
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    for name in ["content-length", "Transfer-Encoding"] {
        assert_refused(&head.map(&[(name, "5")]).await, "extra");
        let value = HeaderValue::from_static("5");
        let headers = HeaderMap::from_iter([(HeaderName::try_from(name).unwrap(), value)]);
        assert_refused(&head.header_map(&headers).await, "extra");
        assert!(head.with(|call| call.header(name, "5")).header("a").await.is_err());
        let error = feign::Hub::builder().header(name, "5").build().unwrap_err().to_string();
        assert!(error.contains(&name.to_lowercase()), "{error}");
    }
    server.assert_untouched();
}

/// A `HeaderValue` can hold bytes above 0x7f: who makes one of bytes means those bytes.
#[tokio::test]
async fn a_header_value_of_other_bytes_is_sent_as_it_is() {
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    let name = HeaderName::from_static("x-value");
    let plain = HeaderMap::from_iter([(name.clone(), HeaderValue::from_static("a"))]);
    head.header_map(&plain).await.unwrap();
    assert_eq!(server.take().header("x-value").as_deref(), Some("a"));
    let opaque = HeaderMap::from_iter([(name, HeaderValue::from_bytes(b"\xe9").unwrap())]);
    head.header_map(&opaque).await.unwrap();
    let sent = server.take();
    assert!(sent.headers.contains(&("x-value".to_owned(), b"\xe9".to_vec())), "{sent:?}");
}

#[tokio::test]
async fn a_cookie_is_one_cookie() {
    let server = Server::silent_ok().await;
    let head = HeadClient::at(server.url()).unwrap();
    head.cookie("a1b2-~!#$%&'()*+./:<=>?@[]^_`{|}").await.unwrap();
    let sent = server.take().header("cookie");
    assert_eq!(sent.as_deref(), Some("session=a1b2-~!#$%&'()*+./:<=>?@[]^_`{|}"));
    for value in ["a; admin=1", "a b", "a,b", "a\"b", "a\\b"] {
        assert_refused(&head.cookie(value).await, "value");
    }
    server.assert_untouched();
}

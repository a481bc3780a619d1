//! Values and names of users that cannot be sent, or only just.

use std::collections::BTreeMap;

use feign::{Error, Hub};
use serde::Serialize;

use super::{assert_is_only, assert_says};
use crate::support::{Server, Wrong};

type Answer = Result<(), Error>;

#[feign::client]
trait Values {
    #[get("/x/{value}")]
    async fn path(&self, value: f64) -> Answer;
    #[get("/x{?value}")]
    async fn query(&self, value: f64) -> Answer;
    #[get("/x")]
    async fn floats(&self, #[query] value: &[f32]) -> Answer;
    #[get("/x")]
    async fn displayed(&self, #[query(display)] value: f64) -> Answer;
    #[get("/x")]
    async fn served(&self, #[query(serde)] value: f64) -> Answer;
    #[get("/x")]
    async fn flat(&self, #[query(flatten)] value: &Point) -> Answer;
    #[get("/x")]
    async fn header(&self, #[header("x-value")] value: f64) -> Answer;
    #[get("/x")]
    async fn cookie(&self, #[cookie("value")] value: f64) -> Answer;
    #[post("/x")]
    async fn body(&self, #[body] value: &Point) -> Answer;
    #[post("/x")]
    async fn forced(&self, #[body(json)] value: f64) -> Answer;

    #[get("/wide/{a}{?b}")]
    async fn wide(
        &self,
        a: i128,
        b: u128,
        #[header("x-wide")] c: u128,
        #[query(serde)] d: u128,
    ) -> Answer;
    #[post("/wide")]
    async fn wide_body(&self, #[body] value: &BTreeMap<String, u128>) -> Answer;

    #[get("/keys")]
    async fn keys(&self, #[query] map: &BTreeMap<String, String>) -> Answer;
    #[get("/keys{?map*}")]
    async fn template_keys(&self, map: &BTreeMap<String, String>) -> Answer;
    #[get("/keys")]
    async fn deep_keys(
        &self,
        #[query("m", style = deep_object)] map: &BTreeMap<String, String>,
    ) -> Answer;
    #[get("/keys")]
    async fn flat_keys(&self, #[query(flatten)] map: &BTreeMap<String, String>) -> Answer;
    #[get("/keys")]
    async fn header_keys(&self, #[headers] map: &BTreeMap<String, String>) -> Answer;
    #[post("/keys")]
    async fn body_keys(&self, #[body] map: &BTreeMap<String, String>) -> Answer;

    #[get("/text")]
    async fn text_header(&self, #[header("x-value")] value: &str) -> Answer;
    #[get("/text")]
    async fn text_headers(&self, #[headers] map: &[(&str, &str)]) -> Answer;
    #[get("/text")]
    async fn text_cookie(&self, #[cookie("value")] value: &str) -> Answer;
}

#[derive(Serialize)]
struct Point {
    value: f64,
}

async fn values() -> (Server, ValuesClient) {
    let server = Server::silent_ok().await;
    let client = ValuesClient::at(server.url()).unwrap();
    (server, client)
}

/// A number that is none has no text.
#[tokio::test]
async fn nan_and_infinities() {
    let mut wrong = Wrong::default();
    let (server, client) = values().await;
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        #[expect(clippy::cast_possible_truncation, reason = "it is none in either width")]
        let single = value as f32;
        let point = Point { value };
        for (role, answer) in [
            ("path", client.path(value).await),
            ("query", client.query(value).await),
            ("list", client.floats(&[1.0, single]).await),
            ("serde", client.served(value).await),
            ("flatten", client.flat(&point).await),
            ("header", client.header(value).await),
            ("cookie", client.cookie(value).await),
        ] {
            let refused = answer.as_ref().is_err_and(Error::is_request);
            wrong.unless(refused, (role, value), &answer);
            let Err(error) = answer else { continue };
            wrong.unless(error.to_string().contains("`value`"), (role, value), &error);
        }
    }
    wrong.finish();
    server.assert_untouched();
    client.displayed(f64::NAN).await.unwrap();
    assert_eq!(server.line(), "GET /x?value=NaN", "who says `display` means what it displays");
}

/// JSON has no such number (RFC 8259 §6): serde_json writes `null`, as the docs of `#[body]` say.
#[tokio::test]
async fn nan_and_infinities_in_a_json_body() {
    let (server, client) = values().await;
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        client.body(&Point { value }).await.unwrap();
        assert_eq!(server.take().text(), r#"{"value":null}"#);
        client.forced(value).await.unwrap();
        assert_eq!(server.take().text(), "null");
    }
}

#[tokio::test]
async fn numbers_beyond_i64() {
    let (server, client) = values().await;
    client.wide(i128::MIN, u128::MAX, u128::MAX, 1 << 64).await.unwrap();
    let sent = server.take();
    assert_eq!(
        sent.line,
        "GET /wide/-170141183460469231731687303715884105728\
         ?b=340282366920938463463374607431768211455&d=18446744073709551616"
    );
    assert_eq!(sent.header("x-wide").unwrap(), "340282366920938463463374607431768211455");
    client.wide_body(&BTreeMap::from([("a".to_owned(), u128::MAX)])).await.unwrap();
    assert_eq!(server.take().text(), r#"{"a":340282366920938463463374607431768211455}"#);
    client.path(f64::MAX).await.unwrap();
    let target = server.take().target().to_owned();
    assert_eq!(target.strip_prefix("/x/").unwrap().parse(), Ok(f64::MAX));
    client.path(5e-324).await.unwrap();
    let target = server.take().target().to_owned();
    assert_eq!(target.strip_prefix("/x/").unwrap().parse(), Ok(5e-324));
}

/// A key is data as a value is: whatever it holds, it stays one key.
#[tokio::test]
async fn keys_with_odd_characters() {
    let mut wrong = Wrong::default();
    let (server, client) = values().await;
    for (key, escaped) in [
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a=b", "a%3Db"),
        ("a&b", "a%26b"),
        ("a[b]", "a%5Bb%5D"),
        ("a.b", "a.b"),
        ("a#b", "a%23b"),
        ("a%20b", "a%2520b"),
        ("a/b?c", "a%2Fb%3Fc"),
        ("é", "%C3%A9"),
        ("😀", "%F0%9F%98%80"),
        ("a\tb", "a%09b"),
        ("a\u{1}b", "a%01b"),
        ("a\u{7f}", "a%7F"),
        ("{a}", "%7Ba%7D"),
        ("a\"b'", "a%22b%27"),
        ("a\\b", "a%5Cb"),
        ("", ""),
    ] {
        let map = BTreeMap::from([(key.to_owned(), "v".to_owned())]);
        client.keys(&map).await.unwrap();
        wrong.unless_same(key, &server.take().line, &format!("GET /keys?{escaped}=v"));
        client.template_keys(&map).await.unwrap();
        wrong.unless_same(key, &server.take().line, &format!("GET /keys?{escaped}=v"));
        client.deep_keys(&map).await.unwrap();
        wrong.unless_same(key, &server.take().line, &format!("GET /keys?m%5B{escaped}%5D=v"));
        client.flat_keys(&map).await.unwrap();
        wrong.unless_same(key, &server.take().line, &format!("GET /keys?{escaped}=v"));
        client.body_keys(&map).await.unwrap();
        let sent: BTreeMap<String, String> = serde_json::from_str(server.take().text()).unwrap();
        assert_eq!(sent, map);
        if !key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
            || key.is_empty()
        {
            let error = client.header_keys(&map).await.unwrap_err();
            assert_is_only("request", &error);
            assert!(error.to_string().contains("argument `map`"), "{error}");
            server.assert_untouched();
        }
    }
    wrong.finish();
}

#[tokio::test]
async fn keys_that_are_refused() {
    let mut wrong = Wrong::default();
    let (server, client) = values().await;
    for key in ["a\rb", "a\nb", "a\0b", "\r\n"] {
        let map = BTreeMap::from([(key.to_owned(), "v".to_owned())]);
        for (role, answer) in [
            ("query", client.keys(&map).await),
            ("template", client.template_keys(&map).await),
            ("deep_object", client.deep_keys(&map).await),
            ("flatten", client.flat_keys(&map).await),
            ("headers", client.header_keys(&map).await),
        ] {
            let refused = answer.as_ref().is_err_and(Error::is_request);
            wrong.unless(refused, (role, key), &answer);
            let text = answer.map_or_else(|error| error.to_string(), |()| String::new());
            wrong.unless(text.contains("argument `map`"), (role, key), &text);
            wrong.unless(!text.contains(['\r', '\n', '\0']), (role, key), &text);
        }
    }
    wrong.finish();
    server.assert_untouched();
}

/// Wherever a header is said: refused with the name of its place, and the value is not shown.
#[tokio::test]
async fn header_values_that_are_none() {
    let (server, client) = values().await;
    for value in [
        "secret\r\nx-evil: 1",
        "secret\n",
        "\rsecret",
        "secret\0",
        "secret é",
        "secret\u{7f}",
        "secret 😀",
    ] {
        let view = client.with(|call| call.header("x-call", value));
        let hub = Hub::builder().header("x-hub", value).build().unwrap_err();
        let service = Hub::builder().service("s", |s| s.header("x-service", value)).build();
        let answers = [
            (client.text_header(value).await.unwrap_err(), "argument `value`"),
            (client.text_headers(&[("x-value", value)]).await.unwrap_err(), "argument `map`"),
            (client.text_cookie(value).await.unwrap_err(), "argument `value`"),
        ];
        for (error, named) in answers {
            assert_is_only("request", &error);
            assert!(error.to_string().contains(named), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        for (error, named) in [
            (view.text_header("fine").await.unwrap_err(), "x-call"),
            (hub, "x-hub"),
            (service.unwrap_err(), "x-service"),
        ] {
            assert_says(&error, named);
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
    server.assert_untouched();
}

/// What a header cannot hold is refused, not changed on the way: spaces at its ends are cut off by
/// every reader (RFC 9110 §5.5).
#[tokio::test]
async fn header_values_that_would_arrive_changed() {
    let mut wrong = Wrong::default();
    let (server, client) = values().await;
    for value in [" a", "a ", "\ta", "a\t", " ", "\t"] {
        for (role, answer) in [
            ("header", client.text_header(value).await),
            ("headers", client.text_headers(&[("x-value", value)]).await),
            ("cookie", client.text_cookie(value).await),
        ] {
            let refused = answer.as_ref().is_err_and(Error::is_request);
            wrong.unless(refused, (role, value), &answer);
        }
    }
    wrong.finish();
    server.assert_untouched();
}

//! JSON that is too deep, too wide, said twice or begun with a mark.

use std::collections::BTreeMap;

use feign::{Error, ErrorMap, Hub, Problem};
use serde::Deserialize;
use serde_json::Value;

use super::{assert_is_only, assert_says, chain};
use crate::support::{Reply, Server};

#[feign::client]
trait Documents {
    #[get("/")]
    async fn value(&self) -> Result<Value, Error>;
    #[get("/")]
    async fn maybe(&self) -> Result<Option<Value>, Error>;
    #[get("/")]
    async fn tree(&self) -> Result<Tree, Error>;
    #[get("/")]
    async fn item(&self) -> Result<Item, Error>;
    #[get("/")]
    async fn either(&self) -> Result<Either, Error>;
    #[get("/")]
    async fn text(&self) -> Result<String, Error>;
    #[get("/")]
    async fn map(&self) -> Result<BTreeMap<String, Value>, Error>;
    #[get("/")]
    async fn nested(&self) -> Result<Nested, Error>;
    #[get("/")]
    async fn wide(&self) -> Result<Wide, Error>;
    #[get("/")]
    async fn mapped(&self) -> Result<Value, Mapped>;
    #[get("/")]
    async fn problem(&self) -> Result<Value, Problems>;
}

#[derive(Debug, Deserialize)]
struct Tree {
    #[serde(default)]
    #[allow(dead_code, reason = "read by serde only")]
    child: Option<Box<Self>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    id: u64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Nested {
    more: BTreeMap<String, Named>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Named {
    id: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "read by serde only")]
enum Either {
    Tree { child: Box<Self> },
    List(Vec<Self>),
    Text(String),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Wide {
    #[serde(default)]
    signed: i64,
    #[serde(default)]
    unsigned: u64,
    #[serde(default)]
    wide: u128,
    #[serde(default)]
    float: f64,
    #[serde(default)]
    small: u8,
}

#[derive(Debug, ErrorMap)]
#[code("/code")]
#[allow(dead_code, reason = "made and looked at by `Debug`")]
enum Mapped {
    #[status(409, code = "OUT")]
    Out(feign::Json<Tree>),
    #[otherwise]
    Other(Error),
}

#[derive(Debug, ErrorMap)]
#[allow(dead_code, reason = "made and looked at by `Debug`")]
enum Problems {
    #[status(4xx)]
    Problem(Problem),
    #[otherwise]
    Other(Error),
}

async fn documents(reply: Reply) -> (Server, DocumentsClient) {
    let server = Server::always(reply).await;
    let hub = Hub::builder().body_limit(64 << 20).build().unwrap();
    let client = hub.client_at(server.url()).unwrap();
    (server, client)
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// A million levels: an error, whatever reads them; a stack that overflows would end the process.
#[tokio::test]
async fn deep_documents() {
    for document in [
        nested("[", "", "]", 1_000_000),
        nested("{\"child\":", "null", "}", 1_000_000),
        nested("[{\"child\":", "1", "}]", 500_000),
        "[".repeat(1_000_000),
        "{\"child\":".repeat(1_000_000),
    ] {
        let (_server, client) = documents(Reply::ok_json(&document)).await;
        for error in [
            client.value().await.unwrap_err(),
            client.maybe().await.unwrap_err(),
            client.tree().await.unwrap_err(),
            client.either().await.unwrap_err(),
        ] {
            assert_is_only("decode", &error);
            assert_eq!(error.body().len(), document.len());
            assert!(chain(&error).len() < 2000, "{} bytes", chain(&error).len());
        }
        assert_says(&client.value().await.unwrap_err(), "recursion limit");
        assert_eq!(client.text().await.unwrap(), document, "it is text all the same");
    }
}

/// What nobody wants to know may be as deep as it likes.
#[tokio::test]
async fn deep_where_nobody_looks() {
    let document = format!("{{\"extra\":{},\"id\":7}}", nested("[", "", "]", 1_000_000));
    let (_server, client) = documents(Reply::ok_json(&document)).await;
    assert_eq!(client.item().await.unwrap(), Item { id: 7 });
}

/// A document of an honest depth is read.
#[tokio::test]
async fn deep_enough() {
    let document = nested("{\"child\":", "{}", "}", 100);
    let (_server, client) = documents(Reply::ok_json(&document)).await;
    client.tree().await.unwrap();
    client.value().await.unwrap();
}

/// Neither the code nor the typed body of an error is found in it: nothing is lost.
#[tokio::test]
async fn deep_errors() {
    for document in [
        nested("{\"code\":", "\"OUT\"", "}", 1_000_000),
        format!("{{\"code\":\"OUT\",\"child\":{}}}", nested("{\"child\":", "null", "}", 1_000_000)),
        nested("[", "", "]", 1_000_000),
    ] {
        let (_server, client) = documents(Reply::status(409).body(&*document)).await;
        let Mapped::Other(error) = client.mapped().await.unwrap_err() else { panic!("not OUT") };
        assert_is_only("status", &error);
        assert_eq!(error.body().len(), document.len());
        let Problems::Other(error) = client.problem().await.unwrap_err() else { panic!("none") };
        assert_is_only("status", &error);
        assert_eq!(error.body().len(), document.len());
    }
}

/// A field that comes twice is a question of which was meant; a map has the last, as everywhere.
#[tokio::test]
async fn duplicate_keys() {
    let (_server, client) = documents(Reply::ok_json(r#"{"id":1,"id":2}"#)).await;
    let error = client.item().await.unwrap_err();
    assert_is_only("decode", &error);
    assert_says(&error, "duplicate field `id`");
    assert_eq!(error.body(), r#"{"id":1,"id":2}"#);
    assert_eq!(client.map().await.unwrap(), BTreeMap::from([("id".to_owned(), Value::from(2))]));
    assert_eq!(client.value().await.unwrap()["id"], 2);
}

/// A byte order mark is not JSON (RFC 8259 §8.1); the error shows that it is there.
#[tokio::test]
async fn a_byte_order_mark() {
    let (_server, client) = documents(Reply::ok_json("\u{feff}{\"id\":1}")).await;
    for error in [client.item().await.unwrap_err(), client.value().await.unwrap_err()] {
        assert_is_only("decode", &error);
        assert!(error.to_string().contains("\\u{feff}"), "{error}");
        assert_eq!(error.body(), "\u{feff}{\"id\":1}");
    }
    assert_eq!(client.text().await.unwrap(), "\u{feff}{\"id\":1}", "raw is raw");
    // UTF-16, as some write it.
    let utf16: Vec<u8> = "\u{feff}{\"id\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_server, client) = documents(Reply::ok_json("").body(utf16.clone())).await;
    let error = client.item().await.unwrap_err();
    assert_is_only("decode", &error);
    assert_eq!(error.body(), &utf16);
}

#[tokio::test]
async fn numbers_at_their_limits() {
    let document = r#"{"signed":-9223372036854775808,"unsigned":18446744073709551615,"wide":340282366920938463463374607431768211455,"float":1.7976931348623157e308}"#;
    let (_server, client) = documents(Reply::ok_json(document)).await;
    let wide =
        Wide { signed: i64::MIN, unsigned: u64::MAX, wide: u128::MAX, float: f64::MAX, small: 0 };
    assert_eq!(client.wide().await.unwrap(), wide);
}

/// Never wrapped, never cut, never rounded into an integer: an error at the place.
#[tokio::test]
async fn numbers_beyond_their_limits() {
    for (name, number) in [
        ("signed", "9223372036854775808"),
        ("signed", "-9223372036854775809"),
        ("signed", "1e3"),
        ("signed", "1.0"),
        ("unsigned", "18446744073709551616"),
        ("unsigned", "-1"),
        ("wide", "340282366920938463463374607431768211456"),
        ("wide", "-1"),
        ("small", "256"),
        ("small", "-1"),
        ("float", "1e400"),
        ("float", "-1e400"),
    ] {
        let document = format!("{{\"{name}\":{number}}}");
        let (_server, client) = documents(Reply::ok_json(&document)).await;
        let error = client.wide().await.unwrap_err();
        assert_is_only("decode", &error);
        assert!(error.to_string().contains(&format!("`{name}`")), "{document}: {error}");
        assert_eq!(error.body(), &document);
    }
}

/// A number of a million digits takes no time to speak of, and a `Value` keeps what it can.
#[tokio::test]
async fn numbers_without_end() {
    let digits = "7".repeat(1_000_000);
    for document in [
        digits.clone(),
        format!("-{digits}"),
        format!("0.{digits}"),
        format!("1e{digits}"),
        format!("1e-{digits}"),
    ] {
        let (_server, client) = documents(Reply::ok_json(&document)).await;
        match client.value().await {
            Ok(value) => assert!(value.as_f64().is_some_and(f64::is_finite), "{value}"),
            Err(error) => assert_is_only("decode", &error),
        }
    }
}

#[tokio::test]
async fn what_is_no_json() {
    for document in [
        "NaN",
        "Infinity",
        "-Infinity",
        "{\"id\":NaN}",
        "{'id':1}",
        "{id:1}",
        "{\"id\":1,}",
        "[1,]",
        "01",
        "+1",
        ".5",
        "1.",
        "0x10",
        "\"\\x41\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"a\nb\"",
        "\"a",
        "tru",
        "nul",
        "undefined",
        "{\"id\":1}{\"id\":2}",
        "{\"id\":1} x",
        "// a\n1",
        "{\"id\"}",
        "{:1}",
        "]",
        "}",
        ",",
        "\0",
        "\u{a0}1",
    ] {
        let (_server, client) = documents(Reply::ok_json(document)).await;
        for error in [client.value().await.unwrap_err(), client.maybe().await.unwrap_err()] {
            assert_is_only("decode", &error);
            assert_eq!(error.body(), document);
        }
    }
}

/// The place of a mistake is in the server's own words: printable, and few of them.
#[tokio::test]
async fn a_place_with_a_strange_name() {
    for key in [
        "\u{1b}[2J\u{7}",
        "a\r\nb",
        "\u{202e}",
        "\u{0}",
        "`",
        &"k".repeat(1 << 20),
        &"é".repeat(1 << 20),
    ] {
        let document = serde_json::json!({ "more": { key: { "id": "x" } } }).to_string();
        // As some write it, without the escapes that JSON wants.
        let raw = format!("{{\"more\":{{\"{key}\":{{\"id\":7}}}}}}");
        for document in [document, raw] {
            let (_server, client) = documents(Reply::ok_json(&document)).await;
            let text = client.nested().await.unwrap_err().to_string();
            let raw = |c: char| c.is_control() || c == '\u{202e}';
            assert!(!text.contains(raw), "{text:?}");
            assert!(text.len() < 2000, "{} bytes for a key of {}", text.len(), key.len());
        }
    }
}

/// So is one that is deep where nobody looks.
#[tokio::test]
async fn a_place_that_is_deep() {
    let document = format!("{{\"extra\":{}x", "[".repeat(1_000_000));
    let (_server, client) = documents(Reply::ok_json(&document)).await;
    let error = client.item().await.unwrap_err();
    assert_is_only("decode", &error);
    assert!(error.to_string().len() < 2000, "{} bytes", error.to_string().len());
}

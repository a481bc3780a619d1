//! Through a real router and back: what axum decodes is what was given.

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use crate::support::Routed;

#[feign::client]
trait Mirror {
    #[get("/path/{value}/end")]
    async fn path(&self, value: &str) -> Result<String, feign::Error>;
    #[get("/files/{+value}")]
    async fn file(&self, value: &str) -> Result<String, feign::Error>;
    #[get("/query{?value}")]
    async fn template(&self, value: &str) -> Result<String, feign::Error>;
    #[get("/query")]
    async fn marked(&self, #[query] value: &str) -> Result<String, feign::Error>;
    #[get("/pairs")]
    async fn pairs(
        &self,
        #[query] entries: &[(&str, &str)],
    ) -> Result<feign::Json<Vec<(String, String)>>, feign::Error>;
    #[get("/header")]
    async fn header(&self, #[header("x-value")] value: &str) -> Result<String, feign::Error>;
}

#[derive(Deserialize)]
struct Value {
    value: String,
}

async fn mirror() -> Routed {
    let header = |headers: HeaderMap| async move {
        headers["x-value"].to_str().unwrap_or("not text").to_owned()
    };
    let router = Router::new()
        .route("/path/{value}/end", get(|Path(value): Path<String>| async { value }))
        .route("/files/{*value}", get(|Path(value): Path<String>| async { value }))
        .route("/query", get(|Query(query): Query<Value>| async { query.value }))
        .route("/pairs", get(|Query(pairs): Query<Vec<(String, String)>>| async { Json(pairs) }))
        .route("/header", get(header));
    Routed::serve(router).await
}

/// Texts that other clients change on the way, and many that chance made.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "plain",
        "a b",
        "a+b",
        "a/b",
        "a?b#c",
        "a&b=c",
        "a%2Fb",
        "%",
        "%%",
        "%zz",
        "{a}",
        "..a",
        "a..",
        "...",
        "é",
        "e\u{301}",
        "日本語",
        "😀👨‍👩‍👧",
        "\u{202e}rtl",
        "\t",
        "\u{1}\u{1f}",
        "\u{7f}",
        "\u{80}",
        "\u{ffff}",
        "\u{10ffff}",
        "\\..\\",
        "http://h/?q=1#f",
        "'\"`<>|^[]",
        "~-._",
        ";,=:@$!*()",
    ]
    .map(str::to_owned)
    .into();
    texts.push("long ".repeat(1000));
    texts.extend((1..=200).map(chance));
    texts
}

/// Some text out of a linear congruence (Knuth's MMIX), the same in every run.
fn chance(seed: u64) -> String {
    let mut state = seed;
    let mut draw = |below: u32| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap() % below
    };
    let length = 1 + draw(24);
    (0..length)
        .map(|_| {
            let range = [0x80, 0x800, 0xd800, 0x11_0000][draw(4) as usize];
            char::from_u32(draw(range)).filter(|c| !matches!(c, '\r' | '\n' | '\0')).unwrap_or('.')
        })
        .collect()
}

fn is_dots(text: &str) -> bool {
    matches!(text, "." | "..")
}

#[tokio::test]
async fn a_path_value() {
    let server = mirror().await;
    let client = MirrorClient::at(server.url()).unwrap();
    for text in texts().iter().filter(|text| !is_dots(text)) {
        assert_eq!(client.path(text).await.unwrap(), *text);
    }
}

/// Slashes stay and escapes are the caller's, so those texts have neither.
#[tokio::test]
async fn a_path_of_many_segments() {
    let server = mirror().await;
    let client = MirrorClient::at(server.url()).unwrap();
    for text in texts().iter().filter(|text| !text.contains(['/', '%']) && !is_dots(text)) {
        let path = format!("a/{text}/z");
        assert_eq!(client.file(&path).await.unwrap(), path);
    }
}

#[tokio::test]
async fn a_query_value() {
    let server = mirror().await;
    let client = MirrorClient::at(server.url()).unwrap();
    for text in texts().iter().map(String::as_str).chain([".", "..", ""]) {
        assert_eq!(client.template(text).await.unwrap(), text);
        assert_eq!(client.marked(text).await.unwrap(), text);
    }
}

#[tokio::test]
async fn query_names_and_values_of_a_map() {
    let server = mirror().await;
    let client = MirrorClient::at(server.url()).unwrap();
    let texts = texts();
    for pair in texts.windows(2) {
        let entries = [(&*pair[0], &*pair[1]), (&*pair[1], "")];
        let feign::Json(found) = client.pairs(&entries).await.unwrap();
        let found: Vec<_> = found.iter().map(|(key, value)| (&**key, &**value)).collect();
        assert_eq!(found, entries);
    }
}

#[tokio::test]
async fn a_header_value() {
    let server = mirror().await;
    let client = MirrorClient::at(server.url()).unwrap();
    // A field value has no space at its ends (RFC 9110, 5.5): such a text is refused.
    let sendable = |text: &&String| {
        text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == **text
    };
    for text in texts().iter().filter(sendable) {
        assert_eq!(client.header(text).await.unwrap(), **text);
    }
}

//! What `#[body]` sends.

use std::borrow::Cow;

use bytes::Bytes;
use feign::{Body, Json};
use serde::Serialize;
use serde_json::json;

use super::{APPLE, Item, apple};
use crate::support::{Received, Server};

type Answer = Result<(), feign::Error>;

#[feign::client]
trait Bodies {
    #[post("/")]
    async fn borrowed(&self, #[body] item: &Item) -> Answer;
    #[post("/")]
    async fn owned(&self, #[body] item: Item) -> Answer;
    #[put("/")]
    async fn list(&self, #[body] items: &[Item]) -> Answer;
    #[post("/")]
    async fn optional(&self, #[body] item: Option<&Item>) -> Answer;
    #[post("/")]
    async fn text(&self, #[body] text: String) -> Answer;
    #[post("/")]
    async fn borrowed_text(&self, #[body] text: &str) -> Answer;
    #[post("/")]
    async fn bytes(&self, #[body] bytes: Bytes) -> Answer;
    #[post("/")]
    async fn vec(&self, #[body] bytes: Vec<u8>) -> Answer;
    #[post("/")]
    async fn body(&self, #[body] body: Body) -> Answer;
    #[post("/")]
    async fn json(&self, #[body] text: Json<String>) -> Answer;
    #[post("/")]
    async fn by_codec(&self, #[body(json)] text: &str) -> Answer;
    #[post("/")]
    async fn bytes_by_codec(&self, #[body(json)] bytes: Vec<u8>) -> Answer;
    #[get("/")]
    async fn on_get(&self, #[body(allow)] item: &Item) -> Answer;
    #[delete("/")]
    async fn on_delete(&self, #[body] item: &Item) -> Answer;
    #[post("/")]
    #[headers("content-type: application/vnd.item+json")]
    async fn renamed(&self, #[body] item: &Item) -> Answer;
    #[post("/")]
    async fn renamed_by_argument(
        &self,
        #[header] content_type: &str,
        #[body] item: &Item,
    ) -> Answer;
    #[post("/")]
    async fn failing(&self, #[body] failing: &Failing) -> Answer;
    #[post("/")]
    async fn cow(&self, #[body(json)] text: Cow<'_, str>) -> Answer;
}

struct Failing;

impl Serialize for Failing {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no text for it"))
    }
}

async fn client() -> (Server, BodiesClient) {
    let server = Server::silent_ok().await;
    let client = BodiesClient::at(server.url()).unwrap();
    (server, client)
}

#[track_caller]
fn assert_sent(sent: &Received, content_type: Option<&str>, body: &str) {
    assert_eq!(sent.text(), body);
    assert_eq!(sent.header("content-type").as_deref(), content_type);
    assert_eq!(sent.header("content-length"), Some(body.len().to_string()));
    assert_eq!(sent.header("transfer-encoding"), None);
}

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn a_type_is_sent_as_json() {
    let (server, client) = client().await;
    client.borrowed(&apple()).await.unwrap();
    assert_sent(&server.take(), JSON, APPLE);
    client.owned(apple()).await.unwrap();
    assert_sent(&server.take(), JSON, APPLE);
    client.list(&[apple(), apple()]).await.unwrap();
    assert_sent(&server.take(), JSON, &format!("[{APPLE},{APPLE}]"));
    client.on_delete(&apple()).await.unwrap();
    assert_sent(&server.take(), JSON, APPLE);
}

#[tokio::test]
async fn none_is_no_body() {
    let (server, client) = client().await;
    client.optional(Some(&apple())).await.unwrap();
    assert_sent(&server.take(), JSON, APPLE);
    client.optional(None).await.unwrap();
    assert_sent(&server.take(), None, "");
}

#[tokio::test]
async fn text_and_bytes_are_raw() {
    let (server, client) = client().await;
    let text = Some("text/plain; charset=utf-8");
    client.text("say \"é\"".to_owned()).await.unwrap();
    assert_sent(&server.take(), text, "say \"é\"");
    client.borrowed_text("{}").await.unwrap();
    assert_sent(&server.take(), text, "{}");
    let bytes = Some("application/octet-stream");
    client.bytes(Bytes::from_static(b"abc")).await.unwrap();
    assert_sent(&server.take(), bytes, "abc");
    client.vec(vec![b'a', 0, b'c']).await.unwrap();
    assert_sent(&server.take(), bytes, "a\0c");
    client.body(Body::from("as it is")).await.unwrap();
    assert_sent(&server.take(), None, "as it is");
}

#[tokio::test]
async fn the_codec_is_forced() {
    let (server, client) = client().await;
    client.json(Json("quoted".to_owned())).await.unwrap();
    assert_sent(&server.take(), JSON, "\"quoted\"");
    client.by_codec("quoted").await.unwrap();
    assert_sent(&server.take(), JSON, "\"quoted\"");
    client.bytes_by_codec(vec![1, 2]).await.unwrap();
    assert_sent(&server.take(), JSON, "[1,2]");
    client.cow("quoted".into()).await.unwrap();
    assert_sent(&server.take(), JSON, "\"quoted\"");
}

#[tokio::test]
async fn a_get_has_a_body_where_it_is_allowed() {
    let (server, client) = client().await;
    client.on_get(&apple()).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.method(), "GET");
    assert_sent(&sent, JSON, APPLE);
}

/// Said once, by whoever is nearest to the call.
#[tokio::test]
async fn the_content_type_can_be_said() {
    let (server, client) = client().await;
    client.renamed(&apple()).await.unwrap();
    assert_sent(&server.take(), Some("application/vnd.item+json"), APPLE);
    client.renamed_by_argument("application/merge-patch+json", &apple()).await.unwrap();
    assert_sent(&server.take(), Some("application/merge-patch+json"), APPLE);
}

#[tokio::test]
async fn what_does_not_serialize_is_not_sent() {
    let (server, client) = client().await;
    let error = client.failing(&Failing).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert!(error.to_string().contains("body"), "{error}");
    let source = std::error::Error::source(&error).expect("what Serialize said").to_string();
    assert!(source.contains("no text for it"), "{source}");
    server.assert_untouched();
}

#[tokio::test]
async fn a_large_body_arrives_whole() {
    let (server, client) = client().await;
    let large: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    client.vec(large.clone()).await.unwrap();
    assert_eq!(server.only().body, large);
}

#[tokio::test]
async fn a_json_value_is_a_type_too() {
    #[feign::client]
    trait Values {
        #[post("/")]
        async fn send(&self, #[body] value: &serde_json::Value) -> Answer;
    }
    let server = Server::silent_ok().await;
    ValuesClient::at(server.url()).unwrap().send(&json!({"a": [1, null]})).await.unwrap();
    assert_sent(&server.only(), JSON, r#"{"a":[1,null]}"#);
}

//! Who writes and reads, and what a codec has nothing to do with.

use bytes::Bytes;
use feign::codec::{Codec, JsonCodec, Undecoded};
use feign::{Body, BoxError, Json, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{Reply, Server};

/// JSON, written backwards.
struct Backwards;

impl Codec for Backwards {
    const CONTENT_TYPE: &'static str = "application/backwards";

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError> {
        let mut json = serde_json::to_vec(value)?;
        json.reverse();
        Ok(json.into())
    }

    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        let mut json = bytes.to_vec();
        json.reverse();
        serde_json::from_slice(&json).map_err(|error| Undecoded::new(error).at("here".to_owned()))
    }

    fn is_null(bytes: &[u8]) -> bool {
        bytes == b"llun"
    }
}

#[feign::client(codec = Backwards)]
trait Reversed {
    #[post("/")]
    async fn list(&self, #[body] list: &[u8; 2]) -> Result<Vec<u8>, feign::Error>;
    #[post("/")]
    async fn numbers(&self, #[body] numbers: &[u32; 2]) -> Result<Vec<u32>, feign::Error>;
    #[post("/")]
    async fn optional(&self, #[body] number: Option<u32>) -> Result<Option<u32>, feign::Error>;
    #[post("/")]
    async fn whole(&self, #[body] number: u32) -> Result<Response<Option<u32>>, feign::Error>;
    #[post("/")]
    #[codec(JsonCodec)]
    async fn json(&self, #[body] number: u32) -> Result<u32, feign::Error>;
    #[post("/")]
    async fn forced(&self, #[body(json)] number: u32) -> Result<Json<u32>, feign::Error>;
    #[post("/")]
    async fn raw(&self, #[body] text: &str) -> Result<String, feign::Error>;
    #[post("/")]
    async fn unsent(&self, #[body] number: u32) -> Result<Request<Body>, feign::Error>;
    #[post("/")]
    #[headers("accept: a/b", "content-type: c/d")]
    async fn renamed(&self, #[body] number: u32) -> Result<u32, feign::Error>;
    #[head("/")]
    async fn head(&self) -> Result<(), feign::Error>;
}

async fn client(answer: &str) -> (Server, ReversedClient) {
    let server = Server::always(Reply::status(200).body(answer)).await;
    let client = ReversedClient::at(server.url()).unwrap();
    (server, client)
}

#[track_caller]
fn assert_sent(server: &Server, body: &str, content_type: &str, accept: &str) {
    let sent = server.take();
    assert_eq!(sent.text(), body);
    assert_eq!(sent.header("content-type").as_deref(), Some(content_type));
    assert_eq!(sent.header("accept").unwrap_or_default(), accept);
}

const BACKWARDS: &str = Backwards::CONTENT_TYPE;
const JSON: &str = "application/json";

#[tokio::test]
async fn the_codec_writes_and_reads() {
    let (server, client) = client("]34,12[").await;
    assert_eq!(client.numbers(&[56, 78]).await.unwrap(), [21, 43]);
    assert_sent(&server, "]87,65[", BACKWARDS, BACKWARDS);
    // Bytes stay bytes as a result.
    assert_eq!(client.list(&[5, 6]).await.unwrap(), b"]34,12[");
    assert_sent(&server, "]6,5[", BACKWARDS, "*/*");
    client.renamed(12).await.unwrap_err();
    assert_sent(&server, "21", "c/d", "a/b");
    client.head().await.unwrap();
}

#[tokio::test]
async fn what_is_json_or_raw_stays_so() {
    let (server, client) = client("12").await;
    assert_eq!(client.json(34).await.unwrap(), 12);
    assert_sent(&server, "34", JSON, JSON);
    assert_eq!(client.forced(34).await.unwrap(), Json(12));
    assert_sent(&server, "34", JSON, JSON);
    assert_eq!(client.raw("ab").await.unwrap(), "12");
    assert_sent(&server, "ab", "text/plain; charset=utf-8", "*/*");
    let request = client.unsent(12).await.unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), "21");
}

#[tokio::test]
async fn the_codec_knows_its_null() {
    let (server, client) = client("llun").await;
    assert_eq!(client.optional(None).await.unwrap(), None);
    assert_eq!(server.take().header("content-type"), None);
    assert_eq!(client.whole(1).await.unwrap().into_body(), None);
}

#[tokio::test]
async fn what_it_cannot_read_says_where() {
    let (_server, client) = client("null").await;
    let error = client.optional(Some(1)).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("at `here`"), "{error}");
    assert_eq!(error.body(), "null");
}

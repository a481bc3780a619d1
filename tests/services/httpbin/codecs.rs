//! Codecs other than JSON.

use feign::codec::{MsgPack, Xml};
use feign::{Bytes, Error, Json};
use serde::{Deserialize, Serialize};

use super::{Echo, Httpbin};

#[derive(Debug, Deserialize)]
struct Slideshow {
    #[serde(rename = "@author")]
    author: String,
    slide: Vec<Slide>,
}

#[derive(Debug, Deserialize)]
struct Slide {
    #[serde(rename = "@type")]
    of: String,
    title: String,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Item {
    sku: String,
    pieces: Option<u32>,
    weights: Vec<f64>,
}

#[feign::client(codec = MsgPack)]
trait Coded {
    #[get("/xml")]
    #[codec(Xml)]
    async fn slideshow(&self) -> Result<Slideshow, Error>;
    #[get("/json")]
    #[codec(Xml)]
    async fn no_xml(&self) -> Result<Slideshow, Error>;
    #[post("/post")]
    async fn send(&self, #[body] item: &Item) -> Result<Json<Echo>, Error>;
    #[get("/base64/decode/{data}")]
    async fn bytes(&self, data: &str) -> Result<Bytes, Error>;
    /// Read by the codec, whatever the content type says.
    #[get("/base64/decode/{data}")]
    async fn item(&self, data: &str) -> Result<Item, Error>;
}

pub(super) async fn xml(httpbin: &Httpbin) {
    let client = CodedClient::at(httpbin.url()).unwrap();
    let slideshow = client.slideshow().await.unwrap();
    assert_eq!(slideshow.author, "Yours Truly");
    assert_eq!(slideshow.slide[0].title, "Wake up to WonderWidgets!");
    assert_eq!(slideshow.slide[1].of, "all");
    let error = client.no_xml().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert!(error.to_string().contains("application/json"), "{error}");
}

/// The server knows nothing of it, and gives it back to the byte.
pub(super) async fn message_pack(httpbin: &Httpbin) {
    let client = CodedClient::at(httpbin.url()).unwrap();
    let item = Item { sku: "grün".to_owned(), pieces: None, weights: vec![0.1, f64::MIN] };
    let Json(echo) = client.send(&item).await.unwrap();
    let content_type = echo.header("Content-Type");
    let data = echo.data.strip_prefix(&format!("data:{content_type};base64,")).unwrap();
    assert!(content_type.ends_with("msgpack"), "{content_type}");
    let bytes = client.bytes(data).await.unwrap();
    assert_eq!(echo.header("Content-Length"), bytes.len().to_string());
    assert_eq!(rmp_serde::from_slice::<Item>(&bytes).unwrap(), item);
    assert_eq!(client.item(data).await.unwrap(), item);
}

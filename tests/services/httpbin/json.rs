//! JSON and text.

use std::collections::BTreeMap;

use feign::{Error, Json};
use serde::{Deserialize, Serialize};

use super::{Echo, Httpbin};

#[derive(Debug, Deserialize)]
struct Sample {
    slideshow: Slideshow,
}

#[derive(Debug, Deserialize)]
struct Slideshow {
    author: String,
    slides: Vec<Slide>,
}

#[derive(Debug, Deserialize)]
struct Slide {
    title: String,
    #[serde(default)]
    items: Vec<String>,
}

/// One that the sample is not.
#[derive(Debug, Deserialize)]
struct Other {
    #[expect(dead_code, reason = "it is never there")]
    slideshow: BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct Order<'a> {
    note: &'a str,
    lines: Vec<u64>,
    price: f64,
    nothing: Option<u32>,
}

#[feign::client]
trait Documents {
    #[get("/json")]
    async fn sample(&self) -> Result<Sample, Error>;
    #[get("/json")]
    async fn raw(&self) -> Result<String, Error>;
    #[get("/json")]
    async fn other(&self) -> Result<Other, Error>;
    #[get("/html")]
    async fn page(&self) -> Result<Sample, Error>;
    #[get("/encoding/utf8")]
    async fn scripts(&self) -> Result<String, Error>;
    #[post("/post")]
    async fn order(&self, #[body] order: &Order<'_>) -> Result<Echo, Error>;
    #[post("/post")]
    async fn text(&self, #[body] text: &str) -> Result<Echo, Error>;
    #[post("/post")]
    async fn quoted(&self, #[body] text: Json<&str>) -> Result<Echo, Error>;
    #[get("/headers")]
    async fn header(&self, #[header] x_note: &str) -> Result<String, Error>;
}

pub(super) async fn documents_in_both_directions(httpbin: &Httpbin) {
    let client = DocumentsClient::at(httpbin.url()).unwrap();
    let Sample { slideshow } = client.sample().await.unwrap();
    assert_eq!(slideshow.author, "Yours Truly");
    assert_eq!(slideshow.slides[1].title, "Overview");
    assert_eq!(slideshow.slides[1].items.len(), 2);
    assert!(client.raw().await.unwrap().contains("Wake up to WonderWidgets!"));

    // 100 KB, and numbers that a float cannot hold.
    let lines: Vec<_> = (0..5000).map(|n| u64::MAX - n).collect();
    let order = Order { note: "a\"b\\c\u{0}d\u{1f980}", lines, price: 0.1, nothing: None };
    let echo = client.order(&order).await.unwrap();
    assert_eq!(echo.header("Content-Type"), "application/json");
    assert_eq!(echo.data, serde_json::to_string(&order).unwrap());
    assert_eq!(echo.data.len().to_string(), echo.header("Content-Length"));
    assert!(echo.data.len() > 100_000, "{}", echo.data.len());
    assert_eq!(client.quoted(Json("a\"b")).await.unwrap().json, "a\"b");
}

pub(super) async fn anything_else_says_what_came(httpbin: &Httpbin) {
    let client = DocumentsClient::at(httpbin.url()).unwrap();
    let error = client.page().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    let said = error.to_string();
    assert!(said.contains("text/html") && said.contains("Herman Melville"), "{said}");
    let error = client.other().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert!(error.to_string().contains("slideshow.author"), "{error}");
}

pub(super) async fn text_in_every_script(httpbin: &Httpbin) {
    let client = DocumentsClient::at(httpbin.url()).unwrap();
    let page = client.scripts().await.unwrap();
    for part in [
        "∮ E⋅da = Q",
        "Οὐχὶ ταὐτὰ",
        "გთხოვთ",
        "สิบสองกษัตริย์",
        "አይታረስ",
        "ᚻᛖ ᚳᚹᚫᚦ",
        "⡌⠁⠧⠑",
        "コンニチハ",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // What came goes out again, as text and as JSON.
    let echo = client.text(&page).await.unwrap();
    assert_eq!(echo.data, page);
    assert_eq!(echo.header("Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(client.quoted(Json(&page)).await.unwrap().json, page);
    let error = client.header("grüße").await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(error.attempts(), 0, "a header that is not ASCII is refused, not mangled");
}

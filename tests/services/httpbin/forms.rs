//! Forms and multipart, as Go's parsers read them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use feign::{Body, Bytes, Error, Part};
use futures_util::stream;
use serde::Serialize;
use serde_json::json;

use super::server::{Echo, Httpbin, values};

#[derive(Serialize)]
struct Order<'a> {
    name: &'a str,
    tags: Vec<&'a str>,
    address: Address<'a>,
    note: Option<&'a str>,
    pieces: u32,
}

#[derive(Serialize)]
struct Address<'a> {
    city: &'a str,
}

#[feign::client(rename_all = "camelCase")]
trait Forms {
    #[post("/post")]
    async fn order(
        &self,
        #[form] full_name: &str,
        #[form("page-size")] page_size: u32,
        #[form] tags: &[&str],
        #[form(style = csv)] ids: &[u32],
        #[form] nothing: Option<&str>,
    ) -> Result<Echo, Error>;
    #[put("/put")]
    async fn whole(&self, #[body(form)] order: &Order<'_>) -> Result<Echo, Error>;
    #[patch("/patch")]
    async fn map(&self, #[body(form)] map: &BTreeMap<&str, &str>) -> Result<Echo, Error>;

    #[post("/post")]
    async fn parts(
        &self,
        #[part] title: &str,
        #[part("meta", json)] meta: &serde_json::Value,
        #[part] labels: &[&str],
        #[part] nothing: Option<&str>,
        #[part] raw: Bytes,
        #[part("file")] files: Vec<Part>,
    ) -> Result<Echo, Error>;
    #[put("/put")]
    async fn file(&self, #[part] size: u64, #[part] file: Part) -> Result<Echo, Error>;
}

const ODD: &str = "a=b&c d+e%20f\r\n\"grüße\" 🦀";

pub(super) async fn fields(httpbin: &Httpbin) {
    let client = FormsClient::at(httpbin.url()).unwrap();
    let echo = client.order(ODD, 20, &[ODD, "", "b"], &[1, 2], None).await.unwrap();
    assert_eq!(echo.header("Content-Type"), "application/x-www-form-urlencoded");
    assert_eq!(
        echo.form,
        values(&[
            ("fullName", &[ODD]),
            ("page-size", &["20"]),
            ("tags", &[ODD, "", "b"]),
            ("ids", &["1,2"]),
        ])
    );
    assert!(echo.args.is_empty(), "nothing of it is in the URL: {}", echo.url);
    let echo = client.order("", 0, &[], &[], Some("x")).await.unwrap();
    assert_eq!(echo.data, "fullName=&page-size=0&nothing=x");
}

pub(super) async fn a_struct(httpbin: &Httpbin) {
    let client = FormsClient::at(httpbin.url()).unwrap();
    let order = Order {
        name: ODD,
        tags: vec!["a", ODD],
        address: Address { city: "Köln" },
        note: None,
        pieces: 3,
    };
    let echo = client.whole(&order).await.unwrap();
    assert_eq!(echo.header("Content-Type"), "application/x-www-form-urlencoded");
    assert_eq!(
        echo.form,
        values(&[
            ("name", &[ODD]),
            ("tags", &["a", ODD]),
            ("address.city", &["Köln"]),
            ("pieces", &["3"]),
        ])
    );
    let map = BTreeMap::from([(ODD, "1"), ("b", ODD)]);
    let echo = client.map(&map).await.unwrap();
    assert_eq!(echo.form, values(&[(ODD, &["1"]), ("b", &[ODD])]));
}

pub(super) async fn parts(httpbin: &Httpbin) {
    let client = FormsClient::at(httpbin.url()).unwrap();
    let meta = json!({"a": [1, "ü"]});
    let files = vec![
        Part::bytes("first").file_name("a \"1\".txt").content_type("text/plain"),
        Part::text("second").file_name("größe.csv").header("x-kind", "table"),
    ];
    let raw = Bytes::from_static(b"raw");
    let echo = client.parts(ODD, &meta, &["x", "y"], None, raw, files).await.unwrap();
    let content_type = echo.header("Content-Type");
    assert!(content_type.starts_with("multipart/form-data; boundary="), "{content_type}");
    assert_eq!(echo.header("Content-Length"), echo.data.len().to_string());
    assert_eq!(echo.form["title"], [ODD]);
    assert_eq!(echo.form["labels"], ["x", "y"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&echo.form["meta"][0]).unwrap(), meta);
    assert_eq!(echo.files["file"], ["first", "second"]);
    assert_eq!(echo.form["raw"], ["raw"], "without a file name it is no file");
    assert!(!echo.form.contains_key("nothing"), "{:?}", echo.form);
    for line in ["content-type: application/json", "content-type: text/plain", "x-kind: table"] {
        assert!(echo.data.to_lowercase().contains(line), "{line} in {}", echo.data);
    }
}

/// A file that is gone when the scene is over.
struct Scratch(PathBuf);

impl Scratch {
    fn of(bytes: &[u8]) -> Self {
        let name = format!("feign-services-{}.bin", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

pub(super) async fn files_and_streams_as_parts(httpbin: &Httpbin) {
    let client = FormsClient::at(httpbin.url()).unwrap();
    let text: String = ('a'..='z').cycle().take(500 << 10).collect();
    let scratch = Scratch::of(text.as_bytes());

    let echo = client.file(1, Part::file(&scratch.0).await.unwrap()).await.unwrap();
    assert_eq!(echo.files["file"], [text.as_str()]);
    assert_eq!(echo.header("Content-Length"), echo.data.len().to_string());

    let pieces = |text: &str| {
        let pieces: Vec<_> = text.as_bytes().chunks(1000).map(Bytes::copy_from_slice).collect();
        Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, Error>)))
    };
    let known = Part::stream(pieces(&text), Some(text.len() as u64)).file_name("known");
    let echo = client.file(2, known).await.unwrap();
    assert_eq!(echo.files["file"], [text.as_str()]);
    assert_eq!(echo.header("Content-Length"), echo.data.len().to_string());

    let unknown = Part::stream(pieces(&text), None).file_name("unknown");
    let echo = client.file(3, unknown).await.unwrap();
    assert_eq!(echo.files["file"], [text.as_str()]);
    assert_eq!(echo.header("Transfer-Encoding"), "chunked");
}

//! Raw bodies, and parts of them.

use feign::{Body, Bytes, Error, Response};
use futures_util::stream;
use serde::Deserialize;

use super::{Echo, Httpbin};

#[derive(Deserialize)]
struct Upload {
    bytes_received: usize,
    headers: super::server::Values,
}

#[feign::client]
trait Raw {
    #[post("/post")]
    async fn text(&self, #[body] text: String) -> Result<Echo, Error>;
    #[post("/post")]
    async fn maybe(&self, #[body] text: Option<&str>) -> Result<Echo, Error>;
    #[post("/upload")]
    async fn bytes(&self, #[body] bytes: Bytes) -> Result<Upload, Error>;
    #[put("/upload")]
    async fn stream(&self, #[body] body: Body) -> Result<Upload, Error>;
    #[get("/bytes/{size}{?seed}")]
    async fn download(&self, size: usize, seed: u32) -> Result<Bytes, Error>;
    #[get("/bytes/{size}")]
    async fn into_vec(&self, size: usize) -> Result<Vec<u8>, Error>;
    #[get("/range/{size}")]
    async fn range(&self, size: usize, #[header] range: &str) -> Result<Response<String>, Error>;
    #[get("/cache")]
    #[none(304)]
    async fn cached(
        &self,
        #[header] if_none_match: Option<&str>,
    ) -> Result<Response<Option<Echo>>, Error>;
    #[get("/etag/{etag}")]
    #[accept(304, 412)]
    async fn etag(
        &self,
        etag: &str,
        #[header] if_none_match: Option<&str>,
        #[header] if_match: Option<&str>,
    ) -> Result<Response<String>, Error>;
}

/// The largest that go-httpbin takes and gives.
const MEBIBYTE: usize = 1 << 20;

pub(super) async fn text_bytes_and_streams_arrive_whole(httpbin: &Httpbin) {
    let client = RawClient::at(httpbin.url()).unwrap();
    let echo = client.text("line\r\nline".to_owned()).await.unwrap();
    assert_eq!(echo.data, "line\r\nline");
    let echo = client.maybe(None).await.unwrap();
    assert_eq!(echo.data, "");
    assert!(!echo.headers.contains_key("Content-Type"), "{:?}", echo.headers);

    let upload = client.bytes(Bytes::from(vec![0xff; MEBIBYTE])).await.unwrap();
    assert_eq!(upload.bytes_received, MEBIBYTE);
    assert_eq!(upload.headers["Content-Length"], [MEBIBYTE.to_string()]);

    // Of unknown length, so in chunks.
    let pieces = (0..128_u8).map(|n| Ok::<_, Error>(Bytes::from(vec![n; 8 << 10])));
    let upload = client.stream(Body::from_stream(stream::iter(pieces))).await.unwrap();
    assert_eq!(upload.bytes_received, MEBIBYTE);
    assert_eq!(upload.headers["Transfer-Encoding"], ["chunked"]);
    assert!(!upload.headers.contains_key("Content-Length"), "{:?}", upload.headers);

    let bytes = client.download(MEBIBYTE, 1).await.unwrap();
    assert_eq!(bytes.len(), MEBIBYTE);
    assert_eq!(client.download(MEBIBYTE, 1).await.unwrap(), bytes);
    assert_ne!(client.download(MEBIBYTE, 2).await.unwrap(), bytes);
    assert_eq!(client.into_vec(3).await.unwrap().len(), 3);
    assert!(client.into_vec(0).await.unwrap().is_empty());
}

pub(super) async fn too_large_is_said_in_time(httpbin: &Httpbin) {
    let client = RawClient::at(httpbin.url()).unwrap();
    let limited = client.with(|call| call.body_limit(64 << 10));
    assert_eq!(limited.into_vec(64 << 10).await.unwrap().len(), 64 << 10);
    let error = limited.into_vec((64 << 10) + 1).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    // The server's own limit is a plain refusal.
    let error = client.into_vec(MEBIBYTE + 1).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(error.body().starts_with(b"{"), "{:?}", error.body());
}

pub(super) async fn part_of_a_resource(httpbin: &Httpbin) {
    let client = RawClient::at(httpbin.url()).unwrap();
    let part = client.range(100, "bytes=10-19").await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], "bytes 10-19/100");
    assert_eq!(part.body(), "klmnopqrst");
    let rest = client.range(28, "bytes=-2").await.unwrap();
    assert_eq!(rest.body(), "ab");
    let two = client.range(100, "bytes=0-1,26-27").await.unwrap();
    let content_type = two.headers()["content-type"].to_str().unwrap();
    assert!(content_type.starts_with("multipart/byteranges"), "{content_type}");
    assert_eq!(two.body().matches("\r\n\r\nab\r\n").count(), 2, "{}", two.body());
    let error = client.range(100, "bytes=200-").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 416);
    assert_eq!(error.headers()["content-range"], "bytes */100");
}

pub(super) async fn what_has_not_changed(httpbin: &Httpbin) {
    let client = RawClient::at(httpbin.url()).unwrap();
    let first = client.cached(None).await.unwrap();
    assert_eq!(first.body().as_ref().unwrap().method, "GET");
    let etag = first.headers()["etag"].to_str().unwrap();
    let again = client.cached(Some(etag)).await.unwrap();
    assert_eq!(again.status(), 304);
    assert!(again.body().is_none());

    let same = client.etag("abc", Some("\"abc\""), None).await.unwrap();
    assert_eq!(same.status(), 304);
    assert_eq!(same.body(), "");
    assert_eq!(client.etag("abc", Some("\"old\""), None).await.unwrap().status(), 200);
    assert_eq!(client.etag("abc", None, Some("\"old\"")).await.unwrap().status(), 412);
}

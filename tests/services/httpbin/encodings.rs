//! Content codings, in both directions.

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use feign::{Bytes, Error, Response};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{Echo, Httpbin};
use crate::support::helper;

#[derive(Deserialize)]
struct Packed {
    #[serde(default)]
    gzipped: bool,
    #[serde(default)]
    deflated: bool,
}

#[feign::client]
trait Codings {
    #[get("/gzip")]
    async fn gzip(&self) -> Result<Response<Packed>, Error>;
    #[get("/deflate")]
    async fn deflate(&self) -> Result<Response<Packed>, Error>;
    #[get("/gzip")]
    async fn as_text(&self) -> Result<String, Error>;
    #[get("/get")]
    async fn offer(&self) -> Result<Echo, Error>;
    #[get("/json")]
    async fn sample(&self) -> Result<String, Error>;
    #[get("/json")]
    async fn as_coded(&self, #[header] accept_encoding: &str) -> Result<Response<String>, Error>;
    #[get("/response-headers?content-encoding={coding}")]
    async fn lie(&self, coding: &str) -> Result<String, Error>;

    #[post("/dump/request")]
    #[compress(gzip)]
    async fn dump(&self, #[body] bytes: Bytes) -> Result<Bytes, Error>;
    #[post("/dump/request")]
    #[compress(br)]
    async fn dump_br(&self, #[body] bytes: Bytes) -> Result<Bytes, Error>;
    #[post("/dump/request")]
    #[compress(zstd)]
    async fn dump_zstd(&self, #[body] bytes: Bytes) -> Result<Bytes, Error>;
    #[post("/dump/request")]
    #[compress(deflate)]
    async fn dump_deflate(&self, #[body] bytes: Bytes) -> Result<Bytes, Error>;
}

pub(super) async fn gzip_and_deflate_from_the_server(httpbin: &Httpbin) {
    let client = CodingsClient::at(httpbin.url()).unwrap();
    let offer = client.offer().await.unwrap();
    for coding in ["gzip", "br", "zstd", "deflate"] {
        assert!(offer.header("Accept-Encoding").contains(coding), "{:?}", offer.headers);
    }
    let gzip = client.gzip().await.unwrap();
    let deflate = client.deflate().await.unwrap();
    assert!(gzip.body().gzipped && deflate.body().deflated);
    for headers in [gzip.headers(), deflate.headers()] {
        // They told of what is no more.
        assert!(!headers.contains_key("content-encoding"), "{headers:?}");
        assert!(!headers.contains_key("content-length"), "{headers:?}");
    }
}

/// go-httpbin knows neither, so a service of ours stands before it.
pub(super) async fn brotli_and_zstd_from_a_relay(httpbin: &Httpbin) {
    let (_relay, url) = helper("relay", &[&httpbin.url()]).await.unwrap();
    let client = CodingsClient::at(url).unwrap();
    let plain = CodingsClient::at(httpbin.url()).unwrap().sample().await.unwrap();
    assert_eq!(client.sample().await.unwrap(), plain);
    for coding in ["br", "zstd"] {
        let answer = client.as_coded(coding).await.unwrap();
        assert_eq!(answer.headers()["x-coding"], coding, "it came like this");
        assert!(!answer.headers().contains_key("content-encoding"), "{:?}", answer.headers());
        assert_eq!(answer.body(), &plain, "{coding}");
    }
}

pub(super) async fn a_lie_is_an_error(httpbin: &Httpbin) {
    let client = CodingsClient::at(httpbin.url()).unwrap();
    for coding in ["gzip", "br", "zstd", "deflate"] {
        let error = client.lie(coding).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 200, "{coding}: {error:?}");
        assert!(!error.is_status() && !error.is_timeout(), "{coding}: {error:?}");
    }
    assert!(client.lie("identity").await.unwrap().contains("identity"));
}

pub(super) async fn a_limit_counts_what_was_decoded(httpbin: &Httpbin) {
    let client = CodingsClient::at(httpbin.url()).unwrap();
    let decoded = client.as_text().await.unwrap().len();
    let limited = |bytes| client.with(|call| call.body_limit(bytes));
    assert_eq!(limited(decoded).as_text().await.unwrap().len(), decoded);
    // More than what came over the wire.
    let error = limited(decoded - 1).as_text().await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
}

pub(super) async fn requests_are_compressed_on_demand(httpbin: &Httpbin) {
    let client = CodingsClient::at(httpbin.url()).unwrap();
    let sent = Bytes::from("a text that repeats itself, ".repeat(1000));
    let (head, body) = split(&client.dump(sent.clone()).await.unwrap());
    assert!(head.contains("content-encoding: gzip\r\n"), "{head}");
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
    assert!(body.len() < sent.len() / 10, "{}", body.len());
    assert_eq!(read(GzipDecoder::new(&body[..])).await, sent);

    let (head, body) = split(&client.dump_br(sent.clone()).await.unwrap());
    assert!(head.contains("content-encoding: br\r\n"), "{head}");
    assert_eq!(read(BrotliDecoder::new(&body[..])).await, sent);
    let (head, body) = split(&client.dump_zstd(sent.clone()).await.unwrap());
    assert!(head.contains("content-encoding: zstd\r\n"), "{head}");
    assert_eq!(read(ZstdDecoder::new(&body[..])).await, sent);
    let (head, body) = split(&client.dump_deflate(sent.clone()).await.unwrap());
    assert!(head.contains("content-encoding: deflate\r\n"), "{head}");
    assert_eq!(read(ZlibDecoder::new(&body[..])).await, sent);

    let plain = client.with(|call| call.compress(None));
    let (head, body) = split(&plain.dump(sent.clone()).await.unwrap());
    assert!(!head.contains("content-encoding"), "{head}");
    assert_eq!(body, sent);
}

/// The head in lower case, and the body, of a request as the server dumps it.
fn split(dump: &Bytes) -> (String, Bytes) {
    let end = dump.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    (String::from_utf8_lossy(&dump[..end]).to_lowercase(), dump.slice(end..))
}

async fn read(mut decoder: impl AsyncRead + Unpin) -> Vec<u8> {
    let mut bytes = Vec::new();
    decoder.read_to_end(&mut bytes).await.unwrap();
    bytes
}

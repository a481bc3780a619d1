//! Bodies that came compressed, as they were meant.

use bytes::Bytes;
use http::HeaderMap;

/// Takes away what `#[compress]` did; a body that is not what its head says stays what it is.
#[cfg(feature = "compression")]
pub(super) async fn decoded(headers: &HeaderMap, body: Bytes) -> Bytes {
    use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
    use http::header::CONTENT_ENCODING;
    use tokio::io::{AsyncRead, AsyncReadExt as _};

    let mut decoder: Box<dyn AsyncRead + Send + Unpin> =
        match headers.get(CONTENT_ENCODING).map(|coding| coding.as_bytes()) {
            Some(b"gzip") => Box::new(GzipDecoder::new(&*body)),
            Some(b"br") => Box::new(BrotliDecoder::new(&*body)),
            Some(b"zstd") => Box::new(ZstdDecoder::new(&*body)),
            Some(b"deflate") => Box::new(ZlibDecoder::new(&*body)),
            _ => return body,
        };
    let mut meant = Vec::new();
    let outcome = decoder.read_to_end(&mut meant).await;
    drop(decoder);
    if outcome.is_ok() { meant.into() } else { body }
}

#[cfg(not(feature = "compression"))]
#[expect(clippy::unused_async, reason = "the same signature as with the feature")]
pub(super) async fn decoded(_: &HeaderMap, body: Bytes) -> Bytes {
    body
}

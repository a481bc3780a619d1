//! Compressed bodies: answers as they come, requests on demand.

mod answers;
mod requests;

use async_compression::tokio::bufread::{
    BrotliDecoder, BrotliEncoder, GzipDecoder, GzipEncoder, ZlibDecoder, ZlibEncoder, ZstdDecoder,
    ZstdEncoder,
};
use tokio::io::AsyncReadExt as _;

const CODINGS: [&str; 4] = ["gzip", "br", "zstd", "deflate"];

async fn encoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => GzipEncoder::new(bytes).read_to_end(&mut out).await,
        "br" => {
            BrotliEncoder::with_quality(bytes, async_compression::Level::Fastest)
                .read_to_end(&mut out)
                .await
        }
        "zstd" => ZstdEncoder::new(bytes).read_to_end(&mut out).await,
        "deflate" => ZlibEncoder::new(bytes).read_to_end(&mut out).await,
        other => panic!("{other}"),
    }
    .unwrap();
    out
}

async fn decoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => GzipDecoder::new(bytes).read_to_end(&mut out).await,
        "br" => BrotliDecoder::new(bytes).read_to_end(&mut out).await,
        "zstd" => ZstdDecoder::new(bytes).read_to_end(&mut out).await,
        "deflate" => ZlibDecoder::new(bytes).read_to_end(&mut out).await,
        other => panic!("{other}"),
    }
    .unwrap();
    out
}

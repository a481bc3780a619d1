//! Answers, decoded while they are read: whatever the transport, and members behind each other too.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http_body::{Body as HttpBody, Frame};
use tokio::io::{AsyncBufRead as _, AsyncRead};

use crate::body::Body;
use crate::compress::Reader;
use crate::error::BoxError;
use crate::source::Source;

/// What is said as `accept-encoding`, unless a header says another.
pub(crate) const ACCEPTED: &str = "gzip, br, zstd, deflate";

#[derive(Clone, Copy)]
enum Coding {
    Gzip,
    Brotli,
    Zstd,
    Deflate,
}

type Decoder = Box<dyn AsyncRead + Send + Unpin>;

impl Coding {
    fn of<B>(response: &Response<B>) -> Option<Self> {
        let coding = response.headers().get(CONTENT_ENCODING)?.to_str().ok()?.trim();
        let is = |token: &str| coding.eq_ignore_ascii_case(token);
        match () {
            () if is("gzip") || is("x-gzip") => Some(Self::Gzip),
            () if is("br") => Some(Self::Brotli),
            () if is("zstd") => Some(Self::Zstd),
            () if is("deflate") => Some(Self::Deflate),
            () => None,
        }
    }

    /// Reads all members, so that what stands behind the first one is neither lost nor taken for its end.
    fn decoder(self, reader: Reader) -> Decoder {
        macro_rules! whole {
            ($decoder:ident) => {{
                let mut decoder = $decoder::new(reader);
                decoder.multiple_members(true);
                Box::new(decoder)
            }};
        }
        match self {
            Self::Gzip => whole!(GzipDecoder),
            Self::Brotli => whole!(BrotliDecoder),
            Self::Zstd => whole!(ZstdDecoder),
            Self::Deflate => whole!(ZlibDecoder),
        }
    }
}

/// Decodes a body, and takes away what its head says of the bytes that came.
pub(crate) fn decoded(mut response: Response<Body>) -> Response<Body> {
    let Some(coding) = Coding::of(&response) else { return response };
    response.headers_mut().remove(CONTENT_ENCODING);
    response.headers_mut().remove(CONTENT_LENGTH);
    response.map(|body| Body::new(Decoded::Unread { coding, reader: Some(Reader::new(body)) }))
}

/// An answer without a body may name a coding all the same, so the first byte is waited for.
enum Decoded {
    Unread { coding: Coding, reader: Option<Reader> },
    Begun(Source<Decoder>),
}

impl HttpBody for Decoded {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        loop {
            match this {
                Self::Begun(source) => {
                    let frame = ready!(Pin::new(source).poll_frame(cx));
                    return Poll::Ready(frame.map(|frame| frame.map_err(cause)));
                }
                Self::Unread { coding, reader } => {
                    let Some(unread) = reader.as_mut() else { return Poll::Ready(None) };
                    match ready!(Pin::new(unread).poll_fill_buf(cx)) {
                        Ok([]) => *reader = None,
                        Ok(_) => {
                            let Some(unread) = reader.take() else { continue };
                            *this = Self::Begun(Source::new(coding.decoder(unread)));
                        }
                        Err(error) => return Poll::Ready(Some(Err(cause(error)))),
                    }
                }
            }
        }
    }
}

/// What a body said is what is told, not that a decoder read it.
fn cause(error: io::Error) -> BoxError {
    if error.get_ref().is_none() {
        return error.into();
    }
    error.into_inner().unwrap_or_else(|| "the body broke off".into())
}

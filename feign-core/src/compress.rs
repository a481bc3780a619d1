//! Request bodies, compressed on demand.

/// How a request body is compressed: see `#[compress]` and [`CallOptions::compress`](crate::CallOptions::compress).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// `gzip` (RFC 1952)
    Gzip,
    /// `br` (RFC 7932)
    Brotli,
    /// `zstd` (RFC 8878)
    Zstd,
    /// `deflate`: the zlib format (RFC 1950), as RFC 9110 §8.4.1.2 means it.
    Deflate,
}

/// What `#[compress]` asks for: nothing implements it without the feature.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[compress]` needs the feature `compression`",
    label = "not enabled",
    note = "help: write `features = [\"compression\"]` at `feign` in Cargo.toml"
)]
pub trait Compresses {}

#[cfg(feature = "compression")]
impl Compresses for Compression {}

/// What a declaration says.
#[doc(hidden)]
#[must_use]
pub const fn compression<T: Compresses + Copy>(coding: T) -> T {
    coding
}

#[cfg(feature = "compression")]
pub(crate) use self::coding::{Reader, compress};

#[cfg(feature = "compression")]
mod coding {
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use async_compression::Level;
    use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
    use bytes::{Buf as _, Bytes, BytesMut};
    use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
    use http::{HeaderValue, Request};
    use http_body::Body as HttpBody;
    use tokio::io::{AsyncBufRead, AsyncRead, AsyncReadExt as _, ReadBuf};

    use super::Compression;
    use crate::body::Body;
    use crate::error::{BoxError, Error};
    use crate::source::{PIECE, Source};

    impl Compression {
        const fn token(self) -> &'static str {
            match self {
                Self::Gzip => "gzip",
                Self::Brotli => "br",
                Self::Zstd => "zstd",
                Self::Deflate => "deflate",
            }
        }

        fn encoder(self, body: Body) -> Box<dyn AsyncRead + Send + Unpin> {
            let body = Reader::new(body);
            match self {
                Self::Gzip => Box::new(GzipEncoder::new(body)),
                // The default is the best that brotli can, a hundred times slower than this.
                Self::Brotli => Box::new(BrotliEncoder::with_quality(body, Level::Precise(4))),
                Self::Zstd => Box::new(ZstdEncoder::new(body)),
                Self::Deflate => Box::new(ZlibEncoder::new(body)),
            }
        }
    }

    /// Compresses what a request sends, and says so in its head: the two are written together, so that
    /// they agree whatever headers were set before. A body that can be repeated still can be.
    pub(crate) async fn compress(
        coding: Compression,
        request: &mut Request<Body>,
    ) -> Result<(), Error> {
        let body = std::mem::take(request.body_mut());
        if body.as_bytes().is_some_and(Bytes::is_empty) {
            return Ok(());
        }
        if request.headers().contains_key(CONTENT_ENCODING) {
            return Err(Error::build(
                "the body has a `content-encoding` already; take the header away, or do not compress",
            ));
        }
        let repeats = body.try_clone().is_some();
        let encoder = coding.encoder(body);
        *request.body_mut() = match repeats {
            true => Body::from(whole(encoder).await.map_err(Error::other)?),
            false => Body::new(Source::new(encoder)),
        };
        request.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding.token()));
        request.headers_mut().remove(CONTENT_LENGTH);
        Ok(())
    }

    async fn whole(mut encoder: Box<dyn AsyncRead + Send + Unpin>) -> std::io::Result<Bytes> {
        let mut all = BytesMut::new();
        loop {
            all.reserve(PIECE);
            if encoder.read_buf(&mut all).await? == 0 {
                return Ok(all.freeze());
            }
            // A large body is work for a while: others get their turn.
            tokio::task::yield_now().await;
        }
    }

    /// Reads a body; the boxed encoders and decoders want no more than that.
    pub(crate) struct Reader {
        body: Body,
        piece: Bytes,
    }

    impl Reader {
        pub(crate) const fn new(body: Body) -> Self {
            Self { body, piece: Bytes::new() }
        }
    }

    impl AsyncBufRead for Reader {
        fn poll_fill_buf(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<std::io::Result<&[u8]>> {
            let this = self.get_mut();
            while this.piece.is_empty() {
                match ready!(Pin::new(&mut this.body).poll_frame(cx)) {
                    None => break,
                    Some(Ok(frame)) => this.piece = frame.into_data().unwrap_or_default(),
                    Some(Err(error)) => return Poll::Ready(Err(broken(error))),
                }
            }
            Poll::Ready(Ok(&this.piece))
        }

        fn consume(mut self: Pin<&mut Self>, count: usize) {
            let count = count.min(self.piece.len());
            self.piece.advance(count);
        }
    }

    impl AsyncRead for Reader {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            into: &mut ReadBuf<'_>,
        ) -> Poll<std::io::Result<()>> {
            let ready = ready!(self.as_mut().poll_fill_buf(cx))?;
            let count = ready.len().min(into.remaining());
            into.put_slice(&ready[..count]);
            self.consume(count);
            Poll::Ready(Ok(()))
        }
    }

    fn broken(error: BoxError) -> std::io::Error {
        std::io::Error::other(error)
    }
}

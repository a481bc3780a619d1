//! Bodies that are read from something: a file, or what compresses another body.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::error::BoxError;

/// Few enough that a slow peer holds little, enough that a file is read in few steps.
pub(crate) const PIECE: usize = 64 << 10;

/// Reads to the end, a piece each time the peer takes one.
pub(crate) struct Source<R> {
    reader: R,
    buffer: BytesMut,
}

impl<R> Source<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, buffer: BytesMut::new() }
    }
}

impl<R: AsyncRead + Unpin> HttpBody for Source<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Self { reader, buffer } = self.get_mut();
        buffer.reserve(PIECE);
        // Nothing is lost between two polls: the future holds no more than borrows.
        let read = ready!(pin!(reader.read_buf(buffer)).poll(cx));
        Poll::Ready(match read {
            Ok(0) => None,
            Ok(_) => Some(Ok(Frame::data(buffer.split().freeze()))),
            Err(error) => Some(Err(error)),
        })
    }
}

/// Holds a body to the length that is said of it: the head of the request has told it already.
pub(crate) struct Measured<B> {
    pub(crate) body: B,
    pub(crate) left: u64,
}

impl<B> HttpBody for Measured<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose();
        let frame = frame.map_err(Into::into)?;
        let Some(frame) = frame else {
            let short = "the stream ended before the length that was said of it";
            return Poll::Ready((self.left > 0).then(|| Err(short.into())));
        };
        let length = frame.data_ref().map_or(0, |data| data.len() as u64);
        match self.left.checked_sub(length) {
            Some(left) => self.left = left,
            None => {
                return Poll::Ready(Some(Err(
                    "the stream goes on behind the length that was said of it".into(),
                )));
            }
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

//! Reads bodies: within a limit of size when buffered, within a limit of idling when streamed.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, Sleep};

use crate::body::Body;
use crate::error::{BoxError, Error, Kind, Setting};

/// What was read of a body, and why it ended early.
pub(crate) struct Buffered {
    pub(crate) bytes: Bytes,
    pub(crate) error: Option<Error>,
}

/// Reads a body to its end. The bytes of a body in one piece are not copied.
pub(crate) async fn buffered(mut body: Body, limit: usize) -> Buffered {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let error = loop {
        let frame = match body.frame().await {
            None => break None,
            Some(Err(error)) => break Some(Error::other(error).broken_off()),
            Some(Ok(frame)) => frame,
        };
        let Ok(data) = frame.into_data() else { continue };
        let read = if all.is_empty() { first.len() } else { all.len() };
        if data.len() > limit - read {
            let rest = data.slice(..limit - read);
            gather(&mut first, &mut all, rest);
            break Some(Error::new(Kind::TooLarge { limit }));
        }
        gather(&mut first, &mut all, data);
    };
    Buffered { bytes: if all.is_empty() { first } else { all.freeze() }, error }
}

fn gather(first: &mut Bytes, all: &mut BytesMut, data: Bytes) {
    if first.is_empty() && all.is_empty() {
        *first = data;
    } else {
        if all.is_empty() {
            all.extend_from_slice(first);
        }
        all.extend_from_slice(&data);
    }
}

/// Ends a streamed body that idles for too long.
pub(crate) fn watched(body: Body, limit: Duration) -> Body {
    // A limit beyond what the clock can count is none.
    match Instant::now().checked_add(limit) {
        Some(ends) => {
            Body::new(Watched { body, limit, idle: Box::pin(tokio::time::sleep_until(ends)) })
        }
        None => body,
    }
}

struct Watched {
    body: Body,
    limit: Duration,
    idle: Pin<Box<Sleep>>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let limit = self.limit;
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.idle.as_mut().reset(Instant::now() + limit);
            return Poll::Ready(
                frame.map(|frame| frame.map_err(|error| Error::other(error).broken_off().into())),
            );
        }
        match self.idle.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                // Dropped, not read on: the connection is closed and not used again.
                self.body = Body::empty();
                Poll::Ready(Some(Err(Error::timed_out(Setting::Idle, limit).into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

//! Reads bodies: within a limit of size when buffered, within a limit of idling when streamed.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
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

/// Ends a streamed body that idles for too long. A reader that takes its time is no idle server: the
/// wait begins when something was asked for and is not there.
pub(crate) fn watched(body: Body, limit: Duration) -> Body {
    Body::new(Watched {
        body,
        limit,
        idle: Box::pin(tokio::time::sleep(Duration::ZERO)),
        waiting: false,
    })
}

struct Watched {
    body: Body,
    limit: Duration,
    idle: Pin<Box<Sleep>>,
    waiting: bool,
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
            self.waiting = false;
            let broken = |error| Error::other(error).broken_off().into();
            return Poll::Ready(frame.map(|frame| frame.map_err(broken)));
        }
        if !self.waiting {
            // A limit beyond what the clock can count is none.
            let Some(ends) = Instant::now().checked_add(limit) else { return Poll::Pending };
            self.idle.as_mut().reset(ends);
            self.waiting = true;
        }
        ready!(self.idle.as_mut().poll(cx));
        // Dropped, not read on: the connection is closed and not used again.
        self.body = Body::empty();
        Poll::Ready(Some(Err(Error::timed_out(Setting::Idle, limit).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

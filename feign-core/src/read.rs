//! Reads bodies: within a limit of size when buffered, within a limit of idling when streamed.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, Sleep};

use crate::body::Body;
use crate::error::{Error, Kind, Setting};
use crate::layer::Reached;
use crate::operation::Operation;

/// What was read of a body: kept, however the reading ends. The bytes of a body in one piece are not
/// copied.
#[derive(Default)]
pub(crate) struct Buffer {
    first: Bytes,
    all: BytesMut,
}

impl Buffer {
    /// Reads a body to its end, or as far as the limit.
    pub(crate) async fn fill(&mut self, mut body: Body, limit: usize) -> Result<(), Error> {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Error::other(error).broken_off())?;
            let Ok(data) = frame.into_data() else { continue };
            let left = limit - self.len();
            if data.len() > left {
                self.push(data.slice(..left));
                return Err(Error::new(Kind::TooLarge { limit }));
            }
            self.push(data);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, data: Bytes) {
        if self.first.is_empty() {
            self.first = data;
        } else {
            if self.all.is_empty() {
                self.all.extend_from_slice(&self.first);
            }
            self.all.extend_from_slice(&data);
        }
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}

/// Where a body comes from: what an error of reading it says.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) reached: Reached,
}

/// A streamed body. It ends when it idles for too long, and after an error. A reader that takes its
/// time is no idle server: the wait begins when something was asked for and is not there.
#[derive(Debug)]
pub(crate) struct Watched {
    body: Body,
    limit: Duration,
    /// Made when first something is waited for.
    idle: Option<Pin<Box<Sleep>>>,
    waiting: bool,
    origin: Origin,
}

impl Watched {
    pub(crate) const fn new(body: Body, limit: Duration, origin: Origin) -> Self {
        Self { body, limit, idle: None, waiting: false, origin }
    }

    /// Returns the next bytes; trailers are passed over.
    pub(crate) fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(frame) = ready!(self.poll(cx)).transpose()? {
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
        Poll::Ready(None)
    }

    /// Gives an error everything that is known of the answer; `body` is what cannot be read.
    pub(crate) fn failed(&self, error: Error, body: Bytes) -> Error {
        let Origin { operation, status, headers, reached } = &self.origin;
        error
            .in_operation(operation)
            .at_endpoint(reached.endpoint.as_ref(), reached.attempt)
            .answered(*status, headers.clone(), body)
    }

    /// Ends the body. One that was not read to its end closes its connection.
    pub(crate) fn close(&mut self) {
        self.body = Body::empty();
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let read = match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(read) => read.map(|read| read.map_err(|e| Error::other(e).broken_off())),
            Poll::Pending => Some(Err(ready!(self.poll_idle(cx)))),
        };
        self.waiting = false;
        if !matches!(read, Some(Ok(_))) {
            self.close();
        }
        Poll::Ready(read.map(|read| read.map_err(|error| self.failed(error, Bytes::new()))))
    }

    fn poll_idle(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        if !self.waiting {
            // A limit beyond what the clock can count is none.
            let Some(ends) = Instant::now().checked_add(self.limit) else { return Poll::Pending };
            match &mut self.idle {
                Some(idle) => idle.as_mut().reset(ends),
                None => self.idle = Some(Box::pin(tokio::time::sleep_until(ends))),
            }
            self.waiting = true;
        }
        if let Some(idle) = &mut self.idle {
            ready!(idle.as_mut().poll(cx));
        }
        Poll::Ready(Error::timed_out(Setting::Idle, self.limit))
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.poll(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

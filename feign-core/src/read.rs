//! Reads bodies: within a limit of size when buffered, within a limit of idling when streamed.

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::task::coop::has_budget_remaining;
use tokio::time::{Instant, Sleep};

use crate::body::Body;
use crate::error::{BoxError, Error, Kind, Setting};
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

/// An alarm for one wait after another. It is set anew only where it goes off, and looked at only where
/// it has, or somebody else is to be woken: to do so for each wait costs more than the waits themselves.
#[derive(Debug)]
struct Idle {
    alarm: Pin<Box<Sleep>>,
    wakes: Waker,
    is_set: bool,
}

impl Idle {
    fn new(ends: Instant, waker: &Waker) -> Self {
        let alarm = Box::pin(tokio::time::sleep_until(ends));
        Self { alarm, wakes: waker.clone(), is_set: false }
    }

    /// Ready when a wait has lasted until `ends`.
    fn poll(&mut self, ends: Instant, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_set && !self.alarm.is_elapsed() && self.wakes.will_wake(cx.waker()) {
            return Poll::Pending;
        }
        self.wakes.clone_from(cx.waker());
        loop {
            // Polled without budget, an alarm is not set: it says only that others are to run first.
            let is_set = has_budget_remaining();
            if self.alarm.as_mut().poll(cx).is_pending() {
                self.is_set = is_set;
                return Poll::Pending;
            }
            if self.alarm.deadline() >= ends {
                return Poll::Ready(());
            }
            // It was set for a wait that is over.
            self.alarm.as_mut().reset(ends);
        }
    }
}

/// A streamed body. It ends when it idles for too long, and after an error. A reader that takes its
/// time is no idle server: the wait begins when something was asked for and is not there.
#[derive(Debug)]
pub(crate) struct Watched {
    body: Body,
    limit: Duration,
    idle: Option<Idle>,
    /// When the wait that goes on has lasted too long.
    ends: Option<Instant>,
    origin: Origin,
}

impl Watched {
    pub(crate) const fn new(body: Body, limit: Duration, origin: Origin) -> Self {
        Self { body, limit, idle: None, ends: None, origin }
    }

    /// Returns the next bytes; trailers are passed over.
    pub(crate) fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let polled = self.body.poll_data(cx);
        self.judge(polled, cx)
    }

    /// Returns the next bytes or the trailers.
    pub(crate) fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        self.judge(polled, cx)
    }

    fn judge<T>(
        &mut self,
        polled: Poll<Option<Result<T, BoxError>>>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        let read = match polled {
            Poll::Ready(Some(Ok(data))) => {
                self.ends = None;
                return Poll::Ready(Some(Ok(data)));
            }
            Poll::Ready(None) => None,
            Poll::Ready(Some(Err(error))) => Some(Error::other(error).broken_off()),
            Poll::Pending => Some(ready!(self.poll_idle(cx))),
        };
        self.close();
        Poll::Ready(read.map(|error| Err(self.failed(error, Bytes::new()))))
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

    fn poll_idle(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        // A limit beyond what the clock can count is none.
        let begun = || Instant::now().checked_add(self.limit);
        let Some(ends) = self.ends.or_else(begun) else { return Poll::Pending };
        self.ends = Some(ends);
        let idle = self.idle.get_or_insert_with(|| Idle::new(ends, cx.waker()));
        ready!(idle.poll(ends, cx));
        Poll::Ready(Error::timed_out(Setting::Idle, self.limit))
    }

    pub(crate) fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

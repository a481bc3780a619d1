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
use crate::log::Rules;
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
    /// What no error shows.
    pub(crate) rules: Rules,
}

/// How often the alarm looks round while a limit passes.
const LOOKS: u32 = 32;

/// An alarm for one wait after another. To read the clock for each of them costs more than the rest of
/// watching, so a wait that begins while the alarm is set to look round is not timed: when it goes off,
/// the wait that goes on counts from there, which is by a look too late, and never too early. Waits that
/// last longer than a look, and those that follow one, are timed to the instant.
#[derive(Debug)]
struct Idle {
    alarm: Pin<Box<Sleep>>,
    wakes: Waker,
    set: Set,
    /// From where the wait counts that was timed last.
    since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    No,
    ToLook,
    ToEnd,
}

impl Idle {
    fn new(limit: Duration, waker: &Waker) -> Self {
        let since = Instant::now();
        let alarm = Box::pin(tokio::time::sleep_until(since + limit / LOOKS));
        Self { alarm, wakes: waker.clone(), set: Set::No, since }
    }

    /// Times the wait that goes on from now.
    fn begin(&mut self, limit: Duration) {
        self.since = Instant::now();
        self.alarm.as_mut().reset(self.since + limit / LOOKS);
        self.set = Set::No;
    }

    /// Whether a wait may begin that is not timed.
    #[inline]
    fn looks_round(&self, waker: &Waker) -> bool {
        self.set == Set::ToLook && self.is_to_wake(waker)
    }

    #[inline]
    fn is_to_wake(&self, waker: &Waker) -> bool {
        self.wakes.will_wake(waker) && !self.alarm.is_elapsed()
    }

    /// Ready when the wait that was timed has lasted for `limit`.
    fn poll(&mut self, limit: Duration, cx: &mut Context<'_>) -> Poll<()> {
        if self.set != Set::No && self.is_to_wake(cx.waker()) {
            return Poll::Pending;
        }
        self.wakes.clone_from(cx.waker());
        // A limit beyond what the clock can count is none.
        let Some(end) = self.since.checked_add(limit) else { return Poll::Pending };
        loop {
            // Polled without budget, an alarm is not set: it says only that others are to run first.
            let is_set = has_budget_remaining();
            let ends = self.alarm.deadline() >= end;
            if self.alarm.as_mut().poll(cx).is_pending() {
                self.set = match (is_set, ends) {
                    (false, _) => Set::No,
                    (true, false) => Set::ToLook,
                    (true, true) => Set::ToEnd,
                };
                return Poll::Pending;
            }
            if ends {
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(end);
        }
    }
}

/// A streamed body. It ends when it idles for too long, and after an error. A reader that takes its
/// time is no idle server: the wait begins when something was asked for and is not there. It lasts for
/// the limit at least, and where pieces came fast before it, for a [look](LOOKS) longer at most.
#[derive(Debug)]
pub(crate) struct Watched {
    body: Body,
    limit: Duration,
    idle: Option<Idle>,
    /// Whether the wait that goes on was timed.
    is_timed: bool,
    origin: Origin,
}

impl Watched {
    pub(crate) const fn new(body: Body, limit: Duration, origin: Origin) -> Self {
        Self { body, limit, idle: None, is_timed: false, origin }
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

    /// The ways that all pieces go are short: what is rare is done elsewhere.
    #[inline]
    fn judge<T>(
        &mut self,
        polled: Poll<Option<Result<T, BoxError>>>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        match polled {
            Poll::Ready(Some(Ok(data))) => {
                self.is_timed = false;
                Poll::Ready(Some(Ok(data)))
            }
            Poll::Ready(None) => {
                self.close();
                Poll::Ready(None)
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(self.broken(error)))),
            Poll::Pending => self.poll_idle(cx).map(|error| Some(Err(error))),
        }
    }

    /// Ready when the wait that goes on has lasted too long.
    #[inline]
    fn poll_idle(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        if self.idle.as_ref().is_some_and(|idle| idle.looks_round(cx.waker())) {
            return Poll::Pending;
        }
        self.poll_alarm(cx)
    }

    #[cold]
    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        let limit = self.limit;
        let idle = self.idle.get_or_insert_with(|| {
            self.is_timed = true;
            Idle::new(limit, cx.waker())
        });
        if !self.is_timed {
            self.is_timed = true;
            idle.begin(limit);
        }
        ready!(idle.poll(limit, cx));
        self.close();
        Poll::Ready(self.failed(Error::timed_out(Setting::Idle, limit), Bytes::new()))
    }

    #[cold]
    fn broken(&mut self, error: BoxError) -> Error {
        self.close();
        self.failed(Error::other(error).broken_off(), Bytes::new())
    }

    /// Gives an error everything that is known of the answer; `body` is what cannot be read.
    pub(crate) fn failed(&self, error: Error, body: Bytes) -> Error {
        let Origin { operation, status, headers, reached, rules } = &self.origin;
        error
            .in_operation(operation)
            .at_endpoint(reached.endpoint.as_ref(), reached.attempt)
            .answered(*status, headers.clone(), body, rules.clone())
    }

    /// Ends the body. One that was not read to its end closes its connection.
    #[cold]
    pub(crate) fn close(&mut self) {
        self.body = Body::empty();
    }

    pub(crate) fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

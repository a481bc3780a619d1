//! A stream of events that may be made anew.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode, header};
use sync_wrapper::SyncWrapper;
use tokio::time::Sleep;

use super::Event;
use super::lines::Lines;
use super::parser::Parser;
use crate::again::Again;
use crate::call::Exchanging;
use crate::codec::Answer;
use crate::error::{About, BoxError, Error};
use crate::stream::pieces::Pieces;

pub(super) const CONTENT_TYPE: &str = "text/event-stream";

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The wait before the call is made again, where the server names none.
const DELAY: Duration = Duration::from_secs(3);
/// The least wait after a failure, whatever the server has named.
const LEAST: Duration = Duration::from_millis(100);
/// The longest wait, unless the server has named a longer one.
const LONGEST: Duration = Duration::from_secs(30);

/// Reads events, and makes the call again where that is wanted.
pub(super) struct Feed {
    lines: Pieces,
    parser: Parser,
    state: State,
    again: Option<Box<Again>>,
    reconnects: bool,
    /// How often in a row the call failed.
    failures: u32,
    /// The number of the last event.
    count: u64,
}

enum State {
    Open,
    Waiting(Pin<Box<Sleep>>),
    Calling(SyncWrapper<Exchanging>),
    Closed,
}

impl Feed {
    pub(super) fn new(mut answer: Answer) -> Result<Self, Error> {
        let again = answer.take_again();
        let (lines, state) = open(answer)?;
        let parser = Parser::default();
        Ok(Self { lines, parser, state, again, reconnects: false, failures: 0, count: 0 })
    }

    /// Makes the call again from now on, or says why it cannot.
    pub(super) fn reconnect(&mut self) -> Result<(), Error> {
        let why = match &self.again {
            None => "its body can be sent only once",
            Some(again) if !again.operation().is_idempotent() => {
                "it may do harm to make it twice; say `#[idempotent]` if it does none"
            }
            Some(_) => {
                self.reconnects = true;
                return Ok(());
            }
        };
        Err(self.lines.refused(format!("this call cannot reconnect: {why}")))
    }

    /// Goes to the next event; then [`take`](Self::take) has it.
    pub(super) fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        loop {
            match &mut self.state {
                State::Open => match ready!(self.poll_open(cx)) {
                    Some(Ok(())) => return Poll::Ready(Some(Ok(()))),
                    Some(Err(error)) if error.is_too_large() || !self.reconnects => {
                        self.state = State::Closed;
                        return Poll::Ready(Some(Err(error)));
                    }
                    None if !self.reconnects => self.state = State::Closed,
                    Some(Err(_)) | None => self.wait(None),
                },
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(cx));
                    self.call()?;
                }
                State::Calling(call) => {
                    let answer = ready!(call.get_mut().as_mut().poll(cx));
                    self.answered(answer)?;
                }
                State::Closed => return Poll::Ready(None),
            }
        }
    }

    /// Returns the event that was found last, and its data, which may be taken.
    pub(super) fn take(&mut self) -> (Event<()>, &mut String) {
        self.parser.take()
    }

    /// The error of an event whose data cannot be read: others may follow.
    #[cold]
    pub(super) fn unreadable(&mut self, source: BoxError) -> Error {
        let data = mem::take(self.parser.data());
        let at = place(&source, data.as_bytes());
        self.lines.unread(at, source, event(self.count), data.into())
    }

    // === inside ===

    fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        let next = event(self.count + 1);
        while let Some(line) = ready!(self.lines.poll_piece(cx)) {
            line.map_err(|error| error.about(next))?;
            if self.parser.line(self.lines.piece()) {
                self.count += 1;
                return Poll::Ready(Some(Ok(())));
            }
            if self.parser.data().len() > self.lines.limit() {
                return Poll::Ready(Some(Err(self.lines.too_large(next))));
            }
        }
        Poll::Ready(None)
    }

    fn wait(&mut self, asked: Option<Duration>) {
        let delay = self.parser.delay().unwrap_or(DELAY);
        let pause = match self.failures {
            0 => delay,
            _ => delay.max(LEAST).saturating_mul(1 << self.failures.min(16)),
        };
        let pause = pause.min(LONGEST.max(delay)).max(asked.unwrap_or_default());
        self.state = State::Waiting(Box::pin(tokio::time::sleep(pause)));
    }

    fn call(&mut self) -> Result<(), Error> {
        self.state = State::Closed;
        let Some(again) = &mut self.again else { return Ok(()) };
        match self.parser.last_id() {
            None => {}
            Some("") => drop(again.headers().remove(LAST_EVENT_ID)),
            Some(id) => {
                let id = HeaderValue::from_bytes(id.as_bytes()).map_err(|_| {
                    Error::build("the id of the last event cannot be sent as a header")
                        .in_operation(again.operation())
                })?;
                again.headers().insert(LAST_EVENT_ID, id);
            }
        }
        if let Some(call) = again.call() {
            self.state = State::Calling(SyncWrapper::new(call));
        }
        Ok(())
    }

    fn answered(&mut self, answer: Result<Answer, Error>) -> Result<(), Error> {
        self.state = State::Closed;
        match answer {
            Ok(mut answer) => {
                let (observed, status) = (answer.take_observed(), answer.parts.status);
                let opened = open(answer);
                if let Some(observed) = observed {
                    observed.result(status, opened.as_ref().err());
                }
                (self.lines, self.state) = opened?;
                self.parser.restart();
                self.failures = 0;
                Ok(())
            }
            Err(error) if error.is_retryable() || error.is_timeout() => {
                self.failures = self.failures.saturating_add(1);
                self.wait(error.retry_after());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// An answer of 204 says that there is nothing more to come.
fn open(answer: Answer) -> Result<(Pieces, State), Error> {
    let state = match answer.status() {
        StatusCode::NO_CONTENT => State::Closed,
        _ if is_event_stream(&answer) => State::Open,
        // A page of a proxy would have no events, and no mistakes either.
        _ => return Err(answer.unreadable(None, format!("it is no `{CONTENT_TYPE}`"))),
    };
    Ok((Pieces::new(answer, Box::new(Lines::default())), state))
}

fn is_event_stream(answer: &Answer) -> bool {
    let kind = answer.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let kind = kind.and_then(|kind| kind.split(|byte| *byte == b';').next());
    kind.is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(CONTENT_TYPE.as_bytes()))
}

const fn event(number: u64) -> About {
    About::Item { noun: "event", number }
}

#[cfg(feature = "json")]
fn place(source: &BoxError, data: &[u8]) -> Option<String> {
    crate::codec::json_path::path_to(source.downcast_ref()?, data)
}

#[cfg(not(feature = "json"))]
fn place(_: &BoxError, _: &[u8]) -> Option<String> {
    None
}

//! What a mock answers.

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use serde::Serialize;

/// What a [`Mock`](super::Mock) answers: a status with headers and a body, perhaps late, perhaps broken.
///
/// A status alone is one too: `.reply(503)`.
///
/// ```
/// use std::time::Duration;
/// use feign::mock::Reply;
///
/// let late = Reply::json(200, ["a", "b"]).header("etag", "7").delay(Duration::from_secs(3));
/// let broken = Reply::json(200, ["a", "b"]).truncate();
/// let silence = Reply::hang();
/// ```
///
/// # Faults
///
/// Without a socket a fault is what a transport makes of it; on a port it is done to the socket.
///
/// | | without a socket | on a port |
/// |---|---|---|
/// | [`refuse`](Self::refuse) | an error of `is_connect` | a reset before any byte of the answer |
/// | [`reset`](Self::reset) | the exchange broke off | the same |
/// | [`hang`](Self::hang) | never ends | nothing is sent, the connection stays |
/// | [`garbage`](Self::garbage) | the exchange broke off | bytes that are no HTTP, then the end |
/// | [`reset_mid_body`](Self::reset_mid_body) | half of the body, then an error | half of the body, then a reset |
/// | [`truncate`](Self::truncate) | half of the body, then an error | half of what `content-length` says, then the end |
/// | [`slow_body`](Self::slow_body) | the body in pieces, a wait before each | the same |
#[derive(Clone)]
#[must_use = "a reply does nothing until a route gives it"]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    pub(super) delay: Duration,
    pub(super) fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    Refuse,
    Reset,
    Hang,
    Garbage,
    ResetMidBody,
    Truncate,
    SlowBody { pieces: usize, wait: Duration },
}

impl Reply {
    /// Makes a reply without a body.
    ///
    /// # Panics
    ///
    /// When `status` is no status.
    #[track_caller]
    pub fn status<S>(status: S) -> Self
    where
        S: TryInto<StatusCode, Error: fmt::Display>,
    {
        let status = status.try_into().unwrap_or_else(|error| panic!("{error}"));
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            delay: Duration::ZERO,
            fault: None,
        }
    }

    /// Makes a reply of JSON.
    ///
    /// # Panics
    ///
    /// When `status` is no status, or `value` cannot be JSON.
    #[track_caller]
    pub fn json<S>(status: S, value: impl Serialize) -> Self
    where
        S: TryInto<StatusCode, Error: fmt::Display>,
    {
        let body = serde_json::to_vec(&value).unwrap_or_else(|error| panic!("no JSON: {error}"));
        Self::status(status).header(CONTENT_TYPE, "application/json").body(body)
    }

    /// Adds a header.
    ///
    /// # Panics
    ///
    /// When it is no header.
    #[track_caller]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName, Error: fmt::Display>,
        V: TryInto<HeaderValue, Error: fmt::Display>,
    {
        let name = name.try_into().unwrap_or_else(|error| panic!("{error}"));
        let value = value.try_into().unwrap_or_else(|error| panic!("header `{name}`: {error}"));
        self.headers.append(name, value);
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Waits before the answer begins: by tokio's clock, which a test can pause.
    pub const fn delay(mut self, wait: Duration) -> Self {
        self.delay = wait;
        self
    }

    /// Makes a reply that is none: nobody listens there.
    pub fn refuse() -> Self {
        Self::status(StatusCode::OK).but(Fault::Refuse)
    }

    /// Makes a reply that is none: the connection is reset when the request has come.
    pub fn reset() -> Self {
        Self::status(StatusCode::OK).but(Fault::Reset)
    }

    /// Makes a reply that never comes.
    pub fn hang() -> Self {
        Self::status(StatusCode::OK).but(Fault::Hang)
    }

    /// Makes a reply that is no HTTP.
    pub fn garbage() -> Self {
        Self::status(StatusCode::OK).but(Fault::Garbage)
    }

    /// Breaks the connection in the middle of the body.
    pub const fn reset_mid_body(self) -> Self {
        self.but(Fault::ResetMidBody)
    }

    /// Ends the body in its middle, as if it were whole.
    pub const fn truncate(self) -> Self {
        self.but(Fault::Truncate)
    }

    /// Sends the body in so many pieces, with a wait before each.
    pub const fn slow_body(self, pieces: usize, wait: Duration) -> Self {
        self.but(Fault::SlowBody { pieces, wait })
    }

    pub(super) const fn is_refusal(&self) -> bool {
        matches!(self.fault, Some(Fault::Refuse))
    }

    const fn but(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// The head of the answer, with the length that the body claims to have.
    pub(super) fn head(&self) -> Response<()> {
        let mut head = Response::new(());
        *head.status_mut() = self.status;
        *head.headers_mut() = self.headers.clone();
        // RFC 9110 §8.6: such an answer says no length.
        if self.status != StatusCode::NO_CONTENT && !self.status.is_informational() {
            let length = if self.is_cut() { self.body.len().max(1) } else { self.body.len() };
            head.headers_mut().entry(CONTENT_LENGTH).or_insert(length.into());
        }
        head
    }

    /// The body as it goes, in answer to a request of that method.
    pub(super) fn payload(&self, method: &Method) -> Payload {
        let body = &self.body;
        let none = *method == Method::HEAD
            || matches!(self.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let whole = |end| Payload { pieces: vec![body.clone()], wait: Duration::ZERO, end };
        match self.fault {
            _ if none => Payload { pieces: Vec::new(), ..whole(End::Whole) },
            Some(Fault::SlowBody { pieces, wait }) => {
                let size = body.len().div_ceil(pieces.max(1)).max(1);
                let cut = |at| body.slice(at..body.len().min(at + size));
                let pieces = (0..body.len()).step_by(size).map(cut).collect();
                Payload { pieces, wait, end: End::Whole }
            }
            Some(fault @ (Fault::ResetMidBody | Fault::Truncate)) => {
                let end = if matches!(fault, Fault::Truncate) { End::Early } else { End::Reset };
                Payload { pieces: vec![body.slice(..body.len() / 2)], ..whole(end) }
            }
            _ => whole(End::Whole),
        }
    }

    const fn is_cut(&self) -> bool {
        matches!(self.fault, Some(Fault::ResetMidBody | Fault::Truncate))
    }
}

impl From<u16> for Reply {
    #[track_caller]
    fn from(status: u16) -> Self {
        Self::status(status)
    }
}

impl From<StatusCode> for Reply {
    fn from(status: StatusCode) -> Self {
        Self::status(status)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({} with {} bytes", self.status, self.body.len())?;
        if let Some(fault) = self.fault {
            write!(f, ", but {fault:?}")?;
        }
        f.write_str(")")
    }
}

/// A body in pieces, with a wait before each.
#[derive(Debug)]
pub(super) struct Payload {
    pub(super) pieces: Vec<Bytes>,
    pub(super) wait: Duration,
    pub(super) end: End,
}

/// What comes behind the last piece.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Whole,
    /// The connection ends.
    Early,
    /// The connection is reset.
    Reset,
}

impl End {
    /// What a transport says of it.
    pub(super) fn error(self) -> Option<io::Error> {
        match self {
            Self::Whole => None,
            Self::Early => Some(io::ErrorKind::UnexpectedEof.into()),
            Self::Reset => Some(io::ErrorKind::ConnectionReset.into()),
        }
    }
}

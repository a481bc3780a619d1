//! From a body to a value.

use std::fmt;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, Request, StatusCode};

use crate::again::Again;
use crate::body::Body;
use crate::error::{About, BoxError, Error, Kind};
use crate::hub::Limits;
use crate::layer::Reached;
use crate::log::Rules;
use crate::observe::Guard;
use crate::operation::Operation;
use crate::read::{Origin, Watched};

/// A successful answer, before it becomes the declared result.
pub struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) parts: Parts,
    pub(crate) content: Content,
    pub(crate) reached: Reached,
    pub(crate) limits: Limits,
    pub(crate) aside: Option<Box<Aside>>,
}

/// What few answers have: apart, since the future of every call holds an answer.
#[derive(Default)]
pub(crate) struct Aside {
    /// The call, where the result may want to make it again.
    pub(crate) again: Option<Box<Again>>,
    /// What no error shows.
    pub(crate) rules: Rules,
    /// Who is told how the call ended.
    pub(crate) observed: Option<Guard>,
}

/// Shows neither headers nor body, which may hold secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("operation", &self.operation)
            .field("status", &self.parts.status)
            .finish_non_exhaustive()
    }
}

impl Aside {
    pub(crate) fn new(again: Option<Box<Again>>, rules: &Rules) -> Option<Box<Self>> {
        match again.is_none() && rules.is_default() {
            true => None,
            false => Some(Box::new(Self { again, rules: rules.clone(), observed: None })),
        }
    }
}

/// What an answer holds: as much as its reader asked for.
pub(crate) enum Content {
    Buffered(Bytes),
    Stream(Body),
    /// The request was built and not sent.
    Unsent(Box<Request<Body>>),
}

impl Answer {
    /// Returns the status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// Returns the headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Returns the operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the body, if it was buffered; empty otherwise.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.content {
            Content::Buffered(bytes) => bytes.clone(),
            Content::Stream(_) | Content::Unsent(_) => Bytes::new(),
        }
    }

    /// The same, borrowed.
    pub(crate) fn buffered(&self) -> &[u8] {
        match &self.content {
            Content::Buffered(bytes) => bytes,
            Content::Stream(_) | Content::Unsent(_) => &[],
        }
    }

    /// Returns the body, buffered or not. A stream of it is limited by the idle timeout, and its
    /// errors say what they were the answer to.
    #[must_use]
    pub fn into_body(self) -> Body {
        match self.content {
            Content::Buffered(bytes) => Body::from(bytes),
            Content::Stream(_) => Body::watched(self.into_watched()),
            Content::Unsent(_) => Body::empty(),
        }
    }

    /// Returns the body as a stream that knows where it comes from.
    pub(crate) fn into_watched(self) -> Watched {
        let rules = self.rules();
        let Self { operation, parts, content, reached, limits, .. } = self;
        let body = match content {
            Content::Buffered(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
            Content::Unsent(_) => Body::empty(),
        };
        let Parts { status, headers, .. } = parts;
        let origin = Origin { operation, status, headers, reached, rules };
        Watched::new(body, limits.idle_timeout, origin)
    }

    fn rules(&self) -> Rules {
        self.aside.as_ref().map_or_else(Rules::default, |aside| aside.rules.clone())
    }

    /// Returns the call, if it was kept to be made again.
    pub(crate) fn take_again(&mut self) -> Option<Box<Again>> {
        self.aside.as_mut().and_then(|aside| aside.again.take())
    }

    /// Returns who is told what became of it.
    pub(crate) fn take_observed(&mut self) -> Option<Guard> {
        self.aside.as_mut().and_then(|aside| aside.observed.take())
    }

    /// Gives an error everything that the answer says.
    pub(crate) fn failed(self, error: Error) -> Error {
        let (body, rules) = (self.bytes(), self.rules());
        error
            .in_operation(self.operation)
            .at_endpoint(self.reached.endpoint.as_ref(), self.reached.attempt)
            .answered(self.parts.status, self.parts.headers, body, rules)
    }

    /// Makes the error of an answer that cannot be read, keeping all of it; `at` is the place in
    /// the document.
    #[must_use]
    pub fn unreadable(self, at: Option<String>, source: impl Into<BoxError>) -> Error {
        let about = match self.content {
            Content::Stream(_) => About::Unread,
            Content::Buffered(_) | Content::Unsent(_) => About::Whole,
        };
        self.failed(Error::new(Kind::Decode { at }).caused_by(source).about(about))
    }
}

/// A result that reads a body by itself, whatever the codec: text, bytes, a stream, or a type of
/// yours.
///
/// ```
/// use feign::{Answer, Error, FromBody};
///
/// struct Lines(Vec<String>);
///
/// impl FromBody for Lines {
///     fn from_body(answer: Answer) -> Result<Self, Error> {
///         match String::from_utf8(answer.bytes().to_vec()) {
///             Ok(text) => Ok(Lines(text.lines().map(str::to_owned).collect())),
///             Err(source) => Err(answer.unreadable(None, source)),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of an operation",
    label = "not a result",
    note = "help: derive `serde::Deserialize` for it (with the feature `json`), or implement `feign::FromBody`"
)]
pub trait FromBody: Sized {
    /// Whether the body is read to its end first, within its limit; otherwise it comes as a stream.
    const BUFFERED: bool = true;

    /// What is said as `accept`, unless a header says another.
    ///
    /// `application/json` also makes `null` an absent value where the result is an `Option`.
    const ACCEPT: Option<&'static str> = None;

    /// Whether an empty body is an absent value where the result is an `Option`.
    const EMPTY_IS_NONE: bool = true;

    /// Whether the call is kept, to be made again.
    #[doc(hidden)]
    const KEEPS_CALL: bool = false;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the body is not such a value: see [`Answer::unreadable`].
    fn from_body(answer: Answer) -> Result<Self, Error>;
}

/// A result that the codec reads: with the feature `json`, whatever serde can deserialise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of an operation",
    label = "not a result",
    note = "help: derive `serde::Deserialize` for it (with the feature `json`), or implement `feign::FromBody`; a \
            `Response` stands outermost: `Response<Option<T>>`"
)]
pub trait Decoded: Sized {
    #[doc(hidden)]
    fn decode(answer: Answer) -> Result<Self, Error>;
}

/// How a result wants its answer.
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "only generated code meets it, inside of a reader")]
pub struct Shape {
    pub(crate) buffered: bool,
    pub(crate) unsent: bool,
    /// What the codec reads, to be said as `accept`.
    pub(crate) accept: Option<&'static str>,
    pub(crate) empty_is_none: bool,
    /// Whether the call is kept, to be made again.
    pub(crate) keeps_call: bool,
    /// Whether a body says that there is no value.
    pub(crate) is_null: fn(&[u8]) -> bool,
}

impl Shape {
    /// JSON's `null`, for what reads JSON.
    pub(crate) fn is_json_null(bytes: &[u8]) -> bool {
        bytes.trim_ascii() == b"null"
    }

    /// For what is raw.
    pub(crate) const fn is_never_null(_: &[u8]) -> bool {
        false
    }
}

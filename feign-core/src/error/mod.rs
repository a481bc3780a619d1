//! The one error of a call.

mod kind;
mod make;

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

pub use kind::Setting;
pub(crate) use kind::{About, Kind, shown};

use crate::classify;
use crate::discover::Endpoint;
use crate::log::Rules;
use crate::operation::Operation;

/// Any error, as tower's layers pass it on.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What went wrong with a call: one pointer, holding everything that is known.
///
/// It is asked, never matched on: [`is_timeout`](Self::is_timeout), [`status`](Self::status),
/// [`body`](Self::body) and so on. Its `Display` names the operation, its template and the endpoint,
/// and shows no argument, no query value and no header; its cause is in
/// [`source`](StdError::source). For an error type of your own, derive `feign::ErrorMap`.
///
/// Fakes make one themselves:
///
/// ```
/// use feign::{Error, StatusCode};
///
/// assert!(Error::timeout().is_timeout());
/// let busy = Error::from_status(StatusCode::SERVICE_UNAVAILABLE).with_header("retry-after", "7");
/// assert_eq!(busy.retry_after(), Some(std::time::Duration::from_secs(7)));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<&'static Operation>,
    endpoint: Option<Endpoint>,
    attempts: u32,
    answer: Option<Answered>,
    about: About,
    source: Option<BoxError>,
}

/// What a server answered before it became an error.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    rules: Rules,
}

static NO_HEADERS: std::sync::LazyLock<HeaderMap> = std::sync::LazyLock::new(HeaderMap::new);
static NO_BODY: Bytes = Bytes::new();

// === what happened ===
impl Error {
    /// Returns whether a time limit ran out; [`timeout_setting`](Self::timeout_setting) says which.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout { .. })
    }

    /// Returns whether no connection came about, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::Timeout { setting: Some(Setting::Connect), .. })
    }

    /// Returns whether a server answered with a status that is no success.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.0.kind, Kind::Status)
    }

    /// Returns whether an answer came that could not be read as the declared type.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode { .. })
    }

    /// Returns whether the call was refused before anything was sent, because of an argument.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.0.kind, Kind::Refused { .. })
    }

    /// Returns whether the name of the service led to no endpoint.
    #[must_use]
    pub fn is_no_endpoint(&self) -> bool {
        matches!(self.0.kind, Kind::NoEndpoint { .. })
    }

    /// Returns whether a body was larger than its limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.kind, Kind::TooLarge { .. })
    }

    /// Whether something was asked that did not answer.
    pub(crate) fn is_unanswered(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::Timeout { .. } | Kind::Transport)
    }

    /// Returns whether another attempt may succeed and does no harm: nothing was sent, or the
    /// operation is idempotent and the failure one that passes (a broken connection, a timeout
    /// other than the total one, 408, 425, 429, 502, 503 or 504).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let idempotent = self.0.operation.is_some_and(Operation::is_idempotent);
        match &self.0.kind {
            Kind::Connect | Kind::NoEndpoint { .. } | Kind::Overloaded => true,
            Kind::Timeout { setting, .. } => match setting {
                Some(Setting::Connect) => true,
                Some(Setting::Total) => false,
                _ => idempotent,
            },
            Kind::Transport => idempotent,
            Kind::Status => idempotent && self.status().is_some_and(classify::is_passing),
            _ => false,
        }
    }
}

// === what is known ===
impl Error {
    /// Returns the operation, once a declared method was called.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Returns the endpoint of the last attempt: scheme, host and port.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_ref().map(Endpoint::as_str)
    }

    /// Returns how many attempts were begun; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the status, if a server answered: also when the body could not be read.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// Returns the headers of the answer; none if there was no answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.answer.as_ref().map_or(&NO_HEADERS, |answer| &answer.headers)
    }

    /// Returns the body of the answer, cut at the limit of buffered bodies; empty if there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.answer.as_ref().map_or(&NO_BODY, |answer| &answer.body)
    }

    /// Returns which item of a stream it is about, from 1 on: the line of an `Ndjson`, the item of a
    /// `JsonArray`, the event of an `Events`.
    #[must_use]
    pub fn item(&self) -> Option<u64> {
        match self.0.about {
            About::Item { number, .. } => Some(number),
            About::Whole | About::Unread => None,
        }
    }

    /// Returns how long the server asks to wait (`Retry-After` of RFC 9110 §10.2.3, in seconds or
    /// as a date).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        crate::retry_after::parse(self.headers(), SystemTime::now())
    }

    /// Returns which time limit ran out; `None` if none did, or if the timeout was not ours.
    #[must_use]
    pub fn timeout_setting(&self) -> Option<Setting> {
        match self.0.kind {
            Kind::Timeout { setting, .. } => setting,
            _ => None,
        }
    }

    /// Returns the name of the service that led to no endpoint.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::NoEndpoint { service, .. } => Some(service),
            _ => self.0.operation.and_then(Operation::service),
        }
    }

    /// What of the answer is shown to nobody.
    pub(crate) fn rules(&self) -> Rules {
        self.0.answer.as_ref().map(|answer| answer.rules.clone()).unwrap_or_default()
    }

    fn content_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE).map(HeaderValue::to_str)?.ok()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation:?}: ")?;
        }
        self.0.kind.describe(self, f)?;
        if let Some(endpoint) = &self.0.endpoint {
            write!(f, " [{endpoint}")?;
            if self.0.attempts > 1 {
                write!(f, ", {} attempts", self.0.attempts)?;
            }
            f.write_str("]")?;
        }
        Ok(())
    }
}

/// As `Display`, with the cause: header values and bodies may hold secrets and are not shown.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feign::Error({self}")?;
        if let Some(source) = &self.0.source {
            write!(f, "; caused by: {source:?}")?;
        }
        f.write_str(")")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

const _: () = {
    const fn shared<T: Send + Sync + Unpin + 'static>() {}
    shared::<Error>();
    assert!(size_of::<Error>() == size_of::<usize>());
};

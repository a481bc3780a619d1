//! What an observer is told of a call: borrowed, and made only where there is one.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, Uri};

use crate::discover::{Endpoint, Freshness};
use crate::error::Error;
use crate::operation::Operation;

/// Which call an event belongs to.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub(crate) id: u64,
    pub(crate) operation: &'static Operation,
    pub(crate) target: &'a str,
}

impl<'a> Call<'a> {
    /// Returns a number that all events of one call share, and no other call of this process has.
    #[must_use]
    pub const fn id(&self) -> u64 {
        self.id
    }

    /// Returns the operation that was called.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the name of the service that is called, or the URL that was given in its place.
    #[must_use]
    pub const fn target(&self) -> &'a str {
        self.target
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} #{}", self.operation, self.id)
    }
}

/// A call that begins.
#[derive(Debug)]
pub struct CallStarted<'a> {
    pub(crate) call: Call<'a>,
}

impl<'a> CallStarted<'a> {
    /// Returns which call it is.
    #[must_use]
    pub const fn call(&self) -> Call<'a> {
        self.call
    }
}

/// How a call or an attempt ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum End<'a> {
    /// With an answer of this status that is a success to the operation; of an attempt, with any answer.
    Answered(StatusCode),
    /// With an error; that of a call has the status in it, if there was one.
    Failed(&'a Error),
    /// Whoever made the call lost interest and dropped it, or its time had run out.
    Cancelled,
}

/// A call that has ended.
#[derive(Debug)]
pub struct CallEnded<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) end: End<'a>,
    pub(crate) elapsed: Duration,
    pub(crate) attempts: u32,
    pub(crate) endpoint: Option<&'a Endpoint>,
}

impl<'a> CallEnded<'a> {
    /// Returns which call it is.
    #[must_use]
    pub const fn call(&self) -> Call<'a> {
        self.call
    }

    /// Returns how it ended.
    #[must_use]
    pub const fn end(&self) -> End<'a> {
        self.end
    }

    /// Returns the status, if a server answered: also where the answer became an error.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.end.status()
    }

    /// Returns the error, if it ended with one.
    #[must_use]
    pub const fn error(&self) -> Option<&'a Error> {
        self.end.error()
    }

    /// Returns how long it took; for a stream up to its head.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns how many attempts were begun; 0 if nothing was sent.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the endpoint of the last attempt.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&'a Endpoint> {
        self.endpoint
    }
}

impl<'a> End<'a> {
    /// Returns the status, if a server answered.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Answered(status) => Some(*status),
            Self::Failed(error) => error.status(),
            Self::Cancelled => None,
        }
    }

    const fn error(&self) -> Option<&'a Error> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Answered(_) | Self::Cancelled => None,
        }
    }
}

/// The endpoint of an attempt.
#[derive(Debug)]
pub struct Pick<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) attempt: u32,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) freshness: Option<&'a Freshness>,
}

impl<'a> Pick<'a> {
    /// Returns which call it is for.
    #[must_use]
    pub const fn call(&self) -> Call<'a> {
        self.call
    }

    /// Returns which attempt it is for, from 1 on: the how many-th pick of the call.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the endpoint.
    #[must_use]
    pub const fn endpoint(&self) -> &'a Endpoint {
        self.endpoint
    }

    /// Returns how much the list of endpoints can be trusted; `None` where a link named the endpoint.
    #[must_use]
    pub const fn freshness(&self) -> Option<&'a Freshness> {
        self.freshness
    }
}

/// An attempt that begins.
pub struct AttemptStarted<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) attempt: u32,
    pub(crate) endpoint: Option<&'a Endpoint>,
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
}

impl<'a> AttemptStarted<'a> {
    /// Returns which call it belongs to.
    #[must_use]
    pub const fn call(&self) -> Call<'a> {
        self.call
    }

    /// Returns which attempt it is, from 1 on.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns where it goes.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&'a Endpoint> {
        self.endpoint
    }

    /// Returns the HTTP method.
    #[must_use]
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// Returns the URI: path and query, or all of it where a layer has made it absolute. It holds the
    /// values of arguments; for a label take the template of the operation.
    #[must_use]
    pub const fn uri(&self) -> &'a Uri {
        self.uri
    }

    /// Returns the headers as they are sent, credentials too, but for what the transport adds, such as
    /// `host`.
    #[must_use]
    pub const fn headers(&self) -> &'a HeaderMap {
        self.headers
    }
}

/// Shows neither the URI nor the headers.
impl fmt::Debug for AttemptStarted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptStarted")
            .field("call", &self.call)
            .field("attempt", &self.attempt)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// An attempt that has ended.
pub struct AttemptEnded<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) attempt: u32,
    pub(crate) endpoint: Option<&'a Endpoint>,
    pub(crate) end: End<'a>,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) elapsed: Duration,
}

impl<'a> AttemptEnded<'a> {
    /// Returns which call it belongs to.
    #[must_use]
    pub const fn call(&self) -> Call<'a> {
        self.call
    }

    /// Returns which attempt it is, from 1 on.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns where it went.
    #[must_use]
    pub const fn endpoint(&self) -> Option<&'a Endpoint> {
        self.endpoint
    }

    /// Returns how it ended: any answer is one.
    #[must_use]
    pub const fn end(&self) -> End<'a> {
        self.end
    }

    /// Returns the status, if a server answered.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.end.status()
    }

    /// Returns the error, if it ended with one.
    #[must_use]
    pub const fn error(&self) -> Option<&'a Error> {
        self.end.error()
    }

    /// Returns the headers of the answer, if there was one.
    #[must_use]
    pub const fn headers(&self) -> Option<&'a HeaderMap> {
        self.headers
    }

    /// Returns how long it took, up to the head of the answer.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// Shows no header.
impl fmt::Debug for AttemptEnded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptEnded")
            .field("call", &self.call)
            .field("attempt", &self.attempt)
            .field("endpoint", &self.endpoint)
            .field("end", &self.end)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

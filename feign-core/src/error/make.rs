//! How errors are made: by users for fakes, and inside the library.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{About, Answered, BoxError, Error, Inner, Kind, Setting};
use crate::discover::{Endpoint, Finding};
use crate::log::{Rules, withheld};
use crate::operation::Operation;

// === for fakes ===
impl Error {
    /// Makes the error of a call that ran out of its total time.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(Kind::Timeout { setting: Some(Setting::Total), after: None })
    }

    /// Makes the error of a call that found no connection.
    #[must_use]
    pub fn connect() -> Self {
        Self::new(Kind::Connect)
    }

    /// Makes the error of a call to a service that has no endpoint.
    #[must_use]
    pub fn no_endpoint(service: &str) -> Self {
        Self::new(Kind::NoEndpoint { service: service.into(), finding: None })
    }

    /// Makes the error of a call that was answered with `status`; add
    /// [`with_header`](Self::with_header) and [`with_body`](Self::with_body).
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        let mut error = Self::new(Kind::Status);
        error.0.attempts = 1;
        error.0.answer = Some(Answered {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            rules: Rules::default(),
        });
        error
    }

    /// Makes the error of an answer that could not be read.
    #[must_use]
    pub fn decode(source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Decode { at: None }).caused_by(source)
    }

    /// Makes the error of something that could not be set up as it was said, such as a source of yours
    /// whose address is none; `what` is all that it tells.
    #[must_use]
    pub fn build(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Build(what.into()))
    }

    /// Makes an error of anything else, such as a failure of a layer of yours. A `feign::Error`
    /// stays what it is, and so do the errors of tower's layers: its timeout is a timeout.
    #[must_use]
    pub fn other(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        let source = match source.downcast::<Self>() {
            Ok(ours) => return *ours,
            Err(source) => source,
        };
        if source.is::<tower::timeout::error::Elapsed>() {
            return Self::new(Kind::Timeout { setting: None, after: None }).caused_by(source);
        }
        if source.is::<tower::load_shed::error::Overloaded>() {
            return Self::new(Kind::Overloaded).caused_by(source);
        }
        Self::new(Kind::Other).caused_by(source)
    }

    /// Adds a header to the answer of an error made by [`from_status`](Self::from_status); what is
    /// no header, or an error without an answer, is left as it is.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Some(answer), Ok(name), Ok(value)) =
            (&mut self.0.answer, HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            answer.headers.append(name, value);
        }
        self
    }

    /// Sets the body of the answer of an error made by [`from_status`](Self::from_status).
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        if let Some(answer) = &mut self.0.answer {
            answer.body = body.into();
        }
        self
    }
}

// === inside ===
impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            endpoint: None,
            attempts: 0,
            answer: None,
            about: About::Whole,
            source: None,
        }))
    }

    /// An argument, named by the user's own identifier, that cannot be sent.
    pub(crate) fn refused(operation: &'static Operation, argument: &str, why: &str) -> Self {
        let argument = match argument.contains(' ') {
            true => argument.to_owned(),
            false => format!("argument `{argument}`"),
        };
        Self::new(Kind::Refused { argument: argument.into(), why: why.to_owned().into() })
            .in_operation(operation)
    }

    /// A service that has no endpoint, and what was found instead.
    pub(crate) fn nowhere(service: &Arc<str>, finding: Finding) -> Self {
        let finding = Some(Box::new(finding));
        Self::new(Kind::NoEndpoint { service: Arc::clone(service), finding })
    }

    pub(crate) fn timed_out(setting: Setting, after: Duration) -> Self {
        Self::new(Kind::Timeout { setting: Some(setting), after: Some(after) })
    }

    pub(crate) fn answered(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        rules: Rules,
    ) -> Self {
        if self.is_decode() {
            // A reader's error may quote what it read.
            self.0.source = self.0.source.map(|cause| rules.cause(&body, cause));
        }
        self.0.answer = Some(Answered { status, headers, body, rules });
        self
    }

    /// Hides why a body that is shown to nobody could not be written: that may quote it.
    pub(crate) fn withheld(mut self) -> Self {
        self.0.source = self.0.source.map(withheld);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn about(mut self, about: About) -> Self {
        self.0.about = about;
        self
    }

    pub(crate) fn in_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    /// An error of a transport, or while a body was read: whatever it says, the exchange broke off.
    pub(crate) fn broken_off(mut self) -> Self {
        if matches!(self.0.kind, Kind::Other) {
            self.0.kind = Kind::Transport;
        }
        self
    }

    pub(crate) fn at_endpoint(mut self, endpoint: Option<&Endpoint>, attempts: u32) -> Self {
        if matches!(self.0.kind, Kind::Refused { .. }) {
            return self;
        }
        if self.0.endpoint.is_none() {
            self.0.endpoint = endpoint.cloned();
        }
        self.0.attempts = self.0.attempts.max(attempts);
        self
    }
}

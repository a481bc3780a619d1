//! The one error of a publish: what went wrong, whether the event may be there, and what is safe to do.

use std::error::Error as StdError;
use std::fmt;

use crate::error::BoxError;

/// What went wrong with an event.
///
/// Two questions matter to the caller, and every error answers both: [`outcome`](Self::outcome) says
/// whether the event may have been written, and [`advice`](Self::advice) what is safe to do.
///
/// Fakes and backends make one themselves:
///
/// ```
/// use feign::publish::{Advice, Error, Kind, Outcome};
///
/// let error = Error::new(Kind::TimedOut);
/// assert_eq!(error.outcome(), Outcome::Unknown);
/// assert_eq!(error.advice(), Advice::RetryMayDuplicate);
///
/// let unsent = Error::new(Kind::TimedOut).with_outcome(Outcome::NotWritten);
/// assert_eq!(unsent.advice(), Advice::RetrySafe);
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    outcome: Outcome,
    event: Option<&'static str>,
    topic: Option<Box<str>>,
    reason: Option<Box<str>>,
    source: Option<BoxError>,
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The value has no such form; nothing was sent.
    Encode,
    /// An argument or the topic was refused before anything was sent, or the broker takes no such record.
    Invalid,
    /// The line was full for longer than `max_block`; nothing was sent.
    Backpressure,
    /// There is no such topic or partition.
    Unroutable,
    /// The broker does not let this client write there, or does not know it.
    Denied,
    /// The event, or the batch that it went in, is over a limit.
    TooLarge,
    /// The broker refused the event.
    Rejected,
    /// No acknowledgement came in time.
    TimedOut,
    /// The transaction was aborted.
    Aborted,
    /// Another producer took the transactional id, or the transaction outlived its timeout. A new producer
    /// takes its place; only one running instance may use an id.
    Fenced,
    /// The producer cannot go on; another one has to be made.
    Fatal,
    /// The backend was closed.
    Closed,
    /// The connection failed.
    Transport,
    /// A setting of the backend or of the publisher is wrong.
    Settings,
    /// A fake was called that does not expect it.
    Unexpected,
}

/// Whether an event that failed may be read by somebody all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It is not there and will not be.
    NotWritten,
    /// It may be there: the acknowledgement was lost, or nobody can know.
    Unknown,
}

/// What is safe to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// Publish again: there will be no second copy. It stands behind what was published meanwhile.
    RetrySafe,
    /// Publish again only if readers know copies apart.
    RetryMayDuplicate,
    /// The same will fail again.
    DoNotRetry,
    /// Run the whole transaction again.
    RestartTransaction,
    /// Make a new backend first.
    RebuildClient,
}

impl Error {
    /// Makes an error with the outcome that its kind nearly always has.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        let (event, topic, reason, source) = (None, None, None, None);
        Self(Box::new(Inner { kind, outcome: kind.outcome(), event, topic, reason, source }))
    }

    /// Says that it is of another kind, where the backend knows better; the outcome stays.
    #[must_use]
    pub fn with_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Says whether the event may have been written, where the backend knows better.
    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Names the topic.
    #[must_use]
    pub fn with_topic(mut self, topic: impl Into<String>) -> Self {
        self.0.topic = Some(topic.into().into());
        self
    }

    /// Says more in words; the first letter is small and there is no full stop.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.0.reason = Some(reason.into().into());
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_event(mut self, event: &'static str) -> Self {
        self.0.event.get_or_insert(event);
        self
    }

    /// Returns what kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Returns whether the event may have been written.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Returns what is safe to do.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match (self.0.kind, self.0.outcome) {
            // The backend has put another producer in the place of one that was fenced.
            (Kind::Aborted, _) | (Kind::Fenced, Outcome::NotWritten) => Advice::RestartTransaction,
            (Kind::Fatal | Kind::Closed, _) => Advice::RebuildClient,
            (
                Kind::Encode
                | Kind::Invalid
                | Kind::Unroutable
                | Kind::Denied
                | Kind::TooLarge
                | Kind::Settings
                | Kind::Unexpected,
                _,
            ) => Advice::DoNotRetry,
            (_, Outcome::NotWritten) => Advice::RetrySafe,
            (_, Outcome::Unknown) => Advice::RetryMayDuplicate,
        }
    }

    /// Returns the declared event, as `OrderEvents.created`.
    #[must_use]
    pub fn event(&self) -> Option<&'static str> {
        self.0.event
    }

    /// Returns the topic.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        self.0.topic.as_deref()
    }
}

impl Kind {
    const fn outcome(self) -> Outcome {
        match self {
            Self::TimedOut | Self::Transport | Self::Fatal | Self::Fenced => Outcome::Unknown,
            _ => Outcome::NotWritten,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Encode => "the body could not be encoded",
            Self::Invalid => "refused before it was sent",
            Self::Backpressure => "the line is full",
            Self::Unroutable => "there is no such topic or partition",
            Self::Denied => "not allowed",
            Self::TooLarge => "too large",
            Self::Rejected => "refused by the broker",
            Self::TimedOut => "not acknowledged in time",
            Self::Aborted => "the transaction was aborted",
            Self::Fenced => "fenced, or the transaction outlived its timeout",
            Self::Fatal => "the producer cannot go on",
            Self::Closed => "closed",
            Self::Transport => "the connection failed",
            Self::Settings => "wrong settings",
            Self::Unexpected => "unexpected call",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match (inner.event, &inner.topic) {
            (Some(event), Some(topic)) => write!(f, "{event} to `{topic}`: ")?,
            (Some(event), None) => write!(f, "{event}: ")?,
            (None, Some(topic)) => write!(f, "`{topic}`: ")?,
            (None, None) => {}
        }
        f.write_str(inner.kind.words())?;
        if let Some(reason) = &inner.reason {
            write!(f, ": {reason}")?;
        }
        if inner.outcome == Outcome::Unknown {
            f.write_str(" (it may have been written)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("event", &self.0.event)
            .field("topic", &self.0.topic)
            .field("reason", &self.0.reason)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

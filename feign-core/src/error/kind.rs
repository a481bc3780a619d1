//! The kinds of error, and how each is told.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Error;
use crate::discover::Finding;

/// What went wrong; private, so that kinds can be added.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A hub or a client could not be made as it was said.
    Build(Cow<'static, str>),
    /// An argument cannot be sent.
    Refused {
        argument: Cow<'static, str>,
        why: Cow<'static, str>,
    },
    NoEndpoint {
        service: Arc<str>,
        finding: Option<Box<Finding>>,
    },
    Connect,
    Timeout {
        setting: Option<Setting>,
        after: Option<Duration>,
    },
    Transport,
    Status,
    /// `at`: the place in the document, as `items[0].id`.
    Decode {
        at: Option<String>,
    },
    TooLarge {
        limit: usize,
    },
    /// A layer let nothing more in.
    Overloaded,
    /// A fake or a mock was called in a way that it does not know.
    Unexpected(Cow<'static, str>),
    Other,
}

/// What of the answer an error is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Whole,
    /// All of a stream, of which nothing was read.
    Unread,
    /// One item of a stream, `line 3`.
    Item {
        noun: &'static str,
        number: u64,
    },
}

impl About {
    /// Says where, if it is a place.
    fn place(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self, Self::Item { .. }) { write!(f, " at {self}") } else { Ok(()) }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole | Self::Unread => f.write_str("the answer"),
            Self::Item { noun, number } => write!(f, "{noun} {number}"),
        }
    }
}

/// A time limit that can run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Setting {
    /// `timeout`: everything, for streams up to the head of the response. 30 s by default.
    Total,
    /// `attempt_timeout`: one exchange up to the head of the response. None by default.
    Attempt,
    /// `connect_timeout`: until a connection stands. 2 s by default.
    Connect,
    /// `idle_timeout`: between two pieces of a streamed body. 30 s by default.
    Idle,
}

impl Setting {
    /// Returns the name under which it is set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Total => "timeout",
            Self::Attempt => "attempt_timeout",
            Self::Connect => "connect_timeout",
            Self::Idle => "idle_timeout",
        }
    }
}

/// How much of a body an error shows.
const EXCERPT: usize = 200;

impl Kind {
    pub(super) fn describe(&self, error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(what) => f.write_str(what),
            Self::Refused { argument, why } => {
                write!(f, "refused before sending, {argument}: {why}")
            }
            Self::NoEndpoint { service, finding } => {
                write!(f, "no endpoint for service `{}`", shown(service))?;
                finding.as_ref().map_or(Ok(()), |finding| finding.tell(service, f))
            }
            Self::Connect => f.write_str("could not connect"),
            Self::Timeout { setting, after } => {
                timeout(*setting, *after, f)?;
                error.0.about.place(f)
            }
            Self::Transport => {
                f.write_str("the exchange broke off")?;
                error.0.about.place(f)
            }
            Self::Status => status(error, f),
            Self::Decode { at } => decode(error, at.as_deref(), f),
            Self::TooLarge { limit } => too_large(error.0.about, *limit, f),
            Self::Overloaded => f.write_str("a layer refused the call, as there are too many"),
            Self::Unexpected(what) => f.write_str(what),
            Self::Other => f.write_str("the call failed"),
        }
    }
}

fn timeout(
    setting: Option<Setting>,
    after: Option<Duration>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str("timed out")?;
    if let Some(after) = after {
        write!(f, " after {after:?}")?;
    }
    match setting {
        Some(setting) => write!(f, " (setting `{}`)", setting.name()),
        None => Ok(()),
    }
}

fn status(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.status() {
        Some(status) => write!(f, "answered {status}")?,
        None => f.write_str("answered with an error")?,
    }
    if error.status().is_some_and(|status| status.is_redirection()) {
        f.write_str(", a redirect that is not followed")?;
    }
    match (error.content_type(), error.body().len()) {
        (_, 0) => f.write_str(" without a body"),
        (Some(kind), length) => write!(f, " with {length} bytes of {}", shown(kind)),
        (None, length) => write!(f, " with {length} bytes"),
    }
}

fn too_large(about: About, limit: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match about {
        About::Item { .. } => write!(f, "{about} is larger than {limit} bytes; raise `body_limit`"),
        About::Whole | About::Unread => write!(
            f,
            "the body is larger than {limit} bytes, the limit of a buffered one; raise `body_limit`, or take it as a stream, `feign::Body`"
        ),
    }
}

/// The content type leads: HTML from a proxy is seen at once.
fn decode(error: &Error, at: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let kind = error.content_type().unwrap_or("no content type");
    write!(f, "cannot read {} ({}", error.0.about, shown(kind))?;
    if let Some(status) = error.status() {
        write!(f, ", {status}")?;
    }
    f.write_str(")")?;
    if let Some(at) = at {
        write!(f, " at `{}`", shown(at))?;
    }
    let what = match error.0.about {
        About::Unread => return Ok(()),
        About::Whole => "the body",
        About::Item { .. } => "it",
    };
    let body = error.body();
    if body.is_empty() {
        return write!(f, "; {what} is empty");
    }
    let start = body.get(..EXCERPT).unwrap_or(body);
    if !crate::log::is_text(error.headers(), start) {
        return write!(f, "; {what} has {} bytes, which are no text", body.len());
    }
    let start = String::from_utf8_lossy(start);
    write!(f, "; {what} begins `{}`", error.rules().text(&start).escape_debug())?;
    if body.len() > EXCERPT { write!(f, " ({} bytes)", body.len()) } else { Ok(()) }
}

/// What a peer says, as it may be shown: it can forge no line and fill no log. Quotes stay as they are.
pub(crate) fn shown(text: &str) -> String {
    let cut = text.chars().nth(EXCERPT).map_or("", |_| "…");
    let start = text.chars().take(EXCERPT).fold(String::new(), |mut shown, letter| {
        match letter {
            '"' | '\'' => shown.push(letter),
            letter => shown.extend(letter.escape_debug()),
        }
        shown
    });
    start + cut
}

mod body;
mod curl;
mod emit;
mod handle;
mod redact;
mod show;
mod tee;

use std::fmt;
use std::str::FromStr;

use tracing::level_filters::LevelFilter;

pub(crate) use body::is_text;
pub(crate) use curl::curl;
pub(crate) use emit::{answered, asked, attempt_ended, call_ended};
pub use handle::LogHandle;
pub use redact::Redaction;
pub(crate) use redact::{MASK, Rules, withheld};
pub(crate) use show::Escaped;
pub(crate) use tee::Teed;

/// Of each call one event, when it has ended.
pub(crate) const CALL: &str = "feign::call";
/// Of each attempt.
pub(crate) const ATTEMPT: &str = "feign::attempt";
/// So much of a body is shown, unless a hub says otherwise.
pub(crate) const BODY_LIMIT: usize = 2048;

/// How much of a call is logged: the four levels of Feign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing.
    None,
    /// Verb, template, endpoint, status and time.
    Basic,
    /// And the headers of each attempt, both ways.
    Headers,
    /// And the bodies, as far as they are text, up to a limit.
    Body,
}

impl Level {
    const ALL: [(&'static str, Self); 4] = [
        ("none", Self::None),
        ("basic", Self::Basic),
        ("headers", Self::Headers),
        ("body", Self::Body),
    ];

    /// Returns the name under which it is set: `headers`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic => "basic",
            Self::Headers => "headers",
            Self::Body => "body",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that is no [`Level`].
#[derive(Debug)]
pub struct UnknownLevel(String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(
            f,
            "`{}` is not a level; write one of `none`, `basic`, `headers`, `body`",
            Escaped(text)
        )
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Reads `headers`, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        let found = Self::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, level)| *level).ok_or_else(|| UnknownLevel(text.to_owned()))
    }
}

/// Whether anybody may want to see a call. Without a subscriber that wants as much as DEBUG, it is
/// one load.
#[inline]
pub(crate) fn is_wanted() -> bool {
    LevelFilter::DEBUG <= LevelFilter::current() && is_enabled()
}

#[inline(never)]
fn is_enabled() -> bool {
    tracing::enabled!(target: CALL, tracing::Level::DEBUG)
        || tracing::enabled!(target: ATTEMPT, tracing::Level::DEBUG)
}

/// The level of a call of which nobody says any: the filters of `tracing` decide. A body is shown only
/// where it is asked for by name.
pub(crate) fn by_filter() -> Level {
    match tracing::enabled!(target: ATTEMPT, tracing::Level::TRACE) {
        true => Level::Headers,
        false => Level::Basic,
    }
}

//! Fields that are read from the head of the answer.

use std::str::FromStr;
use std::time::Duration;

use super::fill::Value;
use crate::error::{BoxError, Error};

/// A value that can be read from the text of a header: everything that implements [`FromStr`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a header",
    label = "not a value of a header",
    note = "help: write `String` or an `Option` of it, or implement `std::str::FromStr`"
)]
pub trait FromHeader: Sized {
    /// Reads the value; `None` when it does not parse.
    fn from_header(text: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr> FromHeader for T {
    fn from_header(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A header that may be missing, for the fields of an `#[otherwise]` variant or of a struct.
#[diagnostic::on_unimplemented(
    message = "a header may be missing, and behind this there is nothing to fall to",
    label = "some errors have no such header",
    note = "help: write `Option<{Self}>`, which is `None` where it is missing or does not parse"
)]
pub trait HeaderOrNone {
    /// Reads the value.
    fn from_text(text: Option<&str>) -> Self;
}

impl<T: FromHeader> HeaderOrNone for Option<T> {
    fn from_text(text: Option<&str>) -> Self {
        text.and_then(T::from_header)
    }
}

/// A field that can hold what `Retry-After` says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold `Retry-After`",
    label = "not a time to wait",
    note = "help: write `Option<std::time::Duration>`; it is `None` where the header is missing or makes no sense"
)]
pub trait FromRetryAfter {
    /// Makes the value.
    fn from_retry_after(after: Option<Duration>) -> Self;
}

impl FromRetryAfter for Option<Duration> {
    fn from_retry_after(after: Option<Duration>) -> Self {
        after
    }
}

/// A `#[header]` field that the variant cannot be made without.
#[doc(hidden)]
#[derive(Debug)]
pub struct RequiredHeader;

impl RequiredHeader {
    pub fn read<T: FromHeader>(&self, error: &Error, name: &str) -> Result<Value<T>, BoxError> {
        let text = text(error, name).ok_or_else(|| format!("there is no header `{name}`"))?;
        let value =
            T::from_header(text).ok_or_else(|| format!("the header `{name}` does not parse"))?;
        Ok(Value(value))
    }
}

/// A `#[header]` field that is `None` when the header is missing or does not parse.
#[doc(hidden)]
#[derive(Debug)]
pub struct OptionalHeader;

impl OptionalHeader {
    pub fn read<T: HeaderOrNone>(&self, error: &Error, name: &str) -> Result<Value<T>, BoxError> {
        Ok(header_or_none(error, name))
    }
}

/// A `#[header]` field of an `#[otherwise]` variant or of a struct.
#[doc(hidden)]
#[must_use]
pub fn header_or_none<T: HeaderOrNone>(error: &Error, name: &str) -> Value<T> {
    Value(T::from_text(text(error, name)))
}

/// A `#[retry_after]` field.
#[doc(hidden)]
#[must_use]
pub fn retry_after<T: FromRetryAfter>(error: &Error) -> Value<T> {
    Value(T::from_retry_after(error.retry_after()))
}

fn text<'a>(error: &'a Error, name: &str) -> Option<&'a str> {
    error.headers().get(name)?.to_str().ok().map(str::trim)
}

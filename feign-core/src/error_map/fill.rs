//! How the code that the derive prints fills the fields of a variant.
//!
//! The type of a field decides by probing, as for results: an inherent method of a probe beats
//! the one of [`FieldFallback`]. The bound stands on what the step does then, with the type
//! written out, so that rustc blames the type of the field. All fields are read first, by
//! reference; then the error itself is threaded through them, so that the types say whether one
//! of them has kept it.

use std::error::Error as StdError;
use std::fmt;
use std::marker::PhantomData;

use super::{FromAnyError, FromError, KeepsError, OptionalHeader, RequiredHeader};
use crate::error::{BoxError, Error};

/// The type of a field, to be asked what it is.
#[doc(hidden)]
pub struct FieldProbe<T>(PhantomData<fn() -> T>);

impl<T> FieldProbe<T> {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "printed by the derive and by nobody else")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> fmt::Debug for FieldProbe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldProbe")
    }
}

impl<T: KeepsError> FieldProbe<T> {
    #[must_use]
    pub const fn __feign_field(&self) -> Whole {
        Whole
    }
}

impl<T> FieldProbe<Option<T>> {
    #[must_use]
    pub const fn __feign_header(&self) -> OptionalHeader {
        OptionalHeader
    }
}

/// What holds for every other type.
#[doc(hidden)]
pub trait FieldFallback: Sized {
    fn __feign_field(&self) -> ErrorPart {
        ErrorPart
    }

    fn __feign_header(&self) -> RequiredHeader {
        RequiredHeader
    }
}

impl<T> FieldFallback for FieldProbe<T> {}

/// A field that takes a part of the error.
#[doc(hidden)]
#[derive(Debug)]
pub struct ErrorPart;

impl ErrorPart {
    pub fn read<T: FromError>(&self, error: &Error) -> Result<Value<T>, BoxError> {
        T::from_error(error).map(Value)
    }

    #[must_use]
    pub fn always<T: FromAnyError>(&self, error: &Error) -> Value<T> {
        Value(T::from_any_error(error))
    }
}

/// A field that takes the error itself.
#[doc(hidden)]
#[derive(Debug)]
pub struct Whole;

impl Whole {
    pub fn read<T: KeepsError>(&self, _: &Error) -> Result<Slot<T>, BoxError> {
        Ok(whole())
    }

    #[must_use]
    pub fn always<T: KeepsError>(&self, _: &Error) -> Slot<T> {
        whole()
    }
}

/// A field that has been read.
#[doc(hidden)]
#[derive(Debug)]
pub struct Value<T>(pub(super) T);

impl<T> Value<T> {
    #[must_use]
    pub fn put<R>(self, rest: R) -> (T, R) {
        (self.0, rest)
    }
}

/// A field that waits for the error itself.
#[doc(hidden)]
#[derive(Debug)]
pub struct Slot<T>(fn(Error) -> T);

impl<T> Slot<T> {
    #[must_use]
    pub fn put<R: HoldsError>(self, rest: R) -> (T, ErrorKept) {
        (self.0(rest.into_error()), ErrorKept)
    }
}

/// The error, while no field has taken it.
#[doc(hidden)]
#[derive(Debug)]
pub struct HeldError(pub Error);

/// What is left when a field has taken the error.
#[doc(hidden)]
#[derive(Debug)]
pub struct ErrorKept;

/// The error is still there to be taken.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "two fields would keep the `feign::Error`, and there is only one",
    label = "the second one",
    note = "help: take one of them away"
)]
pub trait HoldsError {
    fn into_error(self) -> Error;
}

impl HoldsError for HeldError {
    fn into_error(self) -> Error {
        self.0
    }
}

/// A field has taken the error.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "no field here keeps the `feign::Error`, so a part of the error would be lost",
    label = "must keep the whole error",
    note = "help: add a field of the type `feign::Error`, or a `Box` or an `Arc` of it"
)]
pub trait KeptError {}

impl KeptError for ErrorKept {}

/// Holds the derived type to its promise that nothing is lost.
#[doc(hidden)]
pub fn kept<R: KeptError>(_: R) {}

/// The only unmarked field of an `#[otherwise]` variant or of a struct.
#[doc(hidden)]
#[must_use]
pub fn whole<T: KeepsError>() -> Slot<T> {
    Slot(T::keep)
}

/// Why the variant of a status could not be made.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unread {
    variant: &'static str,
    reason: BoxError,
}

impl Unread {
    #[must_use]
    pub const fn new(variant: &'static str, reason: BoxError) -> Self {
        Self { variant, reason }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer does not fit `{}`", self.variant)
    }
}

impl StdError for Unread {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.reason)
    }
}

/// The error on its way to the `#[otherwise]` variant: the reason becomes its cause, unless it
/// has one.
#[doc(hidden)]
#[must_use]
pub fn unread(error: Error, reason: Option<Unread>) -> Error {
    match reason {
        Some(Unread { variant, reason }) if error.source().is_none() => {
            let reason = error.rules().cause(error.body(), reason);
            error.caused_by(Unread { variant, reason })
        }
        _ => error,
    }
}

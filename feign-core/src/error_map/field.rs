//! What a field of an error type may be made of.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{BoxError, Error};

/// A part of an error answer, made by its type for a field of a `#[derive(ErrorMap)]` type.
///
/// Implemented for the body as `Json<T>`, [`Problem`](super::Problem), `String`, `Bytes` and
/// `Vec<u8>`, for `StatusCode` and `HeaderMap`, and for an `Option` of each, which is `None`
/// where the part cannot be made. When a field of a variant cannot be made, the error becomes
/// the `#[otherwise]` variant.
///
/// # Examples
///
/// ```
/// struct Tenant(String);
///
/// impl feign::FromError for Tenant {
///     fn from_error(error: &feign::Error) -> Result<Self, feign::BoxError> {
///         let tenant = error.headers().get("x-tenant").ok_or("no tenant")?;
///         Ok(Self(tenant.to_str()?.to_owned()))
///     }
/// }
///
/// #[derive(feign::ErrorMap)]
/// enum OrderError {
///     #[status(402)]
///     Unpaid(Tenant),
///     #[otherwise]
///     Other(feign::Error),
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made of an error answer",
    label = "not a part of an error answer",
    note = "help: write `Json<T>`, `Problem`, `String`, `Bytes`, `Vec<u8>`, `StatusCode`, `HeaderMap`, `feign::Error` \
            or an `Option` of one, mark the field `#[header(\"x-name\")]` or `#[retry_after]`, or implement \
            `feign::FromError`"
)]
pub trait FromError: Sized {
    /// Makes the part.
    ///
    /// # Errors
    ///
    /// When the answer has no such part, or it cannot be read.
    fn from_error(error: &Error) -> Result<Self, BoxError>;
}

/// A part that every error has, even one that never had an answer: for the fields of an
/// `#[otherwise]` variant or of a struct, behind which there is nothing to fall to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made of every error, and behind this there is nothing to fall to",
    label = "some errors have no such part",
    note = "help: write `Option<{Self}>`, which is `None` where it cannot be made"
)]
pub trait FromAnyError: Sized {
    /// Makes the part.
    fn from_any_error(error: &Error) -> Self;
}

/// A field that takes the whole error, so that nothing is lost: [`Error`], a `Box` or an `Arc` of
/// it, and what a user implements it for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not keep the `feign::Error`, so a part of the error would be lost",
    label = "not the whole error",
    note = "help: write `feign::Error`, a `Box` or an `Arc` of it, alone or beside this"
)]
pub trait KeepsError {
    /// Takes the error.
    fn keep(error: Error) -> Self;
}

impl KeepsError for Error {
    fn keep(error: Error) -> Self {
        error
    }
}

impl KeepsError for Box<Error> {
    fn keep(error: Error) -> Self {
        Self::new(error)
    }
}

impl KeepsError for Arc<Error> {
    fn keep(error: Error) -> Self {
        Self::new(error)
    }
}

impl<T: FromError> FromError for Option<T> {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(T::from_error(error).ok())
    }
}

impl<T: FromError> FromAnyError for Option<T> {
    fn from_any_error(error: &Error) -> Self {
        T::from_error(error).ok()
    }
}

impl FromAnyError for Bytes {
    fn from_any_error(error: &Error) -> Self {
        error.body().clone()
    }
}

impl FromError for Bytes {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(Self::from_any_error(error))
    }
}

impl FromAnyError for Vec<u8> {
    fn from_any_error(error: &Error) -> Self {
        error.body().to_vec()
    }
}

impl FromError for Vec<u8> {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(Self::from_any_error(error))
    }
}

impl FromAnyError for HeaderMap {
    fn from_any_error(error: &Error) -> Self {
        error.headers().clone()
    }
}

impl FromError for HeaderMap {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(Self::from_any_error(error))
    }
}

impl FromError for String {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(std::str::from_utf8(error.body())?.to_owned())
    }
}

impl FromError for StatusCode {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        error.status().ok_or_else(|| "there was no answer".into())
    }
}

//! From a [`feign::Error`](crate::Error) to an error type of your own.
//!
//! `#[derive(feign::ErrorMap)]` picks a variant by the status, makes each field of it by the
//! field's type, and falls to the `#[otherwise]` variant, which keeps the whole error, where no
//! rule fits or a field cannot be made. The traits here say what a field may be.

// Public because rustc names these traits in messages, by a path that a user can follow. What is
// hidden below is printed by the derive through `__private`.

mod choose;
mod field;
mod fill;
mod header;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
mod problem;

pub use choose::{CodeReader, JsonPointer, Rule, choose, choose_by_code};
pub use field::{FromAnyError, FromError, KeepsError};
pub use fill::{
    ErrorKept, ErrorPart, FieldFallback, FieldProbe, HeldError, HoldsError, KeptError, Slot,
    Unread, Value, Whole, kept, unread, whole,
};
pub use header::{
    FromHeader, FromRetryAfter, HeaderOrNone, OptionalHeader, RequiredHeader, header_or_none,
    retry_after,
};
#[cfg(feature = "json")]
pub use json::FromJson;
#[cfg(feature = "json")]
pub use problem::Problem;

//! Typed bodies.

use serde::de::DeserializeOwned;

use super::FromError;
use crate::Json;
use crate::codec::json_path;
use crate::error::{BoxError, Error, shown};

/// The content of a `Json<T>` field: everything that implements `serde::Deserialize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the body of an error",
    label = "not a typed body",
    note = "help: derive `serde::Deserialize` for it"
)]
pub trait FromJson: Sized {
    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// When it is no such JSON; the error says where.
    fn from_json(body: &[u8]) -> Result<Self, BoxError>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromJson for T {
    fn from_json(body: &[u8]) -> Result<Self, BoxError> {
        serde_json::from_slice(body).map_err(|error| unread(body, error))
    }
}

impl<T: FromJson> FromError for Json<T> {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        T::from_json(error.body()).map(Self)
    }
}

#[cold]
fn unread(body: &[u8], error: serde_json::Error) -> BoxError {
    match json_path::path_to(&error, body) {
        Some(path) => format!("{}: {error}", shown(&path)).into(),
        None => error.into(),
    }
}

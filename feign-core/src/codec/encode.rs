//! From a value to a body.

use crate::body::Body;
use crate::error::BoxError;

/// An argument marked `#[body]` that is a body by itself, whatever the codec: text, bytes, a
/// stream, or a type of yours.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body",
    label = "not a body",
    note = "help: derive `serde::Serialize` for it (with the feature `json`), or implement `feign::IntoBody`"
)]
pub trait IntoBody {
    /// The content type that is sent, unless a header says another; `None` sends none.
    const CONTENT_TYPE: Option<&'static str> = None;

    /// Makes the body.
    ///
    /// # Errors
    ///
    /// When the value has no such form; the call fails before anything is sent.
    fn into_body(self) -> Result<Body, BoxError>;
}

/// An argument that the codec writes: with the feature `json`, whatever serde can serialise.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body",
    label = "not a body",
    note = "help: derive `serde::Serialize` for it (with the feature `json`), or implement `feign::IntoBody`"
)]
pub trait Encoded {
    #[doc(hidden)]
    const CONTENT_TYPE: &'static str;

    #[doc(hidden)]
    fn encode(&self) -> Result<Body, BoxError>;

    /// Appends what [`encode`](Self::encode) makes.
    #[doc(hidden)]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), BoxError> {
        let body = self.encode()?;
        out.extend_from_slice(body.as_bytes().ok_or("not in one piece")?);
        Ok(())
    }
}

//! What a codec is, and how a client that names one uses it.

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Answer;
use crate::error::{BoxError, Error};

/// Writes bodies and reads results: what `codec = path` names for a client and `#[codec(path)]` for a
/// method.
///
/// What is no matter of a codec stays what it is: text, bytes, streams, forms and multipart are raw, and
/// `Json<T>` and `#[body(json)]` are JSON.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use feign::Bytes;
/// use feign::codec::{Codec, Undecoded};
/// use serde::{Serialize, de::DeserializeOwned};
///
/// /// JSON under a content type of our own.
/// struct Vendor;
///
/// impl Codec for Vendor {
///     const CONTENT_TYPE: &'static str = "application/vnd.acme+json";
///
///     fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, feign::BoxError> {
///         Ok(serde_json::to_vec(value)?.into())
///     }
///
///     fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
///         serde_json::from_slice(bytes).map_err(Undecoded::new)
///     }
/// }
/// # assert_eq!(Vendor::encode("a").unwrap(), "\"a\"");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a codec",
    label = "not a codec",
    note = "help: write `feign::codec::JsonCodec`, `MsgPack` or `Xml` (each behind its feature), or implement \
            `feign::codec::Codec` for it"
)]
pub trait Codec {
    /// What is said as `content-type` of a body and as `accept` of a result, unless a header says another.
    const CONTENT_TYPE: &'static str;

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// When the value has no such form; the call fails before anything is sent.
    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError>;

    /// Appends what [`encode`](Self::encode) makes. *Default:* copies it; a codec that can write into a
    /// buffer saves that.
    ///
    /// # Errors
    ///
    /// As `encode`.
    fn encode_to<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), BoxError> {
        out.extend_from_slice(&Self::encode(value)?);
        Ok(())
    }

    /// Reads a value that takes all of the bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are no such value.
    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded>;

    /// Returns whether the bytes say that there is no value, as JSON's `null` does: a result of
    /// `Option<T>` is `None` then. *Default:* nothing says so.
    #[must_use]
    fn is_null(bytes: &[u8]) -> bool {
        let _ = bytes;
        false
    }
}

/// Why a codec cannot read a body, and where in it.
#[derive(Debug)]
pub struct Undecoded {
    pub(crate) at: Option<String>,
    pub(crate) source: BoxError,
}

impl Undecoded {
    /// Makes the reason of an error that knows no place.
    #[must_use]
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self { at: None, source: source.into() }
    }

    /// Adds the place in the document, written as `items[0].id`.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<String>>) -> Self {
        self.at = place.into();
        self
    }
}

/// A result that a codec reads.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of an operation",
    label = "not a result",
    note = "help: derive `serde::Deserialize` for it, or implement `feign::FromBody`; a `Response` stands \
            outermost: `Response<Option<T>>`"
)]
pub trait Readable: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Readable for T {}

/// A body that a codec writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body",
    label = "not a body",
    note = "help: derive `serde::Serialize` for it, or implement `feign::IntoBody`"
)]
pub trait Writable: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Writable for T {}

/// Reads an answer by a codec.
pub(crate) fn decode<C: Codec, T: DeserializeOwned>(answer: Answer) -> Result<T, Error> {
    C::decode(answer.buffered()).map_err(|undecoded| unreadable(answer, undecoded))
}

#[cold]
fn unreadable(answer: Answer, undecoded: Undecoded) -> Error {
    answer.unreadable(undecoded.at, undecoded.source)
}

//! JSON, by serde_json.

use bytes::Bytes;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::pluggable::{self, Codec, Undecoded};
use super::{Answer, Decoded, Encoded, FromBody, IntoBody, Shape, json_path};
use crate::body::Body;
use crate::error::{BoxError, Error};

pub(crate) const CONTENT_TYPE: &str = "application/json";

/// Room for most bodies, so that the buffer seldom grows.
const USUAL_BODY: usize = 512;

/// Forces JSON where a type would be raw otherwise: `Json<String>` as a result reads a JSON string,
/// and in an error map it is the typed body of an error.
///
/// ```
/// # use feign::Json;
/// let Json(names) = Json(vec!["a", "b"]);
/// # assert_eq!(names.len(), 2);
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromBody for Json<T> {
    const ACCEPT: Option<&'static str> = Some(CONTENT_TYPE);

    fn from_body(answer: Answer) -> Result<Self, Error> {
        T::decode(answer).map(Self)
    }
}

impl<T: Serialize> IntoBody for Json<T> {
    const CONTENT_TYPE: Option<&'static str> = Some(CONTENT_TYPE);

    fn into_body(self) -> Result<Body, BoxError> {
        self.0.encode()
    }
}

/// The default codec.
#[derive(Debug)]
pub enum JsonCodec {}

impl Codec for JsonCodec {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, BoxError> {
        let mut bytes = Vec::with_capacity(USUAL_BODY);
        serde_json::to_writer(&mut bytes, value)?;
        Ok(bytes.into())
    }

    fn encode_to<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), BoxError> {
        Ok(serde_json::to_writer(out, value)?)
    }

    #[inline(never)]
    fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecoded> {
        serde_json::from_slice(bytes).map_err(|error| undecoded(error, bytes))
    }

    fn is_null(bytes: &[u8]) -> bool {
        Shape::is_json_null(bytes)
    }
}

#[cold]
fn undecoded(error: serde_json::Error, bytes: &[u8]) -> Undecoded {
    let at = json_path::path_to(&error, bytes);
    Undecoded::new(error).at(at)
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Decoded for T {
    fn decode(answer: Answer) -> Result<Self, Error> {
        pluggable::decode::<JsonCodec, T>(answer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Encoded for T {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn encode(&self) -> Result<Body, BoxError> {
        JsonCodec::encode(self).map(Body::from)
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), BoxError> {
        JsonCodec::encode_to(self, out)
    }
}

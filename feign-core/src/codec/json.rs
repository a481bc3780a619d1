//! JSON, by serde_json.

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Answer, Decoded, Encoded, FromBody, IntoBody, json_path};
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

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Decoded for T {
    fn decode(answer: Answer) -> Result<Self, Error> {
        let bytes = answer.bytes();
        serde_json::from_slice(&bytes).map_err(|error| unreadable(answer, error))
    }
}

#[cold]
fn unreadable(answer: Answer, error: serde_json::Error) -> Error {
    let at = json_path::path_to(&error, &answer.bytes());
    answer.unreadable(at, error)
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Encoded for T {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn encode(&self) -> Result<Body, BoxError> {
        let mut bytes = Vec::with_capacity(USUAL_BODY);
        serde_json::to_writer(&mut bytes, self)?;
        Ok(Body::from(bytes))
    }
}

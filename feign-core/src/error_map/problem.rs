//! Problem details of RFC 9457.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FromError;
use crate::error::{BoxError, Error};

/// RFC 9457, 4.2.1: the type of a problem that has none.
const BLANK: &str = "about:blank";

/// An `application/problem+json` body: the problem details of RFC 9457.
///
/// As a field of a `#[derive(ErrorMap)]` type it is read from any body that is a JSON object,
/// whatever the content type says. A member whose type is not the one of the RFC is not taken
/// for it and stays among the extensions; a `type` that is missing is `about:blank`.
///
/// # Examples
///
/// ```
/// #[derive(Debug, feign::ErrorMap)]
/// enum AccountError {
///     #[status(4xx)]
///     Refused(feign::Problem),
///     #[otherwise]
///     Other(feign::Error),
/// }
///
/// let body = r#"{"type": "https://example.com/out-of-credit", "title": "No credit", "balance": 30}"#;
/// let error = feign::Error::from_status(feign::StatusCode::FORBIDDEN).with_body(body);
/// let AccountError::Refused(problem) = error.into() else { panic!("a problem") };
/// assert_eq!(problem.type_uri, "https://example.com/out-of-credit");
/// assert_eq!(problem.extension::<u32>("balance"), Some(30));
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(from = "Map<String, Value>")]
pub struct Problem {
    /// The member `type`: a URI that identifies the kind of problem.
    #[serde(rename = "type", skip_serializing_if = "is_blank")]
    pub type_uri: String,
    /// A short text, the same for every problem of this type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The status as the origin server meant it; the one that came may differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// A text about this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A URI that identifies this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// All other members.
    #[serde(flatten)]
    pub extensions: Map<String, Value>,
}

impl Problem {
    /// Reads an extension member; `None` when it is missing or has another type.
    #[must_use]
    pub fn extension<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.extensions.get(name)?).ok()
    }
}

impl Default for Problem {
    /// A problem that says nothing: `about:blank`.
    fn default() -> Self {
        Map::new().into()
    }
}

impl From<Map<String, Value>> for Problem {
    fn from(mut members: Map<String, Value>) -> Self {
        let status =
            members.get("status").and_then(Value::as_u64).and_then(|status| status.try_into().ok());
        if status.is_some() {
            members.remove("status");
        }
        Self {
            type_uri: take_text(&mut members, "type").unwrap_or_else(|| BLANK.to_owned()),
            title: take_text(&mut members, "title"),
            status,
            detail: take_text(&mut members, "detail"),
            instance: take_text(&mut members, "instance"),
            extensions: members,
        }
    }
}

fn is_blank(type_uri: &str) -> bool {
    type_uri == BLANK
}

/// A member of another type is ignored, says RFC 9457, 3.1: it goes back to where it was.
fn take_text(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    match members.remove(name)? {
        Value::String(text) => Some(text),
        other => {
            members.insert(name.to_owned(), other);
            None
        }
    }
}

/// The title and the detail, or what there is of them, or the type.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.title, &self.detail) {
            (Some(title), Some(detail)) => write!(f, "{title}: {detail}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str(&self.type_uri),
        }
    }
}

impl FromError for Problem {
    fn from_error(error: &Error) -> Result<Self, BoxError> {
        Ok(serde_json::from_slice(error.body())?)
    }
}

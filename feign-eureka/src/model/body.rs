//! From an answer to what it holds.

use feign_core::{Answer, BoxError, Error, FromBody};
use serde::de::{Deserialize as _, MapAccess};

use super::gzip;
use super::instance::Listed;
use super::loose::{FromObject, Object, skip};
use super::{Application, Applications, Instance};

const JSON: Option<&str> = Some("application/json");

impl Applications {
    /// Reads a registry from JSON, as a server writes it.
    ///
    /// ```
    /// let registry = br#"{"applications": {"versions__delta": "1", "apps__hashcode": "", "application": []}}"#;
    /// let registry = feign::eureka::Applications::from_json(registry)?;
    /// assert_eq!(registry.hash(), Some(""));
    /// # Ok::<(), feign::BoxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no JSON, or has no `applications`.
    pub fn from_json(json: &[u8]) -> Result<Self, BoxError> {
        parse(json, |root| root.applications)
    }
}

impl FromBody for Applications {
    const ACCEPT: Option<&'static str> = JSON;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        read(answer, |root| root.applications)
    }
}

impl FromBody for Application {
    const ACCEPT: Option<&'static str> = JSON;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        read(answer, |root| root.application)
    }
}

impl FromBody for Instance {
    const ACCEPT: Option<&'static str> = JSON;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        read(answer, |root| root.instance.map(|listed| listed.instance))
    }
}

fn read<T>(answer: Answer, of: fn(Root) -> Option<T>) -> Result<T, Error> {
    let body = answer.bytes();
    let plain = gzip::plain(answer.headers(), &body).map_err(BoxError::from);
    plain.and_then(|json| parse(&json, of)).map_err(|source| answer.unreadable(None, source))
}

/// A document without the root that is meant is no empty registry: it is something else.
fn parse<T>(json: &[u8], of: fn(Root) -> Option<T>) -> Result<T, BoxError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let root = Object::<Root>::deserialize(&mut deserializer)?;
    deserializer.end()?;
    of(root.0).ok_or_else(|| "JSON, but not what a registry writes".into())
}

/// What the root of a document wraps: one of these.
#[derive(Default)]
struct Root {
    applications: Option<Applications>,
    application: Option<Application>,
    instance: Option<Listed>,
}

impl<'de> FromObject<'de> for Root {
    fn entry<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "applications" => self.applications = Applications::wrapped(map)?,
            "application" => self.application = Application::wrapped(map)?,
            "instance" => self.instance = Listed::wrapped(map)?,
            _ => skip(map)?,
        }
        Ok(())
    }
}

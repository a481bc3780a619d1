//! What a server answered, without what differs from run to run.

use std::collections::BTreeSet;
use std::fmt::{Display, Formatter, Result};

use reqwest::Response;
use reqwest::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;

/// An answer that can be compared with that of another server.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(super) status: u16,
    /// Without its parameters.
    pub(super) content_type: Option<String>,
    pub(super) content_encoding: Option<String>,
    /// The verbs that are allowed, in order.
    allow: Vec<String>,
    pub(super) body: Said,
}

/// A body.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Nothing,
    /// Whatever its content type is.
    Json(Value),
    Text(String),
}

impl Answer {
    /// Reads it to its end, decodes and masks it.
    pub(super) async fn of(response: Response) -> std::result::Result<Self, reqwest::Error> {
        let header = |name: HeaderName| {
            let value = response.headers().get(name)?;
            let said = value.to_str().unwrap_or_default();
            Some(said.split(';').next().unwrap_or_default().trim().to_owned())
        };
        let status = response.status().as_u16();
        let (content_type, content_encoding) = (header(CONTENT_TYPE), header(CONTENT_ENCODING));
        let allow = header(ALLOW).unwrap_or_default();
        let mut allow: Vec<_> = allow.split(',').map(|verb| verb.trim().to_owned()).collect();
        allow.sort();
        let body = response.bytes().await?;
        let body = match content_encoding.as_deref() {
            Some("gzip") => unzipped(&body).await,
            _ => body.to_vec(),
        };
        Ok(Self { status, content_type, content_encoding, allow, body: Said::of(&body) })
    }
}

impl Said {
    fn of(body: &[u8]) -> Self {
        if body.is_empty() {
            return Self::Nothing;
        }
        match serde_json::from_slice(body) {
            Ok(mut json) => {
                mask(&mut json);
                Self::Json(json)
            }
            Err(_) => Self::Text(String::from_utf8_lossy(body).into_owned()),
        }
    }
}

async fn unzipped(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut decoder = async_compression::tokio::bufread::GzipDecoder::new(body);
    decoder.read_to_end(&mut decoded).await.unwrap();
    decoded
}

/// Milliseconds that are older are not of this run, but of a row.
const RUN: u64 = 1_500_000_000_000;

/// Replaces times by words that keep their kind, and orders what has no order.
fn mask(json: &mut Value) {
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::Number(time) if time.as_u64().is_some_and(|time| time > RUN) => {
                        *member = Value::from("(number: time)");
                    }
                    Value::String(time) if time.parse().is_ok_and(|time: u64| time > RUN) => {
                        *member = Value::from("(string: time)");
                    }
                    Value::String(time) if name == "timestamp" => {
                        *time = "(text: time)".to_owned();
                    }
                    other => mask(other),
                }
            }
        }
        Value::Array(elements) => {
            elements.iter_mut().for_each(mask);
            // Applications by name, instances by id.
            elements.sort_by_cached_key(|element| {
                let key = element.get("name").or_else(|| element.get("instanceId"));
                key.unwrap_or(element).to_string()
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Answer {
    /// What is said otherwise by another server, part by part.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let mut all = Vec::new();
        let heads = [self, other].map(|it| (it.status, &it.content_type, &it.content_encoding));
        if heads[0] != heads[1] || self.allow != other.allow {
            all.push(format!("{self} instead of {other}"));
        } else if let (Said::Json(one), Said::Json(another)) = (&self.body, &other.body) {
            differ(one, another, "", &mut all);
        } else if self.body != other.body {
            all.push(format!("{self} instead of {other}"));
        }
        all
    }
}

fn differ(one: &Value, other: &Value, pointer: &str, all: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let names: BTreeSet<_> = members.keys().chain(others.keys()).collect();
            for name in names {
                let [one, other] = [members, others].map(|it| it.get(name).unwrap_or(&NOTHING));
                differ(one, other, &format!("{pointer}/{name}"), all);
            }
        }
        (Value::Array(elements), Value::Array(others)) if elements.len() == others.len() => {
            for (index, (one, other)) in elements.iter().zip(others).enumerate() {
                differ(one, other, &format!("{pointer}/{index}"), all);
            }
        }
        _ if one == other => {}
        _ => all.push(format!("{pointer} is {one} instead of {other}")),
    }
}

const NOTHING: Value = Value::Null;

impl Display for Answer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} ", self.status)?;
        let headers = [&self.content_type, &self.content_encoding];
        for header in headers.into_iter().flatten() {
            write!(f, "{header} ")?;
        }
        if !self.allow.concat().is_empty() {
            write!(f, "allow {} ", self.allow.join(","))?;
        }
        match &self.body {
            Said::Nothing => write!(f, "and nothing"),
            Said::Json(json) => write!(f, "{json}"),
            Said::Text(text) => write!(f, "{text:?}"),
        }
    }
}

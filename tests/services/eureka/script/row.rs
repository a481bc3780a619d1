//! One request, and what is expected of its answer.

use std::fmt::{Display, Formatter};

use reqwest::{Client, Method};
use serde_json::Value;

use super::answer::{Answer, Said};

/// A request and what is expected. Said are `accept` and `content-type` of JSON, unless a row says another.
#[derive(Debug)]
pub(super) struct Row {
    method: Method,
    target: String,
    headers: Vec<(&'static str, &'static str)>,
    body: Option<Vec<u8>>,
    status: u16,
    expected: Vec<Expected>,
    compared: bool,
}

#[derive(Debug)]
enum Expected {
    Nothing,
    /// The start of a text.
    Text(&'static str),
    /// The whole body, masked.
    Json(Value),
    /// A part of the body, by its pointer; none where it must not be.
    Part(&'static str, Option<Value>),
    ContentType(&'static str),
    Encoding(Option<&'static str>),
}

/// `GET` of a target below the base URL, answered with a status.
pub(super) fn get(target: impl Into<String>, status: u16) -> Row {
    Row::new(Method::GET, target.into(), status)
}

/// `PUT` without a body.
pub(super) fn put(target: impl Into<String>, status: u16) -> Row {
    Row::new(Method::PUT, target.into(), status)
}

/// `DELETE`.
pub(super) fn delete(target: impl Into<String>, status: u16) -> Row {
    Row::new(Method::DELETE, target.into(), status)
}

/// `POST` of a document.
pub(super) fn post(target: impl Into<String>, document: &Value, status: u16) -> Row {
    post_text(target, &document.to_string(), status)
}

/// `POST` of what may be no document.
pub(super) fn post_text(target: impl Into<String>, text: &str, status: u16) -> Row {
    let body = Some(text.as_bytes().to_vec());
    Row { body, ..Row::new(Method::POST, target.into(), status) }
}

impl Row {
    fn new(method: Method, target: String, status: u16) -> Self {
        Self {
            method,
            target,
            headers: Vec::new(),
            body: None,
            status,
            expected: Vec::new(),
            compared: true,
        }
    }

    /// Sends a header, instead of what is sent otherwise; an empty value sends none.
    pub(super) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    pub(super) fn nothing(self) -> Self {
        self.expect(Expected::Nothing)
    }

    pub(super) fn text(self, start: &'static str) -> Self {
        self.expect(Expected::Text(start))
    }

    pub(super) fn json(self, whole: Value) -> Self {
        self.expect(Expected::Json(whole))
    }

    pub(super) fn part(self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.expect(Expected::Part(pointer, Some(value.into())))
    }

    pub(super) fn no_part(self, pointer: &'static str) -> Self {
        self.expect(Expected::Part(pointer, None))
    }

    pub(super) fn content_type(self, expected: &'static str) -> Self {
        self.expect(Expected::ContentType(expected))
    }

    pub(super) fn gzip(self) -> Self {
        self.expect(Expected::Encoding(Some("gzip")))
    }

    pub(super) fn plain(self) -> Self {
        self.expect(Expected::Encoding(None))
    }

    /// What another server answers here does not matter to a client that keeps to the protocol.
    pub(super) fn not_compared(mut self) -> Self {
        self.compared = false;
        self
    }

    pub(super) fn is_compared(&self) -> bool {
        self.compared
    }

    fn expect(mut self, expected: Expected) -> Self {
        self.expected.push(expected);
        self
    }

    pub(super) async fn ask(&self, client: &Client, url: &str) -> Result<Answer, String> {
        let mut request = client.request(self.method.clone(), format!("{url}{}", self.target));
        let json = [("accept", "application/json"), ("content-type", "application/json")];
        let usual = json.iter().take(1 + usize::from(self.body.is_some()));
        let usual = usual.filter(|(name, _)| self.headers.iter().all(|(said, _)| said != name));
        for (name, value) in usual.chain(&self.headers).filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        let says = |error: reqwest::Error| format!("{self}: {error:?}");
        Answer::of(request.send().await.map_err(says)?).await.map_err(says)
    }

    /// What an answer lacks.
    pub(super) fn faults(&self, answer: &Answer) -> Vec<String> {
        let status = (answer.status != self.status)
            .then(|| format!("{} is expected, not {answer}", self.status));
        let others = self.expected.iter().filter(|expected| !expected.is_met(answer));
        let others = others.map(|expected| format!("{expected:?} is expected, not {answer}"));
        status.into_iter().chain(others).collect()
    }
}

impl Expected {
    fn is_met(&self, answer: &Answer) -> bool {
        match (self, &answer.body) {
            (Self::Nothing, body) => *body == Said::Nothing,
            (Self::Text(start), Said::Text(text)) => text.starts_with(start),
            (Self::Json(whole), Said::Json(json)) => json == whole,
            (Self::Part(pointer, part), Said::Json(json)) => json.pointer(pointer) == part.as_ref(),
            (Self::ContentType(expected), _) => answer.content_type.as_deref() == Some(expected),
            (Self::Encoding(expected), _) => answer.content_encoding.as_deref() == *expected,
            (Self::Text(_) | Self::Json(_) | Self::Part(..), _) => false,
        }
    }
}

impl Display for Row {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.target)?;
        for (name, value) in &self.headers {
            write!(f, ", {name}: {value}")?;
        }
        match self.body.as_deref().map(String::from_utf8_lossy) {
            Some(body) if body.len() > 300 => write!(f, ", {} bytes", body.len()),
            Some(body) => write!(f, ", {body}"),
            None => Ok(()),
        }
    }
}

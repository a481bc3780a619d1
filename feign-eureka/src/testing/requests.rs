//! What a registry was asked.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};

/// A request that came.
#[derive(Clone)]
pub struct Heard {
    method: Method,
    target: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Heard {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        Self {
            method: request.method().clone(),
            target: target.to_owned(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }

    /// Returns method and path with the query: `PUT /eureka/apps/ORDERS/i1?status=UP`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Returns one header, where it came once and is a text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// Shows no header, since one may hold a password.
impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.line(), self.body.len())
    }
}

//! The headers of a request.

use http::header::COOKIE;
use http::{HeaderName, HeaderValue};

use super::RequestBuilder;
use crate::error::Error;

impl RequestBuilder {
    pub fn idempotency_key(&mut self, name: &'static HeaderName) {
        match crate::idempotency::key() {
            Ok(key) => self.push_header(name, key, true),
            Err(source) => self.fail(|operation| Error::other(source).in_operation(operation)),
        }
    }

    /// Sends a header of an argument; `first` replaces what is there, the rest of a list follows.
    pub(crate) fn push_header(
        &mut self,
        name: &'static HeaderName,
        value: HeaderValue,
        first: bool,
    ) {
        if first {
            self.headers.insert(name, value);
        } else {
            self.headers.append(name, value);
        }
    }

    pub(crate) fn append_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.append(name, value);
    }

    pub(crate) fn clear_header(&mut self, name: &HeaderName) {
        self.headers.remove(name);
    }

    pub(crate) fn push_cookie(&mut self, name: &str, value: &str) {
        let cookies = match self.headers.get(COOKIE).map(HeaderValue::as_bytes) {
            Some(before) => format!("{}; {name}={value}", String::from_utf8_lossy(before)),
            None => format!("{name}={value}"),
        };
        match HeaderValue::try_from(cookies) {
            Ok(mut cookies) => {
                cookies.set_sensitive(true);
                self.headers.insert(COOKIE, cookies);
            }
            Err(source) => self.fail(|operation| Error::other(source).in_operation(operation)),
        }
    }
}

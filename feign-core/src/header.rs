//! Headers as they may be sent.

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue};

/// What a header may hold, for messages.
pub(crate) const ALLOWED: &str = "visible ASCII characters, spaces and tabs";

/// Makes a value of a text; `None` if it cannot be sent. Other bytes are allowed by RFC 9110 §5.5, but
/// mean something else to everybody. Credentials are marked, so that nobody shows them.
pub(crate) fn value(name: &HeaderName, text: &str) -> Option<HeaderValue> {
    if !text.is_ascii() {
        return None;
    }
    let mut value = HeaderValue::from_str(text).ok()?;
    if *name == AUTHORIZATION || *name == PROXY_AUTHORIZATION || *name == COOKIE {
        value.set_sensitive(true);
    }
    Some(value)
}

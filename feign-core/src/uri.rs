//! URIs of requests: what is sent is checked once, and a refusal says what was wrong.

use http::Uri;
use http::uri::PathAndQuery;

use crate::error::Error;
use crate::operation::Operation;

/// Makes a URI of path and query only.
pub(crate) fn path_and_query(text: String, operation: &'static Operation) -> Result<Uri, Error> {
    let length = text.len();
    PathAndQuery::try_from(text).map(Uri::from).map_err(|source| {
        Error::refused(
            operation,
            "path and query",
            &format!("{length} bytes that are no URI: {source}"),
        )
    })
}

/// Whether a URL parser would take the segment away: empty, or dots that may be escaped.
pub(crate) fn is_dots(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    let mut dots = 0;
    loop {
        match rest {
            [] => return segment.is_empty() || dots <= 2,
            [b'.', tail @ ..] | [b'%', b'2', b'e' | b'E', tail @ ..] => rest = tail,
            _ => return false,
        }
        dots += 1;
    }
}

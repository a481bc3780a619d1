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

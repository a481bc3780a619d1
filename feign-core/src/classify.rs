//! What a status means to the layers.

use http::StatusCode;

/// Whether the failure is one that passes: another attempt may find it gone.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 502 | 503 | 504)
}

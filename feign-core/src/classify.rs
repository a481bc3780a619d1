//! What an answer means to the layers.

use std::time::SystemTime;

use http::{Response, StatusCode};

use crate::balance::Outcome;
use crate::error::Error;
use crate::retry_after;

/// Whether the failure is one that passes: another attempt may find it gone.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 502 | 503 | 504)
}

/// Whether an attempt shows that its endpoint works: a 4xx does, but for 429.
pub(crate) fn outcome<B>(answer: &Result<Response<B>, Error>) -> Outcome {
    match answer {
        Ok(answer) if is_failure(answer.status()) => Outcome::Failure {
            retry_after: retry_after::parse(answer.headers(), SystemTime::now()),
        },
        Ok(_) => Outcome::Success,
        Err(_) => Outcome::Failure { retry_after: None },
    }
}

fn is_failure(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

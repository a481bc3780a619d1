//! What an answer means to the layers.

use std::time::SystemTime;

use http::{HeaderMap, Response, StatusCode};

use crate::balance::Outcome;
use crate::error::Error;
use crate::retry_after;

/// Whether the failure is one that passes: another attempt may find it gone.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 502 | 503 | 504)
}

/// Whether an attempt shows that its endpoint works: a 4xx does, but for 429. An error that arose on
/// this side, in a layer for example, shows nothing.
pub(crate) fn outcome<B>(answer: &Result<Response<B>, Error>) -> Outcome {
    match answer {
        Ok(answer) => of_answer(answer.status(), answer.headers()),
        Err(error) if error.is_unanswered() => Outcome::Failure { retry_after: None },
        Err(error) if error.is_status() => {
            error.status().map_or(Outcome::Ignored, |status| of_answer(status, error.headers()))
        }
        Err(_) => Outcome::Ignored,
    }
}

fn of_answer(status: StatusCode, headers: &HeaderMap) -> Outcome {
    match is_failure(status) {
        true => Outcome::Failure { retry_after: retry_after::parse(headers, SystemTime::now()) },
        false => Outcome::Success,
    }
}

fn is_failure(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

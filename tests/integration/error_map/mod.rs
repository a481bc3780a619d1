//! `#[derive(ErrorMap)]`: from `feign::Error` to the caller's own type.

mod fields;
mod forms;
mod priority;
mod problem;
mod retry_after;
mod served;

use feign::{Error, StatusCode};

/// The error of a call that was answered so.
fn answered(status: u16, body: &str) -> Error {
    Error::from_status(StatusCode::from_u16(status).unwrap()).with_body(body.to_owned())
}

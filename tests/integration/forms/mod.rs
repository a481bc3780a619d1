//! `application/x-www-form-urlencoded`: what is written, and what a server reads of it.

mod argument;
mod read;
mod whole;

use crate::support::{Received, Server};

type Answer = Result<(), feign::Error>;

const FORM: &str = "application/x-www-form-urlencoded";

#[track_caller]
fn assert_form(server: &Server, form: &str) {
    let sent: Received = server.take();
    assert_eq!(sent.text(), form);
    assert_eq!(sent.header("content-type").as_deref(), Some(FORM));
    assert_eq!(sent.header("content-length"), Some(form.len().to_string()));
}

//! Any status, headers and body as an error: `Retry-After`, problem details and a derived error map
//! read it without a panic, and what they cannot read is kept.
#![no_main]

use std::time::{Duration, SystemTime};

use arbitrary::Arbitrary;
use feign::{Error, ErrorMap, FromError as _, Json, Problem, StatusCode};
use feign_fuzz::{BODY_LIMIT, look_at};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;

#[derive(Arbitrary, Debug)]
struct Answer<'a> {
    status: u16,
    retry_after: Option<&'a str>,
    limit: Option<&'a str>,
    body: &'a [u8],
}

#[derive(Debug, ErrorMap)]
#[code("/error/code")]
#[allow(dead_code, reason = "made and looked at by `Debug`")]
enum Mapped {
    #[status(409, code = "OUT")]
    Out(Json<Shortage>),
    #[status(409)]
    Conflict(String),
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
        #[header("x-limit")]
        limit: u64,
    },
    #[status(4xx)]
    Problem(Problem),
    #[status(5xx)]
    Broken(Option<Json<Shortage>>, StatusCode),
    #[otherwise]
    Other(Error),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read by serde only")]
struct Shortage {
    missing: u64,
    of: Option<Vec<Shortage>>,
}

fuzz_target!(|answer: Answer<'_>| {
    let status = StatusCode::from_u16(400 + answer.status % 200).expect("a status");
    let body = answer.body.get(..BODY_LIMIT).unwrap_or(answer.body).to_vec();
    let mut error = Error::from_status(status).with_body(body.clone());
    if let Some(text) = answer.retry_after {
        error = error.with_header("retry-after", text);
        if error.headers().contains_key("retry-after") {
            assert_is_said(text, error.retry_after());
        }
    }
    if let Some(text) = answer.limit {
        error = error.with_header("x-limit", text);
    }
    look_at(&error);
    if let Ok(problem) = Problem::from_error(&error) {
        let written = serde_json::to_vec(&problem).expect("it is JSON");
        let read: Problem = serde_json::from_slice(&written).expect("it is a problem");
        assert_eq!(read.to_string(), problem.to_string());
        assert_eq!(read.status, problem.status);
        assert_eq!(read.extensions.len(), problem.extensions.len());
    }
    if let Mapped::Other(error) = Mapped::from(error) {
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.body(), &body);
        look_at(&error);
    }
});

/// A time to wait is one that the text says: digits, perhaps a fraction, or a date.
fn assert_is_said(text: &str, after: Option<Duration>) {
    // What a header leaves out around its value, and no other space (RFC 9110 §5.6.3).
    let text = text.trim_matches([' ', '\t']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    match after {
        None => assert!(!digits(text) || text.len() > 18, "{text:?} is a time"),
        Some(after) if digits(whole) && digits(fraction) => {
            let wanted: f64 = text.parse().expect("a number");
            assert!(
                (after.as_secs_f64() - wanted).abs() <= wanted * 1e-6 + 1e-6,
                "{text:?}: {after:?}"
            );
        }
        Some(after) => {
            assert!(text.ends_with("GMT") || text.len() > 20, "{text:?} is no time: {after:?}");
            assert!(SystemTime::now().checked_add(after).is_some());
        }
    }
}

//! What the other side receives: no value reaches another resource, no value arrives changed.

mod header;
mod path;
mod query;
mod round_trip;

type Answer = Result<(), feign::Error>;

/// What is asked of a value: the text on the wire, or a refusal.
#[derive(Clone, Copy, Debug)]
enum Want {
    Sent(&'static str),
    Refused,
}

/// Holds a refusal to its promises: typed, before anything is sent, naming the argument.
fn is_refused(answer: &Answer, argument: &str) -> bool {
    answer.as_ref().is_err_and(|error| {
        let named = error.to_string().contains(&format!("`{argument}`"));
        error.is_request() && !error.is_retryable() && named
    })
}

#[track_caller]
fn assert_refused(answer: &Answer, argument: &str) {
    assert!(is_refused(answer, argument), "`{argument}`: {answer:?}");
}

//! Properties: what holds for any value, tried on many that chance made.

mod any_bytes;
mod bodies;
mod dropped;
mod refused;
mod round_trip;
mod styles;

use feign::Error;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

/// How many values a property is tried on.
const CASES: u32 = 256;

/// Holds a property to many values, on one runtime and with one set-up.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "values are described where they are used")]
fn holds<S, T>(
    cases: u32,
    set_up: impl AsyncFnOnce() -> T,
    values: S,
    property: impl AsyncFn(&T, S::Value) -> TestCaseResult,
) where
    S: Strategy,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stage = runtime.block_on(set_up());
    // Nothing is written beside the tests: a failure prints the smallest value it was found with.
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config)
        .run(&values, |value| runtime.block_on(async { property(&stage, value).await }));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// Any text at all, and often of characters that mean something on the way.
fn text() -> impl Strategy<Value = String> {
    let special: Vec<char> =
        "/?#%&=+ .;,:@[]{}\"'\\<>|^`~$!*()\t-_\u{7f}\u{80}\u{feff}\u{202e}".chars().collect();
    let character = prop_oneof![
        2 => any::<char>(),
        2 => prop::sample::select(special),
        1 => prop::char::range('0', 'z'),
    ];
    let any = vec(character, 0..24).prop_map(String::from_iter);
    // What looks escaped, or like a step up, already.
    let known = prop::sample::select(vec![
        "", ".", "..", "...", "%2e%2e", "%", "%zz", "%25", "a%2Fb", "~", "null", "None",
    ]);
    prop_oneof![9 => any, 1 => known.prop_map(str::to_owned)]
}

/// Text that every role may hold: CR, LF and NUL are refused everywhere.
fn sendable() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['\r', '\n', '\0'], "-"))
}

/// Text with one of those in it.
fn unsendable() -> impl Strategy<Value = String> {
    (text(), prop::sample::select(vec!["\r", "\n", "\0", "\r\n", "\r\nx-evil: 1"]), text())
        .prop_map(|(before, control, after)| before + control + &after)
}

/// Whatever is refused was refused before sending, for a reason that the property names.
#[track_caller]
fn refused<T: std::fmt::Debug>(answer: &Result<T, Error>, argument: &str) -> bool {
    match answer {
        Ok(_) => false,
        Err(error) => {
            assert!(error.is_request() && error.attempts() == 0, "{error:?}");
            assert!(error.to_string().contains(argument), "{argument}: {error}");
            true
        }
    }
}

/// The answer, where there was nothing to refuse.
fn sent<T>(answer: Result<T, Error>) -> Result<T, TestCaseError> {
    answer.map_err(|error| TestCaseError::fail(format!("{error:?}")))
}

//! Time limits, on the paused clock: which fires, when, and what it says.

mod attempt;
mod levels;
mod sockets;
mod streams;
mod total;

use std::time::Duration;

use feign::Method;
use feign::mock::{Mock, Reply};
use serde_json::json;
use tokio::time::Instant;

type Answer = Result<serde_json::Value, feign::Error>;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A mock that gives every call this answer.
fn answering(reply: Reply) -> Mock {
    let mock = Mock::new();
    mock.on_path(Method::GET, "/").reply(reply.clone());
    mock.on_path(Method::POST, "/").reply(reply);
    mock
}

/// A mock whose answer never comes.
fn silence() -> Mock {
    answering(Reply::hang())
}

/// A mock whose answer comes after a wait.
fn late(wait: Duration) -> Mock {
    answering(Reply::json(200, json!({})).delay(wait))
}

/// How long a call took, and the setting that ended it.
#[track_caller]
fn ended(started: Instant, answer: Answer) -> (Duration, &'static str) {
    let error = answer.expect_err("no limit ended it");
    assert!(error.is_timeout(), "{error:?}");
    let setting = error.timeout_setting().expect("a setting of ours").name();
    assert!(error.to_string().contains(&format!("`{setting}`")), "{error}");
    (started.elapsed(), setting)
}

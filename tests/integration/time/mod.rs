//! Time limits, on the paused clock: which fires, when, and what it says.

mod attempt;
mod levels;
mod sockets;
mod streams;
mod total;

use std::time::Duration;

use feign::Hub;
use tokio::time::Instant;

use crate::support::Scripted;

type Answer = Result<serde_json::Value, feign::Error>;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A transport whose answer never comes.
fn silence() -> Scripted {
    Scripted::run(std::future::pending)
}

fn hub(transport: Scripted) -> feign::HubBuilder {
    Hub::builder().transport(transport)
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

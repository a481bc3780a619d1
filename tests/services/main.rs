//! What we wrote, against systems that others wrote: one module per system, one scene per question.
//!
//! `just services` runs it. A scene whose system cannot be had here is ignored, with the reason; with
//! `CI=true` it fails.

mod asyncapi;
mod dns;
mod eureka;
mod httpbin;
#[cfg(feature = "kafka")]
mod kafka;
mod support;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    // The programs that scenes kill are this one, so that they cost no build of their own.
    let played = feign_services_helper::play(std::env::args());
    let played = played.or_else(|| eureka::play(std::env::args()));
    #[cfg(feature = "kafka")]
    let played = played.or_else(|| kafka::play(std::env::args().collect::<Vec<_>>()));
    if let Some(outcome) = played {
        return outcome;
    }
    let mut arguments = Arguments::from_args();
    // One after the other: they measure time, and they share two cores with what they start.
    arguments.test_threads = Some(1);
    let systems = [
        asyncapi::all(),
        dns::all(),
        eureka::all(),
        httpbin::all(),
        #[cfg(feature = "kafka")]
        kafka::all(),
    ];
    libtest_mimic::run(&arguments, systems.into_iter().flatten().collect()).exit_code()
}

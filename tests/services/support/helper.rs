//! Processes of `feign-services-helper`.

use std::process::Command;
use std::time::Duration;

use super::Process;

const LIMIT: Duration = Duration::from_secs(10);

/// Starts a program of the helper that serves; returns it with the base URL that it prints first.
pub(crate) async fn helper(
    role: &'static str,
    arguments: &[&str],
) -> Result<(Process, String), String> {
    let process = Process::start(role, this()?.arg(role).args(arguments))?;
    let mut url = String::new();
    process
        .until_ready(async {
            url = process.line_with("http://", LIMIT).await?;
            Ok(())
        })
        .await?;
    Ok((process, url))
}

/// A command that runs this program again, to play a role.
pub(crate) fn this() -> Result<Command, String> {
    let this = std::env::current_exe().map_err(|error| format!("this program: {error}"))?;
    Ok(Command::new(this))
}

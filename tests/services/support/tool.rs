//! Tools that build what scenes need, run to their end.

use std::io::ErrorKind;
use std::process::Output;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

/// Runs a tool to its end and returns what it printed, on both of its outputs.
pub(crate) async fn run(tool: &mut Command, limit: Duration) -> Result<String, String> {
    let ended = timeout(limit, tool.kill_on_drop(true).output()).await;
    let why = match ended {
        Err(_) => format!("not done within {limit:?}"),
        Ok(Ok(output)) if output.status.success() => return Ok(printed(&output)),
        Ok(Ok(output)) => why(&output),
        Ok(Err(error)) if error.kind() == ErrorKind::NotFound => "it is not installed".to_owned(),
        Ok(Err(error)) => error.to_string(),
    };
    Err(format!("`{}`: {why}", tool.as_std().get_program().display()))
}

fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy;
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// The first lines that tell of an error, as the first may be a title, and the last of Maven are advice.
fn why(output: &Output) -> String {
    let printed = printed(output);
    let lines = || printed.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = |line: &&str| ["ERROR", "error", "Exception"].iter().any(|it| line.contains(it));
    let told: Vec<_> = lines().filter(telling).take(2).collect();
    match lines().next_back() {
        _ if !told.is_empty() => told.join(" "),
        Some(last) => last.to_owned(),
        None => output.status.to_string(),
    }
}

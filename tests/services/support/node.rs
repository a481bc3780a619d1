//! What npm installs for us, and scripts that Node runs.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use super::java::fingerprint;
use super::{cache, tool};

/// For a download of 20 MB; a cold one takes ten seconds.
const INSTALLING: Duration = Duration::from_secs(300);
/// For one run of a script.
const RUNNING: Duration = Duration::from_secs(50);

/// What makes a project: its locked dependencies, and one script.
const FILES: [&str; 3] = ["package.json", "package-lock.json", "check.mjs"];

/// Returns a copy of the project in `sources` with its dependencies, installed if they are not there yet.
pub(crate) async fn installed(name: &str, sources: &Path) -> Result<PathBuf, String> {
    let read = |file: &str| {
        let file = sources.join(file);
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let contents = FILES.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let kept = format!("{name}-{}", fingerprint(&contents));
    cache::made(&kept, async |folder| {
        for (file, content) in FILES.into_iter().zip(&contents) {
            let file = folder.join(file);
            std::fs::write(&file, content)
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
        let npm_cache = cache::folder()?.join("npm");
        let mut npm = Command::new("npm");
        // What is locked and nothing else, and no script of a package is run.
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache"])
            .arg(npm_cache)
            .current_dir(folder);
        tool::run(&mut npm, INSTALLING).await.map(drop)
    })
    .await
}

/// Runs the script of a project, gives it `input`, and returns what it wrote on its standard output.
pub(crate) async fn run(project: &Path, input: &str) -> Result<String, String> {
    let said = |error: std::io::Error| format!("`node`: {error}");
    let mut node = Command::new("node");
    node.arg("check.mjs")
        .current_dir(project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut process = node.spawn().map_err(said)?;
    let mut stdin = process.stdin.take().ok_or("`node` has no standard input")?;
    let written = async {
        stdin.write_all(input.as_bytes()).await?;
        // Closed, or it would wait for more.
        drop(stdin);
        std::io::Result::Ok(())
    };
    let ended = async { tokio::join!(written, process.wait_with_output()) };
    let Ok((written, output)) = timeout(RUNNING, ended).await else {
        return Err(format!("`node`: not done within {RUNNING:?}"));
    };
    let output = output.map_err(said)?;
    if !output.status.success() {
        return Err(format!("`node`: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    written.map_err(said)?;
    String::from_utf8(output.stdout).map_err(|error| format!("`node`: {error}"))
}

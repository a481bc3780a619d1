//! The cargo that builds what is measured.

use crate::{Program, Result};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Returns the root of this workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Returns the target folder of the running bench, which is `TARGET/release/deps/cost-1a2b3c`.
///
/// # Errors
/// When the bench was moved elsewhere.
pub fn target_dir() -> Result<PathBuf> {
    let bench = env::current_exe()?;
    Ok(bench.ancestors().nth(3).ok_or("the bench does not lie in a target folder")?.to_owned())
}

/// The cargo that started the bench, to be started again.
#[derive(Debug)]
pub struct InnerCargo {
    workspace: PathBuf,
    target: PathBuf,
}

impl InnerCargo {
    /// Makes a cargo that builds packages of `workspace` into `target`.
    #[must_use]
    pub fn new(workspace: &Path, target: &Path) -> Self {
        Self { workspace: workspace.to_owned(), target: target.to_owned() }
    }

    /// Returns the command for these arguments.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).arg("--quiet").arg("--target-dir").arg(&self.target);
        command.current_dir(&self.workspace);
        command
    }
}

/// Builds a measured program by itself: cargo adds up the features of all that it builds at once, and the workspace's
/// tests have features (tokio's `test-util` among them) that a user has not.
///
/// # Errors
/// When it does not build.
pub fn measured_program(package: &str) -> Result<Program> {
    let target = target_dir()?;
    let arguments = ["build", "--profile", "bench", "--package", package];
    if !InnerCargo::new(workspace(), &target).command(&arguments).status()?.success() {
        return Err(format!("`{package}` does not build").into());
    }
    Ok(Program::new(target.join("release").join(package)))
}

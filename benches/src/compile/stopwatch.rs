//! CPU seconds of a child and of everything that it starts.

use feign_benches::{InnerCargo, Result};
use std::{path::Path, process::Command};

/// Runs cargo and returns the CPU seconds that it and its compilers took: they hold on a busy
/// machine, where the clock on the wall does not. The shell's `time` is the way to them that needs
/// neither `unsafe` nor a dependency.
pub(crate) fn cpu_seconds(cargo: &InnerCargo, arguments: &[&str]) -> Result<f64> {
    let cargo = cargo.command(arguments);
    let mut shell = Command::new("bash");
    shell.args(["-c", r#"TIMEFORMAT='%3U %3S'; time "$@""#, "bash"]);
    shell.arg(cargo.get_program()).args(cargo.get_args());
    shell.current_dir(cargo.get_current_dir().unwrap_or(Path::new(".")));
    let output = shell.env("CARGO_INCREMENTAL", "0").env("LC_ALL", "C").output()?;
    let errors = String::from_utf8(output.stderr)?;
    if !output.status.success() {
        return Err(format!("cargo {} failed\n{errors}", arguments.join(" ")).into());
    }
    let times = errors.lines().last().ok_or("the shell printed no times")?;
    let seconds = times.split(' ').map(str::parse::<f64>);
    Ok(seconds.sum::<Result<f64, _>>()?)
}

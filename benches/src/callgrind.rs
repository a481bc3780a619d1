//! Instructions and allocations, counted.

use crate::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is counted: per process at first, then on average per call.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Instructions, as callgrind counts them.
    pub instructions: f64,
    /// How often memory was asked for.
    pub allocations: f64,
}

/// A measured program. It prints numbers, the first of which is how often it has asked for memory.
#[derive(Debug)]
pub struct Program(PathBuf);

impl Program {
    /// Names a program that is built.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Measures as the difference between twice as many calls and once: what happens once per process, and on the
    /// first calls, falls out. `arguments` makes the program's arguments for a count.
    ///
    /// # Errors
    /// When the program fails, or there is no valgrind.
    pub fn cost(&self, arguments: impl Fn(u32) -> Vec<String>, count: u32) -> Result<Cost> {
        let once = self.count(&arguments(count))?;
        let twice = self.count(&arguments(2 * count))?;
        Ok(Cost {
            instructions: (twice.instructions - once.instructions) / f64::from(count),
            allocations: (twice.allocations - once.allocations) / f64::from(count),
        })
    }

    /// Runs the program by itself, and returns the numbers that it prints.
    ///
    /// # Errors
    /// When the program fails.
    pub fn run(&self, arguments: &[String]) -> Result<Vec<f64>> {
        numbers(Command::new(&self.0).args(arguments))
    }

    fn count(&self, arguments: &[String]) -> Result<Cost> {
        // How often the heap of a process merges its small free blocks is luck, and costs up to 1 %.
        let steady = |command: &mut Command| {
            command.env("GLIBC_TUNABLES", "glibc.malloc.mxfast=0");
        };
        let (profile, allocations) = self.profile(arguments, steady)?;
        Ok(Cost { instructions: total(&profile)?, allocations })
    }

    /// Runs the program in callgrind; returns the name of the profile, and the first number that is printed.
    pub(crate) fn profile(
        &self,
        arguments: &[String],
        set_up: impl FnOnce(&mut Command),
    ) -> Result<(PathBuf, f64)> {
        let profile = self.0.with_file_name(format!("callgrind.{}", profile_name(arguments)));
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--quiet"]);
        set_up(&mut command);
        command
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .arg(&self.0)
            .args(arguments);
        let numbers = numbers(&mut command)?;
        Ok((profile, *numbers.first().ok_or("the measured program prints nothing")?))
    }

    /// Makes the command that runs the program.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(arguments);
        command
    }
}

/// The arguments as the name of a file, without those that are addresses.
fn profile_name(arguments: &[String]) -> String {
    let names = arguments.iter().filter(|argument| !argument.contains(['/', ':']));
    names.map(String::as_str).collect::<Vec<_>>().join(".")
}

fn numbers(command: &mut Command) -> Result<Vec<f64>> {
    let output =
        command.output().map_err(|error| format!("{command:?} does not start: {error}"))?;
    if !output.status.success() {
        return Err(
            format!("{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr)).into()
        );
    }
    let numbers = String::from_utf8(output.stdout)?;
    Ok(numbers.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}

/// Reads the sum over all functions from callgrind's file.
pub(crate) fn total(profile: &Path) -> Result<f64> {
    let text = fs::read_to_string(profile)?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .ok_or("callgrind's file has no total")?;
    Ok(total.parse()?)
}

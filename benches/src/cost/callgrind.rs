//! Instructions and allocations of one call.

use feign_benches::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is counted: per process at first, then on average per call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
}

/// The measured program and the server that it calls.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) program: PathBuf,
    pub(crate) base: String,
}

impl Measured {
    /// Measures a row as the difference between twice as many calls and once: what happens once per process, and on
    /// the first calls, falls out.
    pub(crate) fn cost(&self, row: &str, call: &str, count: u32) -> Result<Cost> {
        let once = self.count(row, call, count)?;
        let twice = self.count(row, call, 2 * count)?;
        Ok(Cost {
            instructions: (twice.instructions - once.instructions) / f64::from(count),
            allocations: (twice.allocations - once.allocations) / f64::from(count),
        })
    }

    /// Measures the peak of the memory of a process that makes a call twice, in KiB. Not under valgrind, whose own
    /// memory it would be.
    pub(crate) fn peak(&self, row: &str, call: &str) -> Result<f64> {
        let [_, peak] = self.run(&mut Command::new(&self.program), row, call, 2)?;
        Ok(peak)
    }

    fn count(&self, row: &str, call: &str, count: u32) -> Result<Cost> {
        let profile = self.program.with_file_name(format!("callgrind.{row}.{call}.{count}"));
        let mut command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--quiet"])
            .arg(format!("--callgrind-out-file={}", profile.display()))
            // How often the heap of a process merges its small free blocks is luck, and costs up to 1 %.
            .env("GLIBC_TUNABLES", "glibc.malloc.mxfast=0")
            .arg(&self.program);
        let [allocations, _] = self.run(&mut command, row, call, count)?;
        Ok(Cost { instructions: total(&profile)?, allocations })
    }

    /// Runs the program and returns the two numbers that it prints.
    fn run(&self, command: &mut Command, row: &str, call: &str, count: u32) -> Result<[f64; 2]> {
        command.args([row, call, &count.to_string(), &self.base]);
        let output =
            command.output().map_err(|error| format!("{command:?} does not start: {error}"))?;
        if !output.status.success() {
            return Err(
                format!("{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr)).into()
            );
        }
        let numbers = String::from_utf8(output.stdout)?;
        let numbers =
            numbers.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        numbers.try_into().map_err(|_| "the measured program prints two numbers".into())
    }
}

/// Reads the sum over all functions from callgrind's file.
fn total(profile: &Path) -> Result<f64> {
    let text = fs::read_to_string(profile)?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .ok_or("callgrind's file has no total")?;
    Ok(total.parse()?)
}

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
    /// Measures a row as the difference between twice as many calls and once: what happens once per
    /// process, and on the first calls, falls out.
    pub(crate) fn cost(&self, row: &str, verb: &str) -> Result<Cost> {
        const CALLS: u32 = 500;
        let once = self.run(row, verb, CALLS)?;
        let twice = self.run(row, verb, 2 * CALLS)?;
        Ok(Cost {
            instructions: (twice.instructions - once.instructions) / f64::from(CALLS),
            allocations: (twice.allocations - once.allocations) / f64::from(CALLS),
        })
    }

    fn run(&self, row: &str, verb: &str, calls: u32) -> Result<Cost> {
        let profile = self.program.with_file_name(format!("callgrind.{row}.{verb}.{calls}"));
        let mut command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--quiet"])
            .arg(format!("--callgrind-out-file={}", profile.display()));
        command.arg(&self.program).args([row, verb, &calls.to_string(), &self.base]);
        // How often the heap of a process merges its small free blocks is luck, and costs up to 1 %.
        command.env("GLIBC_TUNABLES", "glibc.malloc.mxfast=0");
        let output = command.output().map_err(|error| format!("valgrind is needed: {error}"))?;
        if !output.status.success() {
            return Err(
                format!("{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr)).into()
            );
        }
        let allocations = String::from_utf8(output.stdout)?.trim().parse()?;
        Ok(Cost { instructions: total(&profile)?, allocations })
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

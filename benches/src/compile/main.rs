//! Compile time of 150 declared methods beside that of the same calls written by hand.
//!
//! Exits with 1 when a ratio is over its mark.

mod api;
mod project;
mod source;
mod stopwatch;

use self::{
    project::{CRATES, Crate, Project},
    stopwatch::cpu_seconds,
};
use feign_benches::{Marks, Result, Table, target_dir};
use std::process::ExitCode;

/// How it is built, and how much of the time by hand a declaration may take.
const MODES: [(&str, &[&str], f64); 2] =
    [("check", &["check"], 1.0), ("release", &["build", "--release"], 0.5)];
const ROUNDS: usize = 5;

fn main() -> Result<ExitCode> {
    let project = Project::write(&target_dir()?.join("compile-bench"))?;
    let mut marks = Marks::default();
    for (mode, arguments, mark) in MODES {
        // The first run builds the dependencies.
        cpu_seconds(&project.cargo, arguments)?;
        let [none, by_hand, declared] = least(&project, arguments)?;
        let ratio = (declared - none) / (by_hand - none);
        println!("{}", table(mode, [none, by_hand, declared]));
        marks.at_most(mark, &format!("declared, {mode}, of the time by hand"), ratio);
        println!();
    }
    Ok(marks.exit_code())
}

/// Measures all crates in turn, so that a busy minute falls on all of them, and keeps the least of each.
fn least(project: &Project, arguments: &[&str]) -> Result<[f64; 3]> {
    let mut least = [f64::INFINITY; 3];
    for _ in 0..ROUNDS {
        for (krate, least) in CRATES.iter().zip(&mut least) {
            *least = least.min(measure(project, krate, arguments)?);
        }
    }
    Ok(least)
}

fn measure(project: &Project, krate: &Crate, arguments: &[&str]) -> Result<f64> {
    project.touch(krate)?;
    cpu_seconds(&project.cargo, &[arguments, &["--package", krate.name]].concat())
}

fn table(mode: &str, seconds: [f64; 3]) -> Table {
    let mut table = Table::new(&[mode, "CPU seconds", "over types only", "ratio"]);
    let [none, by_hand, _] = seconds;
    for (krate, seconds) in CRATES.iter().zip(seconds) {
        let (over, ratio) = (seconds - none, (seconds - none) / (by_hand - none));
        table.push(vec![
            krate.title.to_owned(),
            format!("{seconds:.2}"),
            format!("{over:.2}"),
            format!("{ratio:.2}"),
        ]);
    }
    table
}

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

/// How a crate is built, how often, and how much of the time by hand the declared methods may take.
///
/// A check is short, so a busy machine disturbs it more.
const MODES: [Mode; 2] = [
    Mode { name: "check", arguments: &["check"], rounds: 15, mark: 1.0 },
    Mode { name: "release", arguments: &["build", "--release"], rounds: 5, mark: 0.5 },
];

struct Mode {
    name: &'static str,
    arguments: &'static [&'static str],
    rounds: usize,
    mark: f64,
}

fn main() -> Result<ExitCode> {
    let project = Project::write(&target_dir()?.join("compile-bench"))?;
    let mut marks = Marks::default();
    for mode in MODES {
        // The first run builds the dependencies.
        cpu_seconds(&project.cargo, mode.arguments)?;
        let seconds = least(&project, &mode)?;
        println!("{}", table(mode.name, seconds));
        let [_, types, by_hand, declared] = seconds;
        let ratio = (declared - types) / (by_hand - types);
        marks.at_most(
            mode.mark,
            &format!("{}, declared, of the time by hand, over the types", mode.name),
            ratio,
        );
        println!();
    }
    Ok(marks.exit_code())
}

/// Measures all crates in turn, so that a busy minute falls on all of them, and keeps the least of
/// each.
fn least(project: &Project, mode: &Mode) -> Result<[f64; 4]> {
    let mut least = [f64::INFINITY; 4];
    for _ in 0..mode.rounds {
        for (krate, least) in CRATES.iter().zip(&mut least) {
            *least = least.min(measure(project, krate, mode.arguments)?);
        }
    }
    Ok(least)
}

fn measure(project: &Project, krate: &Crate, arguments: &[&str]) -> Result<f64> {
    project.touch(krate)?;
    cpu_seconds(&project.cargo, &[arguments, &["--package", krate.name]].concat())
}

/// Shows the seconds over each baseline: over the empty crate, and over the types, whose serde code
/// is the user's own.
fn table(mode: &str, seconds: [f64; 4]) -> Table {
    let mut table =
        Table::new(&[mode, "CPU seconds", "over empty", "ratio", "over types", "ratio"]);
    let [empty, types, by_hand, _] = seconds;
    for (krate, seconds) in CRATES.iter().zip(seconds) {
        let mut row = vec![krate.title.to_owned(), format!("{seconds:.2}")];
        row.extend(over(empty, seconds, by_hand));
        row.extend(over(types, seconds, by_hand));
        table.push(row);
    }
    table
}

/// What is over a baseline, and how much of what is by hand; nothing for the baseline itself.
fn over(base: f64, seconds: f64, by_hand: f64) -> [String; 2] {
    let over = seconds - base;
    if over <= 0.0 {
        return [String::new(), String::new()];
    }
    [format!("{over:.2}"), format!("{:.2}", over / (by_hand - base))]
}

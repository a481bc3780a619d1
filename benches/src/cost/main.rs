//! Instructions and allocations per call: the same calls written by hand and declared.
//!
//! Exits with 1 when a declared call costs more than the same call written by hand with reqwest.

mod callgrind;
mod server;

use self::callgrind::{Cost, Measured};
use feign_benches::{InnerCargo, Marks, Result, Table, target_dir, workspace};
use std::{path::PathBuf, process::ExitCode};

/// A way to make the calls; the first one is what the others are compared with.
struct Row {
    name: &'static str,
    title: &'static str,
    /// Whether it is ours, and held to the first row.
    held: bool,
}

const ROWS: [Row; 4] = [
    Row { name: "reqwest", title: "reqwest, as people write it", held: false },
    Row { name: "hyper", title: "hyper-util, by hand", held: false },
    Row { name: "feign-on-reqwest", title: "feign, the same reqwest client", held: true },
    Row { name: "feign", title: "feign, its default transport", held: true },
];
const VERBS: [(&str, &str); 2] =
    [("GET", "GET, 150 bytes back"), ("POST", "POST, 300 bytes each way")];

fn main() -> Result<ExitCode> {
    let measured = Measured { program: build()?, base: server::start()? };
    let mut marks = Marks::default();
    for (verb, title) in VERBS {
        let costs: Vec<Cost> =
            ROWS.iter().map(|row| measured.cost(row.name, verb)).collect::<Result<_>>()?;
        println!("{}", table(title, &costs));
        hold(&mut marks, verb, &costs);
        println!();
    }
    Ok(marks.exit_code())
}

/// Builds the measured program by itself: cargo adds up the features of all that it builds at once,
/// and the workspace's tests have features (tokio's `test-util` among them) that a user has not.
fn build() -> Result<PathBuf> {
    const ARGUMENTS: [&str; 5] = ["build", "--profile", "bench", "--package", "feign-bench-calls"];
    let target = target_dir()?;
    if !InnerCargo::new(workspace(), &target).command(&ARGUMENTS).status()?.success() {
        return Err("the measured program does not build".into());
    }
    Ok(target.join("release/feign-bench-calls"))
}

fn table(title: &str, costs: &[Cost]) -> Table {
    let mut table = Table::new(&[title, "instructions", "ratio", "allocations"]);
    for (row, cost) in ROWS.iter().zip(costs) {
        let ratio = cost.instructions / costs[0].instructions;
        table.push(vec![
            row.title.to_owned(),
            format!("{:.0}", cost.instructions),
            format!("{ratio:.2}"),
            format!("{:.1}", cost.allocations),
        ]);
    }
    table
}

fn hold(marks: &mut Marks, verb: &str, costs: &[Cost]) {
    let by_hand = costs[0];
    for (row, cost) in ROWS.iter().zip(costs).filter(|(row, _)| row.held) {
        let ratio = cost.instructions / by_hand.instructions;
        marks.at_most(1.0, &format!("{verb}, {}, of the instructions by hand", row.title), ratio);
        marks.at_most(
            by_hand.allocations,
            &format!("{verb}, {}, allocations", row.title),
            cost.allocations,
        );
    }
}

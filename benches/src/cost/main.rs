//! Instructions and allocations per call: the same calls written by hand and declared.
//!
//! Exits with 1 when a declared call costs more than its mark allows, compared with the same call written by hand with
//! reqwest, or when an upload takes more memory for a larger file.

mod callgrind;
mod memory;
mod rows;
mod server;

use self::{
    callgrind::Measured,
    rows::{CALLS, Call},
};
use feign_benches::{Cost, Marks, Result, Table, measured_program};
use std::{env, process::ExitCode};

fn main() -> Result<ExitCode> {
    let measured =
        Measured { program: measured_program("feign-bench-calls")?, base: server::start()? };
    let mut marks = Marks::default();
    // `cargo bench --bench cost -- GET POST` measures these alone; cargo adds `--bench`.
    let wanted: Vec<String> = env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let is_wanted = |call: &&Call| wanted.is_empty() || wanted.iter().any(|name| name == call.name);
    for call in CALLS.iter().filter(is_wanted) {
        let costs = call.rows.iter().map(|row| measured.cost(row.name, call.name, call.count));
        let costs: Vec<Cost> = costs.collect::<Result<_>>()?;
        println!("{}", table(call, &costs));
        hold(&mut marks, call, &costs);
        println!();
    }
    if wanted.is_empty() {
        memory::hold(&mut marks, &measured)?;
    }
    Ok(marks.exit_code())
}

fn table(call: &Call, costs: &[Cost]) -> Table {
    let mut table = Table::new(&[call.title, "instructions", "ratio", "allocations"]);
    for (row, cost) in call.rows.iter().zip(costs) {
        let ratio = cost.instructions / costs[0].instructions;
        table.push(vec![
            row.title.to_owned(),
            format!("{:.0}", cost.instructions),
            format!("{ratio:.3}"),
            format!("{:.1}", cost.allocations),
        ]);
    }
    table
}

fn hold(marks: &mut Marks, call: &Call, costs: &[Cost]) {
    let by_hand = costs[0];
    for (row, cost) in call.rows.iter().zip(costs).filter(|(row, _)| row.held) {
        let what = format!("{}, {}", call.name, row.title);
        let ratio = cost.instructions / by_hand.instructions;
        marks.at_most(call.ratio, &format!("{what}, of the instructions by hand"), ratio);
        if call.holds_allocations {
            marks.at_most(by_hand.allocations, &format!("{what}, allocations"), cost.allocations);
        }
    }
}

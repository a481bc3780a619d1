//! What reading a registry of 10 000 instances costs, beside plain serde_json into a `Value`.
//!
//! Exits with 1 when ours takes more than half of its instructions or of its memory, or when a delta of one instance
//! takes more than a hundredth of reading everything.

use feign_benches::{Marks, Program, Result, Table, measured_program};
use std::process::ExitCode;

/// How often a thing is done; twice as often for the difference.
const FEW: u32 = 2;
const MANY: u32 = 50;

fn main() -> Result<ExitCode> {
    let program = measured_program("feign-bench-registries")?;
    let mut table =
        Table::new(&["10 000 instances, 12 MB", "instructions", "allocations", "peak KiB"]);
    let [value, typed, full, delta] =
        [("value", FEW), ("typed", FEW), ("full", FEW), ("delta", MANY)]
            .map(|(row, count)| measure(&program, &mut table, row, count));
    let (value, typed, full, delta) = (value?, typed?, full?, delta?);
    println!("{table}");
    let mut marks = Marks::default();
    marks.at_most(0.5, "reading, of a `Value`'s instructions", typed[0] / value[0]);
    marks.at_most(0.5, "reading, of a `Value`'s memory", typed[1] / value[1]);
    marks.at_most(0.01, "a delta of one, of the instructions of everything", delta[0] / full[0]);
    Ok(marks.exit_code())
}

/// Measures a row: instructions, and the memory that it takes beside the payload.
fn measure(program: &Program, table: &mut Table, row: &str, count: u32) -> Result<[f64; 2]> {
    let arguments = |count: u32| vec![row.to_owned(), count.to_string()];
    let cost = program.cost(arguments, count)?;
    let peak = peak(program, row)? - peak(program, "nothing")?;
    table.push(vec![
        row.to_owned(),
        format!("{:.0}", cost.instructions),
        format!("{:.0}", cost.allocations),
        format!("{peak:.0}"),
    ]);
    Ok([cost.instructions, peak])
}

fn peak(program: &Program, row: &str) -> Result<f64> {
    let numbers = program.run(&[row.to_owned(), "1".to_owned()])?;
    Ok(*numbers.get(1).ok_or("the measured program prints two numbers")?)
}

//! What a pick costs: choosing an endpoint and saying how that went, by our policies and by tower's balancers.
//!
//! Exits with 1 when one of ours is over its mark, in instructions or allocations. Times are shown beside tower's, as
//! their ratios tell on a noisy machine; they are not held.

mod apply;
mod instructions;
mod rows;
mod time;

use self::rows::{ROWS, Row};
use feign_benches::{Marks, Result, measured_program};
use std::{env, process::ExitCode};

fn main() -> Result<ExitCode> {
    let program = measured_program("feign-bench-picks")?;
    let mut marks = Marks::default();
    // `cargo bench --bench pick -- ewma` measures this one alone, beside tower's; cargo adds `--bench`.
    let wanted: Vec<String> = env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let is_wanted = |row: &&Row| {
        !row.is_ours() || wanted.is_empty() || wanted.iter().any(|name| name == row.name)
    };
    let rows: Vec<&Row> = ROWS.iter().filter(is_wanted).collect();
    instructions::hold(&mut marks, &program, &rows)?;
    let pick = time::show(&program, &rows)?;
    apply::show(&program, &rows, pick)?;
    Ok(marks.exit_code())
}

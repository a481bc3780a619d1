//! The time until a snapshot is seen.

use crate::rows::Row;
use feign_benches::{Program, Result, Table};

const SIZE: u32 = 1_000;
const ROUNDS: u32 = 20;

/// Prints how long it takes, and how many picks take as long as the update.
pub(crate) fn show(program: &Program, rows: &[&Row], pick: f64) -> Result<()> {
    let title = format!("µs until a snapshot of {SIZE} is seen");
    let mut table = Table::new(&[&title, "first", "one changed", "picks in that time"]);
    for row in rows.iter().filter(|row| row.is_ours()) {
        let numbers = [SIZE, ROUNDS].map(|number| number.to_string());
        let arguments: Vec<_> =
            ["apply", row.name].map(str::to_owned).into_iter().chain(numbers).collect();
        let [first, update] = program.run(&arguments)?[..] else {
            return Err("the measured program does not print two times".into());
        };
        table.push(vec![
            row.title.to_owned(),
            format!("{:.0}", first / 1e3),
            format!("{:.0}", update / 1e3),
            format!("{:.0}", update / pick),
        ]);
    }
    println!("{table}");
    Ok(())
}

//! The time of a pick.

use crate::rows::{Row, SIZES};
use feign_benches::{Program, Result, Table};

const COUNT: u32 = 100_000;
/// The shortest time of so many rounds counts, in each of which every row has its turn.
const ROUNDS: u32 = 5;

/// Prints how long a pick takes in one thread and in each of two; returns the time of one in round robin, or in the first of
/// ours that is measured, among the most endpoints.
pub(crate) fn show(program: &Program, rows: &[&Row]) -> Result<f64> {
    let alone = times(program, rows, 1)?;
    let together = times(program, rows, 2)?;
    println!("{}", table("ns of pick and record, one thread, n =", rows, &alone));
    println!("{}", table("each of two threads (tower: one balancer each), n =", rows, &together));
    let ours = rows.iter().zip(&alone).find(|(row, _)| row.is_ours());
    Ok(ours.and_then(|(_, times)| times.last().copied()).unwrap_or(f64::NAN))
}

fn times(program: &Program, rows: &[&Row], threads: u32) -> Result<Vec<Vec<f64>>> {
    let mut shortest = vec![vec![f64::INFINITY; SIZES.len()]; rows.len()];
    for _ in 0..ROUNDS {
        for (row, shortest) in rows.iter().zip(&mut shortest) {
            for (size, shortest) in SIZES.iter().zip(shortest) {
                let numbers = [*size, COUNT, threads].map(|number| number.to_string());
                let arguments: Vec<_> = [row.name.to_owned()].into_iter().chain(numbers).collect();
                let time = program.run(&arguments)?.get(1).copied();
                *shortest = shortest.min(time.ok_or("the measured program prints no time")?);
            }
        }
    }
    Ok(shortest)
}

fn table(title: &str, rows: &[&Row], times: &[Vec<f64>]) -> Table {
    let sizes = SIZES.map(|size| size.to_string());
    let mut heads = vec![title];
    heads.extend(sizes.iter().map(String::as_str));
    heads.push("of PeakEwma");
    let mut table = Table::new(&heads);
    for (row, own) in rows.iter().zip(times) {
        let ratios = own.iter().zip(&times[0]).map(|(ours, theirs)| ours / theirs);
        let mut cells = vec![row.title.to_owned()];
        cells.extend(own.iter().map(|time| format!("{time:.0}")));
        cells.push(format!("{:.3}", ratios.fold(0.0, f64::max)));
        table.push(cells);
    }
    table
}

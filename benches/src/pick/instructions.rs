//! Instructions and allocations of a pick.

use crate::rows::{Row, SIZES};
use feign_benches::{Cost, Marks, Program, Result, Table};

/// So many picks are measured; twice as many are made besides.
const COUNT: u32 = 5_000;
/// By how much the cost may change with the number of endpoints, from ten on.
const CHANGE: f64 = 0.2;

/// Prints what each pick costs, and holds ours to their marks.
pub(crate) fn hold(marks: &mut Marks, program: &Program, rows: &[&Row]) -> Result<()> {
    let costs: Vec<Vec<Cost>> =
        rows.iter().map(|row| costs(program, row)).collect::<Result<_>>()?;
    let Some(theirs) = costs.first() else { return Ok(()) };
    println!("{}", table(rows, &costs, theirs));
    for (row, costs) in rows.iter().zip(&costs) {
        let Some(share) = row.share else { continue };
        let what = format!("{}, of PeakEwma's instructions", row.title);
        marks.at_most(share, &what, most(costs.iter().zip(theirs).map(ratio)));
        marks.at_most(CHANGE, &format!("{}, change with the size", row.title), change(costs));
        let allocations = most(costs.iter().map(|cost| cost.allocations));
        marks.at_most(0.0, &format!("{}, allocations", row.title), allocations);
    }
    println!();
    Ok(())
}

fn costs(program: &Program, row: &Row) -> Result<Vec<Cost>> {
    let cost = |size: &u32| {
        let arguments = |count: u32| {
            [row.name, &size.to_string(), &count.to_string(), "1"].map(str::to_owned).into()
        };
        program.cost(arguments, COUNT)
    };
    SIZES.iter().map(cost).collect()
}

fn table(rows: &[&Row], costs: &[Vec<Cost>], theirs: &[Cost]) -> Table {
    let mut heads = vec!["instructions of pick and record, n =".to_owned()];
    heads.extend(SIZES.map(|size| size.to_string()));
    heads.extend(["of PeakEwma", "change", "allocations"].map(str::to_owned));
    let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for (row, costs) in rows.iter().zip(costs) {
        let mut cells = vec![row.title.to_owned()];
        cells.extend(costs.iter().map(|cost| format!("{:.0}", cost.instructions)));
        cells.push(format!("{:.4}", most(costs.iter().zip(theirs).map(ratio))));
        cells.push(format!("{:.0} %", change(costs) * 100.0));
        cells.push(format!("{:.2}", most(costs.iter().map(|cost| cost.allocations))));
        table.push(cells);
    }
    table
}

fn ratio((ours, theirs): (&Cost, &Cost)) -> f64 {
    ours.instructions / theirs.instructions
}

/// How far a cost is from that at ten endpoints.
fn change(costs: &[Cost]) -> f64 {
    let Some(at_ten) = costs.get(1) else { return 0.0 };
    most(costs.iter().skip(1).map(|cost| (cost.instructions / at_ten.instructions - 1.0).abs()))
}

fn most(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, f64::max)
}

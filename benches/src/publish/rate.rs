//! Events of a second, and the time on a processor that one takes.

use crate::rows::{Case, EACH, HEADERS, LARGE, Row, WINDOW};
use feign_benches::{Marks, Program, Result, Table, median};

/// In each round every row has its turn; the median of the rounds' ratios counts.
const ROUNDS: usize = 9;
/// The share of the rate by hand.
const RATE: f64 = 0.8;

/// What a run printed: events of a second, and nanoseconds of all threads for one.
#[derive(Clone, Copy, Debug)]
struct Run {
    rate: f64,
    cpu: f64,
}

/// Prints the rates at a broker, and holds ours.
pub(crate) fn hold(
    marks: &mut Marks,
    program: &Program,
    broker: &str,
    servers: &str,
) -> Result<()> {
    let title = format!("medians of {ROUNDS} rounds; {broker}");
    let mut table =
        Table::new(&[&title, "events/s", "CPU µs", "rate, of by hand", "CPU, of by hand"]);
    let mut held = Vec::new();
    for (case, count) in [(WINDOW, 300_000), (LARGE, 100_000), (HEADERS, 200_000), (EACH, 3_000)] {
        let rounds = rounds(program, case, count, servers)?;
        let rate = median(rounds.iter().map(|[by_hand, ours]| ours.rate / by_hand.rate));
        let cpu = median(rounds.iter().map(|[by_hand, ours]| ours.cpu / by_hand.cpu));
        for (at, row) in Row::ALL.iter().enumerate() {
            let is_ours = *row == Row::Declared;
            let share = |share: f64| if is_ours { format!("{share:.2}") } else { "1".to_owned() };
            table.push(vec![
                format!("{}: {}", case.title, row.title()),
                format!("{:.0}", median(rounds.iter().map(|pair| pair[at].rate))),
                format!("{:.2}", median(rounds.iter().map(|pair| pair[at].cpu)) / 1e3),
                share(rate),
                share(cpu),
            ]);
        }
        held.push((case, rate, cpu));
    }
    println!("{table}");
    for (case, rate, _) in held.iter().filter(|(case, ..)| case.how == "window") {
        marks.at_least(RATE, &format!("{broker}, {}, of the rate by hand", case.title), *rate);
    }
    println!();
    Ok(())
}

fn rounds(program: &Program, case: Case, count: u32, servers: &str) -> Result<Vec<[Run; 2]>> {
    let run = |row| -> Result<Run> {
        let numbers = program.run(&case.arguments(row, count, servers))?;
        match numbers[..] {
            [_, rate, cpu] => Ok(Run { rate, cpu }),
            _ => Err("the measured program does not print three numbers".into()),
        }
    };
    let round = |round| {
        // Whoever is first in one round is second in the next.
        if round % 2 == 0 {
            let by_hand = run(Row::ByHand)?;
            Ok([by_hand, run(Row::Declared)?])
        } else {
            let declared = run(Row::Declared)?;
            Ok([run(Row::ByHand)?, declared])
        }
    };
    (0..ROUNDS).map(round).collect()
}

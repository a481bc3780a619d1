//! Instructions and allocations of an event.

use crate::rows::{Case, EACH, HEADERS, LARGE, Row, WINDOW};
use feign_benches::{Marks, Program, Result, Table, Threads};

/// So many events are measured; twice as many are published besides.
const COUNT: u32 = 4_000;
/// Each of these takes a round trip, which takes long in callgrind.
const FEW: u32 = 1_000;
/// The median of so many counts: a header is mostly C's allocations, which cost as the heap of the run has it, and by hand
/// differ by 120 instructions from run to run.
const ROUNDS: usize = 7;

/// What feign may cost on the caller's thread beside what it costs by hand.
const INSTRUCTIONS: f64 = 1_000.0;
const ALLOCATIONS: f64 = 1.0;
/// What one header may cost, C's allocations among them.
const HEADER_INSTRUCTIONS: f64 = 600.0;
const HEADER_ALLOCATIONS: f64 = 3.0;
/// The share of what all threads do by hand, where each event is awaited before the next.
const EACH_SHARE: f64 = 1.1;

/// By hand and declared.
type Pair = [Threads; 2];

/// Prints what events cost on the caller's thread, and holds ours to their marks.
pub(crate) fn hold(marks: &mut Marks, program: &Program, servers: &str) -> Result<()> {
    let measure = |case| measure(program, case, COUNT, servers);
    let [small, headers, large] = [measure(WINDOW)?, measure(HEADERS)?, measure(LARGE)?];
    println!("{}", table("rdkafka's mock", &[(WINDOW, small), (HEADERS, headers), (LARGE, large)]));
    for (case, [by_hand, ours]) in [(WINDOW, small), (LARGE, large)] {
        let title = case.title;
        let more = ours.first - by_hand.first;
        marks.at_most(INSTRUCTIONS, &format!("{title}, instructions more than by hand"), more);
        let more = ours.allocations - by_hand.allocations;
        marks.at_most(ALLOCATIONS, &format!("{title}, allocations more than by hand"), more);
    }
    let header = |of: fn(&Threads) -> f64| (of(&headers[1]) - of(&small[1])) / 2.0;
    let (instructions, heap) = (header(|threads| threads.first), header(|threads| threads.heap));
    marks.at_most(HEADER_INSTRUCTIONS, "a header, instructions on the caller", instructions);
    marks.at_most(HEADER_ALLOCATIONS, "a header, allocations with C's", heap);
    println!();
    Ok(())
}

/// Prints what events cost that are awaited one by one, and holds ours, as the instructions of all threads: time on a
/// processor is none that a busy machine tells.
pub(crate) fn hold_each(
    marks: &mut Marks,
    program: &Program,
    broker: &str,
    servers: &str,
) -> Result<()> {
    let [by_hand, ours] = measure(program, EACH, FEW, servers)?;
    println!("{}", table(broker, &[(EACH, [by_hand, ours])]));
    let what = format!("{broker}, {}, of the instructions of all threads by hand", EACH.title);
    marks.at_most(EACH_SHARE, &what, ours.all / by_hand.all);
    println!();
    Ok(())
}

fn measure(program: &Program, case: Case, count: u32, servers: &str) -> Result<Pair> {
    let arguments = |row: Row| move |count| case.arguments(row, count, servers);
    let [by_hand, declared] = Row::ALL.map(|row| program.threads(arguments(row), count, ROUNDS));
    Ok([by_hand?, declared?])
}

fn table(broker: &str, pairs: &[(Case, Pair)]) -> Table {
    let mut table = Table::new(&[
        &format!("an event, on the caller's thread; {broker}"),
        "instructions",
        "allocations",
        "with C's",
        "instructions of all threads",
    ]);
    for (case, pair) in pairs {
        for (row, threads) in Row::ALL.iter().zip(pair) {
            table.push(vec![
                format!("{}: {}", case.title, row.title()),
                format!("{:.0}", threads.first),
                format!("{:.2}", threads.allocations),
                format!("{:.2}", threads.heap),
                format!("{:.0}", threads.all),
            ]);
        }
    }
    table
}

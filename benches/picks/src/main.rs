//! The measured process: `feign-bench-picks ROW SIZE COUNT THREADS` makes that many picks in each thread, among so many
//! endpoints, and prints its allocations and the nanoseconds of one pick. `feign-bench-picks apply ROW SIZE COUNT` makes
//! snapshots known instead, and prints the nanoseconds of a first one and of one that changes one endpoint.

#[path = "../../calls/src/allocations.rs"]
mod allocations;
mod apply;
mod ours;
mod theirs;

use std::{env, error::Error, thread, time::Duration};
use tokio::time::Instant;

type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

/// So many picks are made first: each endpoint has been seen then.
const WARM_UP: u64 = 10_000;

/// Something that picks, in one thread.
trait Picks: Send {
    /// Picks, and says how that ended, so many times.
    fn pick(&mut self, count: u64) -> Result<()>;
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [row, size, count, threads] = arguments[..] else {
        return Err("usage: feign-bench-picks ROW SIZE COUNT THREADS".into());
    };
    if row == "apply" {
        return apply::run(size, count.parse()?, threads.parse()?);
    }
    let before = allocations::count();
    let time = match row {
        "peak-ewma" => time(|size| Ok(theirs::peak_ewma(size)), size, count, threads),
        "pending-requests" => time(|size| Ok(theirs::pending_requests(size)), size, count, threads),
        _ => {
            let ours = ours::Ours::new(row, size.parse()?)?;
            time(|_| Ok(ours.picks()), size, count, threads)
        }
    }?;
    println!(
        "{} {}",
        allocations::count() - before,
        time.as_nanos() as f64 / count.parse::<f64>()?
    );
    Ok(())
}

/// Returns the longest time that one of the threads took.
fn time<P: Picks>(
    make: impl Fn(usize) -> Result<P>,
    size: &str,
    count: &str,
    threads: &str,
) -> Result<Duration> {
    let (size, count) = (size.parse()?, count.parse()?);
    let mut all = (0..threads.parse::<usize>()?).map(|_| make(size)).collect::<Result<Vec<_>>>()?;
    // A thread of its own would be started in the time that is measured.
    if let [only] = &mut all[..] {
        return run(only, count);
    }
    thread::scope(|scope| {
        let running: Vec<_> =
            all.iter_mut().map(|picks| scope.spawn(|| run(picks, count))).collect();
        let times =
            running.into_iter().map(|thread| thread.join().map_err(|_| "a thread panicked")?);
        Ok(times.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or_default())
    })
}

fn run(picks: &mut impl Picks, count: u64) -> Result<Duration> {
    picks.pick(WARM_UP)?;
    let begun = Instant::now();
    picks.pick(count)?;
    Ok(begun.elapsed())
}

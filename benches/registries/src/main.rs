//! The measured process: `feign-bench-registries ROW COUNT` does a thing so many times with a registry of 10 000
//! instances, and prints its allocations and the peak of its memory in KiB.
//!
//! Rows: `nothing` makes the payload only, `value` reads it into a `serde_json::Value`, `typed` into what we keep of it,
//! `full` and `delta` are rounds of a client: everything, or one change.

#[path = "../../calls/src/allocations.rs"]
mod allocations;
#[path = "../../calls/src/memory.rs"]
mod memory;
mod payload;
mod rounds;

use feign_eureka::Applications;
use std::{env, error::Error, hint::black_box};

type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [row, count] = arguments[..] else {
        return Err("usage: feign-bench-registries ROW COUNT".into());
    };
    let count: usize = count.parse()?;
    let payload = payload::full();
    let before = allocations::count();
    match row {
        "nothing" => {}
        "value" => {
            for _ in 0..count {
                black_box(serde_json::from_slice::<serde_json::Value>(black_box(&payload))?);
            }
        }
        "typed" => {
            for _ in 0..count {
                black_box(Applications::from_json(black_box(&payload))?);
            }
        }
        "full" | "delta" => rounds::run(payload.into(), count, row == "full")?,
        _ => return Err(format!("no row `{row}`").into()),
    }
    println!("{} {}", allocations::count() - before, memory::peak()?);
    Ok(())
}

//! What publishing an event costs: declared, beside rdkafka's `FutureProducer` and serde_json by hand, with the same
//! settings. Instructions are counted against the C client's mock of a broker, which runs in another process; rates
//! are measured there too, and against a real broker where `FEIGN_KAFKA` names one.
//!
//! Exits with 1 when one of ours misses its mark.

mod broker;
mod instructions;
mod rate;
mod rows;

use self::broker::{Mock, Topic};
use feign_benches::{Marks, Program, Result, measured_program};
use std::process::ExitCode;

fn main() -> Result<ExitCode> {
    let program = measured_program("feign-bench-publishes")?;
    let mut marks = Marks::default();
    let mock = Mock::start(&program)?;
    instructions::hold(&mut marks, &program, &mock.servers)?;
    at_broker(&mut marks, &program, "rdkafka's mock", &mock.servers)?;
    if let Some(topic) = Topic::make(&program)? {
        at_broker(&mut marks, &program, "a real broker", &topic.servers)?;
    }
    Ok(marks.exit_code())
}

fn at_broker(marks: &mut Marks, program: &Program, broker: &str, servers: &str) -> Result<()> {
    instructions::hold_each(marks, program, broker, servers)?;
    rate::hold(marks, program, broker, servers)
}

//! Instructions and allocations of one call.

use feign_benches::{Cost, Program, Result};

/// The measured program and the server that it calls.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) program: Program,
    pub(crate) base: String,
}

impl Measured {
    /// Measures a row, per call.
    pub(crate) fn cost(&self, row: &str, call: &str, count: u32) -> Result<Cost> {
        self.program.cost(|count| self.arguments(row, call, count), count)
    }

    /// Measures the peak of the memory of a process that makes a call twice, in KiB. Not under valgrind, whose own
    /// memory it would be.
    pub(crate) fn peak(&self, row: &str, call: &str) -> Result<f64> {
        let numbers = self.program.run(&self.arguments(row, call, 2))?;
        Ok(*numbers.get(1).ok_or("the measured program does not print its peak")?)
    }

    fn arguments(&self, row: &str, call: &str, count: u32) -> Vec<String> {
        [row, call, &count.to_string(), &self.base].map(str::to_owned).into()
    }
}

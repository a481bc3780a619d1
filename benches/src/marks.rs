//! Numbers that must not be passed, or must be reached.

use std::process::ExitCode;

/// Prints each number beside its mark, and remembers whether one was missed.
#[derive(Debug, Default)]
pub struct Marks {
    missed: bool,
}

impl Marks {
    /// Holds a number to its mark.
    pub fn at_most(&mut self, mark: f64, what: &str, number: f64) {
        let verdict = if number > mark { "OVER" } else { "ok" };
        self.missed |= number > mark;
        println!("{verdict:4} {what}: {number:.2}, at most {mark:.2}");
    }

    /// Holds a number to its mark, which it must reach.
    pub fn at_least(&mut self, mark: f64, what: &str, number: f64) {
        let verdict = if number < mark { "UNDER" } else { "ok" };
        self.missed |= number < mark;
        println!("{verdict:4} {what}: {number:.2}, at least {mark:.2}");
    }

    /// Returns a failure when a number missed its mark.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        if self.missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
